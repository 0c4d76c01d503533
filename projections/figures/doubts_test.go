package figures_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/projections/figures"
)

// The present asks only those who were noted as odd, the past asks everybody: both find the same people.
func TestDoubtsOfThePresentAreThoseOfThePast(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for n := range rapid.IntRange(2, 12).Draw(t, "acts") {
			act := note(t)
			act.Area = rapid.SampledFrom([]area.Code{"05971", "05971", "06550", "24"}).Draw(t, "in")
			act.Enters, act.About = rapid.SampledFrom([]int64{-1, 1}).Draw(t, "moves"), somebody(rapid.IntRange(1, 3).Draw(t, "about"))
			w.must(caseNumber(n), someDays.Draw(t, "on").String(), act)
			if rapid.IntRange(0, 3).Draw(t, "void") == 0 {
				w.must(caseNumber(n), someDays.Draw(t, "voided on").String(), void(1))
			}
		}
		events := recorded(t, w.log)
		n := rapid.IntRange(1, len(events)).Draw(t, "as of")
		cut := memlog.New()
		refill(t, cut, events[:n])
		whole, part := views(t, temporary(t), w.log, w), views(t, temporary(t), cut, w)
		defer whole.Close()
		defer part.Close()
		q := figures.Query{Month: month(rapid.SampledFrom([]string{"2024-04", "2024-05", "2023-12"}).Draw(t, "month")),
			Area: rapid.SampledFrom([]area.Code{"", "20", "178", "05971"}).Draw(t, "area")}
		then, now := figures.NewReader(w.catalog, part.DB()), figures.NewReader(w.catalog, whole.DB())
		past := q
		past.AsOf = domain.Ordinal(n)
		for name, find := range map[string]func(*figures.Reader, figures.Query) ([]figures.Doubt, error){
			"doubles": func(r *figures.Reader, q figures.Query) ([]figures.Doubt, error) { return r.Doubles(t.Context(), q) },
			"leavers": func(r *figures.Reader, q figures.Query) ([]figures.Doubt, error) { return r.Leavers(t.Context(), q) },
		} {
			a, err := find(then, q)
			if err != nil {
				t.Fatal(err)
			}
			b, err := find(now, past)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("%s of a log of %d events: %v, as of %d: %v", name, n, a, n, b)
			}
		}
	})
}
