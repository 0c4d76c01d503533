package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/docxreport"
	"hoso/adapters/memlog"
	"hoso/adapters/pdfreport"
	"hoso/adapters/pngchart"
	"hoso/adapters/sqliteaccess"
	"hoso/adapters/sqliteviews"
	"hoso/adapters/web"
	"hoso/adapters/xlsxreport"
	"hoso/adapters/yamlfigures"
	"hoso/adapters/yamlreport"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/intake"
	"hoso/domain/law"
	"hoso/domain/right"
	"hoso/domain/sample"
	"hoso/projections"
	"hoso/projections/access"
	"hoso/projections/amendments"
	"hoso/projections/cases"
	"hoso/projections/desk"
	"hoso/projections/documents/documentstest"
	"hoso/projections/figures"
	"hoso/projections/history"
	"hoso/projections/people"
	"hoso/projections/periods"
	"hoso/projections/register"
	"hoso/projections/report"
	"hoso/projections/report/chart"
	"hoso/projections/seal"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// province is the sample province with its pages, made once for all tests of the package: those that write to it write to
// months of their own.
type province struct {
	catalog  *domain.Catalog
	handler  *domain.Handler
	names    intake.Names
	runner   *projections.Runner
	log      domain.EventLog
	readers  desk.Readers
	desk     *desk.Desk
	site     *web.Site
	accounts *access.Accounts
	store    documentstest.Memory
	readings readBy
	url      string
	now      func() time.Time
}

var (
	once sync.Once
	made *province
	fail error
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "web-test-")
	if err != nil {
		panic(err)
	}
	sharedDir = dir
	code := m.Run()
	stopBrowser()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var sharedDir string

func lang(t *testing.T) *province {
	t.Helper()
	once.Do(func() { made, fail = makeProvince(context.Background(), sharedDir) })
	if fail != nil {
		t.Fatal(fail)
	}
	return made
}

