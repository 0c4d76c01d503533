package desk

import (
	"context"
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
	After domain.Ordinal // wait until the views hold so many events; 0: do not
}

// Cases lists the cases that the caller may read. Urgency is told as of today, where no day is named.
func (d *Desk) Cases(ctx context.Context, l List) (worklist.Page, error) {
	c, err := caller(ctx)
	if err != nil {
		return worklist.Page{}, err
	}
	for _, t := range l.Types {
		if _, known := d.Catalog.Type(t); !known {
			return worklist.Page{}, &domain.Error{Kind: domain.NotFound, Code: "case.unknown_type", Field: "type", Msg: "không có loại hồ sơ này"}
		}
	}
	if l.Within = d.readable(c); len(l.Within) == 0 {
		return worklist.Page{}, c.May(right.ReadCase, right.Target{Unit: l.Unit})
	}
	from, err := d.reading(ctx, l.After)
	if err != nil {
		return worklist.Page{}, err
	}
	if l.On.IsZero() {
		l.On = calendar.On(d.Clock())
	}
	return from.Work.List(ctx, l.Query)
}

// Readable returns the cases that the caller may read, as a bound of a list: never nil, which would bound nothing.
func (d *Desk) Readable(ctx context.Context) []worklist.Scope {
	c, err := caller(ctx)
	if err != nil {
		return []worklist.Scope{}
	}
	return append([]worklist.Scope{}, d.readable(c)...)
}

// readable returns the cases that somebody may read, by units and types.
func (d *Desk) readable(c right.Caller) (all []worklist.Scope) {
	units := []area.Code{c.Scope.Unit} // a token may reach less far than any grant
	for _, g := range c.Grants {
		units = append(units, g.Unit)
	}
	slices.Sort(units)
	for _, unit := range slices.Compact(units) {
		var types []string
		for _, t := range d.Catalog.Types {
			if c.May(right.ReadCase, right.Target{CaseType: t.Name, Unit: unit}) == nil {
				types = append(types, t.Name)
			}
		}
		if len(types) > 0 {
			all = append(all, worklist.Scope{Unit: unit, Types: types})
		}
	}
	return all
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
