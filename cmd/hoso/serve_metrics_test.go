package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// page is what a program prints while somebody waits for it.
type page struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

// find waits for a line.
func (p *page) find(t *testing.T, line *regexp.Regexp) string {
	t.Helper()
	return p.within(t, 30*time.Second, line)
}

// soon waits for a line before which there is much to do.
func (p *page) soon(t *testing.T, line *regexp.Regexp) string {
	t.Helper()
	return p.within(t, 5*time.Minute, line)
}

func (p *page) within(t *testing.T, patience time.Duration, line *regexp.Regexp) string {
	t.Helper()
	for began := time.Now(); time.Since(began) < patience; time.Sleep(10 * time.Millisecond) {
		p.mu.Lock()
		found := line.FindStringSubmatch(p.text.String())
		p.mu.Unlock()
		if found != nil {
			return found[1]
		}
	}
	t.Fatalf("it did not print %s", line)
	return ""
}

// servingHere runs hoso serve in this process, and returns what it prints.
func servingHere(t *testing.T, args ...string) *page {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, ended := &page{}, make(chan int, 1)
	go func() {
		ended <- run(ctx, &env{args: append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), in: strings.NewReader(""), out: out, err: out, clock: clock})
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("it ended with %d: %s", code, out.text.String())
		}
	})
	return out
}

var (
	servesAt = regexp.MustCompile(`phục vụ tại (\S+)`)
	// the seven that were imported, and those of the accounts
	holdsSeven = regexp.MustCompile(`(?m)^hoso_view_position ([7-9]|\d\d)$`)
	metricsAt  = regexp.MustCompile(`Prometheus: (\S+)/metrics`)
)

func fetch(t *testing.T, address string) (int, string) {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	out := servingHere(t, "--data", data, "--metrics-listen", "127.0.0.1:0")
	address, watched := out.find(t, servesAt), "http://"+out.find(t, metricsAt)
	var text string
	for began := time.Now(); !holdsSeven.MatchString(text) || !strings.Contains(text, "hoso_view_complete 1\n") || !strings.Contains(text, "hoso_view_lag 0\n"); {
		var code int
		if code, text = fetch(t, watched+"/metrics"); code != http.StatusOK || time.Since(began) > 30*time.Second {
			t.Fatalf("%d\n%s", code, text)
		}
	}
	for _, line := range []string{"hoso_view_lag 0", "hoso_view_up 1", "hoso_view_accepted 1", "hoso_log_up 1", "hoso_storage_up 1",
		`hoso_commands_total{command="unemployment.file",outcome="done"} 0`} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("%q is not told", line)
		}
	}
	if code, text := fetch(t, address+"/metrics"); code == http.StatusOK && strings.Contains(text, "hoso_view_position") {
		t.Error("the address that everybody reaches tells them too")
	}
	if code, _ := fetch(t, watched+"/"); code != http.StatusNotFound {
		t.Errorf("the metrics' address has more than metrics: %d", code)
	}
	if code, said := fetch(t, watched+"/healthz"); code != http.StatusOK || !strings.Contains(said, `"storage":"ok"`) {
		t.Errorf("%d %s", code, said)
	}
	r := hoso(t, "serve", "--data", filepath.Join(t.TempDir(), "other"), "--listen", "127.0.0.1:0", "--metrics-listen", strings.TrimPrefix(watched, "http://"))
	if r.code != 1 || !strings.Contains(r.err, "[metrics.cannot_listen]") {
		t.Errorf("an address that is taken: %d %s", r.code, r.err)
	}
}

// TestMetricsNameNobody imports people with the numbers on, and looks for anything of theirs among the labels.
func TestMetricsNameNobody(t *testing.T) {
	t.Parallel()
	a, err := (&env{out: io.Discard, err: io.Discard, clock: clock}).openNew(t.Context(), alone(filepath.Join(t.TempDir(), "data")))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	a.measure()
	lines := read(t, file(t, "small.jsonl"))
	if _, err := a.importer().Run(t.Context(), strings.NewReader(lines+lines), nil); err != nil {
		t.Fatal(err)
	}
	w := &answered{header: http.Header{}}
	a.metrics.Handler().ServeHTTP(w, &http.Request{Method: http.MethodGet, Header: http.Header{}})
	text := w.String()
	if !strings.Contains(text, `hoso_commands_total{command="person.register",outcome="done"}`) || !strings.Contains(text, "hoso_commit_events_count") {
		t.Errorf("nothing was counted\n%s", text)
	}
	label := regexp.MustCompile(`(\w+)="([^"]*)"`)
	allowed := regexp.MustCompile(`^(of=(events|figures)|command=[a-z]+\.[a-z_]+|outcome=(done|repeated|rejected|invalid|conflict|stale|not_found|forbidden|unavailable|gone|failed|durable)|le=[0-9.e+Inf-]+|quantile=[0-9.]+|version=go.*)$`)
	for _, found := range label.FindAllStringSubmatch(text, -1) {
		if !allowed.MatchString(found[1] + "=" + found[2]) {
			t.Errorf("a label says %s=%q", found[1], found[2])
		}
	}
}

// answered takes an answer.
type answered struct {
	bytes.Buffer
	header http.Header
}

// Header implements http.ResponseWriter.
func (r *answered) Header() http.Header { return r.header }

// WriteHeader implements http.ResponseWriter.
func (r *answered) WriteHeader(int) {}
