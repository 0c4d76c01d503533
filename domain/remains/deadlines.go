package remains

import (
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// step is a step of a procedure in the files of the law: the nth one at a place.
type step struct {
	place string
	nth   int
}

// next says which step of which procedure a status waits for (NĐ 131/2021 Đ145, Đ147, Đ159, Đ160).
var next = map[string]map[Status]step{
	"remains_moved": {
		StatusRequested:  {"department", 1},       // referral, form 44
		StatusReferred:   {"grave_office", 1},     // hand-over, form 94
		StatusHandedOver: {"commune", 1},          // reception and burial
		StatusReceived:   {"commune", 1},          //
		StatusReburied:   {"other_department", 2}, // grave notice, form 103
		StatusNoticed:    {"department", 2},       // filing
	},
	"remains_buried": {
		StatusRequested: {"commune", 1}, // confirmation, form 43
		StatusReburied:  {"department", 1},
	},
	"remains_evidence": {StatusAsked: {"department", 1}},
	"remains_dna":      {StatusAsked: {"department", 1}},
}

// due returns the last day for what a status waits for, by the steps of the day on which it was reached; none where the
// files do not say.
func due(l *law.Law, s State, status Status, on calendar.Date) calendar.Date {
	name := procedure(s)
	at, ok := next[name][status]
	if !ok {
		return 0
	}
	return nth(l, name, at, on)
}

// procedure names the procedure of a transfer. Remains that a recovery team brings home follow none.
func procedure(s State) string {
	switch {
	case s.Origin == "outside":
		return "remains_buried"
	case s.Journey.From != "" && s.Journey.To != "":
		return "remains_moved"
	}
	return ""
}

// supportDue returns the last day for paying the support after the burial: at the district, and since there is none, at
// the commune.
func supportDue(l *law.Law, s State, on calendar.Date) calendar.Date {
	if d := nth(l, procedure(s), step{"district", 1}, on); !d.IsZero() {
		return d
	}
	return nth(l, procedure(s), step{"commune", 2}, on)
}

func nth(l *law.Law, name string, at step, on calendar.Date) calendar.Date {
	p, ok := l.Procedure(name)
	if !ok {
		return 0
	}
	for _, s := range p.On(on) {
		if s.Place != at.place {
			continue
		}
		if at.nth--; at.nth == 0 {
			return l.Due(s, on)
		}
	}
	return 0
}
