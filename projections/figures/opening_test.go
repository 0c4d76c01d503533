package figures_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

// moving is a random history over years in which communes were merged, divided and renamed: late entries, corrections that
// move acts to other days and units, voids.
func moving(t *rapid.T) *world {
	w := newWorld(t)
	days := rapid.OneOf(changingDays, someDays)
	for range rapid.IntRange(1, 20).Draw(t, "commands") {
		id := caseNumber(rapid.IntRange(1, 4).Draw(t, "case"))
		var c domain.Command
		switch rapid.SampledFrom([]string{"note", "note", "note", "correct", "void"}).Draw(t, "command") {
		case "note":
			act := note(t)
			act.Area = rapid.OneOf(changingAreas, someAreas).Draw(t, "in")
			c = act
		case "correct":
			changes, _ := json.Marshal(map[string]any{"amount": rapid.Int64Range(-50, 50).Draw(t, "to"), "kind": rapid.SampledFrom([]string{"a", "b"}).Draw(t, "kind"),
				"area": changingAreas.Draw(t, "to area")})
			c = correct(uint64(rapid.IntRange(1, 4).Draw(t, "version")), days.Draw(t, "to day"), string(changes))
		case "void":
			c = void(uint64(rapid.IntRange(1, 4).Draw(t, "version")))
		}
		if err := w.do(id, days.Draw(t, "day").String(), c); err != nil && domain.KindOf(err) != domain.Rejected {
			t.Fatal(err)
		}
	}
	return w
}

var movingQueries = rapid.Custom(func(t *rapid.T) figures.Query {
	return figures.Query{
		Month:    rapid.SampledFrom([]calendar.Month{month("2024-04"), month("2025-01"), month("2025-07"), month("2026-03")}).Draw(t, "month"),
		Calendar: rapid.SampledFrom([]calendar.Calendar{calendar.Civil, calendar.Fifteenth}).Draw(t, "calendar"),
		Area:     rapid.SampledFrom([]area.Code{"", "20", "188", "06040", "06529"}).Draw(t, "area"),
		Tree:     rapid.SampledFrom([]figures.Tree{figures.Then, figures.Now}).Draw(t, "tree"),
		By:       rapid.SampledFrom([]string{"", "district", "commune"}).Draw(t, "by"),
	}
})

// Whatever a sheet shows can be opened, and its list adds up to it.
func TestEveryNumberOpens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := moving(t)
		f := views(t, temporary(t), w.log, w)
		defer f.Close()
		r := figures.NewReader(w.catalog, f.DB())
		q := movingQueries.Draw(t, "query")
		if end := len(recorded(t, w.log)); end > 0 {
			q.AsOf = domain.Ordinal(rapid.IntRange(0, end).Draw(t, "as of"))
		}
		sheet, err := r.Figures(t.Context(), q)
		if code := domain.CodeOf(err); code == "figures.no_such_area" || code == "figures.level_above_area" {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, figure := range sheet.Figures {
			o := figures.Opening{Query: q}
			o.Indicators = []string{figure.Indicator}
			for number, want := range map[figures.Which]figures.Number{
				figures.Value: figure.Value, figures.YTD: figure.YTD, figures.LastYear: figure.LastYear, figures.MonthBefore: figure.MonthBefore,
				figures.ChangePct: figure.ChangePct, figures.MonthPct: figure.MonthPct, figures.Plan: figure.Plan, figures.PlanPct: figure.PlanPct,
			} {
				o.Number = number
				opens(t, r, o, want)
			}
			for _, p := range figure.Breakdown {
				o.Part = p.By + "=" + p.Key
				o.Number = figures.Value
				opens(t, r, o, p.Value)
				o.Number = figures.YTD
				opens(t, r, o, p.YTD)
			}
			for n, p := range figure.Areas {
				if n%40 != 0 && p.Value.Quantity == 0 && p.YTD.Quantity == 0 {
					continue // of those with nothing in them, a few
				}
				o.Part = q.By + "=" + p.Key
				o.Number = figures.Value
				opens(t, r, o, p.Value)
				o.Number = figures.YTD
				opens(t, r, o, p.YTD)
			}
		}
	})
}

// opens opens a number in pages of two.
func opens(t *rapid.T, r *figures.Reader, o figures.Opening, want figures.Number) {
	t.Helper()
	x, err := r.Open(t.Context(), o, figures.Page{Limit: 2})
	if err != nil {
		t.Fatalf("%+v: %v", o, err)
	}
	if x.Value != want {
		t.Fatalf("%s of %s %s is %v, opened it is %v", o.Number, o.Indicators, o.Part, want, x.Value)
	}
	addsUp(t, r, o, x)
}

