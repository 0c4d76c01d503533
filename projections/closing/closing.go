// Package closing brings the report of a month from its opening to its publication.
//
//	Office ─ Month ─▶ where the report stands ─ Take ─▶ its next step
//	                        └─ Prepare ─▶ what would be published, or why not ─ Publish ─▶ frozen
//
// The case type keeps the order of the steps and that whoever submits does not approve. What it cannot know stands here: that
// months are published one after the other, that the figures contradict nothing, and that the views count as they did.
package closing

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/intake"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/report"
)

// Office is where months are closed. Its methods may be called at once from many goroutines.
type Office struct {
	Catalog *domain.Catalog
	Source  report.Source
	Periods *periods.Reader
	Names   intake.Names
	Handler intake.Handler
	// Against says why the views are not to be believed: they count otherwise what was published.
	Against func(context.Context) error
}

// Month is the report of one month, as it stands now.
type Month struct {
	Series period.Series
	Case   domain.StreamID
	State  period.State // zero: nobody has opened it
	office Office
	spec   report.Spec
	query  figures.Query
	months []periods.Month // of the series
}

// SeriesOf names the reports of which one that is made for a query is a month.
func SeriesOf(spec report.Spec, q figures.Query) period.Series {
	return period.Series{Spec: spec.Name, Area: q.Area, Calendar: cmp.Or(q.Calendar, calendar.Civil)}
}

// Month looks for a month's report. One that is not there yet has an id that everybody makes alike, so that of two who open
// it one wins.
func (o Office) Month(ctx context.Context, spec report.Spec, q figures.Query) (m Month, err error) {
	m = Month{Series: SeriesOf(spec, q), office: o, spec: spec, query: q}
	m.query.AsOf = 0 // a month is closed as it is known
	m.Case = domain.StreamID{Type: periods.CaseType, ID: o.Names.Case(periods.CaseType,
		strings.Join([]string{m.Series.Spec, string(m.Series.Area), string(m.Series.Calendar), q.Month.String()}, "/"))}
	if m.months, err = o.Periods.Months(ctx, m.Series, 0); err != nil {
		return m, err
	}
	if n := slices.IndexFunc(m.months, func(o periods.Month) bool { return o.State.Month == q.Month }); n >= 0 {
		m.Case, m.State = m.months[n].Case, m.months[n].State
	}
	return m, nil
}

// By is who does something, when, and under which command id: the same id does it once.
type By struct {
	Actor domain.Actor
	On    calendar.Date
	ID    uuid.UUID
}

// Take does a step. It bears the day of the step before it where that is later.
func (m Month) Take(ctx context.Context, by By, step domain.Command) (domain.Outcome, error) {
	return m.office.Handler.Handle(ctx, domain.Request{ID: by.ID, Case: m.Case, Command: step, Occurred: max(by.On, m.State.Since), Actor: by.Actor})
}

// Open is the command that opens the month.
func (m Month) Open() period.Open {
	return period.Open{Spec: m.Series.Spec, Area: m.Series.Area, Calendar: m.Series.Calendar, Month: m.query.Month}
}

// Signature is what a publication bears.
type Signature struct {
	Number string
	Signer string
	Signed calendar.Date
	Reason string // of a reissue; empty: the first publication
}

// Prepare builds what would be published, as known now. Where the figures contradict each other it returns the findings with
// the error.
func (m Month) Prepare(ctx context.Context, s Signature) (period.Publication, []report.Finding, error) {
	if err := m.office.Against(ctx); err != nil && s.Reason == "" {
		return period.Publication{}, nil, err // what was published is counted otherwise: only a reissue can answer that
	}
	published := m.State.Status == period.StatusPublished
	switch {
	case s.Reason == "" && published:
		return period.Publication{}, nil, refusal("close.already_published", "báo cáo tháng %s đã phát hành; để phát hành lại hãy nêu lý do với --reissue", m.query.Month.Vietnamese())
	case s.Reason != "" && !published:
		return period.Publication{}, nil, refusal("close.not_published", "báo cáo tháng %s chưa phát hành nên chưa thể phát hành lại", m.query.Month.Vietnamese())
	}
	if err := m.earlier(); err != nil {
		return period.Publication{}, nil, err
	}
	r, err := report.Build(ctx, m.office.Catalog, m.spec, m.office.Source, m.query)
	if err != nil {
		return period.Publication{}, nil, err
	}
	failing := slices.DeleteFunc(slices.Clone(r.Findings), func(f report.Finding) bool { return !f.Fails() })
	if len(failing) > 0 {
		var codes []string
		for _, f := range failing {
			codes = append(codes, f.Code)
		}
		return period.Publication{}, failing, refusal("close.checks_failed", "số liệu mâu thuẫn nên không phát hành được: %s", strings.Join(slices.Compact(codes), ", "))
	}
	p, err := report.Freeze(r, m.spec, s.Number, s.Signer, s.Signed)
	return p, nil, err
}

// Publish freezes what was prepared.
func (m Month) Publish(ctx context.Context, by By, s Signature, p period.Publication) (domain.Outcome, error) {
	by.On = s.Signed
	if s.Reason != "" {
		return m.Take(ctx, by, period.Reissue{Publication: p, Reason: s.Reason})
	}
	return m.Take(ctx, by, period.Publish{Publication: p})
}

// earlier refuses while an earlier month of the series is open, or was left out since the first one that was published.
func (m Month) earlier() error {
	done := map[calendar.Month]bool{}
	first := m.query.Month
	for _, o := range m.months {
		published := o.State.Status == period.StatusPublished
		done[o.State.Month] = published
		if o.State.Month.First() < m.query.Month.First() && !published {
			return refusal("close.earlier_open", "kỳ tháng %s còn mở; hãy phát hành tháng đó trước", o.State.Month.Vietnamese())
		}
		if published && o.State.Month.First() < first.First() {
			first = o.State.Month
		}
	}
	for n := first; n.First() < m.query.Month.First(); n = n.Add(1) {
		if !done[n] {
			return refusal("close.earlier_open", "tháng %s chưa phát hành; hãy phát hành tháng đó trước", n.Vietnamese())
		}
	}
	return nil
}

func refusal(code, format string, args ...any) error {
	return &domain.Error{Kind: domain.Rejected, Code: code, Msg: fmt.Sprintf(format, args...)}
}
