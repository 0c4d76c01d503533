package figures_test

import (
	"reflect"
	"testing"

	"hoso/domain"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

func TestTheMonthsOfAYear(t *testing.T) {
	t.Parallel()
	w := april(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	r := figures.NewReader(w.catalog, f.DB())
	got, err := r.Series(t.Context(), figures.Query{Month: month("2024-04"), Area: "20", Indicators: []string{"probe.acts", "probe.present"}})
	if err != nil {
		t.Fatal(err)
	}
	n := func(q int64) figures.Number { return figures.Number{Quantity: q, Parts: 1} }
	want := []figures.Series{
		{Indicator: "probe.acts", Months: []figures.Number{n(1), n(0), n(0), n(3)}},
		{Indicator: "probe.present", Months: []figures.Number{n(1), n(1), n(1), n(2)}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

func TestDoubts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	enters := func(who int, n int64) probe.Note { return probe.Note{Area: "05971", Enters: n, About: somebody(who)} }
	one, two, three := caseNumber(1), caseNumber(2), caseNumber(3)
	w.must(one, "2024-02-01", enters(1, 1))
	w.must(two, "2024-04-10", enters(1, 1)) // while standing there already
	w.must(two, "2024-05-10", enters(1, -1))
	w.must(three, "2024-04-03", enters(2, -1))
	w.must(three, "2024-04-05", enters(2, 1)) // after leaving
	w.must(three, "2024-04-06", enters(3, 1))
	w.must(one, "2024-04-06", enters(3, -1)) // on one day: the order is not known
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	r := figures.NewReader(w.catalog, f.DB())
	for m, want := range map[string][2][]figures.Doubt{
		"2024-03": {nil, nil},
		"2024-04": {{{Indicator: "probe.present", Cases: []domain.StreamID{one, two}}}, {{Indicator: "probe.present", Cases: []domain.StreamID{three}}}},
		"2024-05": {nil, nil}, // who left again stands there once
	} {
		q := figures.Query{Month: month(m)}
		doubles, err := r.Doubles(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		leavers, err := r.Leavers(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual([2][]figures.Doubt{doubles, leavers}, want) {
			t.Errorf("%s: %v %v, want %v", m, doubles, leavers, want)
		}
	}
}
