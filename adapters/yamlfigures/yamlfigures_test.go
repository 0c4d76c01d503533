package yamlfigures

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
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
		if !strings.Contains(s, ".employment.") && !strings.Contains(s, ".training.") && !strings.Contains(s, ".register.") {
			t.Errorf("left out: %s", s)
		}
	}
}

func TestSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, code, field string }{
		"not yaml":                  {"province: [", "figures.not_yaml", ""},
		"unknown section":           {"province: \"20\"\nweeks: {}", "figures.not_yaml", ""},
		"no province":               {"months: {}", "figures.unknown_province", "province"},
		"province as words":         {"province: Lạng Sơn", "figures.unknown_province", "province"},
		"unknown indicator":         {"province: \"20\"\nmonths: {2024-04: {unemployment.claim: 1}}", "figures.unknown_indicator", "months.2024-04"},
		"month 13":                  {"province: \"20\"\nmonths: {2024-13: {unemployment.claims: 1}}", "figures.unknown_period", "months.2024-13"},
		"range backwards":           {"province: \"20\"\nmonths: {2024-04..2024-01: {unemployment.claims: 1}}", "figures.unknown_period", "months.2024-04..2024-01"},
		"31 April":                  {"province: \"20\"\nstocks: {2024-04-31: {unemployment.pending: 1}}", "figures.unknown_period", "stocks.2024-04-31"},
		"half a claim":              {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: 1.5}}", "figures.ill_typed", "months.2024-04.unemployment.claims"},
		"words":                     {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: nhiều}}", "figures.ill_typed", "months.2024-04.unemployment.claims"},
		"unknown field":             {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: {value: 1, bye: {}}}}", "figures.unknown_field", "months.2024-04.unemployment.claims"},
		"a stock as a flow":         {"province: \"20\"\nmonths: {2024-04: {unemployment.pending: 1}}", "figures.wrong_section", "months.2024-04"},
		"a campaign without a year": {"province: \"20\"\ncampaigns: {tet: {relief.persons: 1}}", "figures.unknown_period", "campaigns.tet"},
		"a campaign of claims":      {"province: \"20\"\ncampaigns: {tet-2024: {unemployment.claims: 1}}", "figures.wrong_section", "campaigns.tet-2024"},
		"a campaign of nothing":     {"province: \"20\"\ncampaigns: {tet-2024: {relief.person: 1}}", "figures.unknown_indicator", "campaigns.tet-2024"},
		"a campaign and its month":  {"province: \"20\"\nmonths: {2024-02: {relief.persons: 1}}\ncampaigns: {tet-2024: {relief.persons: 1}}", "figures.overlap", "campaigns.tet-2024"},
		"half a person":             {"province: \"20\"\ncampaigns: {tet-2024: {relief.persons: 1.5}}", "figures.ill_typed", "campaigns.tet-2024.relief.persons"},
		"a plan of claims":          {"province: \"20\"\nplanned: {2024-05: {unemployment.claims: 1}}", "figures.wrong_section", "planned.2024-05"},
		"a plan of nothing":         {"province: \"20\"\nplanned: {2024-05: {unemployment.claim: 1}}", "figures.unknown_indicator", "planned.2024-05"},
		"huge":                      {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: 99999999999999999999}}", "figures.ill_typed", "months.2024-04.unemployment.claims"},
		"twice":                     {"province: \"20\"\nmonths: {2024-04: {unemployment.claims: 1, unemployment.claims: 2}}", "figures.not_yaml", ""},
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

// Campaigns lie on the days of their occasion, up to the last day of which the file speaks; one of a longer time has the
// shorter ones in it, so that the figures of the year add up.
func TestCampaigns(t *testing.T) {
	t.Parallel()
	plan, _, err := Parse([]byte(`
province: "20"
months: {2024-04: {unemployment.claims: 1}}
campaigns:
  tet-2024: {relief.persons: 10, merit.gifts_persons: 7}
  tet-phu-2024: {relief.persons: 3}
  giap-hat-2024: {relief.persons: 20}
  giap-hat-2025: {relief.persons: 40}
`), catalog.All(), catalog.Agreed)
	if err != nil {
		t.Fatal(err)
	}
	type figure struct {
		indicator string
		days      calendar.Range
		value     int64
		by        string
	}
	var got []figure
	for _, target := range plan.Targets[1:] {
		got = append(got, figure{target.Indicator, target.Days, target.Value, fmt.Sprint(target.By["campaign"])})
	}
	want := []figure{
		{"relief.persons", calendar.Range{From: 20240301, To: 20240430}, 20, "map[giap-hat-2024:20]"},
		{"relief.persons", calendar.Range{From: 20250301, To: 20250430}, 40, "map[giap-hat-2025:40]"},
		{"merit.gifts_persons", calendar.Range{From: 20240101, To: 20240229}, 7, "map[tet-2024:7]"},
		{"relief.persons", calendar.Range{From: 20240101, To: 20240229}, 10, "map[tet-2024:10]"},
		{"relief.persons", calendar.Range{From: 20240101, To: 20240430}, 33, "map[giap-hat-2024:20 tet-2024:10 tet-phu-2024:3]"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}

func TestPlanned(t *testing.T) {
	t.Parallel()
	plan, _, err := Parse([]byte("province: \"20\"\nplanned: {2024-05: {convalescence.batches: 2}}"), catalog.All(), catalog.Agreed)
	if err != nil || len(plan.Targets) != 1 {
		t.Fatalf("%+v, %v", plan, err)
	}
	if p := plan.Targets[0]; p.Indicator != "convalescence.batches_planned" || p.Value != 2 || p.Days.From != 20240501 || p.Days.To != 20240531 {
		t.Errorf("%+v", p)
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
