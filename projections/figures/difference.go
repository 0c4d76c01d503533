package figures

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Comparison is what figures were, as known at one position, and what they are, as known at a later one.
type Comparison struct {
	Month       calendar.Month    `json:"month"`
	Calendar    calendar.Calendar `json:"calendar"`
	Area        area.Code         `json:"area"`
	Tree        Tree              `json:"tree"`
	Number      Which             `json:"number"`
	Was         domain.Ordinal    `json:"was"` // position
	Now         domain.Ordinal    `json:"now"`
	Differences []Difference      `json:"differences"` // of every figure that was asked for, also where there is none
}

// Difference is what was recorded between two positions about one number. The quantities of the events add up to By: an
// unknown number counts as 0. An event that changes nothing is left out.
//
// Of persons who are counted once an event has +1 for each who is counted with it and was not without it, -1 for each
// who no longer is, in the order in which the events were recorded. A stated value changes by what an event makes of it. A
// ratio has no events: its terms differ.
type Difference struct {
	Indicator string         `json:"indicator"`
	Label     string         `json:"label"`
	Unit      string         `json:"unit"`
	Kind      domain.Measure `json:"kind"`
	Was       Number         `json:"was"`
	Now       Number         `json:"now"`
	By        Number         `json:"by"`
	Events    []Entry        `json:"events"`
	Over      *Difference    `json:"over,omitempty"`
	Under     *Difference    `json:"under,omitempty"`
}

// Same tells whether nothing differs: neither the number nor, of a ratio, a term.
func (d Difference) Same() bool {
	return d.Was == d.Now && len(d.Events) == 0 && (d.Over == nil || d.Over.Same()) && (d.Under == nil || d.Under.Same())
}

// Difference compares a number of figures as it was known at a position with what is known at a later one; 0 is now. The
// opening's own position is not looked at; without indicators it is about all that are not hidden. Percentages are not compared:
// the numbers that they come from are. The lists are whole: from long ago they may be long.
func (r *Reader) Difference(ctx context.Context, o Opening, from, to domain.Ordinal) (Comparison, error) {
	indicators, err := r.indicators(o.Indicators)
	if err != nil {
		return Comparison{}, err
	}
	if from == 0 || to != 0 && from > to {
		return Comparison{}, domain.Malformed("figures.no_interval", "as_of", "cần hai vị trí, vị trí trước không sau vị trí kia")
	}
	var parts []part
	for _, i := range indicators {
		p, err := o.read(i)
		if err != nil {
			return Comparison{}, err
		}
		parts = append(parts, p)
	}
	if slices.Contains([]Which{ChangePct, MonthPct, PlanPct}, o.Number) {
		return Comparison{}, domain.Malformed("figures.no_such_number", "number", "không so sánh tỷ lệ phần trăm; hãy so sánh các số mà nó tính từ đó")
	}
	o.AsOf = to
	l, err := r.look(ctx, o.Query)
	if err != nil {
		return Comparison{}, err
	}
	defer l.done()
	if from > l.position {
		return Comparison{}, domain.Malformed("asof.beyond_end", "as_of", "vị trí %d chưa có; vị trí cuối cùng là %d", from, l.position)
	}
	c := Comparison{o.Month, l.calendar, o.Area, l.tree, o.Number, from, l.position, make([]Difference, 0, len(indicators))}
	for n, i := range indicators {
		if o.By != "" && !l.hasLine(parts[n].value) {
			return c, noSuchPart()
		}
		d, err := l.differs(i, o, parts[n], from)
		if err != nil {
			return c, err
		}
		c.Differences = append(c.Differences, d)
	}
	return c, nil
}

// knownAt returns the same look at an earlier position.
func (l look) knownAt(position domain.Ordinal) *look {
	l.past = l.past || position < l.position
	l.position, l.together, l.joined, l.numbers = position, nil, nil, nil
	return &l
}

