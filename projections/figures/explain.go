package figures

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Explanation lists the events behind a number. Their quantities add up to the value; over several pages, those of
// all pages do. An event of a distinct figure has quantity 1 for each person that it is the first of, and 0 where
// everybody in it was counted before. Of a stated value the statement that counts has the value, and those before it,
// or taken back, have 0.
//
// A ratio and a percentage list no events: Over and Under explain what is divided by what, or compared with what. Each
// has its first page; the next one is asked for with its indicator and its number.
type Explanation struct {
	Indicator string         `json:"indicator"`
	Month     calendar.Month `json:"month"`
	Number    Which          `json:"number"`
	Part      string         `json:"part,omitempty"`
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
	ID       uuid.UUID       `json:"id,omitzero"`
	Case     domain.StreamID `json:"case,omitzero"`
	Type     string          `json:"type"`
	Occurred calendar.Date   `json:"occurred"` // the day on which it counts
	Recorded time.Time       `json:"recorded"`
	Quantity Number          `json:"quantity"`
	Stated   Number          `json:"stated,omitzero"` // what the event states, of stated values
	// Withheld says that who asks may not read the case: neither it nor the event is named. A reader of this package names all.
	Withheld bool `json:"withheld,omitempty"`
}

// Page asks for part of a list. The zero Page is all of it.
type Page struct {
	After string // Next of the page before: the list goes on as it was known then, whatever was recorded meanwhile
	Limit int    // 0: no limit
}

// Explain opens the value of a month's figure. The query names one indicator.
func (r *Reader) Explain(ctx context.Context, q Query, p Page) (Explanation, error) {
	return r.Open(ctx, Opening{Query: q}, p)
}

// Open lists the events behind a number, ordered by the day on which they count and then by position.
func (r *Reader) Open(ctx context.Context, o Opening, p Page) (Explanation, error) {
	if len(o.Indicators) != 1 {
		return Explanation{}, domain.Malformed("figures.one_indicator", "indicator", "cần đúng một chỉ tiêu")
	}
	after, err := p.after()
	if err != nil {
		return Explanation{}, err
	}
	i, err := r.indicator(o.Indicators[0])
	if err != nil {
		return Explanation{}, err
	}
	part, err := o.read(i)
	if err != nil {
		return Explanation{}, err
	}
	if after.position != 0 {
		if o.AsOf != 0 && o.AsOf != after.position {
			return Explanation{}, badPage()
		}
		o.AsOf = after.position
	}
	l, err := r.look(ctx, o.Query)
	if err != nil {
		return Explanation{}, err
	}
	defer l.done()
	if o.By != "" && !l.hasLine(part.value) {
		return Explanation{}, noSuchPart()
	}
	return l.open(i, o, part, after, p.Limit)
}

// open explains a number; a percentage by the numbers that it compares, a ratio by its terms.
func (l *look) open(i domain.Indicator, o Opening, p part, after place, limit int) (Explanation, error) {
	x := Explanation{Indicator: i.ID, Month: o.Month, Number: o.Number, Part: o.Part, Position: l.position, Events: []Entry{}}
	switch o.Number {
	case ChangePct:
		return l.sides(x, i, o, p, Value, LastYear, limit)
	case MonthPct:
		return l.sides(x, i, o, p, Value, MonthBefore, limit)
	case PlanPct:
		return l.sides(x, i, o, p, reached(i.Measure), Plan, limit)
	}
	n := l.number(i, o.Number, o.Month, p)
	var err error
	if x.Value, err = n.count(); err != nil || n.none {
		return x, err
	}
	if n.Measure == domain.Ratio {
		return l.termsOf(x, n, o, p, limit)
	}
	if !n.exists(n.Indicator, n.days) {
		return x, nil
	}
	entries, err := n.entries(after, limit)
	if err != nil {
		return x, err
	}
	if limit > 0 && len(entries) > limit {
		entries = entries[:limit]
		last := entries[limit-1]
		x.Next = place{int64(last.Occurred), int64(last.Position), l.position}.String()
	}
	x.Events = append(x.Events, entries...)
	return x, nil
}

// entries lists the events of the number after a place, at most one more than the limit, so that the caller sees
// whether there are others.
func (n number) entries(after place, limit int) ([]Entry, error) {
	l := n.rows()
	switch n.Measure {
	case domain.Distinct:
		return l.firsts(n.Indicator, n.days, after, limit)
	case domain.Reported:
		return l.stated(n.Indicator, n.days, after, limit)
	case domain.Stock:
		return l.entries(n.Indicator, sinceBeginning(n.days), after, limit)
	}
	return l.entries(n.Indicator, n.days, after, limit)
}

// sides explains a percentage.
func (l *look) sides(x Explanation, i domain.Indicator, o Opening, p part, over, under Which, limit int) (Explanation, error) {
	o.Number = over
	a, err := l.open(i, o, p, place{}, limit)
	if err != nil {
		return x, err
	}
	o.Number = under
	b, err := l.open(i, o, p, place{}, limit)
	x.Over, x.Under = &a, &b
	if x.Value = change(a.Value, b.Value); x.Number == PlanPct {
		x.Value = share(a.Value, b.Value)
	}
	return x, err
}

// termsOf explains a ratio. A term that is not divided as the ratio is has nothing in the part.
func (l *look) termsOf(x Explanation, n number, o Opening, p part, limit int) (Explanation, error) {
	over, under, err := l.terms(n.Indicator)
	if err != nil {
		return x, err
	}
	open := func(term domain.Indicator) (*Explanation, error) {
		if n.part.key != "" && !has(term, n.part.key) {
			return &Explanation{Indicator: term.ID, Month: x.Month, Number: x.Number, Part: x.Part, Value: Number{0, term.Parts()}, Position: x.Position, Events: []Entry{}}, nil
		}
		x, err := l.open(term, o, p, place{}, limit)
		return &x, err
	}
	if x.Over, err = open(over); err == nil {
		x.Under, err = open(under)
	}
	return x, err
}

// place is where a list of entries goes on: after the event of a position, on a day, as known at a position.
type place struct {
	occurred, ordinal int64
	position          domain.Ordinal
}

// String returns a token that says nothing to people, so that nobody computes one.
func (p place) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d.%d", p.occurred, p.ordinal, p.position))
}

// before tells whether an event of a day comes after the place.
func (p place) before(e Entry) bool {
	return cmp.Or(cmp.Compare(p.occurred, int64(e.Occurred)), cmp.Compare(p.ordinal, int64(e.Position))) < 0
}

func (p Page) after() (at place, err error) {
	if p.After == "" {
		return place{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(p.After)
	if err == nil {
		_, err = fmt.Sscanf(string(b), "%d.%d.%d", &at.occurred, &at.ordinal, &at.position)
	}
	if err != nil || at.position == 0 {
		return at, badPage()
	}
	return at, nil
}

func badPage() error {
	return domain.Malformed("figures.bad_page", "after", "dấu trang không đọc được, hoặc của một câu hỏi khác")
}
