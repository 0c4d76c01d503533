// Package yamlfigures reads figures files: what a monthly report states, as a plan for the sample.
//
// The form is that of lang-son-2024-04.yaml beside this file. Everything unknown in it is an error that names it.
package yamlfigures

import (
	_ "embed"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/sample"
)

// LangSonApril2024 is the report of which the demonstration is made.
//
//go:embed lang-son-2024-04.yaml
var LangSonApril2024 []byte

// maxBytes bounds a figures file; a year of every indicator of a province takes a hundredth of it.
const maxBytes = 4 << 20

type file struct {
	Province  any                       `yaml:"province"`
	Months    map[string]map[string]any `yaml:"months"`
	Campaigns map[string]map[string]any `yaml:"campaigns"`
	Stocks    map[string]map[string]any `yaml:"stocks"`
	Reported  map[string]map[string]any `yaml:"reported"`
	Planned   map[string]map[string]any `yaml:"planned"`
}

// Indicators tells what a program knows about an indicator: its declaration, and whether it is agreed but counted by
// no case type yet.
type Indicators interface {
	Indicator(id string) (domain.Indicator, bool)
}

// Parse reads a figures file. Figures of indicators for which agreed returns true and which no case type counts yet
// are left out and returned as skipped.
func Parse(data []byte, known Indicators, agreed func(id string) bool) (plan sample.Plan, skipped []string, err error) {
	if len(data) > maxBytes {
		return plan, nil, domain.Malformed("figures.too_large", "", "tệp số liệu lớn hơn %d MiB", maxBytes>>20)
	}
	var f file
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return plan, nil, &domain.Error{Kind: domain.Invalid, Code: "figures.not_yaml", Msg: "tệp số liệu không đọc được: " + firstLine(err)}
	}
	p := parser{known: known, agreed: agreed}
	plan.Province, err = p.province(f.Province)
	if err != nil {
		return plan, nil, err
	}
	for _, section := range []struct {
		name    string
		figures map[string]map[string]any
		days    func(key string) (calendar.Range, error)
	}{
		{"months", f.Months, months}, {"reported", f.Reported, months}, {"stocks", f.Stocks, date},
	} {
		if err := p.section(section.name, section.figures, section.days, ""); err != nil {
			return plan, nil, err
		}
	}
	if err := p.campaigns(f.Campaigns); err != nil {
		return plan, nil, err
	}
	// A plan is stated under the id of what is planned: the planned batches of May are those of May's plan.
	if err := p.section("planned", f.Planned, months, "_planned"); err != nil {
		return plan, nil, err
	}
	plan.Targets = p.targets
	return plan, p.skipped, nil
}

func firstLine(err error) string {
	s, _, _ := strings.Cut(err.Error(), "\n")
	return s
}

type parser struct {
	known   Indicators
	agreed  func(string) bool
	targets []sample.Target
	skipped []string
}

func (p *parser) province(v any) (area.Code, error) {
	code := fmt.Sprint(v)
	if v == nil || len(code) != 2 || !area.Known(area.Code(code)) {
		return "", domain.Malformed("figures.unknown_province", "province", "phải là mã tỉnh hai chữ số trong dấu nháy, ví dụ \"20\"")
	}
	return area.Code(code), nil
}

// section reads a section; suffix is added to the ids in it.
func (p *parser) section(name string, figures map[string]map[string]any, days func(string) (calendar.Range, error), suffix string) error {
	for _, key := range slices.Sorted(maps.Keys(figures)) {
		where := name + "." + key
		for _, id := range slices.Sorted(maps.Keys(figures[key])) {
			ind, err := p.indicator(where, id, id+suffix)
			if err != nil {
				return err
			}
			if ind == nil {
				continue
			}
			if err := fits(name, *ind, where); err != nil {
				return err
			}
			r, err := days(key)
			if err != nil {
				return domain.Malformed("figures.unknown_period", where, "%s", err.Error())
			}
			t := sample.Target{Where: where, Indicator: ind.ID, Days: r}
			if err := read(&t, figures[key][id], *ind); err != nil {
				return err
			}
			p.targets = append(p.targets, t)
		}
	}
	return nil
}

