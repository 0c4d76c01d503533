package figures

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Explanation lists the events behind a figure. Their quantities add up to the value; over several pages, those of
// all pages do. An event of a distinct figure has quantity 1 for each person that it is the first of, and 0 where
// everybody in it was counted before. A ratio lists no events: Over and Under explain what is divided by what.
type Explanation struct {
	Indicator string         `json:"indicator"`
	Month     calendar.Month `json:"month"`
	Value     Number         `json:"value"`
	Position  domain.Ordinal `json:"position"`
	Events    []Entry        `json:"events"`
	Next      string         `json:"next,omitempty"` // ask for the next page with it
	Over      *Explanation   `json:"over,omitempty"`
	Under     *Explanation   `json:"under,omitempty"`
}

// Entry is an event and what it adds to the figure on one day. A correction that moves an act to another day of the
// month stands there twice: it takes from one day and adds to the other.
type Entry struct {
	Position domain.Ordinal  `json:"position"`
	ID       uuid.UUID       `json:"id"`
	Case     domain.StreamID `json:"case"`
	Type     string          `json:"type"`
	Occurred calendar.Date   `json:"occurred"` // the day on which it counts
	Recorded time.Time       `json:"recorded"`
	Quantity Number          `json:"quantity"`
}

// Page asks for part of a list. The zero Page is all of it.
type Page struct {
	After string // Next of the page before; for a ratio there are no pages
	Limit int    // 0: no limit
}

// Explain lists the events behind a month's figure, ordered by the day on which they count and then by position. The
// query names one indicator.
func (r *Reader) Explain(ctx context.Context, q Query, p Page) (Explanation, error) {
	if len(q.Indicators) != 1 {
		return Explanation{}, domain.Malformed("figures.one_indicator", "indicator", "cần đúng một chỉ tiêu")
	}
	after, err := p.after()
	if err != nil {
		return Explanation{}, err
	}
	i, err := r.indicator(q.Indicators[0])
	if err != nil {
		return Explanation{}, err
	}
	l, err := r.look(ctx, q)
	if err != nil {
		return Explanation{}, err
	}
	defer l.done()
	return l.explain(i, q.Month, after, p.Limit)
}

func (l *look) explain(i domain.Indicator, m calendar.Month, after place, limit int) (Explanation, error) {
	month := l.calendar.Month(m)
	t, err := l.tally(i, month)
	if err != nil {
		return Explanation{}, err
	}
	x := Explanation{Indicator: i.ID, Month: m, Value: t.value, Position: l.position, Events: []Entry{}}
	if i.Measure == domain.Ratio {
		return l.explainRatio(x, i, m)
	}
	var entries []Entry
	switch i.Measure {
	case domain.Distinct:
		entries, err = l.firsts(i, month, after, limit)
	case domain.Reported:
		entries, err = l.winners(i, month)
	case domain.Stock:
		entries, err = l.entries(i, sinceBeginning(month), after, limit)
	default:
		entries, err = l.entries(i, month, after, limit)
	}
	if err != nil {
		return x, err
	}
	if limit > 0 && len(entries) > limit && i.Measure != domain.Reported {
		entries = entries[:limit]
		last := entries[limit-1]
		x.Next = place{int64(last.Occurred), int64(last.Position)}.String()
	}
	x.Events = append(x.Events, entries...)
	return x, nil
}

// explainRatio explains both terms in full.
func (l *look) explainRatio(x Explanation, i domain.Indicator, m calendar.Month) (Explanation, error) {
	over, under, err := l.terms(i)
	if err != nil {
		return x, err
	}
	o, err := l.explain(over, m, place{}, 0)
	if err != nil {
		return x, err
	}
	u, err := l.explain(under, m, place{}, 0)
	x.Over, x.Under = &o, &u
	return x, err
}

// place is where a list of entries goes on: after the event of a position, on a day.
type place struct{ occurred, ordinal int64 }

// String returns a token that says nothing to people, so that nobody computes one.
func (p place) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", p.occurred, p.ordinal))
}

func (p Page) after() (at place, err error) {
	if p.After == "" {
		return place{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(p.After)
	if err == nil {
		_, err = fmt.Sscanf(string(b), "%d.%d", &at.occurred, &at.ordinal)
	}
	if err != nil {
		return at, domain.Malformed("figures.bad_page", "after", "dấu trang không đọc được")
	}
	return at, nil
}
