package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/httpapi"
	"hoso/adapters/memlog"
	"hoso/adapters/sqliteaccess"
	"hoso/adapters/sqliteviews"
	"hoso/adapters/yamlreport"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/intake"
	"hoso/domain/right"
	"hoso/projections"
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
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// clock says 2/5/2024, 8:30 in Vietnam.
func clock() time.Time { return time.Date(2024, 5, 2, 1, 30, 0, 0, time.UTC) }

// office is a running API: everything is real but who has logged in, which a header says.
type office struct {
	*testing.T
	url    string
	desk   *desk.Desk
	api    *httpapi.API
	runner *projections.Runner
	logged *safeBuffer
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// newDesk returns a desk over an empty log whose views are kept up to date.
func newDesk(t *testing.T) (*desk.Desk, *projections.Runner) {
	t.Helper()
	c, keys, log := catalog.All(), domaintest.Keys(), memlog.New()
	views := []projections.View{figures.NewView(c), people.View{}, cases.NewView(register.CaseType, periods.CaseType),
		worklist.NewView(c, c.Codec(keys), log), search.NewView(c.Codec(keys)), amendments.View{}}
	file, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(views...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	runner, err := projections.New(t.Context(), log, c.Codec(keys), file, views...)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = runner.Run(ctx) })
	t.Cleanup(func() { stop(); running.Wait() })
	names, err := intake.NewNames(t.Context(), keys)
	if err != nil {
		t.Fatal(err)
	}
	specs, err := yamlreport.Read(yamlreport.Files(), c)
	if err != nil {
		t.Fatal(err)
	}
	handler := domain.NewHandler(c, log, keys, clock)
	h := history.NewReader(handler, file.DB())
	whole := cases.NewReader(h, file.DB())
	readers := desk.Readers{DB: file.DB(), At: runner.Position, Figures: figures.NewReader(c, file.DB()), History: h,
		Register: register.NewReader(whole), Periods: periods.NewReader(whole), Work: worklist.NewReader(c, file.DB()), Amendments: amendments.NewReader(file.DB())}
	readers.Search = search.NewReader(c, c.Codec(keys), file.DB(), names, readers.Work)
	running.Go(func() {
		readers.Search.Follow(ctx, func() <-chan struct{} { _, next := runner.Changed(); return next }, func(err error) { t.Error(err) })
	})
	known := people.NewReader(file.DB())
	secret, err := keys.Pseudonym(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	readings, err := sqliteaccess.Open(t.Context(), t.TempDir(), secret, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = readings.Close() })
	d := &desk.Desk{Catalog: c, Specs: specs, Log: log, Handler: handler, Codec: c.Codec(keys), Access: readings, Stored: &documentstest.Memory{}, Names: names, People: known, Clock: clock, Views: runner,
		Reading: func() (desk.Readers, error) { return readers, runner.Ready() },
		Importer: func() *intake.Importer {
			return &intake.Importer{Parser: intake.NewParser(c, names, known, clock), Workers: 8}
		},
		Paper: func(_ string, w io.Writer, r report.Report, _ report.Behind) error { return report.WriteText(w, r) },
	}
	for runner.Ready() != nil {
		time.Sleep(time.Millisecond)
	}
	return d, runner
}

func newOffice(t *testing.T) *office { return newLimited(t, httpapi.Limits{}) }

func newLimited(t *testing.T, l httpapi.Limits) *office {
	t.Helper()
	o := &office{T: t, logged: &safeBuffer{}}
	o.desk, o.runner = newDesk(t)
	o.api = httpapi.New(o.desk, httpapi.Options{Log: slog.New(slog.NewTextHandler(o.logged, nil)), Limits: l})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if who := r.Header.Get("Test-Account"); who != "" {
			r = r.WithContext(right.With(r.Context(), everywhere(who)))
		}
		o.api.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	o.url = server.URL + httpapi.Prefix
	return o
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

func (a answer) problem(t *testing.T) httpapi.Problem {
	t.Helper()
	var p httpapi.Problem
	if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.Header.Get("Content-Type") != "application/problem+json" || p.Status != a.StatusCode {
		t.Errorf("%s %s answered no problem: %d %s %s", a.Request.Method, a.Request.URL.Path, a.StatusCode, a.Header.Get("Content-Type"), a.body)
	}
	return p
}

// send sends a request as somebody; header lines are "Name: value".
func (o *office) send(method, path, body string, header ...string) answer {
	o.Helper()
	r, err := http.NewRequestWithContext(o.Context(), method, o.url+path, strings.NewReader(body))
	if err != nil {
		o.Fatal(err)
	}
	r.Header.Set("Test-Account", "lan")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	own := map[string]bool{}
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		if !own[name] {
			r.Header.Del(name)
		}
		if own[name] = true; value != "" {
			r.Header.Add(name, value)
		}
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		o.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		o.Fatal(err)
	}
	return answer{response, string(b)}
}

// do gives a command that has to be taken.
func (o *office) do(path, body string, header ...string) httpapi.Receipt {
	o.Helper()
	a := o.send("POST", "/cases/"+path, body, append([]string{"Idempotency-Key: " + uuid.NewString()}, header...)...)
	if a.StatusCode != 200 && a.StatusCode != 201 {
		o.Fatalf("%s: %d %s", path, a.StatusCode, a.body)
	}
	r := read[httpapi.Receipt](o.T, a)
	if err := o.runner.WaitForPosition(o.Context(), r.Position); err != nil || r.Position == 0 {
		o.Fatalf("%+v: %v", r, err)
	}
	return r
}

// position returns how many events there are.
func (o *office) position() domain.Ordinal {
	o.Helper()
	head, err := o.desk.Log.Head(o.Context())
	if err == nil {
		err = o.runner.WaitFor(o.Context(), head)
	}
	if err != nil {
		o.Fatal(err)
	}
	return o.runner.Position()
}

func read[T any](t *testing.T, a answer) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%d %s: %v", a.StatusCode, a.body, err)
	}
	return v
}

const (
	lan     = `{"occurred":"2024-04-01","data":{"identity":"020185001234","name":"Nông Thị Lan","born":"1985-02","commune":"06550"}}`
	filing  = `{"occurred":"2024-04-02","data":{"person":"NLD-1","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}`
	decided = `{"occurred":"2024-04-22","data":{"number":"12/QĐ","level":3000000,"months":3,"start":"2024-04-20"}}`
)

// story registers a person and files a claim.
func (o *office) story() (claim httpapi.Receipt) {
	o.Helper()
	o.do("person/NLD-1/register", lan)
	return o.do("unemployment/TN-1/file", filing)
}
