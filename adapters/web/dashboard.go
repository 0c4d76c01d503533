package web

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/report"
)

// board is the dashboard: the figures of a month, and where its report stands.
type board struct {
	question
	Sheet   figures.Sheet
	Keys    []line // what the office's report draws, large
	Groups  []group
	Closing standing
	Overdue []overdue
	Planned bool
	Other   calendar.Month // the latest with acts, where this one has none; zero: it has some
	wall    bool
}

// line is a figure with what was recorded about it since the month was published.
type line struct {
	figures.Figure
	Late figures.Number
	In   domain.Text
}

// group is the figures of a case type.
type group struct {
	domain.Text
	Lines []line
}

// Wall implements walled.
func (b board) Wall() bool { return b.wall }

// Title implements titled.
func (b board) Title(l Lang) string {
	return text{"Bảng điều khiển tháng ", "Dashboard "}.In(l) + b.Month.Vietnamese()
}

func dashboard(a *Ask) (any, error) {
	q, err := a.question()
	if err != nil {
		return nil, err
	}
	b := board{question: q, wall: a.URL.Query().Get("wall") != ""}
	if b.Sheet, err = a.Desk.Figures(a.Context(), q.asks()); err != nil {
		return nil, err
	}
	b.AsOf = b.Sheet.Position
	since, err := a.begun(q)
	if err != nil {
		return nil, err
	}
	b.Sheet.Figures = since.compared(b.Sheet.Figures, q.Month)
	spec, err := a.Specs.Find("", q.Month)
	if err != nil && domain.KindOf(err) != domain.NotFound {
		return nil, err
	}
	if b.Closing, err = a.standing(spec, q); err != nil {
		return nil, err
	}
	late := map[string]int64{}
	if p := b.Closing.Last; p != nil {
		all, err := a.Desk.Late(a.Context(), q.asks(), p.Position)
		if err != nil {
			return nil, err
		}
		for _, l := range all {
			late[l.Indicator] += l.By
			b.Closing.Adjusted++
		}
	}
	b.lines(a.Catalog, spec, late)
	if b.empty() {
		if b.Other, err = a.lately(q.Calendar); err != nil {
			return nil, err
		}
	}
	b.Overdue, err = a.overdue(q.Area, q.Days().To)
	return b, err
}

// empty tells whether nothing happened in the month: what there is on its last day came earlier.
func (b board) empty() bool {
	return !slices.ContainsFunc(b.Sheet.Figures, func(f figures.Figure) bool { return f.Kind != domain.Stock && f.Value.Quantity != 0 })
}

// lines sorts the figures into groups, and those that the report draws to the top.
func (b *board) lines(catalog *domain.Catalog, spec report.Spec, late map[string]int64) {
	by := map[string]line{}
	for _, f := range b.Sheet.Figures {
		l := line{Figure: f}
		if n := late[f.Indicator]; n != 0 {
			l.Late = figures.Number{Quantity: n, Parts: max(f.Value.Parts, 1)}
		}
		b.Planned = b.Planned || f.Plan.Known()
		by[f.Indicator] = l
	}
	drawn := map[string]bool{}
	for _, c := range spec.Charts {
		for _, id := range c.Of {
			if l, ok := by[id]; ok && !drawn[id] {
				drawn[id] = true
				b.Keys = append(b.Keys, l)
			}
		}
	}
	for _, t := range catalog.Types {
		g := group{Text: t.Label}
		for _, i := range t.Indicators {
			if l, ok := by[i.ID]; ok && !i.Hidden {
				l.In = i.Label
				g.Lines = append(g.Lines, l)
			}
		}
		if len(g.Lines) > 0 {
			b.Groups = append(b.Groups, g)
		}
	}
	for n, k := range b.Keys {
		i, _ := catalog.Indicator(k.Indicator)
		b.Keys[n].In = i.Label
	}
}
