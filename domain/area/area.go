// Package area holds the administrative units: province, district (until 30/6/2025), commune.
//
//	2024: province ─▶ 11 districts ─▶ 200 communes     2025: province ─▶ 65 communes
//	                                   └──── successors, many to many ────▲
//
// Names are not unique (four communes were called Chi Lăng) and codes are used again with a new meaning, so a unit is its
// code and its days. What became of a unit is told by its successors; a commune that was divided has several, and nobody
// knows the shares: whatever was recorded under its code is never given to one of them.
//
// The units of a province are a file (data/20.csv says in its head what the columns mean); another province is another
// file. A province without one is one unit.
package area

import (
	"fmt"
	"strings"

	"hoso/domain/calendar"
	"hoso/domain/table"
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

// Unit is a unit as it was in an interval of days. Two units are the same where code and first day are.
type Unit struct {
	Code     Code
	Name     string // with its kind: "Xã Hữu Khánh"
	Level    Level
	Parent   Code // the unit above, on all its days; empty for a province
	Province Code
	Valid    calendar.Range
	Source   table.Source
}

// LangSon is the code of Lạng Sơn province.
const LangSon Code = "20"

// level returns the rank of what a code may name.
func level(c Code) (Level, bool) {
	l, ok := map[int]Level{2: Province, 3: District, 5: Commune}[len(c)]
	return l, ok && strings.Trim(string(c), "0123456789") == ""
}

// UnmarshalText reads a code that names a unit of the set in use; others are an error.
func (c *Code) UnmarshalText(b []byte) error {
	v := Code(b)
	if !Known(v) {
		return fmt.Errorf("không có đơn vị hành chính mang mã này")
	}
	*c = v
	return nil
}
