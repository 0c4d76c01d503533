package account

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/domaintest"
	"hoso/domain/right"
)

var (
	one, two = uuid.MustParse("0f0e0d0c-0b0a-4908-8706-050403020100"), uuid.MustParse("1f1e1d1c-1b1a-4918-8716-151413121110")
	hash     = strings.Repeat("ab", 32)
	grant    = right.Grant{ID: one.String(), Role: right.Caseworker, Unit: "188"}
	token    = Token{ID: two, Label: "bảng số liệu", Hash: hash, Scope: right.Scope{Actions: []right.Action{right.ReadFigures}}, Until: 20240630}
	outside  = Identity{"https://dangnhap.example", two}
	secret   = domain.Hide("$argon2id$v=19$m=65536,t=1,p=2$c2FsdA$aGFzaA")
)

// allowAny lets a spec run on the case that every spec has, whose id follows from no name.
func specType() domain.CaseType {
	t := Type()
	return domain.With(t, domain.Decider[State]{Allow: allow, Evolve: evolve, Decide: func(s State, r domain.Request) ([]domain.Event, error) {
		if c, ok := r.Command.(Open); ok {
			r.Case = ID(c.Login)
		}
		return domain.One(decide)(s, r)
	}})
}

func step(c domain.Command) domaintest.Step { return domaintest.Step{On: 20240502, Do: c} }

func password(key, replaces uuid.UUID) SetPassword {
	return SetPassword{Password: Password{Key: key}, Replaces: replaces, Verifier: secret}
}

func TestAccount(t *testing.T) {
	t.Parallel()
	opened := step(Open{"mai", domain.Hide("Nông Thị Lan")})
	with := func(more ...domain.Command) []domaintest.Step {
		steps := []domaintest.Step{opened}
		for _, c := range more {
			steps = append(steps, step(c))
		}
		return steps
	}
	grantOf := func(change func(*right.Grant)) Grant { g := grant; change(&g); return Grant{g} }
	tokenOf := func(change func(*Token)) IssueToken { k := token; change(&k); return IssueToken{k} }
	for name, s := range map[string]domaintest.Spec{
		"open":              {When: opened, AddsNothing: true, Then: []domain.Event{Opened{ID("mai").ID, "mai", domain.Hide("Nông Thị Lan")}}},
		"twice":             {Given: with(), When: step(Open{"mai", domain.Hide("Người khác")}), Error: "account.exists"},
		"what is not there": {When: step(Close{}), Error: "account.missing"},

		"password":                   {Given: with(), When: step(password(one, uuid.Nil)), Then: []domain.Event{PasswordSet{Password{Key: one}, uuid.Nil, secret}}},
		"next password":              {Given: with(password(one, uuid.Nil)), When: step(password(two, one)), Then: []domain.Event{PasswordSet{Password{Key: two}, one, secret}}},
		"password changed meanwhile": {Given: with(password(one, uuid.Nil)), When: step(password(two, uuid.Nil)), Error: "account.password_changed"},
		"password under an old key":  {Given: with(password(one, uuid.Nil)), When: step(password(one, one)), Error: "account.password_changed"},
		"password without verifier":  {Given: with(), When: step(SetPassword{Password: Password{Key: one}}), Error: "account.no_verifier"},

		"grant":                                 {Given: with(), When: step(Grant{grant}), Then: []domain.Event{Granted{grant}}},
		"grant twice":                           {Given: with(Grant{grant}), When: step(Grant{grant}), Error: "account.bad_grant"},
		"grant again":                           {Given: with(Grant{grant}, Revoke{grant.ID}), When: step(Grant{grant}), Error: "account.bad_grant"},
		"grant to oneself":                      {Given: with(), When: domaintest.Step{On: 20240502, Do: Grant{grant}, By: domain.Actor{ID: "mai"}}, Error: "account.to_oneself"},
		"grant without id":                      {Given: with(), When: step(grantOf(func(g *right.Grant) { g.ID = "1" })), Error: "account.bad_grant"},
		"grant of no role":                      {Given: with(), When: step(grantOf(func(g *right.Grant) { g.Role = "root" })), Error: "account.bad_grant"},
		"grant in no unit":                      {Given: with(), When: step(grantOf(func(g *right.Grant) { g.Unit = "99999" })), Error: "account.bad_grant"},
		"grant of days in reverse":              {Given: with(), When: step(grantOf(func(g *right.Grant) { g.From, g.Until = 20240502, 20240501 })), Error: "account.bad_grant"},
		"own approval for who approves nothing": {Given: with(), When: step(grantOf(func(g *right.Grant) { g.ApproveOwn = true })), Error: "account.bad_grant"},
		"revoke":                                {Given: with(Grant{grant}), When: step(Revoke{grant.ID}), Then: []domain.Event{Revoked{grant.ID}}},
		"revoke what is not there":              {Given: with(), When: step(Revoke{grant.ID}), Error: "account.no_grant"},
		"revoke of a closed one":                {Given: with(Grant{grant}, Close{}), When: step(Revoke{grant.ID}), Then: []domain.Event{Revoked{grant.ID}}},

		"token":                {Given: with(), When: step(IssueToken{token}), Then: []domain.Event{TokenIssued{token}}},
		"token twice":          {Given: with(IssueToken{token}), When: step(IssueToken{token}), Error: "account.bad_token"},
		"token for ever":       {Given: with(), When: step(tokenOf(func(k *Token) { k.Until = 20250601 })), Error: "account.bad_token"},
		"token that has ended": {Given: with(), When: step(tokenOf(func(k *Token) { k.Until = 20240501 })), Error: "account.bad_token"},
		"token in the clear":   {Given: with(), When: step(tokenOf(func(k *Token) { k.Hash = "secret" })), Error: "account.bad_token"},
		"token for nothing":    {Given: with(), When: step(tokenOf(func(k *Token) { k.Label = "" })), Error: "account.bad_token"},
		"token of no scope":    {Given: with(), When: step(tokenOf(func(k *Token) { k.Scope.Actions = []right.Action{"all"} })), Error: "account.bad_token"},
		"revoke token":         {Given: with(IssueToken{token}), When: step(RevokeToken{two}), Then: []domain.Event{TokenRevoked{two}}},
		"revoke token twice":   {Given: with(IssueToken{token}, RevokeToken{two}), When: step(RevokeToken{two}), Error: "account.no_token"},

		"link":                {Given: with(), When: step(Link{outside}), Then: []domain.Event{Linked{outside}}},
		"link twice":          {Given: with(Link{outside}), When: step(Link{outside}), Error: "account.linked_already"},
		"unlink":              {Given: with(Link{outside}), When: step(Unlink{outside}), Then: []domain.Event{Unlinked{outside}}},
		"unlink what is none": {Given: with(), When: step(Unlink{outside}), Error: "account.not_linked"},

		"close":                 {Given: with(), When: step(Close{}), Then: []domain.Event{Closed{}}},
		"close twice":           {Given: with(Close{}), When: step(Close{}), Error: "account.closed"},
		"grant to a closed one": {Given: with(Close{}), When: step(Grant{grant}), Error: "account.closed"},
		"reopen":                {Given: with(Close{}), When: step(Reopen{}), Then: []domain.Event{Reopened{}}},
		"reopen open":           {Given: with(), When: step(Reopen{}), Error: "account.not_closed"},
		"void a grant": {Given: with(Grant{grant}), Error: "amend.final",
			When: step(domain.Void{Type: "account", Version: 2, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})},
	} {
		s.Type = specType()
		t.Run(name, s.Run)
	}
}

