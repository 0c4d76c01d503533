package httpapi_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hoso/adapters/httpapi"
	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
)

// One account cannot take all places of a stream; what it closes is free again.
func TestTooManyStreamsOfOneAccount(t *testing.T) {
	t.Parallel()
	o := newLimited(t, httpapi.Limits{Watchers: 3, CallerWatchers: 2})
	o.story()
	open := func(who string, status int) (leave func()) {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		r, err := http.NewRequestWithContext(ctx, "GET", o.url+"/changes", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Test-Account", who)
		a, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		if a.StatusCode != status {
			t.Fatalf("%s: %d, want %d", who, a.StatusCode, status)
		}
		return func() { cancel(); _ = a.Body.Close() }
	}
	first := open("lan", 200)
	defer open("lan", 200)()
	if p := o.send("GET", "/changes", "").problem(t); p.Status != 429 || p.Code != "request.too_many" {
		t.Errorf("%+v", p)
	}
	defer open("minh", 200)()
	first()
	for end := time.Now().Add(10 * time.Second); ; {
		r := o.as(everywhere("lan"), "GET", "/changes?after=99", "") // refused for its position once there is a place for it
		if strings.Contains(r.Body.String(), "asof.beyond_end") {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the place is not free again: %s", r.Body)
		}
	}
}

// A watcher outlasts the time that a request and its answer have: that is for what ends by itself.
func TestAWatcherOutlastsItsRequest(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	const short = 50 * time.Millisecond
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rc := http.NewResponseController(w)
		_, _ = rc.SetReadDeadline(time.Now().Add(short)), rc.SetWriteDeadline(time.Now().Add(short))
		time.AfterFunc(2*short, func() { close(over) })
		o.api.ServeHTTP(w, r.WithContext(right.With(r.Context(), everywhere("lan"))))
	}))
	defer server.Close()
	a, err := http.Get(server.URL + httpapi.Prefix + "/changes")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	<-over
	o.do("unemployment/TN-1/decide", decided)
	for s := bufio.NewScanner(a.Body); s.Scan(); {
		if s.Text() == "id: 3" {
			return
		}
	}
	t.Error("the stream ended before its event came")
}

// Who is nobody any more is told nothing more, also where nothing happens.
func TestAWatcherWhoseAccountIsClosed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var closed atomic.Bool
	ctx := right.WithLive(t.Context(), func() (right.Caller, bool) { return everywhere("lan"), !closed.Load() })
	changes, err := o.desk.Changes(ctx, watchAll(0), time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range changes {
		if closed.Swap(true) {
			if domain.CodeOf(err) != desk.ErrNobody.Code {
				t.Errorf("%v", err)
			}
			return
		}
	}
	t.Error("it ended without a word")
}

// What may be read nowhere is not looked for: a type that is named is refused, and cases of other types are left out unseen.
func TestWatchingWhatMayBeReadNowhere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	c := right.Caller{Account: "so", Grants: []right.Grant{{Role: right.Statistician}}}
	for _, query := range []string{"?type=unemployment", "?case=unemployment-00000000-0000-4000-8000-000000000000"} {
		if r := o.as(c, "GET", "/changes"+query, ""); r.Code != 403 || !strings.Contains(r.Body.String(), "right.missing") {
			t.Errorf("%s: %d %s", query, r.Code, r.Body)
		}
	}
}
