package web

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/report"
)

// standing is where the report of a month stands.
type standing struct {
	Spec     string
	Series   period.Series
	Case     domain.StreamID
	State    period.State
	Last     *periods.Published // nil: never published
	Issues   []periods.Published
	Adjusted int // figures with acts recorded since it was published
}

// standing looks at the month of a series, as known at the query's position.
func (a *Ask) standing(spec report.Spec, q figures.Query) (s standing, err error) {
	if spec.Name == "" {
		return s, nil
	}
	s.Spec, s.Series = spec.Name, period.Series{Spec: spec.Name, Area: q.Area, Calendar: q.Calendar}
	if s.Series.Calendar == "" {
		s.Series.Calendar = calendar.Civil
	}
	months, err := a.Views.Periods.Months(a.Context(), s.Series, q.AsOf)
	if err != nil {
		return s, err
	}
	n := slices.IndexFunc(months, func(m periods.Month) bool { return m.State.Month == q.Month })
	if n < 0 {
		return s, nil
	}
	s.Case, s.State = months[n].Case, months[n].State
	if len(s.State.Issues) == 0 {
		return s, nil
	}
	all, err := a.Views.Periods.Publications(a.Context(), s.Series, q.AsOf)
	for _, p := range all {
		if p.Month == q.Month {
			s.Issues = append(s.Issues, p)
			s.Last = &s.Issues[len(s.Issues)-1]
		}
	}
	return s, err
}

// Final tells whether the month was published.
func (s standing) Final() bool { return s.State.Status == period.StatusPublished }

// Step is a step of a report's way.
type Step struct {
	text
	Done, Now bool
}

var steps = []struct {
	status period.Status
	text
}{
	{period.StatusOpened, text{"Mở kỳ", "Opened"}}, {period.StatusDrafted, text{"Đã soạn", "Drafted"}}, {period.StatusSubmitted, text{"Đã trình", "Submitted"}},
	{period.StatusApproved, text{"Đã duyệt", "Approved"}}, {period.StatusPublished, text{"Đã phát hành", "Published"}},
}

// Steps are the steps of the way, with the one where it stands.
func (s standing) Steps() (all []Step) {
	at := slices.IndexFunc(steps, func(o struct {
		status period.Status
		text
	}) bool {
		return o.status == s.State.Status
	})
	if s.State.Status == period.StatusReturned {
		at = 0
	}
	for n, o := range steps {
		all = append(all, Step{o.text, n < at || n == at && s.Final(), n == at})
	}
	return all
}

// Returned tells whether the report was sent back.
func (s standing) Returned() bool { return s.State.Status == period.StatusReturned }
