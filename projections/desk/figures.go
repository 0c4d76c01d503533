package desk

import (
	"context"
	"io"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/report"
)

// Figures returns the figures of a month.
func (d *Desk) Figures(ctx context.Context, q Question) (figures.Sheet, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return figures.Sheet{}, err
	}
	return a.Figures.Figures(ctx, a.Query)
}

// Began returns on which day the first thing happened that adds to each indicator; see [figures.Reader.Began].
func (d *Desk) Began(ctx context.Context) (map[string]calendar.Date, error) {
	if err := Known(ctx); err != nil {
		return nil, err
	}
	from, err := d.Reading()
	if err != nil {
		return nil, err
	}
	return from.Figures.Began(ctx)
}

// Late returns what was recorded about the question's month since a position, by indicator: what a report of then could not say.
func (d *Desk) Late(ctx context.Context, q Question, since domain.Ordinal) ([]figures.Late, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	return a.Figures.Late(ctx, a.Query, map[calendar.Month]domain.Ordinal{a.Month: since})
}

// Series returns the months of the question's year up to its month.
func (d *Desk) Series(ctx context.Context, q Question) ([]figures.Series, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	return a.Figures.Series(ctx, a.Query)
}

// Number says which number of an indicator is meant.
type Number struct {
	Indicator string
	Which     figures.Which // empty: the value
	Part      string        // kind=fixed, district=178; empty: the whole
}

func (n Number) opening(q figures.Query) figures.Opening {
	q.Indicators = []string{n.Indicator}
	return figures.Opening{Query: q, Number: n.Which, Part: n.Part}
}

// Explain lists the events behind a number. Of cases that the caller may not read it names none: see [figures.Entry].
func (d *Desk) Explain(ctx context.Context, q Question, n Number, p figures.Page) (figures.Explanation, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return figures.Explanation{}, err
	}
	x, err := a.Figures.Open(ctx, n.opening(a.Query), p)
	if err != nil {
		return x, err
	}
	return x, a.withhold(ctx, listsIn(x)...)
}

// Since is the earlier moment of a comparison: one that is named, or that of a publication of the month.
type Since struct {
	AsOf string
	Which
}

// Compare lists what was recorded between two moments about the numbers of a month; the later one is that of the question. Of
// cases that the caller may not read it names none.
func (d *Desk) Compare(ctx context.Context, q Question, n Number, since Since) (figures.Comparison, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return figures.Comparison{}, err
	}
	was, err := projections.AsOf(ctx, a.DB, since.AsOf)
	if since.Published || since.Issue != 0 {
		var i Issued
		i, _, err = d.published(ctx, since.Spec, since.Issue, q)
		was = i.Position
	}
	if err != nil {
		return figures.Comparison{}, err
	}
	o := n.opening(a.Query)
	o.Indicators = a.Indicators
	c, err := a.Figures.Difference(ctx, o, was, a.AsOf)
	if err != nil {
		return c, err
	}
	return c, a.withhold(ctx, listsOf(c.Differences)...)
}

// Report builds the report of a month as it is known; without a name, the one that the office makes for the month.
func (d *Desk) Report(ctx context.Context, spec string, q Question) (report.Report, error) {
	r, _, err := d.report(ctx, spec, q)
	return r, err
}

// Linked is [Desk.Report] with marks around its numbers: see [report.BuildLinked].
func (d *Desk) Linked(ctx context.Context, spec string, q Question) (report.Report, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return report.Report{}, err
	}
	s, err := d.Specs.Find(spec, a.Month)
	if err != nil {
		return report.Report{}, err
	}
	return d.linked(ctx, s, a)
}

func (d *Desk) report(ctx context.Context, name string, q Question) (report.Report, asked, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return report.Report{}, a, err
	}
	spec, err := d.Specs.Find(name, a.Month)
	if err != nil {
		return report.Report{}, a, err
	}
	r, err := report.Build(ctx, d.Catalog, spec, cited{a.Figures, a.Register, a.Periods}, a.Query)
	return r, a, err
}

// Issued is a publication as it lies in the log.
type Issued struct {
	periods.Published
	Report report.Report
}

// Published returns what was published of a month: an issue of a report, 0 being the latest.
func (d *Desk) Published(ctx context.Context, spec string, issue int, q Question) (Issued, error) {
	i, _, err := d.published(ctx, spec, issue, q)
	return i, err
}

func (d *Desk) published(ctx context.Context, name string, issue int, q Question) (Issued, asked, error) {
	a, err := d.ask(ctx, q)
	if err != nil {
		return Issued{}, a, err
	}
	spec, err := d.Specs.Find(name, a.Month)
	if err != nil {
		return Issued{}, a, err
	}
	all, err := a.Periods.Publications(ctx, seriesOf(spec.Name, a.Query), a.AsOf)
	if err != nil {
		return Issued{}, a, err
	}
	p, err := periods.Find(all, a.Month, issue)
	if err != nil {
		return Issued{}, a, err
	}
	r, err := report.Thaw(p.Publication)
	return Issued{p, r}, a, err
}

// Which says which report is meant.
type Which struct {
	Spec      string
	Published bool // as it was published, not as it is known
	Issue     int  // of the publication; 0: the latest
}

// Write writes a report as a file of a format: text, html, json, docx, xlsx or pdf.
func (d *Desk) Write(ctx context.Context, w io.Writer, format string, which Which, q Question) error {
	var r report.Report
	var a asked
	var err error
	if which.Published || which.Issue != 0 {
		var i Issued
		if i, a, err = d.published(ctx, which.Spec, which.Issue, q); err == nil && format == "json" {
			_, err = io.WriteString(w, i.Content+"\n")
			return err
		}
		r = i.Report
	} else {
		r, a, err = d.report(ctx, which.Spec, q)
	}
	if err != nil {
		return err
	}
	return d.Paper(format, w, r, report.Events(ctx, a, r, a.Query))
}

// Indicators returns the catalogue of the figures that stand in reports.
func (d *Desk) Indicators() (all []domain.Indicator) {
	for _, t := range d.Catalog.Types {
		for _, i := range t.Indicators {
			if !i.Hidden {
				all = append(all, i)
			}
		}
	}
	return all
}
