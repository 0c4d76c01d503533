package access

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/right"
)

// ErrNobody says that a request comes from nobody who is known.
var ErrNobody = &domain.Error{Kind: domain.Unauthenticated, Code: "right.nobody",
	Msg: "cần đăng nhập, hoặc gửi kèm mã truy cập còn hiệu lực", En: "log in, or send a token that is in force"}

// Console is whoever holds the data directory: it opens the first account, and helps out where nobody can log in any more.
func Console(ctx context.Context) context.Context {
	return right.With(ctx, right.Caller{Account: "console", Name: "console", Via: right.ViaConsole,
		Grants: []right.Grant{{Role: right.Administrator}}})
}

// Open makes an account for the caller of the context, who has to be an administrator.
func (a *Accounts) Open(ctx context.Context, c account.Open) error {
	return a.administer(ctx, c.Login, nil, c)
}

// Grant gives an account a right, and returns its id. An administrator of some units gives rights in those alone.
func (a *Accounts) Grant(ctx context.Context, login account.Login, g right.Grant) (string, error) {
	g.ID = uuid.NewString()
	return g.ID, a.administer(ctx, login, []area.Code{g.Unit}, account.Grant{Grant: g})
}

// Revoke takes a right back: it counts for nothing that begins after this has returned.
func (a *Accounts) Revoke(ctx context.Context, login account.Login, grant string) error {
	return a.administer(ctx, login, nil, account.Revoke{Grant: grant})
}

// Close closes an account.
func (a *Accounts) Close(ctx context.Context, login account.Login) error {
	return a.administer(ctx, login, nil, account.Close{})
}

// Reopen opens it again.
func (a *Accounts) Reopen(ctx context.Context, login account.Login) error {
	return a.administer(ctx, login, nil, account.Reopen{})
}

// Link lets an outside identity log in as the account.
func (a *Accounts) Link(ctx context.Context, login account.Login, i account.Identity) error {
	return a.administer(ctx, login, nil, account.Link{Identity: i})
}

// Unlink ends that.
func (a *Accounts) Unlink(ctx context.Context, login account.Login, i account.Identity) error {
	return a.administer(ctx, login, nil, account.Unlink{Identity: i})
}

// ResetPassword sets a password that has to be changed at the first log-in.
func (a *Accounts) ResetPassword(ctx context.Context, login account.Login, verifier string) error {
	return a.setPassword(ctx, login, verifier, true, func(c domain.Command) error { return a.administer(ctx, login, nil, c) })
}

// ChangePassword sets the password of an account for itself. The caller of this has checked the one before; was is the
// account as it was then, so that of two changes at once only one goes through.
func (a *Accounts) ChangePassword(ctx context.Context, was Account, verifier string) error {
	own := domain.Actor{ID: string(was.Login)}
	c := account.SetPassword{Password: account.Password{Key: uuid.New()}, Replaces: was.Password.Key, Verifier: domain.Hide(verifier)}
	return a.give(ctx, was.Login, own, c)
}

func (a *Accounts) setPassword(ctx context.Context, login account.Login, verifier string, temporary bool, give func(domain.Command) error) error {
	one, err := a.Find(ctx, login)
	if err != nil {
		return err
	}
	return give(account.SetPassword{Password: account.Password{Key: uuid.New(), Temporary: temporary},
		Replaces: one.Password.Key, Verifier: domain.Hide(verifier)})
}

// IssueToken lets a program act for an account: the account's own, or one that the caller administers.
func (a *Accounts) IssueToken(ctx context.Context, login account.Login, t account.Token) error {
	return a.own(ctx, login, account.IssueToken{Token: t})
}

// RevokeToken ends that.
func (a *Accounts) RevokeToken(ctx context.Context, login account.Login, token uuid.UUID) error {
	return a.own(ctx, login, account.RevokeToken{Token: token})
}

// own gives a command that an account may give for itself, except through a token: one token makes no others.
func (a *Accounts) own(ctx context.Context, login account.Login, c domain.Command) error {
	who, ok := right.Of(ctx)
	if ok && who.Account == string(login) && who.Via != right.ViaToken {
		return a.give(ctx, login, domain.Actor{ID: who.Account}, c)
	}
	return a.administer(ctx, login, nil, c)
}

// Oversees tells why the caller may not look at the accounts and at how the service is: who administers or audits anything
// may. What it changes is asked for again where it is changed.
func Oversees(ctx context.Context) error {
	who, ok := right.Of(ctx)
	if !ok {
		return ErrNobody
	}
	if _, err := who.Where(right.Audit, ""); err == nil {
		return nil
	}
	_, err := who.Where(right.Administer, "")
	return err
}

// administer gives a command to an account for the caller, who has to administer the units that it is about, and all those
// in which the account has rights: otherwise who administers a commune could take over the account that administers the
// province. What a token makes reaches no further than the token.
func (a *Accounts) administer(ctx context.Context, login account.Login, about []area.Code, c domain.Command) error {
	who, ok := right.Of(ctx)
	if !ok {
		return ErrNobody
	}
	if who.Via == right.ViaToken && who.Account == string(login) {
		switch c.(type) { // a token that got into wrong hands would last for ever
		case account.IssueToken, account.SetPassword, account.Link:
			return forbidden(errByToken)
		}
	}
	somewhere, err := who.Where(right.Administer, "")
	if err != nil { // before anything else: the refusal says nothing of the account
		return err
	}
	one, err := a.Find(ctx, login)
	if err != nil && domain.CodeOf(err) != ErrNone.Code {
		return err
	}
	for _, g := range one.Grants {
		about = append(about, g.Unit)
	}
	if len(about) == 0 { // whoever administers anything may open an account, and what has no rights yet is anybody's
		about = somewhere[:1]
	}
	var by domain.Actor
	for _, unit := range about {
		if by, err = who.Actor(right.Administer, right.Target{Unit: unit}); err != nil {
			return err
		}
	}
	if who.Via == right.ViaToken && beyond(who.Scope, one, c) {
		return forbidden(errBeyondToken)
	}
	return a.give(ctx, login, by, c)
}

// beyond tells whether a command makes something that reaches further than a scope: another token, a right, or a way to log in
// as somebody who may do more.
func beyond(s right.Scope, one Account, c domain.Command) bool {
	switch c := c.(type) {
	case account.IssueToken:
		return !s.Holds(c.Token.Scope, area.InUse())
	case account.Grant:
		return !s.HoldsGrant(c.Grant, area.InUse())
	case account.SetPassword, account.Link, account.Reopen:
		return slices.ContainsFunc(one.Grants, func(g right.Grant) bool { return !s.HoldsGrant(g, area.InUse()) })
	}
	return false
}

func forbidden(r domain.Rule) error {
	refusal := r.Refuse()
	refusal.Kind = domain.Forbidden
	return refusal
}

var errBeyondToken = domain.Rule{Code: "account.beyond_token", Say: domain.Text{
	Vi: "khóa API có phạm vi hẹp không cấp được khóa, quyền hay cách đăng nhập vượt ra ngoài phạm vi của nó; hãy đăng nhập, hoặc dùng khóa có phạm vi rộng hơn",
	En: "a token of a narrow scope makes no token, right or log-in that reaches further than its scope; log in, or use a wider token"}}

var errByToken = domain.Rule{Code: "account.by_token", Say: domain.Text{
	Vi: "khóa API không tự cấp khóa khác, đổi mật khẩu hay gắn đăng nhập ngoài cho chính tài khoản của nó; hãy đăng nhập",
	En: "a token gives its own account no other token, password or outside log-in; log in for that"}}
