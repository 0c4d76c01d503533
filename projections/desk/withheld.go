package desk

import (
	"context"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/figures"
)

// A figure is a sum, which says nothing of anybody. The events behind it are of single cases: who may read the figure alone is
// told how many there are, of which kind and when, and not whose.

// withhold takes out of lists of events what names the cases that the caller may not read.
func (a asked) withhold(ctx context.Context, lists ...[]figures.Entry) error {
	c, err := caller(ctx)
	if err != nil {
		return err
	}
	open, hidden, unsure := map[string]bool{}, map[string]bool{}, []domain.StreamID{}
	for _, list := range lists {
		for _, e := range list {
			t := e.Case.Type
			if !open[t] && !hidden[t] {
				open[t] = c.May(right.ReadCase, right.Target{CaseType: t}) == nil
				_, err := c.Where(right.ReadCase, t)
				hidden[t] = err != nil
			}
			if !open[t] && !hidden[t] {
				unsure = append(unsure, e.Case)
			}
		}
	}
	units, err := a.Work.Units(ctx, unsure)
	if err != nil {
		return err
	}
	for _, list := range lists {
		for i, e := range list {
			if open[e.Case.Type] {
				continue
			}
			unit, known := units[e.Case]
			if !known || c.May(right.ReadCase, targetOf(c, right.ReadCase, e.Case.Type, unit)) != nil {
				list[i].Case, list[i].ID, list[i].Withheld = domain.StreamID{}, uuid.Nil, true
			}
		}
	}
	return nil
}

// Explain implements what reports need to list the events behind their numbers.
func (a asked) Explain(ctx context.Context, q figures.Query, p figures.Page) (figures.Explanation, error) {
	x, err := a.Figures.Explain(ctx, q, p)
	if err != nil {
		return x, err
	}
	return x, a.withhold(ctx, listsIn(x)...)
}

// listsIn are the lists of events of an explanation.
func listsIn(x figures.Explanation) [][]figures.Entry {
	all := [][]figures.Entry{x.Events}
	for _, term := range []*figures.Explanation{x.Over, x.Under} {
		if term != nil {
			all = append(all, listsIn(*term)...)
		}
	}
	return all
}

// listsOf are those of differences.
func listsOf(differences []figures.Difference) (all [][]figures.Entry) {
	for _, d := range differences {
		all = append(all, d.Events)
		for _, term := range []*figures.Difference{d.Over, d.Under} {
			if term != nil {
				all = append(all, listsOf([]figures.Difference{*term})...)
			}
		}
	}
	return all
}
