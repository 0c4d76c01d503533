package yamlfigures

import (
	"errors"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/catalog"
)

func parse(s string) (int, []string, error) {
	plan, skipped, err := Parse([]byte(s), catalog.All(), catalog.Agreed)
	return len(plan.Targets), skipped, err
}

func TestReadsTheReportOfApril2024(t *testing.T) {
	t.Parallel()
	plan, skipped, err := Parse(LangSonApril2024, catalog.All(), catalog.Agreed)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, target := range plan.Targets {
		found = found || target.Indicator == "unemployment.amount_decided" && target.Value == 17948000000 &&
			target.Days.From == 20240101 && target.Days.To == 20240331
	}
	if !found || plan.Province != "20" {
		t.Errorf("the first quarter's benefit is missing: %+v", plan)
	}
	for _, s := range skipped {
		if !strings.Contains(s, ".employment.") && !strings.Contains(s, ".training.") && !strings.Contains(s, ".convalescence.") &&
			!strings.Contains(s, ".children.") && !strings.Contains(s, ".register.") && !strings.Contains(s, ".relief.") && !strings.Contains(s, "trip_delegates") {
			t.Errorf("left out: %s", s)
		}
	}
}

func TestSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, code, field string }{
		"not yaml":          {"province: [", "figures.not_yaml", ""},
		"unknown section":   {"province: \"20\"\nweeks: {}", "figures.not_yaml", ""},
		"no province":       {"months: {}", "figures.unknown_province", "province"},
		"province as words": {"province: Lạng Sơn", "figures.unknown_province", "province"},
		"unknown indicator": {"province: \"20\"\nmonths: {2024-04: {unemployment.claim: 1}}", "figures.unknown_indicator", "months.2024-04"},
		"month 13":          {"province: \"20\"\nmonths: {2024-13: {unemployment.claims: 1}}", "figures.unknown_period", "months.2024-13"},
		"range backwards":   {"province: \"20\"\nmonths: {2024-04..2024-01: {unemployment.claims: 1}}", "figures.unknown_period", "months.2024-04..2024-01"},
		"31 April":          {"province: \"20\"\nstocks: {2024-04-31: {unemployment.pending: 1}}", "figures.unknown_period", "stocks.2024-04-31"},
		"half a claim":      {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: 1.5}}", "figures.ill_typed", "months.2024-04.unemployment.claims"},
		"words":             {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: nhiều}}", "figures.ill_typed", "months.2024-04.unemployment.claims"},
		"unknown field":     {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: {value: 1, bye: {}}}}", "figures.unknown_field", "months.2024-04.unemployment.claims"},
		"a stock as a flow": {"province: \"20\"\nmonths: {2024-04: {unemployment.pending: 1}}", "figures.wrong_section", "months.2024-04"},
		"huge":              {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: 99999999999999999999}}", "figures.ill_typed", "months.2024-04.unemployment.claims"},
		"twice":             {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: 1, unemployment.claims: 2}}", "figures.not_yaml", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := parse(c.in)
			if domain.CodeOf(err) != c.code {
				t.Fatalf("%v, want %s", err, c.code)
			}
			if e := new(domain.Error); !errors.As(err, &e) || e.Field != c.field {
				t.Errorf("field %q, want %q", e.Field, c.field)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(LangSonApril2024)
	f.Add([]byte("province: \"01\"\nmonths: {2024-04: {unemployment.claims: {value: 2, by: {sex: {female: 1, male: 1}}}}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, err := Parse(data, catalog.All(), catalog.Agreed)
		if err != nil && domain.KindOf(err) != domain.Invalid {
			t.Errorf("%v is not an error about the data", err)
		}
	})
}
