package signin

import (
	"cmp"
	"context"
	"net/http"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/access"
)

// Directory looks at all accounts, now and as they were.
type Directory struct {
	*access.Reader
	// AsOf reads what somebody wrote for "as known at".
	AsOf func(context.Context, string) (domain.Ordinal, error)
}

// Administration serves the accounts to whom the request's context says: administrators change them, auditors look.
func (s *SignIn) Administration() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(*http.Request, account.Login, *order) (any, error){
		"POST /api/v1/accounts/{login}/grants":        s.grant,
		"DELETE /api/v1/accounts/{login}/grants/{id}": s.revoke,
		"POST /api/v1/accounts/{login}/password":      s.resetPassword,
		"POST /api/v1/accounts/{login}/close":         s.close,
		"POST /api/v1/accounts/{login}/reopen":        s.reopen,
		"POST /api/v1/accounts/{login}/tokens":        s.issueFor,
		"DELETE /api/v1/accounts/{login}/tokens/{id}": s.revokeToken,
		"POST /api/v1/accounts/{login}/link":          s.link,
		"POST /api/v1/accounts/{login}/unlink":        s.unlink,
	} {
		mux.HandleFunc(pattern, s.ordered(h))
	}
	mux.HandleFunc("GET /api/v1/accounts", s.list)
	mux.HandleFunc("GET /api/v1/accounts/who", s.who)
	mux.HandleFunc("POST /api/v1/accounts", s.open)
	return mux
}

// order is what an administrator sends: each address reads of it what it needs.
type order struct {
	Role       right.Role    `json:"role"`
	Unit       area.Code     `json:"unit"`
	CaseTypes  []string      `json:"case_types"`
	ApproveOwn bool          `json:"approve_own"`
	From       calendar.Date `json:"from"`
	Until      calendar.Date `json:"until"`
	Label      string        `json:"label"`
	Scope      right.Scope   `json:"scope"`
	Subject    string        `json:"subject"` // the provider's name for somebody
}

// ordered reads an order about an account, and answers with what comes of it.
func (s *SignIn) ordered(do func(*http.Request, account.Login, *order) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		login, err := account.ParseLogin(r.PathValue("login"))
		var o order
		if err == nil && r.ContentLength != 0 {
			err = read(w, r, &o)
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		switch out, err := do(r, login, &o); {
		case err != nil:
			s.fail(w, r, err)
		case out == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			answer(w, http.StatusCreated, out)
		}
	}
}

// made is the answer about something new.
type made struct {
	Login    account.Login `json:"login,omitempty"`
	ID       string        `json:"id,omitempty"`
	Password string        `json:"password,omitempty"` // to be changed at the first log-in; shown this once
	Token    string        `json:"token,omitempty"`    // shown this once
	Until    calendar.Date `json:"until,omitzero"`
}

func (s *SignIn) open(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Login account.Login `json:"login"`
		Name  string        `json:"name"`
	}
	err := read(w, r, &in)
	if err == nil && (in.Login == "" || in.Name == "") {
		err = errMalformed
	}
	if err == nil {
		err = s.Accounts.Open(r.Context(), account.Open{Login: in.Login, Name: domain.Hide(in.Name)})
	}
	var password string
	if err == nil {
		password, err = s.NewPassword(r.Context(), in.Login)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	answer(w, http.StatusCreated, made{Login: in.Login, Password: password})
}

func (s *SignIn) grant(r *http.Request, login account.Login, o *order) (any, error) {
	id, err := s.Accounts.Grant(r.Context(), login, right.Grant{Role: o.Role, Unit: o.Unit, CaseTypes: o.CaseTypes, ApproveOwn: o.ApproveOwn, From: o.From, Until: o.Until})
	return made{Login: login, ID: id}, err
}

func (s *SignIn) revoke(r *http.Request, login account.Login, _ *order) (any, error) {
	return nil, s.Accounts.Revoke(r.Context(), login, r.PathValue("id"))
}

func (s *SignIn) resetPassword(r *http.Request, login account.Login, _ *order) (any, error) {
	password, err := s.NewPassword(r.Context(), login)
	return made{Login: login, Password: password}, err
}

func (s *SignIn) close(r *http.Request, login account.Login, _ *order) (any, error) {
	return nil, s.Accounts.Close(r.Context(), login)
}

func (s *SignIn) reopen(r *http.Request, login account.Login, _ *order) (any, error) {
	return nil, s.Accounts.Reopen(r.Context(), login)
}

func (s *SignIn) issueFor(r *http.Request, login account.Login, o *order) (any, error) {
	text, t, err := s.IssueToken(r.Context(), login, o.Label, o.Scope, o.Until)
	return made{login, t.ID.String(), "", text, t.Until}, err
}

