package figures_test

import (
	"fmt"
	"slices"
	"testing"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// Whatever an act changes, in whatever month of a life across both mergers, is a figure of a unit that it reaches.
func TestReachedHoldsWhatChanges(t *testing.T) {
	t.Parallel()
	w := mergers(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	r := figures.NewReader(w.catalog, f.DB())
	const last = 12
	all, err := r.Reached(t.Context(), 0, last)
	if err != nil || !slices.Contains(all, "20") || !slices.Contains(all, "06613") || len(all) > 40 {
		t.Fatal(all, err)
	}
	says := func(asOf domain.Ordinal, a area.Code, m calendar.Month) string {
		if asOf == 0 {
			return ""
		}
		sheet, err := r.Figures(t.Context(), figures.Query{Month: m, Area: a, AsOf: asOf, Indicators: []string{"probe.amount", "probe.present"}})
		if domain.CodeOf(err) == "figures.no_such_area" {
			return ""
		}
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, n := range sheet.Figures {
			text += fmt.Sprint(n.Value, n.YTD, n.LastYear)
		}
		return text
	}
	reaches := 0
	for _, m := range []calendar.Month{{Year: 2024, Month: 4}, {Year: 2025, Month: 7}, {Year: 2026, Month: 3}} {
		for _, a := range all {
			before := says(1, a, m)
			for n := domain.Ordinal(2); n <= last; n++ {
				now := says(n, a, m)
				if now != before {
					reached, err := r.Reached(t.Context(), n-1, n)
					if err != nil || !slices.Contains(reached, a) {
						t.Errorf("event %d changes %s in %s and reaches %v (%v)", n, a, m, reached, err)
					}
					if len(reached) > 10 {
						t.Errorf("event %d reaches %d units", n, len(reached))
					}
					reaches++
				}
				before = now
			}
		}
	}
	if reaches < 20 {
		t.Errorf("only %d changes were looked at", reaches)
	}
	basis, err := r.Basis(t.Context())
	if again, _ := r.Basis(t.Context()); err != nil || basis == "" || again != basis {
		t.Error(basis, again, err)
	}
}
