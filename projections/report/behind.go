package report

import (
	"context"
	"iter"

	"hoso/projections/figures"
)

// Behind lists the events behind an indicator's figure in the month of a report, as known at its position. Their quantities
// add up to the figure. Of a ratio there are none: it is divided, and its terms have their own.
type Behind func(indicator string) iter.Seq2[figures.Entry, error]

// Whose names the case of an event in a list, or says that it may not be named to who asks.
func Whose(e figures.Entry) string {
	if e.Withheld {
		return "(ngoài quyền xem)"
	}
	return e.Case.String()
}

// explainer is who can open a figure.
type explainer interface {
	Explain(context.Context, figures.Query, figures.Page) (figures.Explanation, error)
}

// eventsAtOnce is how many events are read at a time.
const eventsAtOnce = 5000

// Events opens the figures of a report that was built for a query.
func Events(ctx context.Context, source explainer, r Report, q figures.Query) Behind {
	q.Calendar, q.Month, q.AsOf = r.Calendar, r.Month, r.Position
	return func(indicator string) iter.Seq2[figures.Entry, error] {
		return func(yield func(figures.Entry, error) bool) {
			q := q
			q.Indicators = []string{indicator}
			for page := (figures.Page{Limit: eventsAtOnce}); ; {
				x, err := source.Explain(ctx, q, page)
				if err != nil {
					yield(figures.Entry{}, err)
					return
				}
				for _, e := range x.Events {
					if !yield(e, nil) {
						return
					}
				}
				if page.After = x.Next; page.After == "" {
					return
				}
			}
		}
	}
}
