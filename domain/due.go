package domain

import "hoso/domain/calendar"

// Step is a status in which a case can stand, as a work list shows it. A case type declares one for every value of its
// state's Status, in the order in which a case usually passes them.
type Step struct {
	Name  string // as the state has it
	Label Text
	Ended bool // nobody has to do anything: the case is off the work lists, although an act may still follow
	// Next is the verb of the command that takes the case on from here, where it needs another right than the acts of the case
	// type usually do: whoever has that right finds the case in a queue of his own. Empty: those acts.
	Next string
}

// Due is something that a case waits for, and until when by which law. What is late may be recorded all the same.
type Due struct {
	What Text          `json:"what"`
	By   calendar.Date `json:"by"` // the last day
	Law  string        `json:"law"`
	// Awaited says that somebody else has to act: the citizen, another agency. The office is not late then.
	Awaited bool `json:"awaited"`
}

// Day returns the same, due on a day.
func (d Due) Day(by calendar.Date) Due { d.By = by; return d }

// Next returns what the office itself has to do first; false where nothing is due.
func Next(all []Due) (next Due, ok bool) {
	for _, d := range all {
		if !d.Awaited && !d.By.IsZero() && (!ok || d.By < next.By) {
			next, ok = d, true
		}
	}
	return next, ok
}

// Step finds a step of the case type. What it does not declare has its name for a label, and no work.
func (t CaseType) Step(name string) Step {
	for _, s := range t.Steps {
		if s.Name == name {
			return s
		}
	}
	return Step{Name: name, Label: Text{name, name}, Ended: true}
}
