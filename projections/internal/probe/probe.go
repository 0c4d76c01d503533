// Package probe is a small case type for the tests of the views: one act that adds to an indicator of every measure.
package probe

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Note is the only command; the event says the same.
type Note struct {
	Area    area.Code              `json:"area"`
	Kind    string                 `json:"kind,omitempty"` // of a closed set: a, b
	Where   string                 `json:"where,omitempty"`
	Amount  int64                  `json:"amount"`
	Enters  int64                  `json:"enters,omitempty"` // +1, -1
	Persons []domain.PersonID      `json:"persons,omitempty"`
	Stated  *int64                 `json:"stated,omitempty"`
	About   domain.PersonID        `json:"about,omitzero"`
	Remark  domain.Private[string] `json:"remark,omitzero"`
}

// Noted is the event.
type Noted Note

// CommandName implements [domain.Command].
func (Note) CommandName() string { return "probe.note" }

// EventType implements [domain.Event].
func (Noted) EventType() string { return "probe.noted" }

// Subject implements [domain.Subject].
func (n Noted) Subject() domain.PersonID { return n.About }

// State counts the acts.
type State struct {
	Acts   int           `json:"acts"`
	Amount int64         `json:"amount"`
	Since  calendar.Date `json:"since"`
}

const breakdowns = "kind=a|b; where=<name>"

var indicators = []domain.Indicator{
	{ID: "probe.acts", Label: domain.Text{Vi: "Số việc", En: "Acts"}, Unit: "việc", Measure: domain.Flow, Breakdowns: domain.By(breakdowns)},
	{ID: "probe.amount", Label: domain.Text{Vi: "Số tiền", En: "Amount"}, Unit: "VND", Measure: domain.Flow, Breakdowns: domain.By(breakdowns)},
	{ID: "probe.present", Label: domain.Text{Vi: "Đang có mặt", En: "Present"}, Unit: "người", Measure: domain.Stock, Breakdowns: domain.By(breakdowns), Once: true},
	{ID: "probe.persons", Label: domain.Text{Vi: "Số người", En: "Persons"}, Unit: "người", Measure: domain.Distinct, Breakdowns: domain.By(breakdowns)},
	{ID: "probe.average", Label: domain.Text{Vi: "Bình quân", En: "Average"}, Unit: "VND", Measure: domain.Ratio, Over: "probe.amount", Under: "probe.acts", Scale: 100, Breakdowns: domain.By(breakdowns)},
	{ID: "probe.rate", Label: domain.Text{Vi: "Tỷ lệ", En: "Rate"}, Unit: "%", Measure: domain.Reported, Scale: 100},
	{ID: "probe.secret", Label: domain.Text{Vi: "Ẩn", En: "Hidden"}, Unit: "việc", Measure: domain.Flow, Hidden: true},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Noted)
	if !ok {
		return nil
	}
	by := domain.Split("kind", e.Kind, "where", e.Where)
	c := func(indicator string, quantity int64) domain.Contribution {
		return domain.Contribution{Indicator: "probe." + indicator, Occurred: act.Occurred, Area: e.Area, Breakdown: by, Quantity: quantity}
	}
	cs := []domain.Contribution{c("acts", 1), c("amount", e.Amount)}
	if e.Enters != 0 {
		present := c("present", e.Enters)
		present.Person = e.About
		cs = append(cs, present)
	}
	for _, p := range e.Persons {
		one := c("persons", 1)
		one.Person = p
		cs = append(cs, one)
	}
	if e.Stated != nil {
		rate := c("rate", *e.Stated)
		rate.Breakdown = ""
		cs = append(cs, rate)
	}
	return cs
}

// Catalog holds the probe alone.
func Catalog() *domain.Catalog { return domain.NewCatalog(Type()) }

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:       "probe",
		Label:      domain.Text{Vi: "Thử", En: "Probe"},
		Commands:   []domain.CommandType{domain.CommandOf[Note]("Ghi", "Note")},
		Events:     []domain.EventType{domain.EventOf[Noted]("Đã ghi", "Noted")},
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{
		Decide: func(_ State, r domain.Request) ([]domain.Event, error) {
			return []domain.Event{Noted(r.Command.(Note))}, nil
		},
		Allow: func(State, domain.Act) error { return nil },
		Evolve: func(s State, act domain.Act) State {
			if e, ok := act.Event.(Noted); ok {
				s.Acts, s.Amount, s.Since = s.Acts+1, s.Amount+e.Amount, max(s.Since, act.Occurred)
			}
			return s
		},
	})
}
