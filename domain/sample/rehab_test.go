package sample_test

import (
	"testing"

	"pgregory.net/rapid"

	"hoso/domain/catalog"
	"hoso/domain/sample"
)

// TestRehabilitationOfAnyMonth states a month of a centre with all its figures together, under both laws: from July 2026 a
// court places for 24 months and more, and the deciders refuse what is less.
func TestRehabilitationOfAnyMonth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		days := in(rapid.IntRange(2023, 2026).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
		var targets []sample.Target
		state := func(indicator string, from int64) {
			target := sample.Target{Where: "m", Indicator: "rehab." + indicator, Days: days, By: map[string]map[string]int64{"regime": {}}}
			regimes := []string{"compulsory", "voluntary", "holding"}
			if ind, _ := catalog.All().Indicator(target.Indicator); len(ind.Breakdowns[0].Values) == 2 {
				regimes = regimes[:2]
			}
			for _, regime := range regimes {
				n := rapid.Int64Range(from, 12).Draw(t, indicator+" "+regime)
				target.By["regime"][regime] = n
				target.Value += n
			}
			targets = append(targets, target)
		}
		for _, flow := range []string{"admitted", "completed", "escaped", "returned", "transferred_in", "transferred_out", "died", "left_temporarily", "came_back"} {
			state(flow, 0)
		}
		state("released", 2)
		targets = append(targets, sample.Target{Where: "m", Indicator: "rehab.ended_absent", Days: days, Value: 2,
			By: map[string]map[string]int64{"regime": {"compulsory": 1, "voluntary": 1}}})
		present := days
		present.From = 0
		targets = append(targets, sample.Target{Where: "m", Indicator: "rehab.present", Days: present, Value: rapid.Int64Range(100, 300).Draw(t, "present")})
		check(t, sample.Plan{Province: "20", Targets: targets}, rapid.Uint64().Draw(t, "seed"))
	})
}
