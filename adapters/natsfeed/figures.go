package natsfeed

import (
	"context"
	"time"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// Bucket is the key-value bucket of the figures.
const Bucket = "hoso-figures"

// everywhere stands in a key for all areas together.
const everywhere = "all"

// markKey is the key that says up to which position the bucket is complete.
const markKey = "position"

// mark is what stands there. A feeder that starts goes on from it: where the basis is the same one, nothing but what happened
// since is counted.
type mark struct {
	Position domain.Ordinal `json:"position"`
	Basis    string         `json:"basis"` // how the figures were made, and of which log
	First    calendar.Month `json:"first"`
	Last     calendar.Month `json:"last"`
}

// Figures is what the bucket is made of.
type Figures interface {
	Figures(ctx context.Context, q figures.Query) (figures.Sheet, error)
	Touched(ctx context.Context, after, until domain.Ordinal, ids []string) ([]string, error)
	Earliest(ctx context.Context, after, until domain.Ordinal) (calendar.Date, error)
	Reached(ctx context.Context, after, until domain.Ordinal) ([]area.Code, error)
	Basis(ctx context.Context) (string, error)
}

// Value is what stands under a key. A ratio has decimals; an unknown number is null.
type Value struct {
	Value    figures.Number `json:"value"`
	YTD      figures.Number `json:"ytd"`
	LastYear figures.Number `json:"last_year"`
	Position domain.Ordinal `json:"position"` // as known there: the last position at which one of the three was found changed
}

// same compares as people read: 62.30 is 62.3.
func (v Value) same(o Value) bool {
	return v.Value.String() == o.Value.String() && v.YTD.String() == o.YTD.String() && v.LastYear.String() == o.LastYear.String()
}

// Kept says which figures stand in the bucket: those of its months, under both calendars, of everything together and of every
// unit that has figures, that are not 0 or unknown, or once were not.
type Kept struct {
	Since calendar.Month   // up to the next month; zero: since a year before the current one
	Today func() time.Time // tells which month is the current one
	Log   string           // names the log of the figures: with another one the bucket is counted anew
}

// months returns the first month and the last one.
func (k Kept) months() (first, last calendar.Month) {
	current := calendar.Civil.MonthOf(calendar.On(k.Today()))
	if first = k.Since; first.IsZero() {
		first = current.Add(-12)
	}
	return first, current.Add(1) // the next one has begun where months begin on a 15th
}

// Key returns the key of a figure.
func Key(c calendar.Calendar, m calendar.Month, a area.Code, indicator string) string {
	where := string(a)
	if where == "" {
		where = everywhere
	}
	return string(c) + "." + m.String() + "." + where + "." + indicator
}
