package desk

import (
	"context"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// Listed returns a case as lists show it. One that the caller may not read answers like one that does not exist.
func (d *Desk) Listed(ctx context.Context, id domain.StreamID) (worklist.Case, error) {
	if err := somewhere(ctx, right.ReadCase, id.Type); err != nil {
		return worklist.Case{}, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return worklist.Case{}, err
	}
	c, err := from.Work.Case(ctx, id)
	if err == nil && mayRead(ctx, id.Type, c.Unit) != nil || domain.KindOf(err) == domain.NotFound {
		return worklist.Case{}, errNoCase
	}
	return c, err
}

// Due returns what a case waits for, by the last day: see [worklist.Reader.Due].
func (d *Desk) Due(ctx context.Context, id domain.StreamID) ([]domain.Due, error) {
	if _, err := d.open(ctx, right.ReadCase, id); err != nil {
		return nil, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return nil, err
	}
	return from.Work.Due(ctx, id)
}

// Named returns the people whom cases name, at most so many of each, as lists show people. Cases that the caller may not read
// name nobody.
func (d *Desk) Named(ctx context.Context, cases []worklist.Case, most int) (map[domain.PersonID]search.Person, error) {
	var ids []domain.PersonID
	for _, c := range cases {
		if mayRead(ctx, c.Case.Type, c.Unit) == nil {
			ids = append(ids, c.Persons[:min(most, len(c.Persons))]...)
		}
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return nil, err
	}
	return from.Search.People(ctx, ids)
}

// Someone returns a person as lists show people; false where there is none whose record the caller may read.
func (d *Desk) Someone(ctx context.Context, who domain.PersonID) (search.Person, bool, error) {
	if err := somewhere(ctx, right.ReadCase, people); err != nil {
		return search.Person{}, false, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return search.Person{}, false, err
	}
	p, known, err := from.Search.Person(ctx, who)
	if err != nil || !known || mayRead(ctx, people, p.Commune) != nil {
		return search.Person{}, false, err
	}
	return p, true, nil
}
