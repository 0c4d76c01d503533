// Package periods reads what reports said when they were published.
//
// It keeps nothing of its own: the cases are listed by the view of package cases, and a publication is an event of its case.
package periods

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/cases"
	"hoso/projections/history"
)

// CaseType is the case type of reports, for the view of package cases.
const CaseType = "period"

// Published is a publication with where it stands.
type Published struct {
	period.Publication
	Case   domain.StreamID
	Series period.Series
	Month  calendar.Month
	Issue  int // 1, and more for reissues
	Signed calendar.Date
	Reason string // of a reissue
}

// Month is a month of a series as its case stands.
type Month struct {
	Case  domain.StreamID
	State period.State
}

// Reader reads the reports of a series. Its methods may be called at once from many goroutines.
type Reader struct{ cases *cases.Reader }

// NewReader returns a reader over the histories of cases.
func NewReader(c *cases.Reader) *Reader { return &Reader{c} }

// Months returns the months of a series that were opened, as of a position; the earliest first.
func (r *Reader) Months(ctx context.Context, s period.Series, asOf domain.Ordinal) (all []Month, err error) {
	err = r.each(ctx, only(s), asOf, func(m Month, _ history.History) error {
		all = append(all, m)
		return nil
	})
	slices.SortStableFunc(all, func(a, b Month) int { return int(a.State.Month.First() - b.State.Month.First()) })
	return all, err
}

// Publications returns what was published of a series, as of a position; by month and then by issue.
func (r *Reader) Publications(ctx context.Context, s period.Series, asOf domain.Ordinal) (all []Published, err error) {
	return r.publications(ctx, only(s), asOf)
}

// All returns what was published of every series, as of a position; by month and then by issue.
func (r *Reader) All(ctx context.Context, asOf domain.Ordinal) ([]Published, error) {
	return r.publications(ctx, func(period.Series) bool { return true }, asOf)
}

func only(s period.Series) func(period.Series) bool {
	return func(other period.Series) bool { return other == s }
}

func (r *Reader) publications(ctx context.Context, of func(period.Series) bool, asOf domain.Ordinal) (all []Published, err error) {
	err = r.each(ctx, of, asOf, func(m Month, h history.History) error {
		for _, e := range h.Events {
			p := Published{Case: m.Case, Series: m.State.Series, Month: m.State.Month, Signed: e.Occurred}
			switch e.Type {
			case period.Published{}.EventType():
				var said period.Published
				if err := json.Unmarshal(e.Data, &said); err != nil {
					return err
				}
				p.Publication = said.Publication
			case period.Reissued{}.EventType():
				var said period.Reissued
				if err := json.Unmarshal(e.Data, &said); err != nil {
					return err
				}
				p.Publication, p.Reason = said.Publication, said.Reason
			default:
				continue
			}
			p.Issue = 1
			if n := len(all); n > 0 && all[n-1].Case == p.Case {
				p.Issue = all[n-1].Issue + 1
			}
			all = append(all, p)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b Published) int {
		return cmp.Or(cmp.Compare(a.Month.First(), b.Month.First()), cmp.Compare(a.Issue, b.Issue))
	})
	return all, err
}

func (r *Reader) each(ctx context.Context, of func(period.Series) bool, asOf domain.Ordinal, found func(Month, history.History) error) error {
	reports, err := r.cases.Histories(ctx, CaseType, asOf)
	if err != nil {
		return err
	}
	for _, h := range reports {
		m := Month{Case: h.Case}
		if err := json.Unmarshal(h.State, &m.State); err != nil {
			return fmt.Errorf("read the reports: %s: %w", h.Case, err)
		}
		if !of(m.State.Series) {
			continue
		}
		if err := found(m, h); err != nil {
			return fmt.Errorf("read the reports: %s: %w", h.Case, err)
		}
	}
	return nil
}

// Find returns a publication of a month by its issue; 0 is the latest one.
func Find(all []Published, m calendar.Month, issue int) (Published, error) {
	found := Published{}
	for _, p := range all {
		if p.Month == m && (issue == 0 || p.Issue == issue) {
			found = p
		}
	}
	if found.Issue == 0 {
		return found, &domain.Error{Kind: domain.NotFound, Code: "period.not_published", Field: "month",
			Msg: "báo cáo tháng " + m.Vietnamese() + " chưa được phát hành, hoặc không có lần phát hành đó"}
	}
	return found, nil
}
