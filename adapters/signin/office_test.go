package signin

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/domaintest"
	"hoso/domain/right"
	"hoso/projections/access"
)

// cheap lets tests log in often.
var cheap = Cost{Time: 1, Memory: 64, Threads: 1}

// office is a program that serves signing in, and one address that says who asks and whether they may act.
type office struct {
	*SignIn
	t       testing.TB
	now     atomic.Int64 // seconds that have passed
	said    lockedBuffer // what was logged
	server  *httptest.Server
	handler *domain.Handler
	codec   *domain.Codec
	console context.Context
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// begun is when the tests began: a session's times are those of the machine.
var begun = time.Now()

const mai, password = account.Login("mai"), "một câu dễ nhớ 1"

func newOffice(t testing.TB, change ...func(*office, *Options)) *office {
	t.Helper()
	o := &office{t: t, console: access.Console(t.Context())}
	keys, catalog := domaintest.Keys(), domain.NewCatalog(account.Type())
	o.codec = catalog.Codec(keys)
	log := memlog.New()
	o.handler = domain.NewHandler(catalog, log, keys, o.time)
	options := Options{Accounts: access.NewAccounts(o.handler, o.codec, o.time), Dir: t.TempDir(), Clock: o.time, Cost: cheap,
		Lifetime: 12 * time.Hour, Log: slog.New(slog.NewTextHandler(&o.said, nil))}
	for _, c := range change {
		c(o, &options)
	}
	var err error
	if o.SignIn, err = Open(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	mux := http.NewServeMux()
	for _, p := range o.Paths() {
		mux.Handle(p, o.Handler())
	}
	mux.Handle("/whoami", o.Known(http.HandlerFunc(whoami)))
	o.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from := r.Header.Get("Test-Address"); from != "" {
			r.RemoteAddr = net.JoinHostPort(from, "1234")
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(o.server.Close)
	o.open(mai, password)
	return o
}

func (o *office) time() time.Time { return begun.Add(time.Duration(o.now.Load()) * time.Second) }

func (o *office) pass(d time.Duration) { o.now.Add(int64(d / time.Second)) }

// whoami answers with the account, and whether it may act in a unit.
func whoami(w http.ResponseWriter, r *http.Request) {
	c, ok := right.Of(r.Context())
	if !ok {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if err := c.May(right.Act, right.Target{CaseType: "merit", Unit: "06550"}); err != nil {
		w.WriteHeader(http.StatusForbidden)
	}
	_, _ = io.WriteString(w, c.Account)
}

// open opens an account with a password of its own, which acts in district 188.
func (o *office) open(login account.Login, password string) (grant string) {
	o.t.Helper()
	must(o.t, o.Accounts.Open(o.console, account.Open{Login: login, Name: domain.Hide("Nông Thị Mai")}))
	grant, err := o.Accounts.Grant(o.console, login, right.Grant{Role: right.Caseworker, Unit: "188"})
	must(o.t, err)
	one, err := o.Accounts.Find(o.console, login)
	must(o.t, err)
	must(o.t, o.Accounts.ChangePassword(o.console, one, o.hasher.make(password)))
	return grant
}

// browser keeps cookies.
type browser struct {
	*http.Client
	o *office
}

func (o *office) browser() *browser {
	jar, err := cookiejar.New(nil)
	must(o.t, err)
	return &browser{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, o}
}

type reply struct {
	status int
	body   string
	header http.Header
}

func (r reply) code() string {
	var p struct{ Code string }
	_ = json.Unmarshal([]byte(r.body), &p)
	return p.Code
}

func (b *browser) send(method, path, body string, headers ...string) reply {
	b.o.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, b.o.server.URL+path, strings.NewReader(body))
	must(b.o.t, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	a, err := b.Do(r)
	must(b.o.t, err)
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	must(b.o.t, err)
	return reply{a.StatusCode, string(text), a.Header}
}

func (b *browser) logIn(login, password string) reply {
	b.o.t.Helper()
	body, _ := json.Marshal(map[string]string{"login": login, "password": password})
	return b.send("POST", "/api/v1/session", string(body))
}

// in logs in, which has to work.
func (o *office) in(login account.Login, password string) *browser {
	o.t.Helper()
	b := o.browser()
	if r := b.logIn(string(login), password); r.status != 200 {
		o.t.Fatalf("log-in: %d %s", r.status, r.body)
	}
	return b
}

// is checks what an address says about who asks.
func (b *browser) is(what string, status int) {
	b.o.t.Helper()
	if r := b.send("GET", "/whoami", ""); r.status != status {
		b.o.t.Errorf("%s: %d, want %d", what, r.status, status)
	}
}

func (b *browser) cookie() *http.Cookie {
	u, _ := url.Parse(b.o.server.URL)
	for _, c := range b.Jar.Cookies(u) {
		if c.Name == "hoso" {
			return c
		}
	}
	return nil
}

// set returns the line of an answer that sets a cookie whose name begins so.
func (r reply) set(name string) string {
	for _, line := range r.header.Values("Set-Cookie") {
		if strings.HasPrefix(line, name) {
			return line
		}
	}
	return ""
}

// from sends what a browser sends from another address, as a proxy says it.
func (b *browser) from(address string) *browser {
	return &browser{&http.Client{Jar: b.Jar, CheckRedirect: b.CheckRedirect, Transport: fromAddress(address)}, b.o}
}

type fromAddress string

func (a fromAddress) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Test-Address", string(a))
	return http.DefaultTransport.RoundTrip(r)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
