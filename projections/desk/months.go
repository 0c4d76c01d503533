package desk

import (
	"context"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/closing"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/recount"
	"hoso/projections/report"
)

// Standing is where the report of a month stands.
type Standing struct {
	Spec   string
	Series period.Series
	Case   domain.StreamID    // zero: nobody has opened it
	State  period.State       // zero: the same
	Last   *periods.Published // nil: never published
	Issues []periods.Published
}

// Standing looks at the month of a report, as known at the question's moment; without a name, that of the office's own report.
func (d *Desk) Standing(ctx context.Context, spec string, q Question) (Standing, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return Standing{}, err
	}
	found, err := d.Specs.Find(spec, a.Month)
	if err != nil {
		return Standing{}, err
	}
	return a.standing(ctx, found.Name)
}

func (a asked) standing(ctx context.Context, spec string) (s Standing, err error) {
	s.Spec, s.Series = spec, seriesOf(spec, a.Query)
	months, err := a.Periods.Months(ctx, s.Series, a.AsOf)
	if err != nil {
		return s, err
	}
	n := slices.IndexFunc(months, func(m periods.Month) bool { return m.State.Month == a.Month })
	if n < 0 {
		return s, nil
	}
	s.Case, s.State = months[n].Case, months[n].State
	if len(s.State.Issues) == 0 {
		return s, nil
	}
	all, err := a.Periods.Publications(ctx, s.Series, a.AsOf)
	for _, p := range all {
		if p.Month == a.Month {
			s.Issues = append(s.Issues, p)
			s.Last = &s.Issues[len(s.Issues)-1]
		}
	}
	return s, err
}

// Month returns the report of a month with its next steps, for who may read its figures. The steps are given for the caller and
// need the right that each command needs; who they are by is the caller, whatever they say.
func (d *Desk) Month(ctx context.Context, spec string, q Question) (closing.Month, error) {
	q.AsOf = "" // a month is closed as it is known
	a, err := d.ask(ctx, q)
	if err != nil {
		return closing.Month{}, err
	}
	found, err := d.Specs.Find(spec, a.Month)
	if err != nil {
		return closing.Month{}, err
	}
	office := closing.Office{Catalog: d.Catalog, Source: cited{a.Figures, a.Register, a.Periods}, Periods: a.Periods, Names: d.Names, Handler: d,
		Against: func(ctx context.Context) error { return d.Views.Health(ctx).Against }}
	return office.Month(ctx, found, a.Query)
}

// Publications returns what was published, of the units whose reports the caller may audit.
func (d *Desk) Publications(ctx context.Context) ([]periods.Published, error) {
	if err := somewhere(ctx, right.Audit, periods.CaseType); err != nil {
		return nil, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return nil, err
	}
	all, err := from.Periods.All(ctx, 0)
	return slices.DeleteFunc(all, func(p periods.Published) bool {
		return may(ctx, right.Audit, right.Target{CaseType: periods.CaseType, Unit: p.Series.Area}) != nil
	}), err
}

// Recounted is a published report beside a new count of everything that it said.
type Recounted struct {
	Report      *periods.Published // nil: nothing was published
	Counted     int
	Differences []recount.Difference
	Since       []recount.Difference // what is known now
	Whole       bool                 // its content is the one that was signed
	Same        bool                 // built again it says the same, to the letter
}

// Recount counts a publication of a month anew from the log, 0 being the latest, for who may audit the unit's reports.
func (d *Desk) Recount(ctx context.Context, spec string, issue int, q Question) (Recounted, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return Recounted{}, err
	}
	if err := may(ctx, right.Audit, right.Target{CaseType: periods.CaseType, Unit: a.Area}); err != nil {
		return Recounted{}, err
	}
	found, err := d.Specs.Find(spec, a.Month)
	if err != nil {
		return Recounted{}, err
	}
	s, err := a.standing(ctx, found.Name)
	if err != nil || s.Last == nil && issue == 0 {
		return Recounted{}, err
	}
	p, err := periods.Find(s.Issues, a.Month, issue)
	if err != nil {
		return Recounted{}, err
	}
	return a.recount(ctx, d.Catalog, found, p)
}

func (a asked) recount(ctx context.Context, catalog *domain.Catalog, spec report.Spec, p periods.Published) (Recounted, error) {
	r := Recounted{Report: &p}
	counted, err := recount.Figures(ctx, a.Figures, p, p.Position)
	if err != nil {
		return r, err
	}
	now, err := recount.Figures(ctx, a.Figures, p, 0)
	if err != nil {
		return r, err
	}
	r.Counted, r.Differences, r.Since = len(p.Figures), recount.Compare(p.Figures, counted), recount.Compare(counted, now)
	said, err := report.Thaw(p.Publication)
	r.Whole = err == nil
	query := a.Query
	query.AsOf = p.Position
	again, err := report.Build(ctx, catalog, spec, cited{a.Figures, a.Register, a.Periods}, query)
	if err != nil {
		return r, err
	}
	again.Paper = said.Paper
	r.Same = r.Whole && report.Prints(again, p.Publication)
	return r, nil
}

func seriesOf(spec string, q figures.Query) period.Series {
	return closing.SeriesOf(report.Spec{Name: spec}, q)
}

// Latest returns the last day on which an act of the latest ones happened, none after today; zero where there is none. Acts that
// add to no figure (to accounts, to people, to reports, of the seal) do not count: it says which month is worth looking at.
func (d *Desk) Latest(ctx context.Context) (day calendar.Date, err error) {
	if err := Known(ctx); err != nil {
		return 0, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return 0, err
	}
	var counted []string
	for _, t := range d.Catalog.Types {
		if len(t.Indicators) > 0 {
			counted = append(counted, t.Name)
		}
	}
	numbers, args := projections.NumbersOf(counted...)
	err = from.DB.QueryRowContext(ctx, `SELECT coalesce(max(occurred), 0) FROM (SELECT occurred FROM events
		WHERE case_type IN `+numbers+` ORDER BY ordinal DESC LIMIT 200) WHERE occurred <= ?`, append(args, int64(calendar.On(d.Clock())))...).Scan(&day)
	return day, err
}

// Position returns up to which event of the log answers say what it says.
func (d *Desk) Position() (domain.Ordinal, error) {
	from, err := d.Reading()
	if err != nil {
		return 0, err
	}
	return from.At(), nil
}
