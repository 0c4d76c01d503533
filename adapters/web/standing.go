package web

import (
	"slices"

	"hoso/domain/period"
	"hoso/projections/desk"
	"hoso/projections/report"
)

// standing is where the report of a month stands.
type standing struct {
	desk.Standing
	Adjusted int // figures with acts recorded since it was published
}

// standing looks at the month of a report, as known at the question's moment; zero where the office makes none of the month.
func (a *Ask) standing(spec report.Spec, q question) (s standing, err error) {
	if spec.Name != "" {
		s.Standing, err = a.Desk.Standing(a.Context(), spec.Name, q.asks())
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
