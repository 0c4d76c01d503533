package web

import (
	"context"
	"log/slog"
	"net/http"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/right"
	"hoso/projections/access"
	"hoso/projections/desk"
	"hoso/projections/report"
	"hoso/projections/seal"
)

// Options are what pages need from outside. What is nil is not offered.
type Options struct {
	// Desk is the one way to what was recorded: it looks at the rights of who asks, which the context says.
	Desk    *desk.Desk
	Catalog *domain.Catalog
	Specs   report.Specs
	Law     []law.Sheet // what the catalogue was read from
	Clock   domain.Clock
	// Changed returns the last position in the views, and a channel that is closed when there are more.
	Changed func() (domain.Ordinal, <-chan struct{})
	// Seals are those of the log; nil: nothing seals here. PublicKeys are those that seals and proofs are verified with, the oldest
	// first; nil: they are not shown. Verify reads all of the log and tells now and then how far it is, in places of the log.
	Seals      *seal.Reader
	PublicKeys func(context.Context) ([]string, error)
	Verify     func(ctx context.Context, progress func(at, to domain.Cursor)) (seal.Verdict, error)
	// Health tells how the views and the storage are.
	Health func(context.Context) Health
	// Accounts are administered for who is signed in, Directory lists them, and SignIn makes what they sign in with. WaitFor waits until
	// pages show what was done.
	Accounts  *access.Accounts
	Directory func() (*access.Reader, error)
	WaitFor   func(context.Context, domain.Cursor) error
	SignIn    SignIn
	// Import gives the lines of a file, and Rehearse tells what would become of them.
	Import, Rehearse Importing
	Tables           Tables
	Log              *slog.Logger
}

// SignIn makes what people and programs sign in with, for the caller of the context. Who may is decided by [access.Accounts].
type SignIn interface {
	// NewPassword sets a password that has to be changed at the first log-in.
	NewPassword(context.Context, account.Login) (string, error)
	// IssueToken makes a token; its text is shown once. Without a last day it counts for 90 days.
	IssueToken(ctx context.Context, of account.Login, label string, scope right.Scope, until calendar.Date) (text string, t account.Token, err error)
	// Identity returns somebody as the office's own provider knows him, by its name for him.
	Identity(subject string) (account.Identity, error)
	// Outside returns what people call that provider; empty: there is none.
	Outside() string
}

// Site is the pages. It is an http.Handler whose methods may be called at once from many goroutines.
type Site struct {
	Options
	assets       *assets
	drafts       *drafts
	uploads      *uploads
	looks        map[Lang]looks
	mux          *http.ServeMux
	verification check
	receiving    *desk.Places // files that are being sent
	jobs         *desk.Places // rehearsals and imports
	watchers     *desk.Places // open streams
	beside
}

// New makes the site. It panics where a template is wrong: the first start, or the first test, shows that.
func New(o Options) *Site {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Site{Options: o, assets: embeddedAssets(), drafts: newDrafts(o.Clock), uploads: newUploads(o.Clock), mux: http.NewServeMux(),
		receiving: desk.NewPlaces(16, 2), jobs: desk.NewPlaces(16, 2), watchers: desk.NewPlaces(2000, 64)}
	s.closed, s.cancel = context.WithCancel(context.Background())
	s.looks = map[Lang]looks{Vi: s.parse(Vi), En: s.parse(En)}
	for _, p := range pages() {
		s.mux.Handle("GET "+p.path, s.serve(p))
	}
	for _, p := range looked() {
		s.mux.Handle("POST "+p.path, s.serve(p))
	}
	for _, a := range acts() {
		s.mux.Handle("POST "+a.path, s.take(a))
	}
	s.mux.HandleFunc("POST /nhap-du-lieu", s.receive)
	s.mux.HandleFunc("POST /ho-so/{case}/tai-lieu", s.attach)
	s.mux.HandleFunc("GET /truc-tiep", s.live)
	s.mux.Handle("GET /assets/", s.assets)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, s.ask(w, r), &domain.Error{Kind: domain.NotFound, Code: "web.no_such_page",
			Msg: "không có trang này; hãy đi tiếp từ thanh điều hướng", En: "there is no such page; go on from the navigation"})
	})
	return s
}

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { guard(s.mux).ServeHTTP(w, r) }

// serve answers with a page.
func (s *Site) serve(p page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a := s.ask(w, r)
		a.page = p
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := a.may(p.action); err != nil {
			if at := a.first(); p.path == "/{$}" && at != "" {
				http.Redirect(w, r, at, http.StatusSeeOther)
				return
			}
			s.fail(w, a, err)
			return
		}
		data, err := p.load(a)
		if err != nil {
			s.fail(w, a, a.askedAgain(err))
			return
		}
		if f, ok := data.(served); ok {
			f.serve(w)
			return
		}
		status := http.StatusOK
		if a.Refused.Why != nil {
			status = a.Refused.Why.Kind.Status()
		}
		s.render(w, a, status, p.name, data)
	}
}

// maxForm is how much a form may hold; files have limits of their own.
const maxForm = 1 << 20

// take does what a form asks for, and leads to the next page (RFC 9110, 15.4.4): a page loaded again sends nothing again.
func (s *Site) take(f act) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		a := s.ask(w, r)
		if err := a.may(f.action); err != nil {
			s.fail(w, a, err)
			return
		}
		next, err := f.do(a)
		if err != nil {
			s.fail(w, a, err)
			return
		}
		http.Redirect(w, r, next, http.StatusSeeOther)
	}
}