func (s *SignIn) revokeToken(r *http.Request, login account.Login, _ *order) (any, error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return nil, errMalformed
	}
	return nil, s.Accounts.RevokeToken(r.Context(), login, id)
}

var errNoProvider = &domain.Error{Kind: domain.Invalid, Code: "signin.no_provider",
	Msg: "chương trình chưa được nối với máy chủ đăng nhập nào (--oidc-issuer)", En: "the program has no provider of identities (--oidc-issuer)"}

// Identity returns somebody as the office's own provider knows him, by its name for him (sub). The error is of a program without a
// provider, or of no name.
func (s *SignIn) Identity(subject string) (account.Identity, error) {
	if s.Provider == nil || subject == "" {
		return account.Identity{}, errNoProvider
	}
	return s.Provider.Identity(subject), nil
}

// Outside returns what people call the office's own provider; empty: there is none.
func (s *SignIn) Outside() string {
	if s.Provider == nil {
		return ""
	}
	return cmp.Or(s.Provider.Name, s.Provider.Issuer)
}

func (s *SignIn) link(r *http.Request, login account.Login, o *order) (any, error) {
	i, err := s.Identity(o.Subject)
	if err != nil {
		return nil, err
	}
	return nil, s.Accounts.Link(r.Context(), login, i)
}

func (s *SignIn) unlink(r *http.Request, login account.Login, o *order) (any, error) {
	i, err := s.Identity(o.Subject)
	if err != nil {
		return nil, err
	}
	return nil, s.Accounts.Unlink(r.Context(), login, i)
}

// look lets who administers or audits anything look at the accounts, and reads as_of and on.
func (s *SignIn) look(r *http.Request) (d Directory, asOf domain.Ordinal, on calendar.Date, err error) {
	if err := access.Oversees(r.Context()); err != nil {
		return d, 0, 0, err
	}
	if d, err = s.Directory(); err != nil {
		return d, 0, 0, err
	}
	if asOf, err = d.AsOf(r.Context(), r.URL.Query().Get("as_of")); err != nil {
		return d, 0, 0, err
	}
	on = s.Accounts.Today()
	if text := r.URL.Query().Get("on"); text != "" {
		if on, err = calendar.ParseDate(text); err != nil {
			err = domain.Malformed("history.not_a_date", "on", "không phải ngày có thật dạng YYYY-MM-DD")
		}
	}
	return d, asOf, on, err
}

// Listed is an account as administrators and auditors see it.
type Listed struct {
	Login     account.Login   `json:"login"`
	Name      string          `json:"name"`
	Closed    bool            `json:"closed"`
	Temporary bool            `json:"temporary_password"`
	Linked    int             `json:"linked"`
	Grants    []right.Grant   `json:"grants"` // in force on the day of the question
	Tokens    []account.Token `json:"tokens"`
}

func (s *SignIn) list(w http.ResponseWriter, r *http.Request) {
	d, asOf, on, err := s.look(r)
	all := []Listed{}
	var states []account.State
	if err == nil {
		states, err = d.List(r.Context(), asOf)
	}
	for _, a := range states {
		l := Listed{a.Login, "", a.Closed, a.Password.Temporary, len(a.Linked), orNone(right.InForce(a.Grants, on)), []account.Token{}}
		if one, err := s.Accounts.Find(r.Context(), a.Login); err == nil {
			l.Name = one.Name
		}
		for _, t := range a.Tokens {
			t.Hash = ""
			l.Tokens = append(l.Tokens, t)
		}
		all = append(all, l)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	answer(w, http.StatusOK, struct {
		On       calendar.Date  `json:"on"`
		Position domain.Ordinal `json:"as_of,omitempty"`
		Accounts []Listed       `json:"accounts"`
	}{on, asOf, all})
}

func (s *SignIn) who(w http.ResponseWriter, r *http.Request) {
	d, asOf, on, err := s.look(r)
	q := r.URL.Query()
	ask := access.Query{Action: right.Action(q.Get("action")), Target: right.Target{CaseType: q.Get("type"), Unit: area.Code(q.Get("unit"))}, AsOf: asOf, On: on}
	if err == nil && !ask.Action.Known() {
		err = errMalformed
	}
	var holders []access.Holder
	if err == nil {
		holders, err = d.Who(r.Context(), ask)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if holders == nil {
		holders = []access.Holder{}
	}
	answer(w, http.StatusOK, struct {
		On       calendar.Date   `json:"on"`
		Position domain.Ordinal  `json:"as_of,omitempty"`
		Holders  []access.Holder `json:"holders"`
	}{on, asOf, holders})
}
