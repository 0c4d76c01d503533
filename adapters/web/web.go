package web

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"net/http"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/intake"
	"hoso/domain/law"
	"hoso/projections/access"
	"hoso/projections/desk"
	"hoso/projections/figures"
	"hoso/projections/history"
	"hoso/projections/periods"
	"hoso/projections/register"
	"hoso/projections/report"
	"hoso/projections/seal"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// Views answer what pages ask about what was recorded.
type Views struct {
	DB       *sql.DB
	At       func() domain.Ordinal // answers say what the log said up to here
	Figures  *figures.Reader
	History  *history.Reader
	Register *register.Reader
	Periods  *periods.Reader
	Seals    *seal.Reader
	Work     *worklist.Reader
	Search   *search.Reader
	Access   *access.Reader
}

// Options are what pages need from outside. What is nil is not offered.
type Options struct {
	Catalog *domain.Catalog
	Specs   report.Specs
	Law     []law.Sheet // what the catalogue was read from
	Clock   domain.Clock
	// Who is signed in: nobody, or whose session the request bears.
	Who func(context.Context) (Caller, bool)
	// Reading returns the views that answer now.
	Reading func() (Views, error)
	// Changed returns the last position in the views, and a channel that is closed when there are more.
	Changed func() (domain.Ordinal, <-chan struct{})
	// Names, Handler and WaitFor do what people ask for and wait until pages show it; Against says why the views are not to be
	// believed, nil for no reason.
	Names   intake.Names
	Handler *domain.Handler
	WaitFor func(context.Context, domain.Cursor) error
	Against func(context.Context) error
	// Write writes a report as a file: docx, xlsx or pdf.
	Write func(format string, w io.Writer, r report.Report, behind report.Behind) error
	// Ledger is the log, for proofs. Verify reads all of it and tells now and then how far it is, in places of the log.
	Ledger domain.EventLog
	Verify func(ctx context.Context, progress func(at, to domain.Cursor)) (seal.Verdict, error)
	// Readings finds who saw whose personal data; it looks at the rights of who asks.
	Readings func(context.Context, desk.AccessSearch) (desk.AccessPage, error)
	// Readable bounds lists of cases to those that the caller may read, and Search finds only such people and cases.
	Readable func(context.Context) []worklist.Scope
	Search   func(ctx context.Context, text string, limit int) (search.Result, error)
	// Person shows a person in full, once the reading is recorded; it looks at the rights of who asks.
	Person func(context.Context, desk.Look) (desk.Person, error)
	// Documents keeps what is attached to cases; nil: nothing is.
	Documents Documents
	// Unit tells to which unit a case belongs, and whether there is such a case.
	Unit func(context.Context, domain.StreamID) (area.Code, bool, error)
	// Do gives a command for who is signed in, and Try tells what it would record; both look at the rights.
	Do  func(context.Context, desk.Command) (desk.Receipt, error)
	Try func(context.Context, desk.Command) ([]domain.Event, error)
	// Possible tells what can be done to a case on a day.
	Possible func(context.Context, domain.StreamID, calendar.Date) ([]domain.Possibility, error)
	// Health tells how the views and the storage are.
	Health func(context.Context) Health
	// Accounts are administered for who is signed in; NewPassword sets one that has to be changed at the first log-in.
	Accounts    *access.Accounts
	NewPassword func(context.Context, account.Login) (string, error)
	// Import gives the lines of a file, and Rehearse tells what would become of them.
	Import, Rehearse Importing
	Tables           Tables
	Log              *slog.Logger
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
	sheets       remembered[figures.Sheet]
	papers       remembered[report.Report]
	closed       context.Context
	Close        context.CancelFunc // ends what is live, so that the server can stop
}

// New makes the site. It panics where a template is wrong: the first start, or the first test, shows that.
func New(o Options) *Site {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Site{Options: o, assets: embeddedAssets(), drafts: newDrafts(o.Clock), uploads: newUploads(o.Clock), mux: http.NewServeMux()}
	s.closed, s.Close = context.WithCancel(context.Background())
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
		var err error
		if a.Views, err = s.Reading(); err != nil {
			s.fail(w, a, err)
			return
		}
		data, err := p.load(a)
		if err != nil {
			s.fail(w, a, err)
			return
		}
		if f, ok := data.(served); ok {
			f.serve(w)
			return
		}
		s.render(w, a, http.StatusOK, p.name, data)
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
		var err error
		if a.Views, err = s.Reading(); err != nil && f.action != "" {
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
