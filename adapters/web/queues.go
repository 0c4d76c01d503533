package web

import (
	"cmp"
	"encoding/json"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/domain/right"
	"hoso/projections/desk"
	"hoso/projections/worklist"
)

// queue is the cases whose next act needs a right, for those who have it.
type queue struct {
	Name string // in addresses
	text
	action right.Action
}

var queues = []queue{
	{"thu-ly", text{"Chờ thụ lý", "To be handled"}, right.Act},
	{"duyet", text{"Chờ duyệt", "To be approved"}, right.Approve},
	{"bao-cao", text{"Báo cáo chờ soạn, trình, phát hành", "Reports to draft, submit, publish"}, right.Close},
}

// queued is a queue with the number of its cases, whoever works on them.
type queued struct {
	queue
	Count int64
}

// queues returns the queues through which the caller may work, counted in a unit; "" is everywhere.
func (a *Ask) queues(unit area.Code) (all []queued, err error) {
	for _, k := range queues {
		if len(a.somewhere(k.action)) == 0 {
			continue
		}
		counts, err := a.Desk.Counts(a.Context(), desk.List{Query: worklist.Query{Unit: unit, On: a.today()}, Queue: k.action})
		if err != nil {
			return nil, err
		}
		one := queued{queue: k}
		for _, c := range counts {
			one.Count += c.Open()
		}
		all = append(all, one)
	}
	return all, nil
}

// placed is how much work there is in a unit.
type placed struct {
	Code          area.Code
	Name          string
	Open, Overdue int64
}

// mostPlaces is how many units a page names beside its list: those that are latest. The choice of units has them all.
const mostPlaces = 12

// places adds counts up by unit.
func places(counts []worklist.Count, on calendar.Date) (all []placed) {
	for _, c := range counts { // which are sorted by unit
		if c.Unit == "" {
			continue
		}
		if len(all) == 0 || all[len(all)-1].Code != c.Unit {
			all = append(all, placed{Code: c.Unit, Name: placeName(c.Unit, on)})
		}
		last := &all[len(all)-1]
		last.Open, last.Overdue = last.Open+c.Open(), last.Overdue+c.Overdue
	}
	if len(all) < 2 {
		return nil
	}
	slices.SortStableFunc(all, func(x, y placed) int { return cmp.Or(cmp.Compare(y.Overdue, x.Overdue), cmp.Compare(y.Open, x.Open)) })
	return all[:min(mostPlaces, len(all))]
}

// reportOf is the report that a case is about.
type reportOf struct {
	Month calendar.Month
	Link  string
}

func (a *Ask) reportOf(id domain.StreamID) (*reportOf, error) {
	h, err := a.history(id, 0)
	if err != nil {
		return nil, err
	}
	var s period.State
	if err := json.Unmarshal(h.State, &s); err != nil {
		return nil, err
	}
	of := question{}
	of.Calendar, of.Month, of.Area, of.Spec = s.Series.Calendar, s.Month, s.Series.Area, s.Series.Spec
	return &reportOf{s.Month, of.Link("/bao-cao")}, nil
}
