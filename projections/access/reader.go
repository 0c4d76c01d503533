package access

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/cases"
	"hoso/projections/history"
)

// CaseType is the case type of the accounts, for the view of package cases.
const CaseType = "account"

// Reader looks at all accounts, now or as they were. Its methods may be called at once from many goroutines.
type Reader struct {
	history *history.Reader
	cases   *cases.Reader
}

// NewReader returns a reader over the histories of cases.
func NewReader(h *history.Reader, c *cases.Reader) *Reader { return &Reader{h, c} }

// List returns all accounts as known at a position, 0 is now, in the order in which they were opened. Names are not readable.
func (r *Reader) List(ctx context.Context, asOf domain.Ordinal) (all []account.State, err error) {
	histories, err := r.cases.Histories(ctx, CaseType, asOf)
	if err != nil {
		return nil, err
	}
	for _, h := range histories {
		var s account.State
		if err := json.Unmarshal(h.State, &s); err != nil {
			return nil, fmt.Errorf("list accounts: %s: %w", h.Case, err)
		}
		all = append(all, s)
	}
	return all, nil
}

// History returns what was done to an account.
func (r *Reader) History(ctx context.Context, login account.Login) (history.History, error) {
	return r.history.Case(ctx, account.ID(login), history.At{})
}

// Query asks who could do something.
type Query struct {
	Action right.Action // empty: anything
	Target right.Target
	// Any says that what the target leaves open may be anything: a right in one commune counts where no unit is asked about.
	// Otherwise it means all there is.
	Any  bool
	AsOf domain.Ordinal // as known at; 0: now
	On   calendar.Date  // the day of which the question is; rights have first and last days
}

// Holder is an account that could do it, with the rights that let it.
type Holder struct {
	Login  account.Login `json:"login"`
	Grants []right.Grant `json:"grants"`
}

// Who returns the accounts that could do something.
func (r *Reader) Who(ctx context.Context, q Query) (all []Holder, err error) {
	accounts, err := r.List(ctx, q.AsOf)
	for _, s := range accounts {
		if s.Closed {
			continue
		}
		h := Holder{Login: s.Login}
		for _, g := range right.InForce(s.Grants, q.On) {
			if q.Fits(s.Login, g) {
				h.Grants = append(h.Grants, g)
			}
		}
		if len(h.Grants) > 0 {
			all = append(all, h)
		}
	}
	return all, err
}

// Fits tells whether a right lets an account do what is asked about, whatever the day.
func (q Query) Fits(login account.Login, g right.Grant) bool {
	actions, units, types := []right.Action{q.Action}, []area.Code{q.Target.Unit}, []string{q.Target.CaseType}
	if q.Action == "" {
		actions = right.Actions()
	}
	if q.Any && q.Target.Unit == "" {
		units = append(units, g.Unit)
	}
	if q.Any && q.Target.CaseType == "" {
		types = append(types, g.CaseTypes...)
	}
	alone := right.Caller{Account: string(login), Grants: []right.Grant{g}}
	for _, a := range actions {
		for _, unit := range units {
			if slices.ContainsFunc(types, func(t string) bool { return alone.May(a, right.Target{CaseType: t, Unit: unit}) == nil }) {
				return true
			}
		}
	}
	return false
}

// Linked returns the account with which an outside identity may log in. Whoever lets it in looks at the account itself: the
// views may be behind.
func (r *Reader) Linked(ctx context.Context, i account.Identity) (account.Login, bool, error) {
	accounts, err := r.List(ctx, 0)
	for _, s := range accounts {
		for _, linked := range s.Linked {
			if linked == i && !s.Closed {
				return s.Login, true, nil
			}
		}
	}
	return "", false, err
}
