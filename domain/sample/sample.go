// Package sample makes case actions of invented people that add up to given figures: the opposite of the projections,
// of which it knows nothing, as they know nothing of it. What it writes is an import file.
//
//	figures file ─▶ Plan ─▶ for each kind of case: place what is stated ─▶ live on ─▶ balance the stocks ─▶ lines
//
// How a kind of case runs is described by a [Life] in the file named after it.
package sample

import (
	"io"
	"math/rand/v2"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Write writes case actions that add up to the plan, as JSON Lines. The same plan and seed give the same bytes. A plan
// that contradicts itself is an error that names the figure, and nothing is written.
func Write(out io.Writer, catalog *domain.Catalog, plan Plan, seed uint64) error {
	if err := plan.Check(catalog); err != nil {
		return err
	}
	w := &World{rand: rand.New(rand.NewPCG(seed, 0)), province: plan.Province, stated: map[string][]span{}, quiet: map[string][]calendar.Range{}}
	flows, stocks := map[string][]Target{}, map[string][]Target{}
	var reported []Target
	for _, t := range plan.Targets {
		ahead := aheadOf(t.Indicator)
		w.horizon = max(w.horizon, t.Days.To.AddDays(-ahead))
		switch ind, _ := catalog.Indicator(t.Indicator); ind.Measure {
		case domain.Stock:
			stocks[t.Indicator] = append(stocks[t.Indicator], t)
		case domain.Reported:
			reported = append(reported, t)
		default:
			flows[t.Indicator] = append(flows[t.Indicator], t)
			if ahead == 0 { // a plan is not compared with the plans before it
				w.quiet[t.Indicator] = append(w.quiet[t.Indicator], quietAround(t.Days)...)
			}
		}
	}
	for id, targets := range flows {
		s, err := spans(targets)
		if err != nil {
			return err
		}
		w.stated[id] = s
	}
	for _, life := range lives() {
		if !told(life, w.stated, stocks) {
			continue
		}
		if life.Prepare != nil {
			if err := life.Prepare(w); err != nil {
				return err
			}
		}
		t := &Teller{World: w, life: life, catalog: catalog}
		if err := t.tell(stocksOf(life, stocks)); err != nil {
			return err
		}
	}
	if err := w.state(reported); err != nil {
		return err
	}
	return w.flush(out)
}

// aheadOf returns how many days before they count the acts of an indicator are recorded: plans.
func aheadOf(indicator string) int {
	for _, life := range lives() {
		for i := range life.Moves {
			if life.Moves[i].Count == indicator {
				return life.Moves[i].Ahead
			}
		}
	}
	return 0
}

// told tells whether the figures say anything about a kind of case.
func told(l Life, stated map[string][]span, stocks map[string][]Target) bool {
	for i := range l.Moves {
		for _, id := range l.Moves[i].counts() {
			if len(stated[id]) > 0 {
				return true
			}
		}
	}
	return len(stocksOf(l, stocks)) > 0
}

func stocksOf(l Life, stocks map[string][]Target) []Target {
	var all []Target
	seen := map[string]bool{}
	for i := range l.Moves {
		for _, e := range l.Moves[i].Stocks {
			if !seen[e.Indicator] {
				seen[e.Indicator] = true
				all = append(all, stocks[e.Indicator]...)
			}
		}
	}
	return all
}

// quietAround returns the days that a report compares with a stated figure or adds to it: the year so far, and the
// same part of the year before.
func quietAround(days calendar.Range) []calendar.Range {
	newYear := calendar.Of(days.To.Year(), 1, 1)
	return []calendar.Range{
		{From: min(newYear, days.From), To: days.To},
		{From: newYear.AddMonths(-12), To: days.To.AddMonths(-12)},
	}
}
