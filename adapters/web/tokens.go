package web

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/access"
)

// entrances are the ways into an account beside its password, with the forms that change them.
type entrances struct {
	At      string // the address below which the forms are sent
	Tokens  []account.Token
	Linked  []account.Identity
	May     bool   // the caller may issue and revoke tokens
	Links   bool   // the caller may link and unlink identities
	Outside string // the office's own provider; empty: there is none
	Closed  bool
	Types   []domain.CaseType
	Units   []unit
	Today   calendar.Date
	Refused refusal
}

// Actions lists what a token may be for.
func (entrances) Actions() []right.Action { return right.Actions() }

// Latest is the last day that a token may have.
func (e entrances) Latest() calendar.Date { return e.Today.AddDays(account.LongestToken) }

func (a *Ask) entrances(s account.State, at string, may, links bool) entrances {
	e := entrances{At: at, Tokens: s.Tokens, Linked: s.Linked, May: may && a.SignIn != nil, Links: links && a.SignIn != nil, Closed: s.Closed, Today: a.today(), Refused: a.Refused}
	if a.SignIn != nil {
		e.Outside = a.SignIn.Outside()
	}
	if e.May {
		e.Units = a.units()
		e.Types = slices.DeleteFunc(slices.Clone(a.Catalog.Types), func(t domain.CaseType) bool { return t.Name == access.CaseType })
	}
	return e
}

// ownAccount is the page of one's own account.
type ownAccount struct {
	account.State
	Name      string
	Grants    []right.Grant // in force today
	Entrances entrances
	Refused   refusal
}

func mine(a *Ask) (any, error) {
	one, err := a.Accounts.Find(a.Context(), account.Login(a.Who.Account))
	if err != nil {
		return nil, err
	}
	return ownAccount{one.State, one.Name, right.InForce(one.Grants, a.today()), a.entrances(one.State, "/tai-khoan", a.Who.Via != right.ViaToken, false), a.Refused}, nil
}

// newToken is a token that is shown this once.
type newToken struct {
	account.Token
	Login account.Login
	Text  string
	Back  string
}

// login is the account of the address; without one, the caller's own.
func (a *Ask) login() (account.Login, error) {
	if named := a.PathValue("login"); named != "" {
		return account.ParseLogin(named)
	}
	return account.ParseLogin(a.Who.Account)
}

// backTo is the page of the account whose form was sent.
func (a *Ask) backTo(login account.Login) string {
	if a.PathValue("login") == "" {
		return "/tai-khoan"
	}
	return "/quan-tri/tai-khoan/" + string(login)
}

// issueToken answers with the token instead of leading on: it must stand nowhere else.
func issueToken(a *Ask) (any, error) {
	login, err := a.login()
	if err != nil {
		return nil, err
	}
	shown, err := a.issueToken(login)
	return shown, a.sendBack(a.backTo(login), "token", err)
}

func (a *Ask) issueToken(login account.Login) (any, error) {
	if a.SignIn == nil {
		return nil, noSignIn
	}
	label := strings.TrimSpace(a.PostFormValue("label"))
	if label == "" || len(label) > longestField {
		return nil, domain.Malformed("data.missing", "label", "cần ghi mã truy cập dùng để làm gì")
	}
	scope := right.Scope{Unit: area.Code(a.PostFormValue("unit"))}
	var err error
	if scope.CaseTypes, err = a.chosenTypes(); err != nil {
		return nil, err
	}
	for _, name := range a.PostForm["action"] {
		action := right.Action(name)
		if !action.Known() || slices.Contains(scope.Actions, action) {
			return nil, domain.Malformed("data.not_allowed", "action", "không có việc này; hãy chọn trong danh sách")
		}
		scope.Actions = append(scope.Actions, action)
	}
	until, err := a.day("until")
	if err != nil {
		return nil, err
	}
	text, token, err := a.SignIn.IssueToken(a.Context(), login, label, scope, until)
	if err != nil {
		return nil, err
	}
	return newToken{token, login, text, a.backTo(login)}, a.untilShown()
}

func revokeToken(a *Ask) (string, error) {
	return a.administer("", func(l account.Login) error {
		id, err := uuid.Parse(a.PostFormValue("token"))
		if err != nil {
			return domain.Malformed("data.ill_typed", "token", "không phải mã của một mã truy cập")
		}
		return a.Accounts.RevokeToken(a.Context(), l, id)
	})
}

func linkIdentity(a *Ask) (string, error) {
	return a.administer("identity", func(l account.Login) error {
		if a.SignIn == nil {
			return noSignIn
		}
		subject := strings.TrimSpace(a.PostFormValue("subject"))
		if subject == "" || len(subject) > longestField {
			return domain.Malformed("data.missing", "subject", "cần tên của người đó ở máy chủ đăng nhập (sub)")
		}
		i, err := a.SignIn.Identity(subject)
		if err != nil {
			return err
		}
		return a.Accounts.Link(a.Context(), l, i)
	})
}

func unlinkIdentity(a *Ask) (string, error) {
	return a.administer("", func(l account.Login) error {
		id, err := uuid.Parse(a.PostFormValue("subject"))
		if err != nil {
			return domain.Malformed("data.ill_typed", "subject", "không phải một danh tính đã gắn")
		}
		return a.Accounts.Unlink(a.Context(), l, account.Identity{Issuer: a.PostFormValue("issuer"), Subject: id})
	})
}
