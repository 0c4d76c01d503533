package figures_test

import (
	"testing"

	"pgregory.net/rapid"

	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// Nothing was added to an indicator before the day on which it began, and on that day something was.
func TestWhenAnIndicatorBegan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := life(t)
		f := views(t, temporary(t), w.log, w)
		defer f.Close()
		began, err := figures.NewReader(w.catalog, f.DB()).Began(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.DB().QueryContext(t.Context(), "SELECT n.name, c.occurred FROM figures_contributions c JOIN names n ON n.id = c.indicator")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		want := map[string]calendar.Date{}
		for rows.Next() {
			var id string
			var day calendar.Date
			if err := rows.Scan(&id, &day); err != nil {
				t.Fatal(err)
			}
			if first, ok := want[id]; !ok || day < first {
				want[id] = day
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		for id, day := range want {
			if began[id] != day {
				t.Fatalf("%s began on %s, want %s", id, began[id], day)
			}
		}
		if len(began) != len(want) {
			t.Fatalf("%d began, want %d", len(began), len(want))
		}
	})
}
