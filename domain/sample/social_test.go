package sample_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoso/adapters/yamlfigures"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/sample"
)

// social tells whether an indicator is of these fields of work: convalescence, rice, gifts, trips, reviews, screenings and
// identifications.
func social(id string) bool {
	return slices.ContainsFunc([]string{"convalescence.", "relief.", "merit.gifts", "merit.trip", "poverty.households", "children.", "remains."},
		func(prefix string) bool { return strings.HasPrefix(id, prefix) })
}

func TestTheSocialFieldsOfApril2024(t *testing.T) {
	t.Parallel()
	plan, _, err := yamlfigures.Parse(yamlfigures.LangSonApril2024, catalog.All(), catalog.Agreed)
	if err != nil {
		t.Fatal(err)
	}
	plan.Targets = slices.DeleteFunc(plan.Targets, func(t sample.Target) bool { return !social(t.Indicator) })
	if len(plan.Targets) != 13 { // 5 in April and trip delegates, 6 of campaigns, 1 planned
		t.Errorf("%d figures: %v", len(plan.Targets), plan.Targets)
	}
	check(t, plan, 1)
}

// TestSocialFiguresTogether states figures that one act adds to at once, of a month and of the year in which it lies.
func TestSocialFiguresTogether(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(2022, 2025).Draw(t, "year")
		month, ytd := in(year, 4), calendar.Range{From: calendar.Of(year, 1, 1), To: calendar.Of(year, 4, 30)}
		plan := sample.Plan{Province: "20"}
		state := func(id string, days calendar.Range, value int64, by map[string]map[string]int64) {
			plan.Targets = append(plan.Targets, sample.Target{Where: "t", Indicator: id, Days: days, Value: value, By: by})
		}
		some := func(label string, low, high int64) int64 { return rapid.Int64Range(low, high).Draw(t, label) }

		surgery, consult, none := some("surgery", 0, 60), some("consult", 0, 60), some("none", 0, 200)
		referred := map[string]map[string]int64{"outcome": {"surgery": surgery, "consult": consult}}
		screened := map[string]map[string]int64{"outcome": {"surgery": surgery, "consult": consult, "none": none}}
		when := rapid.SampledFrom([]calendar.Range{month, ytd}).Draw(t, "screened in")
		if rapid.Bool().Draw(t, "screened by outcome") {
			state("children.screened", when, surgery+consult+none, screened)
		} else {
			state("children.screened", when, surgery+consult+none, nil)
		}
		switch rapid.IntRange(0, 2).Draw(t, "referred") {
		case 1:
			state("children.referred", month, surgery+consult, nil)
		case 2:
			state("children.referred", month, surgery+consult, referred)
		}

		households := some("households", 1, 400)
		persons := households + some("more persons", 0, 900)
		state("relief.households", ytd, households, nil)
		state("relief.persons", ytd, persons, nil)
		if rapid.Bool().Draw(t, "rice is stated") {
			state("relief.rice_kg", ytd, persons*15, map[string]map[string]int64{"campaign": {"a": persons * 15}})
		}

		batches := some("batches", 0, 4)
		state("convalescence.batches", month, batches, nil)
		if batches > 0 {
			state("convalescence.delegates", month, batches*some("delegates", 1, 90), nil)
		}
		state("convalescence.batches_planned", month, some("planned for the month", 0, 4), nil)
		state("convalescence.batches_planned", in(year, 5), some("planned for the next", 0, 4), nil)

		gifts := some("gifts", 1, 500)
		given := rapid.SampledFrom([]calendar.Range{month, ytd}).Draw(t, "given in")
		state("merit.gifts_persons", given, gifts, map[string]map[string]int64{"campaign": {"x": gifts}})
		state("merit.gifts_amount", month, gifts*some("each", 1, 600_000), nil)
		check(t, plan, rapid.Uint64().Draw(t, "seed"))
	})
}

func TestFiguresThatCannotBeTrueTogether(t *testing.T) {
	t.Parallel()
	april, ytd := in(2024, 4), calendar.Range{From: 20240101, To: 20240430}
	outcome := func(surgery, consult, none int64) map[string]map[string]int64 {
		return map[string]map[string]int64{"outcome": {"surgery": surgery, "consult": consult, "none": none}}
	}
	for name, c := range map[string]struct {
		code    string
		targets []sample.Target
	}{
		"more referred than screened": {"figures.impossible", []sample.Target{
			{Where: "t", Indicator: "children.screened", Days: april, Value: 10}, {Where: "t", Indicator: "children.referred", Days: april, Value: 11}}},
		"referred otherwise than screened": {"figures.part_exceeds_whole", []sample.Target{
			{Where: "t", Indicator: "children.screened", Days: april, Value: 10, By: outcome(3, 3, 4)}, {Where: "t", Indicator: "children.referred", Days: april, Value: 5}}},
		"screened by outcome within a longer time": {"figures.impossible", []sample.Target{
			{Where: "t", Indicator: "children.screened", Days: april, Value: 10, By: outcome(3, 3, 4)}, {Where: "t", Indicator: "children.referred", Days: ytd, Value: 50}}},
		"households of nobody": {"figures.impossible", []sample.Target{
			{Where: "t", Indicator: "relief.households", Days: april, Value: 10}, {Where: "t", Indicator: "relief.persons", Days: april, Value: 9}}},
		"rice for no household": {"figures.impossible", []sample.Target{
			{Where: "t", Indicator: "relief.households", Days: april, Value: 0}, {Where: "t", Indicator: "relief.rice_kg", Days: april, Value: 150}}},
		"batches of nobody": {"figures.impossible", []sample.Target{
			{Where: "t", Indicator: "convalescence.batches", Days: april, Value: 3}, {Where: "t", Indicator: "convalescence.delegates", Days: april, Value: 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			err := sample.Write(&out, catalog.All(), sample.Plan{Province: "20", Targets: c.targets}, 1)
			if domain.CodeOf(err) != c.code || out.Len() > 0 {
				t.Errorf("%v, %d bytes; want %s", err, out.Len(), c.code)
			}
		})
	}
}
