package right

import (
	"cmp"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
)

// Target is what an action is about.
type Target struct {
	CaseType string    // empty: no certain one (figures, accounts)
	Unit     area.Code // to which the case belongs, or which is asked about; empty: no certain one, so all
}

// Units tells how administrative units lie in each other. [area.Units] implements it.
type Units interface {
	// Within tells whether what was recorded under a code belongs to the unit of another one, or to one below it.
	Within(code, of area.Code) bool
}

// Via is how somebody was recognised.
type Via string

// The ways in.
const (
	ViaPassword Via = "password" // a session that began with a password
	ViaProvider Via = "oidc"     // a session that began with the office's own provider
	ViaToken    Via = "token"    // an API token
	ViaConsole  Via = "console"  // whoever holds the data directory
)

// Caller is who asks, as it is now. The zero Caller may nothing.
type Caller struct {
	Account string  // login name: what stands in events
	Name    string  // what people call the account
	Grants  []Grant // those in force today
	Scope   Scope   // what a token leaves of them
	Via     Via
	From    string // network address, for records of readings
	Units   Units  // nil: the units in use
}

// Scope is what a token may do of what its account may; the zero Scope takes nothing away.
type Scope struct {
	Actions   []Action  `json:"actions,omitempty"`    // empty: all
	CaseTypes []string  `json:"case_types,omitempty"` // empty: all
	Unit      area.Code `json:"unit,omitempty"`       // empty: everywhere
}

func (s Scope) reaches(a Action, t Target, units Units) bool {
	return (len(s.Actions) == 0 || slices.Contains(s.Actions, a)) &&
		(len(s.CaseTypes) == 0 || slices.Contains(s.CaseTypes, t.CaseType)) &&
		units.Within(t.Unit, s.Unit)
}

// Holds tells whether another scope reaches no further than this one.
func (s Scope) Holds(other Scope, units Units) bool {
	return inside(other.Actions, s.Actions) && inside(other.CaseTypes, s.CaseTypes) && units.Within(other.Unit, s.Unit)
}

// HoldsGrant tells whether a grant reaches no further than the scope: neither in what its role may do, nor in case types, nor
// in units.
func (s Scope) HoldsGrant(g Grant, units Units) bool {
	return s.Holds(Scope{Actions: g.actions(), CaseTypes: g.CaseTypes, Unit: g.Unit}, units)
}

// inside tells whether one list of what is allowed lies in another; the empty list is everything.
func inside[T comparable](list, in []T) bool {
	if len(in) == 0 || len(list) == 0 {
		return len(in) == 0
	}
	return !slices.ContainsFunc(list, func(one T) bool { return !slices.Contains(in, one) })
}

func (c Caller) units() Units {
	if c.Units != nil {
		return c.Units
	}
	return area.InUse()
}

// May tells why the caller may not do something; nil where it may. The error is a [domain.Error] of kind Forbidden that
// says which right is missing and who gives it.
func (c Caller) May(a Action, t Target) error {
	if _, refuse := c.grant(a, t); refuse != nil {
		return refuse(a, t)
	}
	return nil
}

// Actor returns the caller as it is stamped into an event: with the role and the unit of the grant that allows it, the
// narrowest one where several do.
func (c Caller) Actor(a Action, t Target) (domain.Actor, error) {
	g, refuse := c.grant(a, t)
	if refuse != nil {
		return domain.Actor{}, refuse(a, t)
	}
	return domain.Actor{ID: c.Account, Role: string(g.Role), Unit: string(g.Unit)}, nil
}

// Where returns the units in which the caller may do something with cases of a type, the highest ones, each with all
// below it; "" is everywhere. Without a type it is about cases of any type, and about what is about none. Where there is no such unit, the
// error is that of [Caller.May] with no unit: it says nothing of what is there.
func (c Caller) Where(a Action, caseType string) ([]area.Code, error) {
	units, types := []area.Code{"", c.Scope.Unit}, []string{caseType}
	if caseType == "" {
		types = append(types, c.Scope.CaseTypes...)
	}
	for _, g := range c.Grants {
		if units = append(units, g.Unit); caseType == "" {
			types = append(types, g.CaseTypes...)
		}
	}
	slices.Sort(units)
	var all []area.Code
	for _, unit := range slices.Compact(units) {
		if slices.ContainsFunc(types, func(t string) bool { _, refuse := c.grant(a, Target{CaseType: t, Unit: unit}); return refuse == nil }) {
			all = append(all, unit)
		}
	}
	if len(all) == 0 {
		return nil, c.May(a, Target{CaseType: caseType})
	}
	return slices.DeleteFunc(slices.Clone(all), func(unit area.Code) bool {
		return slices.ContainsFunc(all, func(other area.Code) bool { // of two that are one another's, the first one stays
			return other != unit && c.units().Within(unit, other) && (other < unit || !c.units().Within(other, unit))
		})
	}), nil
}

// grant returns the grant that lets the caller do something, or what says why none does.
func (c Caller) grant(a Action, t Target) (g Grant, refuse func(Action, Target) error) {
	var best *Grant
	for i, g := range c.Grants {
		if !g.allows(a) || !g.reaches(t, c.units()) {
			continue
		}
		if best == nil || cmp.Compare(len(g.Unit), len(best.Unit)) > 0 {
			best = &c.Grants[i]
		}
	}
	if best == nil || c.Account == "" {
		return Grant{}, missing
	}
	if !c.Scope.reaches(a, t, c.units()) {
		return Grant{}, beyondScope
	}
	return *best, nil
}
