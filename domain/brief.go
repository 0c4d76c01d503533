package domain

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Brief is what a list says about a case, alike for every case type.
type Brief struct {
	Step     string        `json:"step,omitempty"` // the Status of its state
	Since    calendar.Date `json:"since,omitzero"` // of the step
	Unit     area.Code     `json:"unit,omitempty"` // to which it belongs; empty where its acts name none
	Persons  []PersonID    `json:"persons,omitempty"`
	Opened   calendar.Date `json:"opened,omitzero"` // the day of the first act
	Last     calendar.Date `json:"last,omitzero"`   // the day of the last one
	Assigned string        `json:"assigned,omitempty"`
}

// Summary keeps the Brief of a case act by act, for a view that cannot hold whole histories.
type Summary interface {
	// Add applies an act. It is false where the act amends an earlier one: then the whole history is needed.
	Add(Act) bool
	Brief() Brief
	// Due tells what the case waits for.
	Due() []Due
	// Save returns what Resume reads.
	Save() ([]byte, error)
}

// Resume returns a saved summary; that of an empty case for nothing.
func (t CaseType) Resume(saved []byte) (Summary, error) { return t.rules.resume(saved) }

// Summarize returns the summary of a whole history.
func (t CaseType) Summarize(events []Replayed) Summary { return t.rules.summarize(events) }

type summary[S any] struct {
	d Decider[S]
	saved[S]
}

type saved[S any] struct {
	State S     `json:"state"`
	Says  Brief `json:"brief"`
}

func (t typed[S]) resume(b []byte) (Summary, error) {
	s := &summary[S]{d: t.d}
	if len(b) == 0 {
		return s, nil
	}
	if err := json.Unmarshal(b, &s.saved); err != nil {
		return nil, fmt.Errorf("resume a case: %w", err)
	}
	return s, nil
}

func (t typed[S]) summarize(events []Replayed) Summary {
	var h History[S]
	for _, e := range events {
		h.record(t.d, e.Recorded, Act{e.Event, e.Meta.Occurred})
	}
	s := &summary[S]{d: t.d}
	for _, a := range h.acts {
		if !a.voided {
			s.Add(a.Act)
		}
	}
	s.Says.Unit, s.Says.Assigned = h.where(), h.assigned
	return s
}

// Add implements Summary.
func (s *summary[S]) Add(act Act) bool {
	switch e := act.Event.(type) {
	case Corrected, Voided:
		return false
	case Assigned:
		s.Says.Assigned = e.Account
		return true
	case Attached, AmendmentRequested, AmendmentDeclined:
		return true
	}
	s.State = s.d.Evolve(s.State, act)
	if step := statusOf(s.State); step != s.Says.Step {
		s.Says.Step, s.Says.Since = step, act.Occurred
	}
	s.Says.Unit = s.d.unitAfter(act, s.State, s.Says.Unit)
	for _, p := range personsNamed(act.Event) {
		if !slices.Contains(s.Says.Persons, p) {
			s.Says.Persons = append(slices.Clip(s.Says.Persons), p)
		}
	}
	if s.Says.Opened.IsZero() || act.Occurred < s.Says.Opened {
		s.Says.Opened = act.Occurred
	}
	s.Says.Last = max(s.Says.Last, act.Occurred)
	return true
}

// Brief implements Summary.
func (s *summary[S]) Brief() Brief { return s.Says }

// Due implements Summary.
func (s *summary[S]) Due() []Due {
	if s.d.Due == nil {
		return nil
	}
	return s.d.Due(s.State)
}

// Save implements Summary.
func (s *summary[S]) Save() ([]byte, error) { return json.Marshal(s.saved) }

// statusOf returns the Status of a state; empty where its type has none.
func statusOf(state any) string {
	v := reflect.ValueOf(state)
	if v.Kind() != reflect.Struct {
		return ""
	}
	if f := v.FieldByName("Status"); f.IsValid() && f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}

// naming is where the fields of an event type lie that name units and persons.
type naming struct {
	units   [][]int // in the order in which they count
	persons [][]int
}

var namings sync.Map // reflect.Type -> naming

// places are the fields that say where a case belongs. A case about an area may have acts in one of its communes; a
// commune says it where there is no area. Other units, from or to which somebody goes, do not.
var places = []string{"area", "place", "commune"}

func namingOf(t reflect.Type) naming {
	if n, ok := namings.Load(t); ok {
		return n.(naming)
	}
	var n naming
	declared := Fields(t)
	for _, place := range places {
		for _, f := range declared {
			if f.Name == place && f.Type == reflect.TypeFor[area.Code]() {
				n.units = append(n.units, f.index)
			}
		}
	}
	for _, f := range declared {
		if f.Person {
			n.persons = append(n.persons, f.index)
		}
	}
	namings.Store(t, n)
	return n
}

// unitNamed returns the unit to which an event belongs; none where it names none.
func unitNamed(e Event) area.Code {
	v := reflect.ValueOf(e)
	if v.Kind() != reflect.Struct {
		return ""
	}
	for _, index := range namingOf(v.Type()).units {
		if unit := area.Code(v.FieldByIndex(index).String()); unit != "" {
			return unit
		}
	}
	return ""
}

// personsNamed returns the persons whom an event names.
func personsNamed(e Event) (persons []PersonID) {
	v := reflect.ValueOf(e)
	if v.Kind() != reflect.Struct {
		return nil
	}
	for _, index := range namingOf(v.Type()).persons {
		if p := v.FieldByIndex(index).Interface().(PersonID); !p.IsZero() {
			persons = append(persons, p)
		}
	}
	return persons
}
