package figures

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"hoso/domain/calendar"
	"hoso/projections"
)

// everywhere is the number of all areas together; names have numbers from 1.
const everywhere = 0

// sumKey is the key of a stored sum.
type sumKey struct {
	indicator, area int64
	half            calendar.Date // its first day
	breakdown       int64
}

func (k sumKey) compare(o sumKey) int {
	return cmp.Or(cmp.Compare(k.indicator, o.indicator), cmp.Compare(k.area, o.area),
		cmp.Compare(k.half, o.half), cmp.Compare(k.breakdown, o.breakdown))
}

// halfOf returns the first day of the half of a month in which a day lies: the 1st or the 15th.
func halfOf(d calendar.Date) calendar.Date {
	if d.Day() < 15 {
		return calendar.Of(d.Year(), d.Month(), 1)
	}
	return calendar.Of(d.Year(), d.Month(), 15)
}

// wholeHalves tells whether a range is made of whole halves: then it has exactly those that begin in it.
func wholeHalves(r calendar.Range) bool {
	next := r.To.AddDays(1)
	return (r.From.IsZero() || halfOf(r.From) == r.From) && halfOf(next) == next
}

// sums is what a batch adds to the stored sums.
type sums map[sumKey]int64

func (s sums) add(r row) {
	half := halfOf(r.occurred)
	s[sumKey{r.indicator, r.area, half, r.breakdown}] += r.quantity
	s[sumKey{r.indicator, everywhere, half, r.breakdown}] += r.quantity
}

func (s sums) write(ctx context.Context, tx *projections.Tx) error {
	maps.DeleteFunc(s, func(_ sumKey, quantity int64) bool { return quantity == 0 })
	const columns = 5
	values := make([]any, 0, len(s)*columns)
	for _, k := range slices.SortedFunc(maps.Keys(s), sumKey.compare) {
		values = append(values, k.indicator, k.area, int64(k.half), k.breakdown, s[k])
	}
	return tx.Insert(ctx, "INSERT INTO figures_sums", columns, values,
		"ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity")
}
