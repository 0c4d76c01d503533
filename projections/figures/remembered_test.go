package figures_test

import (
	"context"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/projections"
	"hoso/projections/figures"
)

// A reader that has answered before says at every moment what one says that never did, also where records of persons are linked
// and where acts are corrected and voided.
func TestWhatIsRememberedIsWhatIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		w := linkedLife(t)
		log, view := memlog.New(), figures.NewView(w.catalog)
		f, err := sqliteviews.Open(ctx, temporary(t), projections.Generation(view))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		runner, err := projections.New(ctx, log, w.codec, f, view)
		if err != nil {
			t.Fatal(err)
		}
		old, tails := figures.NewReader(w.catalog, f.DB()), map[domain.StreamID]domain.Tail{}
		some := rapid.SliceOfN(queries, 1, 2).Draw(t, "queries")
		for i := range some {
			if some[i].Area == "" && rapid.Bool().Draw(t, "divided") {
				some[i].By = "district"
			}
		}
		for _, e := range recorded(t, w.log) {
			tail, err := log.Append(ctx, e.Stream, tails[e.Stream], e.Draft)
			if err != nil {
				t.Fatal(err)
			}
			tails[e.Stream] = tail
			if err := runner.CatchUp(ctx, tail.Position); err != nil {
				t.Fatal(err)
			}
			for _, q := range some {
				if rapid.IntRange(0, 3).Draw(t, "looks") == 0 {
					continue // so that more than one event has come since the last answer
				}
				if got, want := answers(t, old, q), answers(t, figures.NewReader(w.catalog, f.DB()), q); got != want {
					t.Fatalf("remembered: %s\nread: %s", got, want)
				}
			}
		}
	})
}

// answers are the sheet of a month and its year's months.
func answers(t *rapid.T, r *figures.Reader, q figures.Query) string {
	sheet, err := r.Figures(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sheet.Figures { // whoever was given an answer may do with it as he likes
		defer clear(sheet.Figures[i].Areas)
		defer clear(sheet.Figures[i].Breakdown)
	}
	series, err := r.Series(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal([]any{sheet, series})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range series {
		clear(s.Months)
	}
	return string(b)
}
