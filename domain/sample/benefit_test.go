package sample_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/sample"
)

// Most of the claims that live on keep to the law's clock and carry their facts: their decisions are what the law makes of
// them, which the deciders check.
func TestClaimsCarryTheirFacts(t *testing.T) {
	t.Parallel()
	for _, year := range []int{2024, 2026} {
		plan := sample.Plan{Province: "20", Targets: []sample.Target{
			{Where: "a", Indicator: "unemployment.claims", Days: in(year, 2), Value: 300},
			{Where: "b", Indicator: "unemployment.transferred_in", Days: in(year, 12), Value: 1}, // so that there is a year to live on
		}}
		var out bytes.Buffer
		if err := sample.Write(&out, catalog.All(), plan, 1); err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for _, raw := range bytes.Split(bytes.TrimSpace(out.Bytes()), []byte("\n")) {
			var l struct {
				Command string
				Data    map[string]json.RawMessage
			}
			if err := json.Unmarshal(raw, &l); err != nil {
				t.Fatal(err)
			}
			seen[l.Command]++
			if l.Data["ended"] != nil {
				seen["facts"]++
			}
		}
		if seen["facts"] < 150 {
			t.Errorf("%d: only %d of %d claims carry their facts", year, seen["facts"], seen["unemployment.file"])
		}
		for _, command := range []string{"notify", "pay", "miss", "suspend", "resume", "terminate", "expire", "notify_unclaimed", "reserve"} {
			if seen["unemployment."+command] == 0 {
				t.Errorf("%d: no claim lives to see %s: %v", year, command, seen)
			}
		}
		check(t, plan, 1)
	}
}

// A part may be stated beside the whole.
func TestPartsBesideTheWhole(t *testing.T) {
	t.Parallel()
	ages := func(a, b, c int64) map[string]map[string]int64 {
		return map[string]map[string]int64{"age": {"up_to_30": a, "31_40": b, "over_60": c}}
	}
	state := func(indicator string, value int64, by map[string]map[string]int64) sample.Target {
		return sample.Target{Where: "m", Indicator: "unemployment." + indicator, Days: in(2024, 4), Value: value, By: by}
	}
	check(t, sample.Plan{Province: "20", Targets: []sample.Target{
		state("decisions", 60, ages(30, 20, 10)), state("decisions_female", 25, ages(15, 5, 5)), state("at_max_level", 4, nil),
		state("amount_decided", 900_000_000, nil),
		state("vocational_decisions", 12, map[string]map[string]int64{"sex": {"female": 5, "male": 7}}),
		state("vocational_persons", 12, ages(6, 4, 2)), state("vocational_female", 5, ages(1, 4, 0)), state("vocational_amount", 50_000_000, nil),
		state("recoveries", 3, nil), state("recovery_amount", 9_000_000, nil), state("amount_paid", 700_000_000, nil),
	}}, 1)
	for name, targets := range map[string][]sample.Target{
		"more women than decisions": {state("decisions", 3, nil), state("decisions_female", 4, nil)},
		"no such women":             {state("decisions", 3, map[string]map[string]int64{"sex": {"male": 3}}), state("decisions_female", 1, nil)},
		"other persons":             {state("vocational_decisions", 3, nil), state("vocational_persons", 4, nil)},
	} {
		if err := sample.Write(&bytes.Buffer{}, catalog.All(), sample.Plan{Province: "20", Targets: targets}, 1); domain.CodeOf(err) != "figures.impossible" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every figure of the field, in any month of both laws.
func TestUnemploymentInAnyMonth(t *testing.T) {
	t.Parallel()
	ct, _ := catalog.All().Type("unemployment")
	for _, ind := range ct.Indicators {
		if ind.Measure == domain.Ratio || ind.Hidden {
			continue
		}
		for i, m := range []calendar.Month{{Year: 2023, Month: 1}, {Year: 2025, Month: 12}, {Year: 2026, Month: 1}, {Year: 2026, Month: 9}} {
			target := sample.Target{Where: "m", Indicator: ind.ID, Days: calendar.Civil.Month(m), Value: 17}
			if ind.Measure == domain.Stock {
				target.Days.From = 0
			}
			if ind.Unit == "VND" {
				target.Value = 87_654_321
			}
			check(t, sample.Plan{Province: "20", Targets: []sample.Target{target}}, uint64(i))
		}
	}
}
