package signin

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/projections/access"
)

// Options say how people sign in.
type Options struct {
	Accounts *access.Accounts
	Dir      string // of the file of sessions
	Secure   bool   // pages are served under TLS alone: cookies are __Host- cookies
	Clock    domain.Clock
	Log      *slog.Logger
	// Idle ends a session that nobody uses, Lifetime every one. Zero: 30 minutes, 12 hours.
	Idle, Lifetime time.Duration
	Cost           Cost // of a password; zero: as RFC 9106 recommends
	// Provider is the office's own provider; nil: there is none.
	Provider *Provider
	// Directory looks at all accounts; an error where nothing can be read yet.
	Directory func() (Directory, error)
	// Dress shows a page; nil: a plain one of this package.
	Dress func(http.ResponseWriter, *http.Request, Page)
}

// SignIn finds out who asks. Its methods may be called at once from many goroutines.
type SignIn struct {
	Options
	file     *file
	sessions *scs.SessionManager
	hasher   *hasher
	flights  *flights
	ended    sync.Map // ids of sessions that have ended while requests of them may be under way: string -> time.Time
}

// Open opens the file of sessions, and makes it where it is not there.
func Open(ctx context.Context, o Options) (*SignIn, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Idle == 0 {
		o.Idle = 30 * time.Minute
	}
	if o.Lifetime == 0 {
		o.Lifetime = 12 * time.Hour
	}
	f, err := openFile(ctx, o.Dir, o.Clock)
	if err != nil {
		return nil, err
	}
	s := &SignIn{Options: o, file: f, hasher: newHasher(o.Cost), flights: newFlights(o.Clock)}
	s.sessions = s.manager()
	if s.Dress == nil {
		s.Dress = plain
	}
	return s, nil
}

// Close closes the file.
func (s *SignIn) Close() error { return s.file.db.Close() }

// CookieName is the session's cookie; under TLS browsers take it from this host alone, for all of it and under TLS (RFC 6265bis).
func (s *SignIn) cookieName() string {
	if s.Secure {
		return "__Host-hoso"
	}
	return "hoso"
}

func (s *SignIn) manager() *scs.SessionManager {
	m := scs.New()
	m.Store, m.HashTokenInStore = s.file, true
	m.IdleTimeout, m.Lifetime = s.Idle, s.Lifetime
	m.Cookie = scs.SessionCookie{Name: s.cookieName(), Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.fail(w, r, err)
	}
	return m
}

// Bootstrap opens the first account, admin, where there is none, and returns its password, which has to be changed at once; ""
// where there is one with a password. It may be called again after it was broken off.
func (s *SignIn) Bootstrap(ctx context.Context) (password string, err error) {
	const admin = account.Login("admin")
	ctx = access.Console(ctx)
	one, err := s.Accounts.Find(ctx, admin)
	switch {
	case domain.CodeOf(err) == access.ErrNone.Code:
		if err := s.Accounts.Open(ctx, account.Open{Login: admin, Name: domain.Hide("Quản trị viên")}); err != nil {
			return "", err
		}
	case err != nil:
		return "", err
	case !one.Password.IsZero() || one.Closed:
		return "", nil
	}
	if len(one.Grants) == 0 {
		if _, err := s.Accounts.Grant(ctx, admin, administrator); err != nil {
			return "", err
		}
	}
	password = OneTime()
	return password, s.Accounts.ResetPassword(ctx, admin, s.hasher.make(password))
}

// NewPassword sets a password that has to be changed at the first log-in, for the administrator in the context, and returns it.
func (s *SignIn) NewPassword(ctx context.Context, login account.Login) (string, error) {
	password := OneTime()
	return password, s.Accounts.ResetPassword(ctx, login, s.hasher.make(password))
}

// Handler serves the pages and the JSON of signing in.
func (s *SignIn) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range map[string]http.HandlerFunc{
		"GET /dang-nhap":                     s.logInPage,
		"POST /dang-nhap":                    s.logInForm,
		"GET /dang-nhap/kieu.css":            style,
		"POST /dang-xuat":                    s.logOutForm,
		"GET /mat-khau":                      s.passwordPage,
		"POST /mat-khau":                     s.passwordForm,
		"POST /api/v1/session":               s.postSession,
		"GET /api/v1/session":                s.getSession,
		"DELETE /api/v1/session":             s.deleteSession,
		"PUT /api/v1/session/password":       s.putPassword,
		"POST /api/v1/session/tokens":        s.postToken,
		"DELETE /api/v1/session/tokens/{id}": s.deleteToken,
	} {
		mux.HandleFunc(pattern, h)
	}
	if s.Provider != nil {
		mux.HandleFunc("GET /dang-nhap/oidc", s.toProvider)
		mux.HandleFunc("GET "+callbackPath, s.fromProvider)
	}
	administration := s.Administration()
	mux.Handle("/api/v1/accounts", administration)
	mux.Handle("/api/v1/accounts/", administration)
	return s.Known(mux)
}

// Paths are what Handler serves, as patterns of http.ServeMux.
func (s *SignIn) Paths() []string {
	return []string{"/dang-nhap", "/dang-nhap/", "/dang-xuat", "/mat-khau", "/api/v1/session", "/api/v1/session/", "/api/v1/accounts", "/api/v1/accounts/"}
}

// sessionID reads an id from a session's data.
func sessionID(text string) uuid.UUID { id, _ := uuid.Parse(text); return id }
