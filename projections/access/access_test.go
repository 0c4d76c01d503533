package access_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/access"
	"hoso/projections/cases"
	"hoso/projections/history"
)

type office struct {
	*access.Accounts
	*access.Reader
	log     domain.EventLog
	handler *domain.Handler
	codec   *domain.Codec
	keys    domain.Keys
	runner  *projections.Runner
	now     atomic.Pointer[time.Time]
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{log: memlog.New(), keys: domaintest.Keys()}
	o.on(2024, 4, 1)
	catalog := domain.NewCatalog(account.Type())
	o.codec = catalog.Codec(o.keys)
	o.handler = domain.NewHandler(catalog, o.log, o.keys, func() time.Time { return *o.now.Load() })
	view := cases.NewView(access.CaseType)
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(view))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if o.runner, err = projections.New(t.Context(), o.log, o.codec, f, view); err != nil {
		t.Fatal(err)
	}
	o.Accounts = access.NewAccounts(o.handler, o.codec, func() time.Time { return *o.now.Load() })
	h := history.NewReader(o.handler, f.DB())
	o.Reader = access.NewReader(h, cases.NewReader(h, f.DB()))
	return o
}

func (o *office) on(year int, month time.Month, day int) {
	at := time.Date(year, month, day, 2, 0, 0, 0, time.UTC)
	o.now.Store(&at)
}

// console opens accounts for those who are named.
func (o *office) console(t *testing.T, logins ...account.Login) context.Context {
	t.Helper()
	ctx := access.Console(t.Context())
	for _, l := range logins {
		must(t, o.Open(ctx, account.Open{Login: l, Name: domain.Hide("Nông Thị Mai")}))
	}
	return ctx
}

