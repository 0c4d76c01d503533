package natsfeed

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// pulse is how often at most changes are looked for.
const pulse = 250 * time.Millisecond

// Fill keeps the bucket up to date until the context ends. Reader returns what answers now, and up to which position; changed a
// channel that is closed when that moves on.
//
// What is counted waits in cells: a month of a unit under a calendar. An act has its own few cells counted, and in them nothing
// but the indicators that it touches; everything is counted once, when the bucket is new or was made on another basis. However
// much waits, it is done in short turns with pauses, so that a third of a core stays free; figures of everything together and of
// provinces and districts go before those of communes. A key is written only where its number is another one.
func (f *Feeder) Fill(ctx context.Context, reader func() (Figures, domain.Ordinal, error), changed func() <-chan struct{}, keep Kept) error {
	var x *filling
	for ctx.Err() == nil {
		more := changed()
		from, at, err := reader()
		if err == nil && x == nil {
			x, err = f.open(ctx, keep)
		}
		if err == nil {
			err = x.turn(ctx, from, at)
		}
		if err != nil && ctx.Err() == nil {
			if x = nil; f.Failed != nil {
				f.Failed(fmt.Errorf("figures on NATS: %w", err))
			}
		}
		f.note(x)
		if !pause(ctx, pulse) {
			return nil
		}
		if x == nil || len(x.waits) > 0 {
			continue
		}
		select {
		case <-more:
		case <-time.After(time.Minute): // another month may have begun
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

func pause(ctx context.Context, long time.Duration) bool {
	select {
	case <-time.After(long):
		return true
	case <-ctx.Done():
		return false
	}
}

// cell is a month of a unit under a calendar.
type cell struct {
	calendar calendar.Calendar
	month    calendar.Month
	area     area.Code
}

func (c cell) String() string {
	return string(c.calendar) + "." + c.month.String() + "." + cmp.Or(string(c.area), everywhere)
}

// wait is what is to be counted in a cell.
type wait struct {
	indicators map[string]bool // nil: all
	since      domain.Ordinal  // what the bucket says there is right up to here
	touched    bool            // something happened in it; it is not just to be looked at
}

// filling is the work on a bucket.
type filling struct {
	*bucket
	keep  Kept
	at    domain.Ordinal // what happened up to here is in the bucket, or waits
	is    mark           // what the bucket will be when nothing waits
	waits map[cell]*wait
}

func (f *Feeder) open(ctx context.Context, keep Kept) (*filling, error) {
	b, err := f.openBucket(ctx)
	if err != nil {
		return nil, err
	}
	return &filling{bucket: b, keep: keep, at: b.mark.Position, is: b.mark, waits: map[cell]*wait{}}, nil
}

// turn takes in what happened, and works for a while.
func (x *filling) turn(ctx context.Context, from Figures, at domain.Ordinal) error {
	if err := x.takeIn(ctx, from, at); err != nil {
		return err
	}
	if err := x.work(ctx, from); err != nil {
		return err
	}
	x.is.Position = x.at
	for _, w := range x.waits {
		x.is.Position = min(x.is.Position, w.since)
	}
	return x.say(ctx, x.is)
}

// takeIn notes which cells are to be counted.
func (x *filling) takeIn(ctx context.Context, from Figures, at domain.Ordinal) error {
	basis, err := from.Basis(ctx)
	if err != nil {
		return err
	}
	first, last := x.keep.months()
	is := mark{Basis: basis + " " + x.keep.Log, First: first, Last: last}
	if is.Basis != x.is.Basis || at < x.at || x.at == 0 {
		return x.anew(ctx, from, at, is)
	}
	if at > x.at {
		if err := x.touch(ctx, from, at); err != nil {
			return err
		}
	}
	if is.First == x.is.First && is.Last == x.is.Last {
		return nil
	}
	areas, err := from.Reached(ctx, 0, at)
	if err != nil {
		return err
	}
	for _, c := range cells(areas, first, last) {
		if c.month.First() < x.is.First.First() || c.month.First() > x.is.Last.First() {
			x.add(c, nil, x.at, false)
		}
	}
	x.is = is
	return x.forget(ctx, areas)
}

// anew has everything counted.
func (x *filling) anew(ctx context.Context, from Figures, at domain.Ordinal, is mark) error {
	areas, err := from.Reached(ctx, 0, at)
	if err != nil {
		return err
	}
	if err := x.say(ctx, is); err != nil { // until it is done, nothing is promised
		return err
	}
	x.at, x.is, x.waits = at, is, map[cell]*wait{}
	for _, c := range cells(areas, is.First, is.Last) {
		x.add(c, nil, 0, false)
	}
	return x.forget(ctx, areas)
}

// touch has counted what the events up to a position may have changed: indicators that they add to, in the units that they
// reach, in the months from the first day that they are about.
func (x *filling) touch(ctx context.Context, from Figures, at domain.Ordinal) error {
	touched, err := from.Touched(ctx, x.at, at, nil)
	if err != nil {
		return err
	}
	if len(touched) > 0 {
		areas, err := from.Reached(ctx, x.at, at)
		if err != nil {
			return err
		}
		earliest, err := from.Earliest(ctx, x.at, at)
		if err != nil {
			return err
		}
		for _, c := range cells(areas, x.is.First, x.is.Last) {
			if c.calendar.Month(c.month).To >= earliest {
				x.add(c, touched, x.at, true)
			}
		}
	}
	x.at = at
	return nil
}

// forget takes away the cells that are none of the bucket's any more, and with them what waits there.
func (x *filling) forget(ctx context.Context, areas []area.Code) error {
	kept := map[string]bool{}
	for _, c := range cells(areas, x.is.First, x.is.Last) {
		kept[c.String()] = true
	}
	maps.DeleteFunc(x.waits, func(c cell, _ *wait) bool { return !kept[c.String()] })
	for _, c := range slices.Sorted(maps.Keys(x.stands)) {
		if !kept[c] {
			if err := x.drop(ctx, c, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func cells(areas []area.Code, first, last calendar.Month) (all []cell) {
	for m := first; m.First() <= last.First(); m = m.Add(1) {
		for _, c := range []calendar.Calendar{calendar.Civil, calendar.Fifteenth} {
			for _, a := range append([]area.Code{""}, areas...) {
				all = append(all, cell{c, m, a})
			}
		}
	}
	return all
}

func (x *filling) add(c cell, indicators []string, since domain.Ordinal, touched bool) {
	w, ok := x.waits[c]
	if !ok {
		w = &wait{since: since, indicators: map[string]bool{}}
		x.waits[c] = w
	}
	w.touched = w.touched || touched
	if indicators == nil {
		w.indicators = nil
	}
	for _, id := range indicators {
		if w.indicators != nil {
			w.indicators[id] = true
		}
	}
}

// turns are how long a turn works on each class of what waits; on one cell at least, so that every class comes to its end.
var turns = [...]time.Duration{200 * time.Millisecond, 150 * time.Millisecond, 100 * time.Millisecond, 100 * time.Millisecond, 100 * time.Millisecond}

// class is 0 for what happened in everything together, 1 in a province or a district, 2 for the rest of those, 3 for what
// happened in a commune, and 4 for the rest.
func (w *wait) class(c cell) int {
	switch commune := level(c.area) == area.Commune; {
	case w.touched && c.area == "":
		return 0
	case w.touched && !commune:
		return 1
	case !commune:
		return 2
	case w.touched:
		return 3
	}
	return 4
}

func level(a area.Code) area.Level {
	for _, n := range area.InUse().Named(a, calendar.Range{From: 0, To: calendar.Of(9999, 12, 31)}) {
		return n.Unit.Level
	}
	return area.Province
}

// work counts what waits, in each class the longest waiting first; of what waits as long everything together, and the month in which
// something happened before those in which it counts too.
func (x *filling) work(ctx context.Context, from Figures) error {
	classes := [len(turns)][]cell{}
	for c, w := range x.waits {
		n := w.class(c)
		classes[n] = append(classes[n], c)
	}
	for n, all := range classes {
		slices.SortFunc(all, func(a, b cell) int {
			return cmp.Or(cmp.Compare(x.waits[a].since, x.waits[b].since), cmp.Compare(a.area, b.area), cmp.Compare(a.month.First(), b.month.First()), cmp.Compare(b.calendar, a.calendar))
		})
		for begun := time.Now(); len(all) > 0; all = all[1:] {
			if err := x.count(ctx, from, all[0], x.waits[all[0]]); err != nil {
				return err
			}
			delete(x.waits, all[0])
			if time.Since(begun) > turns[n] {
				break
			}
		}
	}
	return nil
}

// count writes what is another number in a cell.
func (x *filling) count(ctx context.Context, from Figures, c cell, w *wait) error {
	at := c.String()
	sheet, err := from.Figures(ctx, figures.Query{Month: c.month, Calendar: c.calendar, Area: c.area, Indicators: slices.Sorted(maps.Keys(w.indicators))})
	if domain.CodeOf(err) == "figures.no_such_area" { // not there in that month
		return x.drop(ctx, at, nil)
	}
	if err != nil {
		return err
	}
	counted := map[string]bool{}
	for _, n := range sheet.Figures {
		counted[n.Indicator] = true
		if err := x.put(ctx, at, n.Indicator, Value{n.Value, n.YTD, n.LastYear, sheet.Position}); err != nil {
			return err
		}
	}
	if w.indicators != nil {
		return nil
	}
	return x.drop(ctx, at, counted)
}
