package figures_test

import (
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

// The two numbers of a difference are those of the figures asked alone, and the events between make up for it.
func TestTheDifferenceIsItsEvents(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := moving(t)
		end := len(recorded(t, w.log))
		if end == 0 {
			return
		}
		f := views(t, temporary(t), w.log, w)
		defer f.Close()
		r := figures.NewReader(w.catalog, f.DB())
		q := movingQueries.Draw(t, "query")
		from := domain.Ordinal(rapid.IntRange(1, end).Draw(t, "from"))
		to := domain.Ordinal(rapid.IntRange(int(from), end).Draw(t, "to"))
		was, now := q, q
		was.AsOf, now.AsOf = from, to
		before, err := r.Figures(t.Context(), was)
		if code := domain.CodeOf(err); code == "figures.no_such_area" || code == "figures.level_above_area" {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		after := ask(t, w, f, now)
		check := func(o figures.Opening, was, now figures.Number) {
			c, err := r.Difference(t.Context(), o, from, to)
			if err != nil {
				t.Fatalf("%+v: %v", o, err)
			}
			d := c.Differences[0]
			if d.Was != was || d.Now != now {
				t.Fatalf("%+v from %d to %d: was %v and is %v, alone %v and %v", o, from, to, d.Was, d.Now, was, now)
			}
			isItsEvents(t, o, d, from, to)
		}
		for n, then := range before.Figures {
			is := after.Figures[n]
			o := figures.Opening{Query: q}
			o.Indicators = []string{then.Indicator}
			for number, both := range map[figures.Which][2]figures.Number{
				figures.Value: {then.Value, is.Value}, figures.YTD: {then.YTD, is.YTD}, figures.LastYear: {then.LastYear, is.LastYear},
				figures.MonthBefore: {then.MonthBefore, is.MonthBefore}, figures.Plan: {then.Plan, is.Plan},
			} {
				o.Number = number
				check(o, both[0], both[1])
			}
			o.Number = figures.Value
			for _, p := range is.Breakdown {
				for _, was := range then.Breakdown {
					if was.By == p.By && was.Key == p.Key {
						o.Part = p.By + "=" + p.Key
						check(o, was.Value, p.Value)
					}
				}
			}
			for _, p := range is.Areas {
				for _, was := range then.Areas {
					if was.Key == p.Key && was.Value != p.Value {
						o.Part = q.By + "=" + p.Key
						check(o, was.Value, p.Value)
					}
				}
			}
		}
	})
}

func isItsEvents(t *rapid.T, o figures.Opening, d figures.Difference, from, to domain.Ordinal) {
	if d.Over != nil {
		isItsEvents(t, o, *d.Over, from, to)
		isItsEvents(t, o, *d.Under, from, to)
		return
	}
	if by := d.Now.Quantity - d.Was.Quantity; d.By.Quantity != by || sum(d.Events) != by {
		t.Fatalf("%+v of %s from %d to %d: %v to %v, said to be by %v, events: %+v", o, d.Indicator, from, to, d.Was, d.Now, d.By, d.Events)
	}
	for _, e := range d.Events {
		if e.Position <= from || e.Position > to || e.Quantity.Quantity == 0 {
			t.Fatalf("%+v of %s from %d to %d: what is this? %+v", o, d.Indicator, from, to, e)
		}
	}
}

// An example that can be read: a late act, a corrected one, a person who is counted no more.
func TestDifferenceByHand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(caseNumber(1), "2024-04-10", probe.Note{Area: "20", Amount: 100, Persons: []domain.PersonID{somebody(1)}, Stated: i64(100)})
	w.must(caseNumber(2), "2024-04-11", probe.Note{Area: "20", Amount: 10, Persons: []domain.PersonID{somebody(1), somebody(2)}})
	w.must(caseNumber(3), "2024-04-12", probe.Note{Area: "20", Amount: 1, Persons: []domain.PersonID{somebody(3)}}) // late
	w.must(caseNumber(1), "2024-05-02", correct(1, calendar.Date(20240409), `{"amount":70,"stated":150}`))
	w.must(caseNumber(2), "2024-05-03", void(1))
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	c, err := figures.NewReader(w.catalog, f.DB()).Difference(t.Context(), figures.Opening{Query: figures.Query{Month: month("2024-04")}}, 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, d := range c.Differences {
		got[d.Indicator] = d.Was.String() + " " + d.Now.String()
		for _, e := range d.Events {
			got[d.Indicator] += " " + e.Occurred.String()[8:] + ":" + e.Quantity.String()
		}
	}
	for id, want := range map[string]string{
		"probe.amount":  "110 71 09:70 10:-100 11:-10 12:1",
		"probe.persons": "2 2 12:1 11:-1",
		"probe.rate":    "1 1.5 09:0.5",
		"probe.average": "55 35.5",
	} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
	if c.Was != 2 || c.Now != 5 {
		t.Errorf("from %d to %d", c.Was, c.Now)
	}
}

func TestWhatCannotBeCompared(t *testing.T) {
	t.Parallel()
	w := mergers(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	r := figures.NewReader(w.catalog, f.DB())
	for _, c := range []struct {
		number   figures.Which
		from, to domain.Ordinal
		code     string
	}{
		{"", 0, 0, "figures.no_interval"},
		{"", 5, 3, "figures.no_interval"},
		{"", 99, 0, "asof.beyond_end"},
		{"", 5, 99, "asof.beyond_end"},
		{figures.ChangePct, 3, 5, "figures.no_such_number"},
	} {
		o := figures.Opening{Query: figures.Query{Month: month("2024-04"), Indicators: []string{"probe.amount"}}, Number: c.number}
		if _, err := r.Difference(t.Context(), o, c.from, c.to); domain.CodeOf(err) != c.code {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// A link has no contributions, and stands in the list by what it makes of the number of persons.
func TestTheDifferenceKnowsLinks(t *testing.T) {
	t.Parallel()
	linked := 0
	rapid.Check(t, func(t *rapid.T) {
		w := linkedLife(t)
		end := len(recorded(t, w.log))
		f := views(t, temporary(t), w.log, w)
		defer f.Close()
		r := figures.NewReader(w.catalog, f.DB())
		from := domain.Ordinal(rapid.IntRange(1, end).Draw(t, "from"))
		to := domain.Ordinal(rapid.IntRange(int(from), end).Draw(t, "to"))
		q := figures.Query{Month: month(rapid.SampledFrom([]string{"2024-04", "2023-04", "2024-05"}).Draw(t, "month")), Indicators: []string{"probe.persons"}}
		for _, number := range []figures.Which{figures.Value, figures.YTD} {
			for _, part := range []string{"", "kind=a", "kind=b"} {
				o := figures.Opening{Query: q, Number: number, Part: part}
				c, err := r.Difference(t.Context(), o, from, to)
				if err != nil {
					t.Fatal(err)
				}
				d := c.Differences[0]
				isItsEvents(t, o, d, from, to)
				for _, e := range d.Events {
					if e.Case.Type == "person" {
						linked++
					}
				}
				for at, want := range map[domain.Ordinal]figures.Number{from: d.Was, to: d.Now} {
					o.AsOf = at
					x, err := r.Open(t.Context(), o, figures.Page{})
					if err != nil {
						t.Fatal(err)
					}
					if x.Value != want || sum(x.Events) != want.Quantity {
						t.Fatalf("as of %d: the difference says %v, the figure is %v, and its list comes to %d", at, want, x.Value, sum(x.Events))
					}
				}
			}
		}
	})
	if linked == 0 {
		t.Error("no link ever changed a number")
	}
}
