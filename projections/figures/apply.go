package figures

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/projections"
)

// row is a contribution as it is stored.
type row struct {
	day
	ordinal  domain.Ordinal
	place    int
	quantity int64
	person   domain.PersonID
}

// day is the key of a daily sum.
type day struct{ indicator, occurred, area, breakdown int64 }

func (d day) compare(o day) int {
	return cmp.Or(cmp.Compare(d.indicator, o.indicator), cmp.Compare(d.occurred, o.occurred),
		cmp.Compare(d.area, o.area), cmp.Compare(d.breakdown, o.breakdown))
}

func (r row) compare(o row) int {
	return cmp.Or(cmp.Compare(r.indicator, o.indicator), cmp.Compare(r.occurred, o.occurred),
		cmp.Compare(r.ordinal, o.ordinal), cmp.Compare(r.place, o.place))
}

// Apply implements projections.View. Rows go in sorted, since a tree grows fastest along its order.
func (v View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	rows := make([]row, 0, 3*len(batch))
	days := map[day]int64{}
	for i := range batch {
		cs, taken, err := v.contributions(batch[i])
		if err != nil {
			return err
		}
		for place, c := range cs {
			r := row{ordinal: batch[i].Ordinal, place: place - taken, quantity: c.Quantity}
			if r.day, err = dayOf(ctx, tx, c); err != nil {
				return err
			}
			switch measure := v.measure(c.Indicator); {
			case measure == domain.Distinct && c.Person.IsZero():
				return fmt.Errorf("%s counts persons, and the contribution names none", c.Indicator)
			case measure == domain.Distinct:
				r.person = c.Person
			case summed(measure):
				days[r.day] += c.Quantity
			}
			rows = append(rows, r)
		}
	}
	if err := insertRows(ctx, tx, rows); err != nil {
		return err
	}
	return addDays(ctx, tx, days)
}

// summed tells whether daily sums are kept: what is counted by person or stated by somebody cannot be added up.
func summed(m domain.Measure) bool { return m == domain.Flow || m == domain.Stock }

func (v View) measure(indicator string) domain.Measure {
	i, _ := v.catalog.Indicator(indicator)
	return i.Measure
}

// contributions returns what an event adds, and how many of them, the first ones, take an earlier act back.
func (v View) contributions(e projections.Event) (cs []domain.Contribution, taken int, err error) {
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

func dayOf(ctx context.Context, tx *projections.Tx, c domain.Contribution) (d day, err error) {
	d.occurred = int64(c.Occurred)
	if d.indicator, err = tx.Name(ctx, c.Indicator); err != nil {
		return d, err
	}
	if d.area, err = tx.Name(ctx, string(c.Area)); err != nil {
		return d, err
	}
	d.breakdown, err = tx.Name(ctx, c.Breakdown)
	return d, err
}

func insertRows(ctx context.Context, tx *projections.Tx, rows []row) error {
	slices.SortFunc(rows, row.compare)
	const columns = 8
	values := make([]any, 0, len(rows)*columns)
	for i := range rows {
		r := &rows[i]
		var person any
		if !r.person.IsZero() {
			person = r.person.UUID[:]
		}
		values = append(values, r.indicator, r.occurred, int64(r.ordinal), int64(r.place), r.area, r.breakdown, r.quantity, person)
	}
	return tx.Insert(ctx, "INSERT INTO figures_contributions", columns, values, "")
}

func addDays(ctx context.Context, tx *projections.Tx, days map[day]int64) error {
	keys := make([]day, 0, len(days))
	for k, quantity := range days {
		if quantity != 0 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, day.compare)
	const columns = 5
	values := make([]any, 0, len(keys)*columns)
	for _, k := range keys {
		values = append(values, k.indicator, k.occurred, k.area, k.breakdown, days[k])
	}
	return tx.Insert(ctx, "INSERT INTO figures_daily", columns, values,
		"ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity")
}
