package web

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/access"
	"hoso/projections/history"
)

// directory is the accounts, those in use first.
type directory struct {
	Accounts []knownAccount
	Find     string
	May      error // why the caller may open no account; nil: may
	Today    calendar.Date
	Refused  refusal
}

// knownAccount is an account with what it may today.
type knownAccount struct {
	account.State
	Name   string
	Grants []right.Grant // in force today
}

func accounts(a *Ask) (any, error) {
	if err := access.Oversees(a.Context()); err != nil {
		return nil, err
	}
	d := directory{Find: strings.TrimSpace(a.URL.Query().Get("find")), May: a.may(right.Administer), Today: a.today(), Refused: a.Refused}
	directory, err := a.Directory()
	if err != nil {
		return nil, err
	}
	all, err := directory.List(a.Context(), 0)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if !strings.Contains(string(s.Login), strings.ToLower(d.Find)) {
			continue
		}
		one, err := a.Accounts.Find(a.Context(), s.Login)
		if err != nil {
			return nil, err
		}
		d.Accounts = append(d.Accounts, knownAccount{one.State, one.Name, right.InForce(one.Grants, d.Today)})
	}
	slices.SortStableFunc(d.Accounts, func(x, y knownAccount) int {
		if x.Closed != y.Closed {
			if x.Closed {
				return 1
			}
			return -1
		}
		return strings.Compare(string(x.Login), string(y.Login))
	})
	return d, nil
}

// openedAccount is an account with its rights over time.
type openedAccount struct {
	account.State
	Name       string
	Rights     []heldRight // the latest first
	Acts       []listedAct // what else was done to the account, the latest first
	Why        error       // why the caller may not change it; nil: may
	Own        bool        // nobody grants himself a right
	Units      []unit
	Everywhere bool // the caller administers all units
	Types      []grantedType
	Today      calendar.Date
	Begin, End calendar.Date // of the drawing of its rights
	Entrances  entrances
	Refused    refusal
}

// heldRight is a right from its grant to its end.
type heldRight struct {
	right.Grant
	Given, Taken listedAct // Taken is zero while it was not revoked
	Span         span
}

// listedAct is an act of somebody to an account.
type listedAct struct {
	Label    domain.Text
	By       domain.Actor
	Recorded time.Time
}

// grantedType is a case type that a grant may name.
type grantedType struct {
	domain.CaseType
	Explicit bool // counts only where it is named
}

// Title implements titled.
func (o openedAccount) Title(Lang) string { return string(o.Login) }

func oneAccount(a *Ask) (any, error) {
	if err := access.Oversees(a.Context()); err != nil {
		return nil, err
	}
	login, err := account.ParseLogin(a.PathValue("login"))
	if err != nil {
		return nil, err
	}
	one, err := a.Accounts.Find(a.Context(), login)
	if err != nil {
		return nil, err
	}
	o := openedAccount{State: one.State, Name: one.Name, Own: a.Who.Account == string(login), Today: a.today(), Refused: a.Refused}
	o.Why = a.mayChange(one.State)
	o.Entrances = a.entrances(one.State, "/quan-tri/tai-khoan/"+string(login), o.Why == nil, o.Why == nil)
	directory, err := a.Directory()
	if err != nil {
		return nil, err
	}
	h, err := directory.History(a.Context(), login)
	if err != nil {
		return nil, err
	}
	kinds, _ := a.Catalog.Type(access.CaseType)
	for _, e := range slices.Backward(h.Events) {
		var label domain.Text
		if i := slices.IndexFunc(kinds.Events, func(k domain.EventType) bool { return k.Name == e.Type }); i >= 0 {
			label = kinds.Events[i].Label
		}
		if err := o.take(e, listedAct{label, e.Actor, e.Recorded}); err != nil {
			return nil, err
		}
	}
	o.draw()
	if o.Why == nil {
		o.Units, o.Everywhere = a.administeredUnits(), a.May(right.Administer, "", "") == nil
		for _, t := range a.Catalog.Types {
			if _, explicit := right.Sensitive(t.Name); t.Name != access.CaseType {
				o.Types = append(o.Types, grantedType{t, explicit})
			}
		}
	}
	return o, nil
}

// take reads an event, the latest first: so the end of a right comes before its beginning.
func (o *openedAccount) take(e history.Event, act listedAct) error {
	switch e.Type {
	case account.Granted{}.EventType():
		var g account.Granted
		if err := json.Unmarshal(e.Data, &g); err != nil {
			return err
		}
		i := slices.IndexFunc(o.Rights, func(h heldRight) bool { return h.ID == g.Grant.ID })
		if i < 0 {
			o.Rights = append(o.Rights, heldRight{})
			i = len(o.Rights) - 1
		}
		o.Rights[i].Grant, o.Rights[i].Given = g.Grant, act
	case account.Revoked{}.EventType():
		var r account.Revoked
		if err := json.Unmarshal(e.Data, &r); err != nil {
			return err
		}
		o.Rights = append(o.Rights, heldRight{Grant: right.Grant{ID: r.Grant}, Taken: act})
	default:
		o.Acts = append(o.Acts, act)
	}
	return nil
}

// mayChange tells why the caller may not change an account: who does that administers all units in which it has rights.
func (a *Ask) mayChange(s account.State) error {
	if err := a.may(right.Administer); err != nil {
		return err
	}
	for _, g := range s.Grants {
		if err := a.May(right.Administer, "", g.Unit); err != nil {
			return err
		}
	}
	return nil
}

// Standing says whether a right counts today: revoked, ended, later or now.
func (o openedAccount) Standing(h heldRight) string {
	switch {
	case !h.Taken.Recorded.IsZero():
		return "revoked"
	case !h.Until.IsZero() && h.Until < o.Today:
		return "ended"
	case h.From > o.Today:
		return "later"
	}
	return "now"
}

// Roles lists the roles.
func (openedAccount) Roles() []right.Role { return right.Roles() }

// administeredUnits are the units of today that the caller administers, each behind the one in which it lies.
func (a *Ask) administeredUnits() (all []unit) {
	units, on := area.InUse(), a.today()
	add := func(u area.Unit, depth int) {
		if a.May(right.Administer, "", u.Code) == nil {
			all = append(all, unit{u.Code, u.Name, depth})
		}
	}
	for _, code := range units.Provinces() {
		province, ok := units.Find(code, on)
		if !ok {
			continue
		}
		add(province, 0)
		below := units.Below(province, area.District, on)
		for _, d := range below {
			add(d, 1)
			for _, c := range units.Below(d, area.Commune, on) {
				add(c, 2)
			}
		}
		if len(below) == 0 {
			for _, c := range units.Below(province, area.Commune, on) {
				add(c, 1)
			}
		}
	}
	return all
}
