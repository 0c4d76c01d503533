package web

import (
	"slices"

	"hoso/domain"
	"hoso/projections/desk"
	"hoso/projections/figures"
)

// compared is what figures were as known at one moment, beside what they are at a later one.
type compared struct {
	question
	From, To string
	figures.Comparison
	Same    int // figures that did not change
	catalog *domain.Catalog
	Asked   bool
}

// Event names an event.
func (c compared) Event(e figures.Entry) domain.Text {
	return c.catalog.EventLabel(e.Type)
}

// compare shows the difference between two moments. Without the first one it asks for it.
func compare(a *Ask) (any, error) {
	q, err := a.question()
	if err != nil {
		return nil, err
	}
	c := compared{question: q, From: a.FormValue("from"), To: a.FormValue("to"), catalog: a.Catalog}
	if c.From == "" {
		return c, nil
	}
	c.Asked = true
	later := q.asks()
	later.AsOf = c.To
	if c.Comparison, err = a.Desk.Compare(a.Context(), later, desk.Number{}, desk.Since{AsOf: c.From}); err != nil {
		return nil, err
	}
	all := len(c.Differences)
	c.Differences = slices.DeleteFunc(c.Differences, figures.Difference.Same)
	c.Same = all - len(c.Differences)
	return c, nil
}