// as is what an account asks with.
func (o *office) as(t *testing.T, login account.Login) context.Context {
	t.Helper()
	return right.WithLive(t.Context(), func() (right.Caller, bool) {
		one, err := o.Find(context.Background(), login)
		if err != nil {
			return right.Caller{}, false
		}
		return o.Caller(one)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, what, code string, err error) {
	t.Helper()
	if err == nil || domain.CodeOf(err) != code {
		t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func (o *office) caughtUp(t *testing.T) domain.Ordinal {
	t.Helper()
	head, err := o.log.Head(t.Context())
	must(t, err)
	must(t, o.runner.CatchUp(t.Context(), head))
	return o.runner.Position()
}

func TestWhoCouldDoWhatOnAnyDate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := o.console(t, "mai", "lan")
	act := access.Query{Action: right.Act, Target: right.Target{CaseType: "merit", Unit: "06550"}}
	ask := func(asOf domain.Ordinal, on calendar.Date, names ...string) {
		t.Helper()
		q := act
		q.AsOf, q.On = asOf, on
		if got := holders(t, o, q); !slices.Equal(got, names) {
			t.Errorf("as known at %d on %s: %q, want %q", asOf, on, got, names)
		}
	}
	opened := o.caughtUp(t)
	mai, err := o.Grant(ctx, "mai", right.Grant{Role: right.Caseworker, Unit: "188"})
	must(t, err)
	_, err = o.Grant(ctx, "lan", right.Grant{Role: right.Caseworker, Unit: "20", From: 20240415, Until: 20240430})
	must(t, err)
	granted := o.caughtUp(t)
	o.on(2024, 5, 2)
	must(t, o.Revoke(ctx, "mai", mai))
	revoked := o.caughtUp(t)
	must(t, o.Close(ctx, "lan"))
	closed := o.caughtUp(t)

	ask(opened, 20240420)
	ask(granted, 20240414, "mai")
	ask(granted, 20240415, "lan", "mai")
	ask(granted, 20240501, "mai")
	ask(revoked, 20240420, "lan")
	ask(revoked, 20240502)
	ask(closed, 20240420)
	ask(0, 20240420)
	act.Target.Unit = "05977" // a commune of another district
	ask(granted, 20240420, "lan")
	act.Target = right.Target{CaseType: "rehab", Unit: "06550"}
	ask(granted, 20240420)

	act.Target = right.Target{CaseType: "merit"} // everywhere
	ask(granted, 20240420)
	act.Any = true // anywhere
	ask(granted, 20240420, "lan", "mai")
	ask(granted, 20240414, "mai")
	act.Action, act.Target = "", right.Target{Unit: "05977"}
	ask(granted, 20240420, "lan")
	act.Action = right.Approve
	ask(granted, 20240420)
}

func TestAdministratorsReachAsFarAsTheirUnits(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := o.console(t, "tinh", "huyen", "mai", "lan")
	grant := func(ctx context.Context, to account.Login, g right.Grant) error {
		_, err := o.Grant(ctx, to, g)
		return err
	}
	must(t, grant(ctx, "tinh", right.Grant{Role: right.Administrator}))
	must(t, grant(ctx, "huyen", right.Grant{Role: right.Administrator, Unit: "188"}))
	must(t, grant(o.as(t, "huyen"), "mai", right.Grant{Role: right.Caseworker, Unit: "06550"}))
	must(t, o.ResetPassword(o.as(t, "huyen"), "mai", "x"))
	must(t, o.Open(o.as(t, "huyen"), account.Open{Login: "moi", Name: domain.Hide("Người mới")}))

	want(t, "a right elsewhere", right.CodeMissing, grant(o.as(t, "huyen"), "mai", right.Grant{Role: right.Caseworker, Unit: "181"}))
	want(t, "a right everywhere", right.CodeMissing, grant(o.as(t, "huyen"), "mai", right.Grant{Role: right.Caseworker}))
	want(t, "the administrator above", right.CodeMissing, o.ResetPassword(o.as(t, "huyen"), "tinh", "x"))
	want(t, "closing the one above", right.CodeMissing, o.Close(o.as(t, "huyen"), "tinh"))
	want(t, "to oneself", "account.to_oneself", grant(o.as(t, "tinh"), "tinh", right.Grant{Role: right.Auditor}))
	want(t, "by a caseworker", right.CodeMissing, grant(o.as(t, "mai"), "lan", right.Grant{Role: right.Caseworker, Unit: "06550"}))
	want(t, "by a caseworker, an account", right.CodeMissing, o.Open(o.as(t, "mai"), account.Open{Login: "gia", Name: domain.Hide("Giả")}))
	want(t, "by nobody", "right.nobody", o.Close(t.Context(), "mai"))
	want(t, "of nobody", "account.missing", o.Close(ctx, "khong"))
	must(t, grant(o.as(t, "tinh"), "mai", right.Grant{Role: right.Auditor}))
	want(t, "of whom has rights above now", right.CodeMissing, o.ResetPassword(o.as(t, "huyen"), "mai", "x"))
}

func TestOneTokenMakesNoOthers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.console(t, "mai")
	token := account.Token{ID: uuid.New(), Label: "thử", Hash: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", Until: 20240430}
	via := func(v right.Via) context.Context {
		return right.With(t.Context(), right.Caller{Account: "mai", Via: v})
	}
	want(t, "with a token", "account.by_token", o.IssueToken(via(right.ViaToken), "mai", token))
	must(t, o.IssueToken(via(right.ViaPassword), "mai", token))
	want(t, "for another one", right.CodeMissing, o.IssueToken(right.With(t.Context(), right.Caller{Account: "lan"}), "mai", token))
	must(t, o.RevokeToken(via(right.ViaPassword), "mai", token.ID))
}

// What a token makes reaches no further than the token does, whoever it is for.
func TestATokenMakesNothingBeyondItsScope(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := o.console(t, "tinh", "moi", "mai", "than")
	_, err := o.Grant(ctx, "tinh", right.Grant{Role: right.Administrator})
	must(t, err)
	_, err = o.Grant(ctx, "mai", right.Grant{Role: right.Caseworker, Unit: "06550"})
	must(t, err)
	_, err = o.Grant(ctx, "than", right.Grant{Role: right.Administrator, Unit: "181"})
	must(t, err)
	by := func(s right.Scope) context.Context {
		return right.With(t.Context(), right.Caller{Account: "tinh", Via: right.ViaToken, Scope: s, Grants: []right.Grant{{Role: right.Administrator}}})
	}
	administers := right.Scope{Actions: []right.Action{right.Administer}}
	inDistrict := right.Scope{Unit: "188"}
	issue := func(ctx context.Context, to account.Login, s right.Scope) error {
		return o.IssueToken(ctx, to, account.Token{ID: uuid.New(), Label: "thử", Hash: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", Scope: s, Until: 20240430})
	}
	grant := func(ctx context.Context, to account.Login, g right.Grant) error {
		_, err := o.Grant(ctx, to, g)
		return err
	}
	const beyond = "account.beyond_token"
	want(t, "a token without a scope", beyond, issue(by(administers), "mai", right.Scope{}))
	want(t, "a token that acts", beyond, issue(by(administers), "mai", right.Scope{Actions: []right.Action{right.Act, right.Administer}}))
	want(t, "a token of everywhere", beyond, issue(by(inDistrict), "mai", right.Scope{}))
	want(t, "a password of who acts", beyond, o.ResetPassword(by(administers), "mai", "x"))
	want(t, "a log-in of who acts", beyond, o.Link(by(administers), "mai", account.Identity{Issuer: "https://idp.example", Subject: uuid.New()}))
	want(t, "a right to act", beyond, grant(by(administers), "moi", right.Grant{Role: right.Caseworker, Unit: "06550"}))
	want(t, "a right elsewhere", right.CodeBeyondScope, grant(by(inDistrict), "moi", right.Grant{Role: right.Caseworker, Unit: "181"}))
	want(t, "an account elsewhere", right.CodeBeyondScope, o.ResetPassword(by(inDistrict), "than", "x"))
	must(t, o.Close(by(administers), "mai")) // which makes nothing
	want(t, "an account that acts", beyond, o.Reopen(by(administers), "mai"))
	must(t, o.Reopen(ctx, "mai"))

	must(t, issue(by(administers), "mai", administers))
	must(t, issue(by(inDistrict), "mai", right.Scope{Unit: "06550"}))
	must(t, issue(by(right.Scope{}), "mai", right.Scope{}))
	must(t, o.ResetPassword(by(administers), "than", "x"))
	must(t, o.ResetPassword(by(inDistrict), "mai", "x"))
	must(t, grant(by(administers), "moi", right.Grant{Role: right.Administrator, Unit: "188"}))
	must(t, o.Open(by(administers), account.Open{Login: "sau", Name: domain.Hide("Người sau")}))
}

// Whoever administers nothing learns from no refusal whether there is an account, nor where it has rights.
func TestRefusalsSayNothingOfAccounts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := o.console(t, "mai", "lan")
	_, err := o.Grant(ctx, "mai", right.Grant{Role: right.Caseworker, Unit: "06550"})
	must(t, err)
	there, none := o.Close(o.as(t, "lan"), "mai"), o.Close(o.as(t, "lan"), "khong")
	if domain.CodeOf(there) != right.CodeMissing || there.Error() != none.Error() {
		t.Errorf("%v, and where there is none %v", there, none)
	}
}

// What a password was made into is gone for good with the next one, also for who has the whole log and all keys.
func TestAnOldPasswordIsGone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := o.console(t, "mai")
	must(t, o.ResetPassword(ctx, "mai", "first"))
	first, err := o.Find(ctx, "mai")
	must(t, err)
	if v, err := o.Verifier(ctx, first); v != "first" || err != nil || !first.Password.Temporary || first.Name != "Nông Thị Mai" {
		t.Fatalf("%q %v %+v", v, err, first)
	}
	must(t, o.ChangePassword(ctx, first, "second"))
	want(t, "the old one", domain.ErrErased.Code, func() error { _, err := o.Verifier(ctx, first); return err }())
	second, err := o.Find(ctx, "mai")
	must(t, err)
	if v, err := o.Verifier(ctx, second); v != "second" || err != nil || second.Password.Temporary || second.Epoch <= first.Epoch {
		t.Errorf("%q %v %+v", v, err, second)
	}
	want(t, "a change from an old one", "account.password_changed", o.ChangePassword(ctx, first, "third"))
}

// A revocation that was acknowledged before something began is honoured, however many ask at the same time.
func TestRevocationAgainstUse(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := o.console(t, "mai")
	to := right.Target{CaseType: "merit", Unit: "06550"}
	for range 30 {
		id, err := o.Grant(ctx, "mai", right.Grant{Role: right.Caseworker, Unit: "188"})
		must(t, err)
		var revoked atomic.Bool
		var users sync.WaitGroup
		allowed := atomic.Int64{}
		begun := make(chan struct{}, 1000)
		for range 8 {
			users.Go(func() {
				for {
					late := revoked.Load() // read before the use begins
					who, ok := right.Of(o.as(t, "mai"))
					may := ok && who.May(right.Act, to) == nil
					if late && may {
						t.Error("a right counted after its revocation was acknowledged")
					}
					if late {
						return
					}
					if may {
						allowed.Add(1)
						select {
						case begun <- struct{}{}:
						default:
						}
					}
				}
			})
		}
		<-begun
		must(t, o.Revoke(ctx, "mai", id))
		revoked.Store(true)
		users.Wait()
		if allowed.Load() == 0 {
			t.Fatal("nobody was ever allowed: nothing was tested")
		}
	}
}

// Another process knows within a second, without views.
func TestAnotherProcessNotices(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := o.console(t, "mai")
	other := access.NewAccounts(o.handler, o.codec, func() time.Time { return *o.now.Load() })
	one, err := other.Find(ctx, "mai")
	must(t, err)
	if _, ok := other.Caller(one); !ok {
		t.Fatal("not there")
	}
	must(t, o.Close(ctx, "mai"))
	for began := time.Now(); ; {
		one, err := other.Find(ctx, "mai")
		must(t, err)
		if _, ok := other.Caller(one); !ok {
			return
		}
		if time.Since(began) > 2*time.Second {
			t.Fatal("a closed account still counts elsewhere after two seconds")
		}
	}
}

func holders(t *testing.T, o *office, q access.Query) (names []string) {
	t.Helper()
	all, err := o.Who(t.Context(), q)
	must(t, err)
	for _, h := range all {
		names = append(names, string(h.Login))
	}
	slices.Sort(names)
	return names
}
