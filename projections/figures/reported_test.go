package figures_test

import (
	"testing"

	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

// Each story states values and amends them; what is left is the province's figure of April 2024.
func TestTheLatestStandingStatementCounts(t *testing.T) {
	t.Parallel()
	state := func(w *world, n int, on string, of area.Code, value int64) {
		w.must(caseNumber(n), on, probe.Note{Area: of, Stated: &value})
	}
	for name, c := range map[string]struct {
		story func(w *world)
		want  string
	}{
		"nobody states it": {func(w *world) { state(w, 1, "2024-03-31", "20", 1) }, ""},
		"the later day counts, though it was recorded first": {func(w *world) {
			state(w, 1, "2024-04-20", "20", 200)
			state(w, 2, "2024-04-10", "20", 100)
		}, "2"},
		"on one day the later position counts": {func(w *world) {
			state(w, 1, "2024-04-10", "20", 200)
			state(w, 2, "2024-04-10", "20", 100)
		}, "1"},
		"a void brings the one before back": {func(w *world) {
			state(w, 1, "2024-04-10", "20", 100)
			state(w, 2, "2024-04-20", "20", 200)
			w.must(caseNumber(2), "2024-05-02", void(1))
		}, "1"},
		"a void takes the value that it voids, not the last of the day": {func(w *world) {
			state(w, 1, "2024-04-10", "20", 100)
			state(w, 2, "2024-04-10", "20", 200)
			w.must(caseNumber(1), "2024-05-02", void(1))
		}, "2"},
		"nor that of another day": {func(w *world) {
			state(w, 1, "2024-04-10", "20", 100)
			state(w, 2, "2024-04-10", "20", 200)
			state(w, 3, "2024-04-05", "20", 200)
			w.must(caseNumber(3), "2024-05-02", void(1))
		}, "2"},
		"a value of zero can be voided": {func(w *world) {
			state(w, 1, "2024-04-10", "20", 100)
			state(w, 2, "2024-04-20", "20", 0)
			w.must(caseNumber(2), "2024-05-02", void(1))
		}, "1"},
		"a corrected value counts on its day": {func(w *world) {
			state(w, 1, "2024-04-10", "20", 100)
			state(w, 2, "2024-04-20", "20", 200)
			w.must(caseNumber(1), "2024-05-02", correct(1, calendar.Date(20240425), `{"stated":150}`))
		}, "1.5"},
		"a statement moved to an earlier day leaves its day": {func(w *world) {
			state(w, 1, "2024-04-20", "20", 100)
			state(w, 2, "2024-04-10", "20", 200)
			w.must(caseNumber(1), "2024-05-02", correct(1, calendar.Date(20240405), `{}`))
		}, "2"},
		"a unit below speaks for itself only": {func(w *world) {
			state(w, 1, "2024-04-10", "20", 100)
			state(w, 2, "2024-04-20", "05971", 900)
		}, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			c.story(w)
			f := views(t, scratch(t), w.log, w)
			defer f.Close()
			for _, code := range []area.Code{"20", ""} {
				q := figures.Query{Month: month("2024-04"), Area: code, Indicators: []string{"probe.rate"}}
				if got := ask(t, w, f, q).Figures[0].Value.String(); got != c.want {
					t.Errorf("area %q: %q, want %q", code, got, c.want)
				}
			}
		})
	}
}
