package desk

import (
	"slices"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/worklist"
)

// queue bounds a list to its queue.
func (d *Desk) queue(c right.Caller, l *List) error {
	if _, err := c.Where(l.Queue, ""); err != nil {
		return err
	}
	l.Within = d.reach(c, right.ReadCase, l.Queue)
	whole, stages := d.waiting(l)
	switch {
	case l.Stages != nil:
		l.Stages = slices.DeleteFunc(slices.Clone(l.Stages), func(s worklist.Stage) bool { return !slices.Contains(stages, s) })
	case len(stages) == 0:
		l.Within = nil // no case ever waits for that
	case whole != nil:
		l.Types = whole
	default:
		l.Stages = stages
	}
	return nil
}

// waiting returns the steps from which the right of a list's queue takes a case on; whole are their types, where each of these
// has it at all of its open steps: types alone are counted faster than steps.
func (d *Desk) waiting(l *List) (whole []string, stages []worklist.Stage) {
	all := true
	for _, t := range d.Catalog.Types {
		if len(l.Types) > 0 && !slices.Contains(l.Types, t.Name) {
			continue
		}
		open := slices.DeleteFunc(slices.Clone(t.Steps), func(s domain.Step) bool { return s.Ended })
		fits := slices.DeleteFunc(slices.Clone(open), func(s domain.Step) bool { return right.Awaited(t.Name, s) != l.Queue })
		for _, s := range fits {
			stages = append(stages, worklist.Stage{Type: t.Name, Step: s.Name})
		}
		if len(fits) > 0 {
			whole, all = append(whole, t.Name), all && len(fits) == len(open)
		}
	}
	if !all {
		whole = nil
	}
	return whole, stages
}
