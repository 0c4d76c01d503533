package httpguard_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hoso/adapters/httpguard"
)

// serve runs a guarded handler and returns its address and what is logged.
func serve(t *testing.T, tls bool, h http.HandlerFunc) (*httptest.Server, *bytes.Buffer) {
	t.Helper()
	logged := &bytes.Buffer{}
	s := httptest.NewUnstartedServer(nil)
	s.Config = httpguard.Server(h, slog.New(slog.NewTextHandler(logged, nil)), nil)
	if tls {
		s.EnableHTTP2 = true
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s, logged
}

func ok(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) }

func ask(t *testing.T, s *httptest.Server, method string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+"/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	a, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a, string(b)
}

// What a browser sends for another site is refused before anybody looks at it; programs and the own pages pass.
func TestOtherSites(t *testing.T) {
	t.Parallel()
	s, _ := serve(t, false, ok)
	for name, c := range map[string]struct {
		method string
		header []string
		status int
	}{
		"another site":        {"POST", []string{"Sec-Fetch-Site: cross-site"}, 403},
		"a neighbour":         {"POST", []string{"Sec-Fetch-Site: same-site"}, 403},
		"another origin":      {"POST", []string{"Origin: https://example.com"}, 403},
		"no origin of a file": {"POST", []string{"Origin: null"}, 403},
		"deleting":            {"DELETE", []string{"Sec-Fetch-Site: cross-site"}, 403},
		"the own page":        {"POST", []string{"Sec-Fetch-Site: same-origin"}, 200},
		"the own origin":      {"POST", []string{"Origin: " + s.URL}, 200},
		"a program":           {"POST", nil, 200},
		"a link":              {"GET", []string{"Sec-Fetch-Site: cross-site"}, 200},
	} {
		a, body := ask(t, s, c.method, c.header...)
		if a.StatusCode != c.status || c.status == 403 && !(strings.Contains(body, `"request.cross_site"`) && strings.Contains(body, `"title":"Không có quyền"`)) {
			t.Errorf("%s: %d %s", name, a.StatusCode, body)
		}
		if _, body := ask(t, s, c.method, append(c.header, "Accept-Language: vi;q=0.5, en-GB")...); c.status == 403 && !strings.Contains(body, `"title":"Not allowed","status":403,"detail":"the request`) {
			t.Errorf("%s, in English: %s", name, body)
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		s, _ := serve(t, secure, ok)
		a, _ := ask(t, s, "GET")
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store"} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %q", name, got)
			}
		}
		if got := a.Header.Get("Strict-Transport-Security"); (got != "") != secure {
			t.Errorf("tls %t: %q", secure, got)
		}
		if secure && a.ProtoMajor != 2 {
			t.Errorf("%s", a.Proto)
		}
	}
}

// A crash is the 500 of one request, is told in the log, and tells nothing outside. An answer that had begun is broken off.
func TestACrash(t *testing.T) {
	t.Parallel()
	begun := false
	s, logged := serve(t, false, func(w http.ResponseWriter, _ *http.Request) {
		if begun {
			_, _ = w.Write([]byte(`{"whole":`))
			_ = http.NewResponseController(w).Flush()
		}
		panic("bí mật")
	})
	a, body := ask(t, s, "GET")
	if a.StatusCode != 500 || strings.Contains(body, "bí mật") || strings.Contains(body, "goroutine") || !strings.Contains(logged.String(), "goroutine") {
		t.Errorf("%d %s", a.StatusCode, body)
	}
	fault := logged.String()[strings.Index(logged.String(), "urn:hoso:fault:"):]
	if fault, _, _ = strings.Cut(fault, " "); !strings.Contains(body, fault) {
		t.Errorf("the caller does not know the number: %s", body)
	}
	begun = true
	r, _ := http.NewRequestWithContext(t.Context(), "GET", s.URL, nil)
	half, err := s.Client().Do(r)
	if err == nil {
		_, err = io.ReadAll(half.Body)
		half.Body.Close()
	}
	if err == nil {
		t.Error("half an answer looked whole")
	}
}

// Of an address that cannot be read whole nobody answers a part: a filter that is left out shows more than was asked for.
func TestAddressesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s, _ := serve(t, false, ok)
	for query, status := range map[string]int{"area=%zz": 400, "a=1;b=2": 400, "as_of=1&area=%": 400, "q=%C4%91": 200, "": 200, "a": 200} {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/x", nil)
		r.URL.RawQuery = query
		a, err := s.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != status {
			t.Errorf("%q: %d", query, a.StatusCode)
		}
	}
}

func TestLongAddressesAndHeads(t *testing.T) {
	t.Parallel()
	s, _ := serve(t, false, ok)
	r, _ := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/"+strings.Repeat("x", 10_000), nil)
	a, err := s.Client().Do(r)
	if err != nil || a.StatusCode != http.StatusRequestURITooLong {
		t.Errorf("%v %v", a, err)
	}
	a.Body.Close()
	if a, _ := ask(t, s, "GET", "X-Long: "+strings.Repeat("x", 100_000)); a.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("%d", a.StatusCode)
	}
}

// Whoever sends the head of a request a byte at a time is cut off, however long the patience of others.
func TestASlowHead(t *testing.T) {
	t.Parallel()
	s := httpguard.Server(http.HandlerFunc(ok), slog.New(slog.DiscardHandler), nil)
	s.ReadHeaderTimeout = 300 * time.Millisecond // the real one is longer than a test
	if httpguard.Server(nil, slog.New(slog.DiscardHandler), nil).ReadHeaderTimeout <= 0 {
		t.Error("there is no limit")
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	c, err := new(net.Dialer).DialContext(context.Background(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	begun := time.Now()
	go func() {
		for _, b := range []byte("GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("y", 1000)) {
			if _, err := c.Write([]byte{b}); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
	_, err = io.ReadAll(c)
	var late net.Error
	if errors.As(err, &late) && late.Timeout() || time.Since(begun) > 3*time.Second {
		t.Errorf("still there after %s: %v", time.Since(begun), err)
	}
}

// A handshake that fails is nothing for the log at its usual level.
func TestABrokenHandshake(t *testing.T) {
	t.Parallel()
	s, logged := serve(t, true, ok)
	c, err := tls.Dial("tcp", s.Listener.Addr().String(), &tls.Config{MinVersion: tls.VersionTLS12})
	if err == nil {
		c.Close()
		t.Fatal("an unknown certificate was trusted")
	}
	_, _ = ask(t, s, "GET")
	if logged.Len() > 0 {
		t.Errorf("%s", logged)
	}
}
