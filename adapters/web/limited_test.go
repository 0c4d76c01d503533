package web_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoso/adapters/web"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/intake"
	"hoso/domain/right"
	"hoso/projections/desk"
)

// small is a site whose imports are the test's own.
type small struct {
	*province
	site    *web.Site
	logged  *bytes.Buffer
	changed chan struct{}
	gone    atomic.Bool // the accounts are closed
}

func newSmall(t *testing.T, importing web.Importing) *small {
	t.Helper()
	s := &small{logged: &bytes.Buffer{}, changed: make(chan struct{})}
	at := domain.Ordinal(1)
	s.site = web.New(web.Options{
		Catalog: catalog.All(), Clock: time.Now, Tables: tables{}, Log: slog.New(slog.NewTextHandler(s.logged, nil)),
		Desk: &desk.Desk{Catalog: catalog.All(), Clock: time.Now, Reading: func() (desk.Readers, error) {
			return desk.Readers{At: func() domain.Ordinal { return 1 }}, nil
		}},
		Changed: func() (domain.Ordinal, <-chan struct{}) { at++; return at, s.changed },
		Import:  importing,
		Rehearse: func(context.Context, io.Reader, func(intake.Taken), func(intake.Refusal)) (desk.Imported, error) {
			return desk.Imported{Summary: intake.Summary{Lines: 2, Written: 2}}, nil
		},
	})
	t.Cleanup(s.site.Wait)
	t.Cleanup(s.site.Close)
	server := httptest.NewServer(s.unlessGone())
	t.Cleanup(server.Close)
	s.province = &province{url: server.URL}
	return s
}

// unlessGone is the site for those whom the cookie names, for as long as their accounts are open.
func (s *small) unlessGone() http.Handler {
	return asCookieSays(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller, ok := right.Of(r.Context())
		live := func() (right.Caller, bool) { return caller, ok && !s.gone.Load() }
		s.site.ServeHTTP(w, r.WithContext(right.WithLive(r.Context(), live)))
	}))
}

// sent sends a file of lines.
func (p *province) sent(t *testing.T, as string) (*http.Response, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "a.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(part, "{}\n{}\n")
	_ = w.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/nhap-du-lieu", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(t, as, r)
}

// rehearsed sends a file and waits until it was rehearsed.
func (p *province) rehearsed(t *testing.T) (at string) {
	t.Helper()
	res, body := p.sent(t, "lan")
	if at = res.Header.Get("Location"); at == "" {
		t.Fatalf("%d: %s", res.StatusCode, body)
	}
	p.settled(t, at)
	return at
}

// However often the form is sent at once, the file is imported once.
func TestAnUploadIsImportedOnceAtATime(t *testing.T) {
	t.Parallel()
	var begun atomic.Int32
	leave := make(chan struct{})
	s := newSmall(t, func(context.Context, io.Reader, func(intake.Taken), func(intake.Refusal)) (desk.Imported, error) {
		begun.Add(1)
		<-leave
		return desk.Imported{Summary: intake.Summary{Lines: 2, Written: 2}}, nil
	})
	at := s.rehearsed(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { s.post(t, "lan", at+"/nhap", "") })
		all.Go(func() { s.post(t, "lan", at+"/cot", "c0=1") })
		all.Go(func() { s.visit(t, "lan", at) })
	}
	all.Wait()
	close(leave)
	if body := s.settled(t, at); !strings.Contains(body, "Đã nhập xong") {
		t.Errorf("%s", body)
	}
	s.post(t, "lan", at+"/nhap", "")
	if n := begun.Load(); n != 1 {
		t.Errorf("it was imported %d times", n)
	}
}

// One account does not take the places of all; what has ended is free again.
func TestTooManyImportsOfOneAccount(t *testing.T) {
	t.Parallel()
	leave := make(chan struct{})
	s := newSmall(t, func(context.Context, io.Reader, func(intake.Taken), func(intake.Refusal)) (desk.Imported, error) {
		<-leave
		return desk.Imported{}, nil
	})
	first, second := s.rehearsed(t), s.rehearsed(t)
	for _, at := range []string{first, second} {
		s.post(t, "lan", at+"/nhap", "")
	}
	if res, body := s.sent(t, "lan"); res.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, "hãy đợi việc trước xong") {
		t.Errorf("a third: %d %s", res.StatusCode, body)
	}
	if res, body := s.sent(t, "minh"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("somebody else: %d %s", res.StatusCode, body)
	}
	close(leave)
	s.settled(t, first)
	s.settled(t, second)
	s.rehearsed(t)
}