func (l *look) differs(i domain.Indicator, o Opening, p part, from domain.Ordinal) (Difference, error) {
	now, was := l.number(i, o.Number, o.Month, p), l.knownAt(from).number(i, o.Number, o.Month, p)
	d := Difference{Indicator: i.ID, Label: i.Label.Vi, Unit: i.Unit, Kind: i.Measure, Events: []Entry{}, By: Number{0, now.Parts()}}
	if now.none {
		d.By = Number{}
		return d, nil
	}
	if now.Measure == domain.Ratio {
		return l.termsDiffer(d, now, was, o, p)
	}
	var err error
	if d.Now, err = now.count(); err != nil {
		return d, err
	}
	if !now.exists(now.Indicator, now.days) {
		return d, nil
	}
	if d.Events, err = now.changes(from); err != nil {
		return d, err
	}
	if now.Measure == domain.Flow || now.Measure == domain.Stock { // what was is what is, less what came since
		d.Was = d.Now
		for _, e := range d.Events {
			d.Was.Quantity -= e.Quantity.Quantity
		}
	} else if d.Was, err = was.count(); err != nil {
		return d, err
	}
	d.By.Quantity = d.Now.Quantity - d.Was.Quantity
	return d, nil
}

// termsDiffer compares the terms of a ratio.
func (l *look) termsDiffer(d Difference, now, was number, o Opening, p part) (Difference, error) {
	over, under, err := l.terms(now.Indicator)
	if err != nil {
		return d, err
	}
	differs := func(term domain.Indicator) (*Difference, error) {
		if now.part.key != "" && !has(term, now.part.key) {
			zero := Number{0, term.Parts()}
			return &Difference{Indicator: term.ID, Label: term.Label.Vi, Unit: term.Unit, Kind: term.Measure, Was: zero, Now: zero, By: zero, Events: []Entry{}}, nil
		}
		d, err := l.differs(term, o, p, was.position)
		return &d, err
	}
	if d.Over, err = differs(over); err != nil {
		return d, err
	}
	if d.Under, err = differs(under); err != nil {
		return d, err
	}
	d.Was = divide(d.Over.Was.Quantity, d.Under.Was.Quantity, now.Parts())
	d.Now = divide(d.Over.Now.Quantity, d.Under.Now.Quantity, now.Parts())
	d.By.Quantity = d.Now.Quantity - d.Was.Quantity
	return d, nil
}

// changes lists what the events after a position change.
func (n number) changes(after domain.Ordinal) (all []Entry, err error) {
	l := n.rows()
	switch n.Measure {
	case domain.Distinct:
		all, err = l.comings(n.Indicator, n.days, after)
	case domain.Reported:
		all, err = l.restated(n.Indicator, n.days, after)
	case domain.Stock:
		all, err = l.since(n.Indicator, sinceBeginning(n.days), after)
	default:
		all, err = l.since(n.Indicator, n.days, after)
	}
	all = slices.DeleteFunc(all, func(e Entry) bool { return e.Quantity.Quantity == 0 })
	if all == nil {
		all = []Entry{}
	}
	return all, err
}

// since lists the events of a sum after a position. They are found by when they were recorded: there are mostly few.
func (l *look) since(i domain.Indicator, r calendar.Range, after domain.Ordinal) ([]Entry, error) {
	clause, args := l.where("c.", i, r)
	rows, err := l.query(entryColumns+"sum(c.quantity)"+laterTables+clause+" AND c.ordinal > ? GROUP BY c.occurred, c.ordinal ORDER BY c.occurred, c.ordinal", append(args, int64(after))...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		e, err := l.scan(i, rows)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

const laterTables = " FROM figures_contributions c INDEXED BY figures_recorded JOIN events e ON e.ordinal = c.ordinal"

// restated lists what the events after a position made of a stated value.
func (l *look) restated(i domain.Indicator, r calendar.Range, after domain.Ordinal) ([]Entry, error) {
	said, err := l.stated(i, r, place{}, 0)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(said, func(a, b Entry) int { return cmp.Compare(a.Position, b.Position) })
	value := func(at domain.Ordinal) (sum int64, err error) {
		statements, err := l.knownAt(at).statements(i, r)
		for _, s := range statements {
			sum += s.quantity
		}
		return sum, err
	}
	before, err := value(after)
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, e := range said {
		if e.Position <= after {
			continue
		}
		if n := len(all); n > 0 && all[n-1].Position == e.Position { // it took a value back on one day and stated another
			if e.Stated.Known() {
				all[n-1].Occurred, all[n-1].Stated = e.Occurred, e.Stated
			}
			continue
		}
		now, err := value(e.Position)
		if err != nil {
			return nil, fmt.Errorf("stated at %d: %w", e.Position, err)
		}
		e.Quantity.Quantity = now - before
		before = now
		all = append(all, e)
	}
	return all, nil
}
