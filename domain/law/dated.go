package law

import (
	"slices"

	"hoso/domain/calendar"
)

// dated is values of which at most one is in force on a day.
type dated[T any] []struct {
	valid calendar.Range
	value T
}

// add takes a row's value for the days of its interval; two values for one day are a mistake of the row.
func (d *dated[T]) add(r *row, valid calendar.Range, value T) {
	for _, other := range *d {
		if overlap(valid, other.valid) {
			r.Fail("hai dòng cùng có hiệu lực trong một ngày")
		}
	}
	*d = append(slices.Clip(*d), struct {
		valid calendar.Range
		value T
	}{valid, value})
}

func (d dated[T]) on(day calendar.Date) (value T, ok bool) {
	for _, e := range d {
		if e.valid.Has(day) {
			return e.value, true
		}
	}
	return value, false
}