// A crash of an import is shown on its page, with a way on, and nothing else notices.
func TestAnImportThatCrashes(t *testing.T) {
	t.Parallel()
	s := newSmall(t, func(context.Context, io.Reader, func(intake.Taken), func(intake.Refusal)) (desk.Imported, error) {
		panic("a rule that divides by zero")
	})
	at := s.rehearsed(t)
	s.post(t, "lan", at+"/nhap", "")
	if body := s.settled(t, at); !strings.Contains(body, "Chưa nhập hết") || !strings.Contains(body, "Nhập tiếp") || strings.Contains(body, "divides") {
		t.Errorf("%s", body)
	}
}

// An import that runs when the program is asked to stop ends before the log is closed, and what is recorded is said.
func TestAnImportAtTheEndOfTheProgram(t *testing.T) {
	t.Parallel()
	begun := make(chan struct{})
	var ended atomic.Bool
	s := newSmall(t, func(ctx context.Context, _ io.Reader, _ func(intake.Taken), _ func(intake.Refusal)) (desk.Imported, error) {
		close(begun)
		<-ctx.Done()
		defer ended.Store(true)
		return desk.Imported{Summary: intake.Summary{Lines: 2, Written: 1}}, ctx.Err()
	})
	at := s.rehearsed(t)
	s.post(t, "lan", at+"/nhap", "")
	<-begun
	s.site.Close()
	s.site.Wait()
	if !ended.Load() {
		t.Fatal("the program does not wait for it")
	}
	if body := s.settled(t, at); !strings.Contains(body, "Đã ghi <strong>1</strong>") {
		t.Errorf("%s", body)
	}
	if said := s.logged.String(); !strings.Contains(said, "written=1") || !strings.Contains(said, "stage=importing") {
		t.Errorf("logged: %s", said)
	}
	if res, body := s.post(t, "lan", at+"/nhap", ""); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "đang dừng") {
		t.Errorf("one that comes later: %d %s", res.StatusCode, body)
	}
}

// listen opens the line to a browser.
func (p *province) listen(t *testing.T, as string) (*http.Response, *bufio.Scanner) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+"/truc-tiep", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "as", Value: as})
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res, bufio.NewScanner(res.Body)
}

func TestTheLiveLineOfAClosedAccountEnds(t *testing.T) {
	t.Parallel()
	s := newSmall(t, nil)
	_, in := s.listen(t, "lan")
	for in.Scan() && in.Text() != "event: here" {
	}
	s.gone.Store(true)
	close(s.changed)
	for in.Scan() {
		if strings.HasPrefix(in.Text(), "event: changed") {
			t.Error("nobody was told")
		}
	}
}

func TestTooManyLiveLinesOfOneAccount(t *testing.T) {
	t.Parallel()
	s := newSmall(t, nil)
	for n := range 64 {
		if res, _ := s.listen(t, "lan"); res.StatusCode != http.StatusOK {
			t.Fatalf("line %d: %d", n, res.StatusCode)
		}
	}
	if res, _ := s.listen(t, "lan"); res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "" {
		t.Errorf("one more: %d", res.StatusCode)
	}
	if res, _ := s.listen(t, "minh"); res.StatusCode != http.StatusOK {
		t.Errorf("somebody else: %d", res.StatusCode)
	}
}

// The line outlasts the time that a request and its answer have.
func TestTheLiveLineOutlastsItsRequest(t *testing.T) {
	t.Parallel()
	s := newSmall(t, nil)
	const short = 50 * time.Millisecond
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rc := http.NewResponseController(w)
		_, _ = rc.SetReadDeadline(time.Now().Add(short)), rc.SetWriteDeadline(time.Now().Add(short))
		time.AfterFunc(2*short, func() { close(over) })
		s.unlessGone().ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	t.Cleanup(s.site.Close)
	s.province = &province{url: server.URL}
	_, in := s.listen(t, "lan")
	<-over
	close(s.changed)
	for in.Scan() {
		if in.Text() == "event: changed" {
			return
		}
	}
	t.Error(fmt.Sprint("the line was cut: ", in.Err()))
}
