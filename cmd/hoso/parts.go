package main

import (
	"hoso/domain"
	"hoso/projections/figures"
)

// JSON tells what a number is and not in how many parts it is counted: 3 months on average are 3.00. That is put back here
// into what a server answered, so that it is printed as if it had been counted here.

func inParts(n *figures.Number, parts int64) {
	if n.Known() {
		*n = figures.Number{Quantity: n.In(parts), Parts: parts}
	}
}

// percentParts are those of every percentage.
const percentParts = 100

func restoreSheet(c *domain.Catalog, s figures.Sheet) figures.Sheet {
	for k := range s.Figures {
		f := &s.Figures[k]
		i, _ := c.Indicator(f.Indicator)
		for _, n := range []*figures.Number{&f.Value, &f.YTD, &f.LastYear, &f.MonthBefore, &f.Plan} {
			inParts(n, i.Parts())
		}
		for _, n := range []*figures.Number{&f.ChangePct, &f.MonthPct, &f.PlanPct} {
			inParts(n, percentParts)
		}
		for p := range f.Breakdown {
			inParts(&f.Breakdown[p].Value, i.Parts())
			inParts(&f.Breakdown[p].YTD, i.Parts())
		}
		for p := range f.Areas {
			inParts(&f.Areas[p].Value, i.Parts())
			inParts(&f.Areas[p].YTD, i.Parts())
		}
	}
	return s
}

func restoreExplanation(c *domain.Catalog, x *figures.Explanation) {
	if x == nil {
		return
	}
	i, _ := c.Indicator(x.Indicator)
	parts := i.Parts()
	if x.Number == figures.ChangePct || x.Number == figures.MonthPct || x.Number == figures.PlanPct {
		parts = percentParts
	}
	inParts(&x.Value, parts)
	restoreEntries(x.Events, i.Parts())
	restoreExplanation(c, x.Over)
	restoreExplanation(c, x.Under)
}

func restoreEntries(events []figures.Entry, parts int64) {
	for k := range events {
		inParts(&events[k].Quantity, parts)
		inParts(&events[k].Stated, parts)
	}
}

func restoreDifference(c *domain.Catalog, d *figures.Difference) {
	if d == nil {
		return
	}
	i, _ := c.Indicator(d.Indicator)
	for _, n := range []*figures.Number{&d.Was, &d.Now, &d.By} {
		inParts(n, i.Parts())
	}
	restoreEntries(d.Events, i.Parts())
	restoreDifference(c, d.Over)
	restoreDifference(c, d.Under)
}