// addsUp reads all pages of what was opened.
func addsUp(t *rapid.T, r *figures.Reader, o figures.Opening, x figures.Explanation) {
	t.Helper()
	if x.Over != nil {
		if len(x.Events) > 0 {
			t.Fatalf("%+v has events and terms", o)
		}
		for _, term := range []*figures.Explanation{x.Over, x.Under} {
			o.Indicators, o.Number = []string{term.Indicator}, term.Number
			addsUp(t, r, o, *term)
		}
		return
	}
	all := x.Events
	for x.Next != "" {
		value, position := x.Value, x.Position
		var err error
		if x, err = r.Open(t.Context(), o, figures.Page{After: x.Next, Limit: 2}); err != nil {
			t.Fatal(err)
		}
		if x.Value != value || x.Position != position {
			t.Fatalf("%+v: %v of %d on one page, %v of %d on the next", o, value, position, x.Value, x.Position)
		}
		all = append(all, x.Events...)
	}
	if sum(all) != x.Value.Quantity {
		t.Fatalf("%+v is %v, its list adds up to %d: %+v", o, x.Value, sum(all), all)
	}
}

// A list goes on as it was, though events are recorded while it is read.
func TestPagesAreOfOnePosition(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dir := scratch(t)
	for n := range 5 {
		w.must(caseNumber(n), "2024-04-10", probe.Note{Area: "20", Amount: 1 << n})
	}
	f := views(t, dir, w.log, w)
	r := figures.NewReader(w.catalog, f.DB())
	o := figures.Opening{Query: figures.Query{Month: month("2024-04"), Indicators: []string{"probe.amount"}}}
	first, err := r.Open(t.Context(), o, figures.Page{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	w.must(caseNumber(9), "2024-04-01", probe.Note{Area: "20", Amount: 100})
	w.must(caseNumber(9), "2024-04-30", probe.Note{Area: "20", Amount: 1000})
	f = views(t, dir, w.log, w)
	defer f.Close()
	r = figures.NewReader(w.catalog, f.DB())
	second, err := r.Open(t.Context(), o, figures.Page{After: first.Next, Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	if all := slices.Concat(first.Events, second.Events); second.Next != "" || sum(all) != 31 || second.Value.Quantity != 31 {
		t.Errorf("pages: %+v, then %+v", first, second)
	}
	o.AsOf = 6
	if _, err := r.Open(t.Context(), o, figures.Page{After: first.Next}); domain.CodeOf(err) != "figures.bad_page" {
		t.Errorf("a page of another position: %v", err)
	}
}

func TestStatementsBeforeTheOneThatCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n, value := range []int64{100, 300, 200} {
		w.must(caseNumber(n), []string{"2024-04-10", "2024-04-20", "2024-04-15"}[n], probe.Note{Area: "20", Stated: i64(value)})
	}
	w.must(caseNumber(1), "2024-05-02", void(1))
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	x, err := figures.NewReader(w.catalog, f.DB()).Open(t.Context(),
		figures.Opening{Query: figures.Query{Month: month("2024-04"), Indicators: []string{"probe.rate"}}}, figures.Page{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range x.Events {
		got = append(got, e.Type+" "+e.Stated.String()+" "+e.Quantity.String())
	}
	if want := "probe.noted 1 0, probe.noted 2 2, probe.noted 3 0, probe.voided  0"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, ", "), want)
	}
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	w := mergers(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	r := figures.NewReader(w.catalog, f.DB())
	for code, o := range map[string]figures.Opening{
		"figures.no_such_number": {Number: "total"},
		"figures.no_such_part":   {Part: "colour=red"},
		"figures.one_indicator":  {Query: figures.Query{Indicators: []string{"probe.amount", "probe.acts"}}},
	} {
		o.Month = month("2024-04")
		if o.Indicators == nil {
			o.Indicators = []string{"probe.amount"}
		}
		if _, err := r.Open(t.Context(), o, figures.Page{}); domain.CodeOf(err) != code {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for _, part := range []string{"kind", "district=999", "commune=06550@2025-06-30"} {
		o := figures.Opening{Query: figures.Query{Month: month("2024-04"), Indicators: []string{"probe.amount"}}, Part: part}
		if _, err := r.Open(t.Context(), o, figures.Page{}); domain.CodeOf(err) != "figures.no_such_part" {
			t.Errorf("%s: %v", part, err)
		}
	}
}