func makeProvince(ctx context.Context, dir string) (*province, error) {
	p := &province{catalog: catalog.All(), log: memlog.New(), now: func() time.Time { return time.Date(2024, 5, 3, 2, 0, 0, 0, time.UTC) }}
	keys := domaintest.Keys()
	p.handler = domain.NewHandler(p.catalog, p.log, keys, p.now)
	var err error
	if p.names, err = intake.NewNames(ctx, keys); err != nil {
		return nil, err
	}
	file, err := sqliteviews.Open(ctx, dir, "test")
	if err != nil {
		return nil, err
	}
	db := file.DB()
	if p.runner, err = projections.New(ctx, p.log, p.catalog.Codec(keys), file, figures.NewView(p.catalog), people.View{}, seal.View{}, cases.NewView(register.CaseType, periods.CaseType, access.CaseType), worklist.NewView(p.catalog, p.catalog.Codec(keys), p.log), search.NewView(p.catalog.Codec(keys)), amendments.View{}); err != nil {
		return nil, err
	}
	if err := p.fill(ctx, people.NewReader(db)); err != nil {
		return nil, err
	}
	go func() { _ = p.runner.Run(ctx) }()
	if err := p.caughtUp(ctx); err != nil {
		return nil, err
	}
	specs, err := yamlreport.Read(yamlreport.Files(), p.catalog)
	if err != nil {
		return nil, err
	}
	h := history.NewReader(p.handler, db)
	whole := cases.NewReader(h, db)
	p.accounts = access.NewAccounts(p.handler, p.catalog.Codec(keys), p.now)
	p.readers = desk.Readers{DB: db, At: p.runner.Position, Figures: figures.NewReader(p.catalog, db), History: h, Register: register.NewReader(whole), Periods: periods.NewReader(whole), Work: worklist.NewReader(p.catalog, db), Amendments: amendments.NewReader(db)}
	p.readers.Search = search.NewReader(p.catalog, p.catalog.Codec(keys), db, p.names, p.readers.Work)
	if err := p.readers.Search.Refresh(ctx); err != nil {
		return nil, err
	}
	if p.desk, err = p.makeDesk(ctx, dir, keys, specs); err != nil {
		return nil, err
	}
	sheets, err := law.Sheets(law.Files())
	if err != nil {
		return nil, err
	}
	p.site = web.New(web.Options{
		Desk: p.desk, Catalog: p.catalog, Specs: specs, Law: sheets, Clock: p.now, Changed: p.runner.Changed, WaitFor: p.runner.WaitFor, Tables: tables{},
		Import: p.desk.Import,
		Rehearse: func(ctx context.Context, lines io.Reader, taken func(intake.Taken), refused func(intake.Refusal)) (desk.Imported, error) {
			importer := p.importer()
			importer.Handler, importer.Taken = trial{p.handler}, taken
			s, err := importer.Run(ctx, lines, refused)
			return desk.Imported{Summary: s}, err
		},
		Accounts:  p.accounts,
		Directory: func() (*access.Reader, error) { return access.NewReader(h, whole), nil },
		SignIn:    entrance{p},
		Health: func(ctx context.Context) web.Health {
			built, err := projections.ReadBuilt(ctx, db)
			return web.Health{Health: p.runner.Health(ctx), Building: "test", Rebuilding: p.runner.Ready() != nil, Built: built, Storage: err}
		},
		Seals:      seal.NewReader(db),
		PublicKeys: func(context.Context) ([]string, error) { return []string{"hoso+00000000+AbCd"}, nil },
		Verify: func(ctx context.Context, progress func(at, to domain.Cursor)) (seal.Verdict, error) {
			return seal.Verify(ctx, p.log, seal.Options{Progress: func(_ uint64, at, to domain.Cursor) { progress(at, to) }})
		},
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	server := httptest.NewServer(asCookieSays(p.site))
	p.url = server.URL
	return p, nil
}

// makeDesk returns the desk of the pages, with a reading of personal data that was recorded.
func (p *province) makeDesk(ctx context.Context, dir string, keys domain.Keys, specs report.Specs) (*desk.Desk, error) {
	secret, err := keys.Pseudonym(ctx)
	if err != nil {
		return nil, err
	}
	readings, err := sqliteaccess.Open(ctx, dir+"/access", secret, p.now)
	if err != nil {
		return nil, err
	}
	if err := readings.Record(ctx, desk.Reading{Account: "lan", Role: "caseworker", Unit: "178", From: "192.0.2.7", Person: domain.PersonID{UUID: uuid.Max},
		Case: domain.StreamID{Type: "unemployment", ID: uuid.Max}, Purpose: desk.ForHandling}); err != nil {
		return nil, err
	}
	p.readings.AccessLog = readings
	return &desk.Desk{Catalog: p.catalog, Specs: specs, Log: p.log, Handler: p.handler, Codec: p.catalog.Codec(keys), Access: &p.readings, Stored: &p.store, Names: p.names,
		People: people.NewReader(p.readers.DB), Clock: p.now, Views: p.runner, Importer: p.importer,
		Reading: func() (desk.Readers, error) { return p.readers, p.runner.Ready() },
		Paper: func(format string, w io.Writer, r report.Report, behind report.Behind) error {
			switch format {
			case "docx":
				return docxreport.Write(w, r, func(c chart.Chart) ([]byte, error) { return pngchart.Paint(c.Draw()) })
			case "xlsx":
				return xlsxreport.Write(w, r, behind)
			}
			return pdfreport.Write(w, r)
		}}, nil
}

func (p *province) importer() *intake.Importer {
	return &intake.Importer{Parser: intake.NewParser(p.catalog, p.names, people.NewReader(p.readers.DB), p.now), Workers: 4}
}

// trial decides and records nothing.
type trial struct{ *domain.Handler }

func (h trial) Handle(ctx context.Context, r domain.Request) (domain.Outcome, error) {
	_, err := h.Try(ctx, r)
	return domain.Outcome{Case: r.Case}, err
}

// tables are those of the tests: rows of commas.
type tables struct{}

func (tables) Read(content []byte) ([][]string, error) {
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = -1
	return in.ReadAll()
}

func (tables) CSV(rows [][]string) []byte {
	var b bytes.Buffer
	_ = csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes()
}

func (tables) Template(_ string, header, _ []string, _ [][]string) ([]byte, error) {
	return []byte(strings.Join(header, ",")), nil
}

func (p *province) fill(ctx context.Context, who intake.People) error {
	plan, _, err := yamlfigures.Parse(yamlfigures.LangSonApril2024, p.catalog, catalog.Agreed)
	if err != nil {
		return err
	}
	lines, w := io.Pipe()
	go func() { w.CloseWithError(sample.Write(w, p.catalog, plan, 1)) }()
	importer := &intake.Importer{Parser: intake.NewParser(p.catalog, p.names, who, p.now), Handler: p.handler, Workers: 4}
	s, err := importer.Run(ctx, lines, func(r intake.Refusal) {})
	if err == nil && s.Refused > 0 {
		err = fmt.Errorf("%d lines of the sample were refused", s.Refused)
	}
	return err
}

func (p *province) caughtUp(ctx context.Context) error {
	head, err := p.log.Head(ctx)
	if err != nil {
		return err
	}
	p.runner.Patience = time.Minute
	if err := p.runner.WaitFor(ctx, head); err != nil {
		return err
	}
	for p.runner.Ready() != nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return nil
}

// record handles a command as somebody and waits until the pages show it.
func (p *province) record(t *testing.T, by string, id domain.StreamID, on calendar.Date, c domain.Command) {
	t.Helper()
	out, err := p.handler.Handle(t.Context(), domain.Request{ID: uuid.New(), Case: id, Command: c, Occurred: on, Actor: domain.Actor{ID: by}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.runner.WaitFor(t.Context(), out.Position); err != nil {
		t.Fatal(err)
	}
}

// The people of the tests, by the cookie "as".
var staff = map[string]right.Caller{
	"lan":           somebody("lan", "Lương Thị Lan", "", right.Caseworker, right.Statistician),
	"minh":          somebody("minh", "Hoàng Văn Minh", "", right.Caseworker, right.Approver),
	"tham":          somebody("tham", "Nông Thị Thắm", "", right.Auditor),
	"thu":           somebody("thu", "Triệu Thị Thu", "178", right.Auditor),
	"quan":          somebody("quan", "Bế Văn Quân", "", right.Administrator),
	"dinh":          somebody("dinh", "Lộc Văn Định", "178", right.Administrator),
	"hoa":           somebody("hoa", "Vi Thị Hoa", ""),
	"khoa":          somebody("khoa", "Hứa Văn Khoa", "", right.Statistician),
	"xem.giao.dien": somebody("xem.giao.dien", "Nguyễn Thị Thử", "178", right.Caseworker), // whose account the tests open
	"tu.sua":        alone(somebody("tu.sua", "Mông Thị Tự", "", right.Approver)),
	"hien":          somebody("hien", "Chu Thị Hiền", "", right.Approver),
}

// somebody is a caller with roles in a unit and all below it, for all case types.
func somebody(id, name string, unit area.Code, roles ...right.Role) right.Caller {
	c := right.Caller{Account: id, Name: name, Via: right.ViaPassword}
	for _, r := range roles {
		c.Grants = append(c.Grants, right.Grant{Role: r, Unit: unit})
		if r != right.Administrator && r != right.Statistician {
			c.Grants = append(c.Grants, right.Grant{Role: r, Unit: unit, CaseTypes: right.SensitiveTypes()})
		}
	}
	return c
}

// entrance makes what people sign in with.
type entrance struct{ *province }

func (e entrance) NewPassword(ctx context.Context, login account.Login) (string, error) {
	return oneTime, e.accounts.ResetPassword(ctx, login, "what a hash makes of it")
}

func (e entrance) IssueToken(ctx context.Context, of account.Login, label string, scope right.Scope, until calendar.Date) (string, account.Token, error) {
	if until.IsZero() {
		until = e.accounts.Today().AddDays(90)
	}
	t := account.Token{ID: uuid.New(), Label: label, Hash: strings.Repeat("0a", 32), Scope: scope, Until: until}
	return oneTimeToken, t, e.accounts.IssueToken(ctx, of, t)
}

func (entrance) Identity(subject string) (account.Identity, error) {
	return account.Identity{Issuer: "https://dangnhap.example", Subject: uuid.NewSHA1(uuid.Nil, []byte(subject))}, nil
}

func (entrance) Outside() string { return "Cổng của Sở" }

// oneTimeToken is every new token.
const oneTimeToken = "hoso_mot-lan"

// oneTime is every new password.
const oneTime = "mot-lan-thoi"

// as is what somebody asks with.
func as(ctx context.Context, who string) context.Context {
	if c, ok := staff[who]; ok {
		return right.With(ctx, c)
	}
	return ctx
}

func asCookieSays(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("as"); err == nil {
			r = r.WithContext(as(r.Context(), c.Value))
		}
		next.ServeHTTP(w, r)
	})
}

// visit loads a page as somebody, without a browser.
func (p *province) visit(t *testing.T, as, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p.send(t, as, r, headers...)
}

// post sends a form as somebody, and does not follow where it leads.
func (p *province) post(t *testing.T, as, path, form string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+path, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.send(t, as, r, headers...)
}

func (p *province) send(t *testing.T, as string, r *http.Request, headers ...string) (*http.Response, string) {
	t.Helper()
	if as != "" {
		r.AddCookie(&http.Cookie{Name: "as", Value: as})
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// chromium finds the browser.
func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
