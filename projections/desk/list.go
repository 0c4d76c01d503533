package desk

import (
	"context"
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// List asks for cases.
type List struct {
	worklist.Query
	// Queue leaves the cases whose next act needs this right, and of them those where the caller has it. Empty: all.
	Queue right.Action
	After domain.Ordinal // wait until the views hold so many events; 0: do not
}

// Cases lists the cases that the caller may read. Urgency is told as of today, where no day is named.
func (d *Desk) Cases(ctx context.Context, l List) (worklist.Page, error) {
	from, err := d.listing(ctx, &l)
	if err != nil || len(l.Within) == 0 {
		return worklist.Page{}, err
	}
	return from.Work.List(ctx, l.Query)
}

// Counts counts the open cases of a list by unit and case type; see [worklist.Reader.Counts] for what it asks of the list.
func (d *Desk) Counts(ctx context.Context, l List) ([]worklist.Count, error) {
	from, err := d.listing(ctx, &l)
	if err != nil || len(l.Within) == 0 {
		return nil, err
	}
	return from.Work.Counts(ctx, l.Query)
}

// Overdue counts the open cases of a unit, by units and types, for who may read the figures of those: numbers, no cases.
func (d *Desk) Overdue(ctx context.Context, within area.Code) ([]worklist.Count, error) {
	c, err := caller(ctx)
	if err != nil {
		return nil, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return nil, err
	}
	return from.Work.Counts(ctx, worklist.Query{Within: d.reach(c, right.ReadFigures), Unit: within, On: calendar.On(d.Clock())})
}

// listing bounds a list to what the caller may read, and returns what answers it.
func (d *Desk) listing(ctx context.Context, l *List) (Readers, error) {
	c, err := caller(ctx)
	if err != nil {
		return Readers{}, err
	}
	for _, t := range l.Types {
		if _, known := d.Catalog.Type(t); !known {
			return Readers{}, &domain.Error{Kind: domain.NotFound, Code: "case.unknown_type", Field: "type", Msg: "không có loại hồ sơ này"}
		}
	}
	if l.Within = d.readable(c); len(l.Within) == 0 {
		return Readers{}, c.May(right.ReadCase, right.Target{Unit: l.Unit})
	}
	if l.Queue != "" {
		if err := d.queue(c, l); err != nil {
			return Readers{}, err
		}
	}
	if l.On.IsZero() {
		l.On = calendar.On(d.Clock())
	}
	return d.reading(ctx, l.After)
}

// readable returns the cases that somebody may read, by units and types.
func (d *Desk) readable(c right.Caller) []worklist.Scope {
	return d.reach(c, right.ReadCase)
}

// reach returns the cases to which somebody may do all of some things, as a bound of a list: never nil, which would bound nothing.
func (d *Desk) reach(c right.Caller, actions ...right.Action) []worklist.Scope {
	by := map[area.Code][]string{}
	for _, t := range d.Catalog.Types {
		units := []area.Code{""}
		for _, a := range actions {
			where, _ := c.Where(a, t.Name) // none where it is refused
			units = meet(units, where)
		}
		for _, unit := range units {
			by[unit] = append(by[unit], t.Name)
		}
	}
	all := []worklist.Scope{}
	for _, unit := range slices.Sorted(maps.Keys(by)) {
		all = append(all, worklist.Scope{Unit: unit, Types: by[unit]})
	}
	return all
}

// meet returns the units that lie in both of two lists.
func meet(some, others []area.Code) (all []area.Code) {
	units := area.InUse()
	for _, a := range some {
		for _, b := range others {
			if units.Within(a, b) {
				all = append(all, a)
			} else if units.Within(b, a) {
				all = append(all, b)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Search looks for people and cases by any spelling, a number or a reference. Of people it shows what a list may show, and
// only those whose records the caller may read.
func (d *Desk) Search(ctx context.Context, text string, limit int) (search.Result, error) {
	if err := somewhere(ctx, right.ReadCase, people); err != nil {
		return search.Result{}, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return search.Result{}, err
	}
	found, err := from.Search.Find(ctx, text, limit)
	if err != nil {
		return search.Result{}, err
	}
	found.People = slices.DeleteFunc(found.People, func(p search.Person) bool {
		return mayRead(ctx, people, p.Commune) != nil
	})
	var failed error
	found.Cases = slices.DeleteFunc(found.Cases, func(id domain.StreamID) bool {
		unit, _, err := d.unitOf(ctx, id)
		if err != nil {
			failed = err
		}
		return mayRead(ctx, id.Type, unit) != nil
	})
	return found, failed
}