// indicator finds what a line of the file is about; nil, and a note of what is left out, where no case type counts it yet.
func (p *parser) indicator(where, written, id string) (*domain.Indicator, error) {
	if ind, ok := p.known.Indicator(id); ok {
		return &ind, nil
	}
	if p.agreed(id) {
		p.skipped = append(p.skipped, where+"."+written)
		return nil, nil
	}
	if _, ok := p.known.Indicator(written); ok || p.agreed(written) {
		return nil, domain.Malformed("figures.wrong_section", where, "chỉ tiêu %s không có số kế hoạch", written)
	}
	return nil, domain.Malformed("figures.unknown_indicator", where, "không có chỉ tiêu %q", written)
}

// fits tells whether an indicator's measure belongs into a section.
func fits(section string, ind domain.Indicator, where string) error {
	want := "months"
	switch ind.Measure {
	case domain.Stock:
		want = "stocks"
	case domain.Reported:
		want = "reported"
	}
	if section != want && !(section == "planned" && want == "months") {
		return domain.Malformed("figures.wrong_section", where, "chỉ tiêu %s phải nêu ở phần %s", ind.ID, want)
	}
	return nil
}

// months reads "2024-04" or "2024-01..2024-03".
func months(key string) (calendar.Range, error) {
	first, last, isRange := strings.Cut(key, "..")
	from, err := calendar.ParseMonth(first)
	if err != nil {
		return calendar.Range{}, err
	}
	to := from
	if isRange {
		if to, err = calendar.ParseMonth(last); err != nil {
			return calendar.Range{}, err
		}
	}
	if to.First() < from.First() {
		return calendar.Range{}, fmt.Errorf("khoảng tháng ngược: %s sau %s", from, to)
	}
	return calendar.Range{From: from.First(), To: to.Last()}, nil
}

func date(key string) (calendar.Range, error) {
	d, err := calendar.ParseDate(key)
	return calendar.Range{To: d}, err
}

// read takes 451, or {value: 8, by: {kind: {fixed: 5, mobile: 3}}}.
func read(t *sample.Target, v any, ind domain.Indicator) error {
	m, ok := v.(map[string]any)
	if !ok {
		var err error
		t.Value, err = number(t, v, ind)
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if key != "value" && key != "by" {
			return domain.Malformed("figures.unknown_field", t.String(), "chỉ có value và by, không có %q", key)
		}
	}
	var err error
	if t.Value, err = number(t, m["value"], ind); err != nil || m["by"] == nil {
		return err
	}
	by, ok := m["by"].(map[string]any)
	if !ok {
		return domain.Malformed("figures.ill_typed", t.String(), "by phải là các cách chia")
	}
	t.By = map[string]map[string]int64{}
	for key, values := range by {
		parts, ok := values.(map[string]any)
		if !ok {
			return domain.Malformed("figures.ill_typed", t.String(), "%s phải là các giá trị với số liệu", key)
		}
		t.By[key] = map[string]int64{}
		for value, n := range parts {
			if t.By[key][value], err = number(t, n, ind); err != nil {
				return err
			}
		}
	}
	return nil
}

// number reads a figure into the indicator's smallest parts: whole numbers, but for indicators that have parts (62.3
// per cent is 6230 hundredths).
func number(t *sample.Target, v any, ind domain.Indicator) (int64, error) {
	switch n := v.(type) {
	case uint64:
		if n <= math.MaxInt64/uint64(ind.Parts()) {
			return int64(n) * ind.Parts(), nil
		}
	case int64:
		return n * ind.Parts(), nil
	case float64:
		scaled := n * float64(ind.Parts())
		if whole := math.Round(scaled); math.Abs(whole-scaled) < 1e-6 && math.Abs(whole) < 1<<53 {
			return int64(whole), nil
		}
	}
	return 0, domain.Malformed("figures.ill_typed", t.String(), "phải là số nguyên (đồng, kg, người…)")
}