func TestAnAccountHasTheIdOfItsName(t *testing.T) {
	t.Parallel()
	s := domaintest.Spec{Type: Type(), When: step(Open{"mai", domain.Hide("Nông Thị Lan")}), Error: "account.other_name"}
	s.Run(t)
	if ID("lan") == ID("minh") || ID("lan").Type != "account" {
		t.Error("two names, one account")
	}
}

func TestLogin(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]Login{
		"lan": "lan", " Lan ": "lan", "LAN.NT": "lan.nt", "canbo-1": "canbo-1", "a_b": "a_b",
		"": "", "l": "", "Lần": "", "lan nt": "", "1lan": "", ".lan": "", "lan.": "", "lan..nt": "", "lan\n": "lan", "lan\x00": "", "ｌａｎ": "", "lan/..": "",
		strings.Repeat("a", 41): "",
	} {
		if got, err := ParseLogin(typed); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v, want %q", typed, got, err, want)
		}
	}
}

func TestWhatEndsSessions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		e    domain.Event
		want int
	}{{PasswordSet{}, 1}, {Unlinked{}, 1}, {Closed{}, 1}, {Reopened{}, 1}, {Revoked{}, 0}, {TokenRevoked{}, 0}} {
		if got := evolve(State{Login: "lan"}, domain.Act{Event: c.e, Occurred: 20240502}).Epoch; got != c.want {
			t.Errorf("%s: epoch %d, want %d", c.e.EventType(), got, c.want)
		}
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire", Opened{ID("mai").ID, "mai", domain.Hide("Nông Thị Lan")},
		PasswordSet{Password{one, true}, two, secret}, Granted{right.Grant{ID: one.String(), Role: right.Approver, Unit: "188", CaseTypes: []string{"merit"}, ApproveOwn: true, From: 20240502, Until: 20241231}},
		Revoked{one.String()}, TokenIssued{Token{two, "bảng số liệu", hash, right.Scope{Actions: []right.Action{right.ReadFigures}, CaseTypes: []string{"merit"}, Unit: "188"}, 20240630}},
		TokenRevoked{two}, Linked{outside}, Unlinked{outside}, Closed{}, Reopened{})
}

// The forms mark the field that a refusal names.
func TestARefusedRightNamesItsField(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(*right.Grant){
		"":            func(*right.Grant) {},
		"id":          func(g *right.Grant) { g.ID = "1" },
		"role":        func(g *right.Grant) { g.Role = "root" },
		"unit":        func(g *right.Grant) { g.Unit = "99999" },
		"until":       func(g *right.Grant) { g.From, g.Until = 20240502, 20240501 },
		"approve_own": func(g *right.Grant) { g.ApproveOwn, g.Role = true, right.Auditor },
	} {
		g := grant
		change(&g)
		if got := wrongOfGrant(State{}, g); got != field {
			t.Errorf("%+v: the field %q, want %q", g, got, field)
		}
		if e := badGrant[field].Refuse(); field != "" && (e.Field != field || e.Code != "account.bad_grant" || e.Msg == "" || e.En == "") {
			t.Errorf("%s: %+v", field, e)
		}
	}
	for field, change := range map[string]func(*Token){
		"":       func(*Token) {},
		"id":     func(k *Token) { k.Hash = "secret" },
		"label":  func(k *Token) { k.Label = "" },
		"action": func(k *Token) { k.Scope.Actions = []right.Action{"all"} },
		"unit":   func(k *Token) { k.Scope.Unit = "99999" },
		"until":  func(k *Token) { k.Until = 20250601 },
	} {
		k := token
		change(&k)
		if got := wrongOfToken(State{}, k, 20240503); got != field {
			t.Errorf("%+v: the field %q, want %q", k, got, field)
		}
		if e := badToken[field].Refuse(); field != "" && (e.Field != field || e.Code != "account.bad_token") {
			t.Errorf("%s: %+v", field, e)
		}
	}
}
