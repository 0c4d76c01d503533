package merit

import (
	"errors"
	"slices"
	"strings"

	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Code names a procedure: small letters, digits, "_" and ".", so that it can stand in a breakdown.
type Code string

// UnmarshalText reads a code and refuses other signs.
func (c *Code) UnmarshalText(b []byte) error {
	if strings.Trim(string(b), "abcdefghijklmnopqrstuvwxyz0123456789_.") != "" || len(b) > 40 {
		return errors.New("mã thủ tục chỉ gồm chữ thường không dấu, chữ số, dấu gạch dưới và dấu chấm, nhiều nhất 40 ký tự")
	}
	*c = Code(b)
	return nil
}

// Stay is a step of a dossier: where it lies, since when, and when it has to go on; no due date where the law does not
// know the step.
type Stay struct {
	At    string        `json:"at"`
	Since calendar.Date `json:"since"`
	Due   calendar.Date `json:"due,omitzero"`
}

// home is where a dossier is taken in when nobody says: this office.
const home = "department"

// begins returns where a dossier taken in on a day begins, and the last days of that step and of the whole answer: the
// steps from there on, one after the other. No dates where the procedure is not known: a dossier of such a one states
// when it is due.
func (r rules) begins(procedure Code, at string, on calendar.Date) (place string, step, whole calendar.Date) {
	p, known := r.law.Procedure(string(procedure))
	if !known {
		return orHome(at), 0, 0
	}
	steps := p.On(on)
	first := slices.IndexFunc(steps, func(s law.Step) bool { return s.Place == orHome(at) })
	if first < 0 && at == "" && len(steps) > 0 {
		first = 0 // a procedure in which this office has no part
	}
	if first < 0 {
		return orHome(at), 0, 0
	}
	place, step, whole = steps[first].Place, r.law.Due(steps[first], on), on
	for _, s := range steps[first:] {
		whole = r.law.Due(s, whole)
	}
	return place, step, whole
}

// arrives returns the last day of the step that a dossier begins at a place where it arrives. Who sees a dossier for the
// second time has the time of the second step there, where there is one (the department before and after the medical
// panel, NĐ 131/2021 Đ39).
func (r rules) arrives(procedure Code, path []Stay, at string, on calendar.Date) calendar.Date {
	p, known := r.law.Procedure(string(procedure))
	if !known {
		return 0
	}
	var here []law.Step
	for _, s := range p.On(on) {
		if s.Place == at {
			here = append(here, s)
		}
	}
	if len(here) == 0 {
		return 0
	}
	before := 0
	for _, s := range path {
		if s.At == at {
			before++
		}
	}
	return r.law.Due(here[min(before, len(here)-1)], on)
}

func orHome(at string) string {
	if at == "" {
		return home
	}
	return at
}
