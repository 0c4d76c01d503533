package figures

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections"
)

// row is a contribution as it is stored.
type row struct {
	indicator, area, breakdown int64
	occurred                   calendar.Date
	ordinal                    domain.Ordinal
	place                      int
	quantity                   int64
	number                     int64           // of the person who is counted once
	person                     domain.PersonID // who stands in a stock
}

func (r row) compare(o row) int {
	return cmp.Or(cmp.Compare(r.indicator, o.indicator), cmp.Compare(r.occurred, o.occurred),
		cmp.Compare(r.ordinal, o.ordinal), cmp.Compare(r.place, o.place))
}

// Apply implements projections.View. Rows go in sorted, since a tree grows fastest along its order.
func (v View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	rows := make([]row, 0, 3*len(batch))
	sums, crowds, suspects := sums{}, crowds{}, suspects{}
	for i := range batch {
		if err := link(ctx, tx, &batch[i]); err != nil {
			return err
		}
		cs, taken, err := v.contributions(&batch[i])
		if err != nil {
			return err
		}
		for place, c := range cs {
			r, err := rowOf(ctx, tx, c)
			if err != nil {
				return err
			}
			r.ordinal, r.place = batch[i].Ordinal, place-taken
			switch measure := v.measure(c.Indicator); {
			case measure == domain.Distinct && c.Person.IsZero():
				return fmt.Errorf("%s counts persons, and the contribution names none", c.Indicator)
			case measure == domain.Distinct:
				if r.number, err = numberOf(ctx, tx, c.Person); err != nil {
					return err
				}
				crowds.add(r)
			case measure == domain.Stock:
				if r.person = c.Person; !c.Person.IsZero() {
					suspects[suspect{r.indicator, r.person}] = true
				}
			}
			if summed(v.measure(c.Indicator)) {
				sums.add(r)
			}
			rows = append(rows, r)
		}
	}
	if err := insertRows(ctx, tx, rows); err != nil {
		return err
	}
	if err := crowds.write(ctx, tx); err != nil {
		return err
	}
	if tx.Filling() {
		return nil
	}
	if err := suspects.write(ctx, tx); err != nil {
		return err
	}
	return sums.write(ctx, tx)
}

// summed tells whether sums are kept: what is counted by person or stated by somebody cannot be added up.
func summed(m domain.Measure) bool { return m == domain.Flow || m == domain.Stock }

func (v View) measure(indicator string) domain.Measure {
	i, _ := v.catalog.Indicator(indicator)
	return i.Measure
}

// contributions returns what an event adds, and how many of them, the first ones, take an earlier act back.
func (v View) contributions(e *projections.Event) (cs []domain.Contribution, taken int, err error) {
	if cs, err = v.catalog.Contributions(e.Stream.Type, e.Act()); err != nil {
		return nil, 0, err
	}
	switch amended := e.Event.(type) {
	case domain.Voided:
		taken = len(cs)
	case domain.Corrected:
		was, err := v.catalog.Contributions(e.Stream.Type, amended.Was)
		if err != nil {
			return nil, 0, err
		}
		taken = len(was)
	}
	return cs, taken, nil
}

func rowOf(ctx context.Context, tx *projections.Tx, c domain.Contribution) (r row, err error) {
	r.occurred, r.quantity = c.Occurred, c.Quantity
	if r.indicator, err = tx.Name(ctx, c.Indicator); err != nil {
		return r, err
	}
	if r.area, err = tx.Name(ctx, areaName(c.Area)); err != nil {
		return r, err
	}
	r.breakdown, err = tx.Name(ctx, c.Breakdown)
	return r, err
}

func insertRows(ctx context.Context, tx *projections.Tx, rows []row) error {
	slices.SortFunc(rows, row.compare)
	const columns = 8
	values := make([]any, 0, len(rows)*columns)
	for i := range rows {
		r := &rows[i]
		var person any
		switch {
		case r.number != 0:
			person = r.number
		case !r.person.IsZero():
			person = r.person.UUID[:]
		}
		values = append(values, r.indicator, int64(r.occurred), int64(r.ordinal), int64(r.place), r.area, r.breakdown, r.quantity, person)
	}
	return tx.Insert(ctx, "INSERT INTO figures_contributions", columns, values, "")
}
