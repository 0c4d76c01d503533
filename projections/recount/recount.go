// Package recount counts the figures of published reports anew.
//
// A publication holds its figures as they were signed. The views can count them again: as of the publication's position,
// which must give the same for ever, or as they are known now, or as they would be known after something more.
package recount

import (
	"context"
	"slices"

	"hoso/domain"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/periods"
)

// Figures counts the figures of a published month as of a position; 0 is now.
func Figures(ctx context.Context, r *figures.Reader, p periods.Published, asOf domain.Ordinal) ([]period.Figure, error) {
	sheet, err := r.Figures(ctx, figures.Query{Month: p.Month, Calendar: p.Series.Calendar, Area: p.Series.Area, AsOf: asOf})
	if err != nil {
		return nil, err
	}
	var all []period.Figure
	for _, f := range sheet.Figures {
		all = append(all, period.Figure{Indicator: f.Indicator, Value: quantity(f.Value), YTD: quantity(f.YTD)})
	}
	return all, nil
}

func quantity(n figures.Number) *int64 {
	if !n.Known() {
		return nil
	}
	return &n.Quantity
}

// Difference is a number that two counts of a month do not agree on; nil is a number that is not known.
type Difference struct {
	Indicator string
	YTD       bool // the year to date, not the month
	Was, Is   *int64
}

// Compare lists where the second count of a month is another one than the first, in the order of the first. A figure that
// the second does not have is not known there; one that the first does not have is none of its month's.
func Compare(was, is []period.Figure) (all []Difference) {
	now := map[string]period.Figure{}
	for _, f := range is {
		now[f.Indicator] = f
	}
	for _, f := range was {
		for _, d := range []Difference{{f.Indicator, false, f.Value, now[f.Indicator].Value}, {f.Indicator, true, f.YTD, now[f.Indicator].YTD}} {
			if (d.Was == nil) != (d.Is == nil) || d.Was != nil && *d.Was != *d.Is {
				all = append(all, d)
			}
		}
	}
	return all
}

// Latest keeps the last publication of each month.
func Latest(all []periods.Published) (latest []periods.Published) {
	for _, p := range all {
		later := func(o periods.Published) bool { return o.Case == p.Case && o.Issue > p.Issue }
		if !slices.ContainsFunc(all, later) {
			latest = append(latest, p)
		}
	}
	return latest
}

// Contradiction is a number of a publication that is counted otherwise as of the publication's position.
type Contradiction struct {
	Report periods.Published
	Difference
}

// Check counts the figures of every month as it was published last, each as of its position.
func Check(ctx context.Context, p *periods.Reader, r *figures.Reader) (all []Contradiction, err error) {
	published, err := p.All(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, said := range Latest(published) {
		counted, err := Figures(ctx, r, said, said.Position)
		if err != nil {
			return nil, err
		}
		for _, d := range Compare(said.Figures, counted) {
			all = append(all, Contradiction{said, d})
		}
	}
	return all, nil
}
