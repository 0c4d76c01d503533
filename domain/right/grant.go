package right

import (
	"slices"

	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Grant is a role within a unit and all below it.
type Grant struct {
	ID         string        `json:"id"`
	Role       Role          `json:"role"`
	Unit       area.Code     `json:"unit,omitempty"`       // empty: everywhere
	CaseTypes  []string      `json:"case_types,omitempty"` // empty: all but those that are sensitive
	ApproveOwn bool          `json:"approve_own,omitempty"`
	From       calendar.Date `json:"from,omitzero"`  // first day; zero: from the beginning
	Until      calendar.Date `json:"until,omitzero"` // last day; zero: until it is revoked
}

// InForce tells whether the grant counts on a day.
func (g Grant) InForce(on calendar.Date) bool {
	return on >= g.From && (g.Until.IsZero() || on <= g.Until)
}

// InForce returns the grants that count on a day.
func InForce(grants []Grant, on calendar.Date) []Grant {
	return slices.DeleteFunc(slices.Clone(grants), func(g Grant) bool { return !g.InForce(on) })
}

// allows tells whether the grant's role has an action.
func (g Grant) allows(a Action) bool {
	if a == ApproveOwn {
		return g.ApproveOwn && slices.Contains(can[g.Role], Approve)
	}
	return slices.Contains(can[g.Role], a)
}

// actions are all that the grant's role may do with it.
func (g Grant) actions() (all []Action) {
	for _, a := range Actions() {
		if g.allows(a) {
			all = append(all, a)
		}
	}
	return all
}

// reaches tells whether the grant is about a target. Accounts and their rights are nobody's cases: only who audits or
// administers sees them.
func (g Grant) reaches(t Target, units Units) bool {
	if t.CaseType == "account" && !g.allows(Audit) && !g.allows(Administer) {
		return false
	}
	return namesType(g.CaseTypes, t.CaseType) && units.Within(t.Unit, g.Unit)
}

// namesType tells whether a list of case types has one: the empty list has all but the sensitive ones. What is about no
// certain case type needs the empty list.
func namesType(list []string, caseType string) bool {
	if len(list) == 0 {
		_, secret := Sensitive(caseType)
		return !secret
	}
	return slices.Contains(list, caseType)
}
