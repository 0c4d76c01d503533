package figures_test

import (
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// What came late is the difference between the month as it is known and as it was known.
func TestLateIsTheDifference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := life(t)
		f := views(t, temporary(t), w.log, w)
		defer f.Close()
		r := figures.NewReader(w.catalog, f.DB())
		q := queries.Draw(t, "query")
		end := ask(t, w, f, q).Position
		if end < 2 {
			return
		}
		was := domain.Ordinal(rapid.IntRange(1, int(end)-1).Draw(t, "was"))
		q.AsOf = domain.Ordinal(rapid.IntRange(int(was), int(end)).Draw(t, "now"))
		months := map[calendar.Month]domain.Ordinal{q.Month: was, q.Month.Add(-1): was}
		late, err := r.Late(t.Context(), q, months)
		if err != nil {
			t.Fatal(err)
		}
		for m := range months {
			now, then := q, q
			now.Month, then.Month, then.AsOf = m, m, was
			before, after := ask(t, w, f, then), ask(t, w, f, now)
			for n, figure := range after.Figures {
				if figure.Kind != domain.Flow {
					continue
				}
				got := int64(0)
				for _, l := range late {
					if l.Month == m && l.Indicator == figure.Indicator {
						got += l.By
					}
				}
				if want := figure.Value.Quantity - before.Figures[n].Value.Quantity; got != want {
					t.Fatalf("%s of %s: late %d, the difference is %d", figure.Indicator, m, got, want)
				}
			}
		}
	})
}
