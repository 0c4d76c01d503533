// Package area holds the administrative units: province, district (until 30/6/2025), commune.
//
// Names are not unique (four communes were called Chi Lăng) and codes are used again with a new meaning, so a unit is
// its code and a date. A province without a list of communes here is one unit.
package area

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"hoso/domain/calendar"
)

// Code is the official code of a unit: two digits for a province, three for a district, five for a commune
// (General Statistics Office; QĐ 19/2025/QĐ-TTg from 01/7/2025).
type Code string

// Level is the rank of a unit.
type Level int

const (
	Province Level = iota
	District
	Commune
)

// Unit is a unit as it was in an interval of days.
type Unit struct {
	Code     Code
	Name     string // with its kind: "Xã Hữu Khánh"
	Level    Level
	Parent   Code // empty for a province
	Province Code
	Valid    calendar.Range
}

//go:embed data/*.csv
var data embed.FS

const (
	start = calendar.Date(18000101)
	end   = calendar.Date(99981231)
	// Districts were abolished, and Lạng Sơn's 200 communes became 65, on 01/7/2025 (DOMAIN: organisational change).
	merged = calendar.Date(20250701)
)

// LangSon is the code of Lạng Sơn province.
const LangSon Code = "20"

// Lists are known to be complete for these provinces.
var names = map[Code]string{LangSon: "Tỉnh Lạng Sơn"}

var load = sync.OnceValue(func() map[Code][]Unit {
	units := map[Code][]Unit{}
	add := func(u Unit) {
		if !slices.Contains(units[u.Code], u) {
			units[u.Code] = append(units[u.Code], u)
		}
	}
	add(Unit{LangSon, names[LangSon], Province, "", LangSon, calendar.Range{From: start, To: end}})
	before, after := calendar.Range{From: start, To: merged.AddDays(-1)}, calendar.Range{From: merged, To: end}
	for _, r := range rows("data/lang-son-2024-04.csv") {
		add(Unit{Code(r[1]), r[2], District, LangSon, LangSon, before})
		add(Unit{Code(r[3]), r[4], Commune, Code(r[1]), LangSon, before})
	}
	for _, r := range rows("data/lang-son-2025-07.csv") {
		add(Unit{Code(r[0]), r[1], Commune, LangSon, LangSon, after})
	}
	return units
})

func rows(name string) [][]string {
	b, err := data.ReadFile(name)
	if err != nil {
		panic(err) // embedded: it is there or the program was not built
	}
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	return all[1:]
}

// Find returns the unit that a code named on a date. Any other province is one unit with its code for a name.
func Find(code Code, on calendar.Date) (Unit, bool) {
	for _, u := range load()[code] {
		if u.Valid.Has(on) {
			return u, true
		}
	}
	if len(code) == 2 && code != LangSon && digits(code) {
		return Unit{code, "Tỉnh/thành phố " + string(code), Province, "", code, calendar.Range{From: start, To: end}}, true
	}
	return Unit{}, false
}

func digits(c Code) bool { return strings.Trim(string(c), "0123456789") == "" }

// Known tells whether a code names a unit on any date.
func Known(code Code) bool {
	_, ok := Find(code, end)
	return ok || len(load()[code]) > 0
}

// Within returns the codes of the unit and of everything below it. Below a district these are the communes of any day
// of the range; below a province all that it ever had, so that an act filed under a commune's old code still counts.
func Within(code Code, r calendar.Range) []Code {
	codes := []Code{code}
	for c, units := range load() {
		for _, u := range units {
			below := u.Province == code || u.Parent == code && u.Valid.From <= r.To && r.From <= u.Valid.To
			if below && c != code {
				codes = append(codes, c)
				break
			}
		}
	}
	slices.Sort(codes)
	return codes
}

// Communes returns the communes of a province or district on a date, by code; none where no list is known.
func Communes(of Code, on calendar.Date) []Unit {
	var all []Unit
	for _, units := range load() {
		for _, u := range units {
			if u.Level == Commune && u.Valid.Has(on) && (u.Province == of || u.Parent == of) {
				all = append(all, u)
			}
		}
	}
	slices.SortFunc(all, func(a, b Unit) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
}

// UnmarshalText reads a code that names a unit; others are an error.
func (c *Code) UnmarshalText(b []byte) error {
	v := Code(b)
	if !Known(v) {
		return fmt.Errorf("không có đơn vị hành chính mang mã này")
	}
	*c = v
	return nil
}
