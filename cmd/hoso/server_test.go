package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoso/domain/right"
)

// served runs the program's server in this process, with one token that may everything, and returns its address.
func served(t *testing.T, data, token string) string {
	t.Helper()
	var grants []right.Grant
	for _, role := range right.Roles() {
		grants = append(grants, right.Grant{Role: role})
	}
	return servedTo(t, data, token, grants...)
}

// servedTo is served for who has these rights.
func servedTo(t *testing.T, data, token string, grants ...right.Grant) string {
	t.Helper()
	e := &env{out: io.Discard, err: os.Stderr, clock: clock}
	a, err := e.openNew(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	a.known = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") == "Bearer "+token {
				r = r.WithContext(right.With(r.Context(), right.Caller{Account: "canbo-1", Grants: grants}))
			}
			next.ServeHTTP(w, r)
		})
	}
	address, stop, err := a.serveFor(context.WithoutCancel(t.Context()), e, listenFlags{Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); a.close() })
	return address.String()
}

// What a server answers is what the data directory answers.
func TestAServerAnswersLikeTheData(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	asked := [][]string{
		{"figures", "--month", "2024-04", "--area", "20"},
		{"figures", "--month", "2024-04", "--format", "json"},
		{"figures", "--month", "2024-04", "--area", "xã Chi Lăng, huyện Chi Lăng", "--format", "csv"},
		{"figures", "--month", "2024-04", "--area", "20", "--by", "district", "--format", "json", "--as-of", "5"},
		{"explain", "--month", "2024-04", "--indicator", "unemployment.claims"},
		{"explain", "--month", "2024-04", "--indicator", "unemployment.claims", "--number", "ytd", "--limit", "1", "--format", "json"},
		{"explain", "--month", "2024-04", "--indicator", "unemployment.average_level"},
		{"history", "unemployment/TN 01/2024"},
		{"history", "unemployment/TN 01/2024", "--at", "2", "--format", "json"},
		{"history", "unemployment/TN 01/2024", "--at", "2024-04-22"},
		{"compare", "--month", "2024-04", "--area", "20", "--as-of", "3"},
		{"compare", "--month", "2024-04", "--as-of", "3", "--to", "6", "--indicator", "unemployment.decisions", "--format", "json"},
		{"report", "--month", "2024-04", "--area", "20"},
		{"report", "--month", "2024-04", "--area", "20", "--format", "html"},
		{"report", "--month", "2024-04", "--area", "20", "--format", "pdf"},
	}
	var want []string
	for _, args := range asked {
		want = append(want, must(t, append(args, "--data", data)...))
	}
	t.Setenv("HOSO_TOKEN", "khoa")
	server := "--server=" + served(t, data, "khoa")
	for n, args := range asked {
		if got := must(t, append(args, server)...); got != want[n] {
			t.Errorf("hoso %s\n--- server\n%s\n--- data\n%s", strings.Join(args, " "), got, want[n])
		}
	}
}

func TestAnImportToAServer(t *testing.T) {
	t.Setenv("HOSO_TOKEN", "khoa")
	server, lines := "--server="+served(t, filepath.Join(t.TempDir(), "data"), "khoa"), file(t, "small.jsonl")
	for range 2 { // a rehearsal records nothing
		if out := must(t, "import", "--dry-run", server, lines); !strings.Contains(out, "sẽ ghi 7, đã có 0, bị từ chối 0") {
			t.Error(out)
		}
	}
	for _, want := range []string{"ghi mới 7, đã có 0, bị từ chối 0", "ghi mới 0, đã có 7, bị từ chối 0"} {
		if out := must(t, "import", server, lines); !strings.Contains(out, want) {
			t.Errorf("%s, want %s", out, want)
		}
	}
	if out := must(t, "import", "--dry-run", server, lines); !strings.Contains(out, "sẽ ghi 0, đã có 7, bị từ chối 0") {
		t.Error(out)
	}
	r := hosoWith(t.Context(), `{"command":"unemployment.file"}`+"\n", "import", server, "--errors", filepath.Join(t.TempDir(), "e"), "-")
	if r.code != 3 || !strings.Contains(r.out, "bị từ chối 1") {
		t.Errorf("%d %s%s", r.code, r.out, r.err)
	}
}

func TestAServerSaysWhatIsWrong(t *testing.T) {
	server := "--server=" + served(t, filepath.Join(t.TempDir(), "there"), "đúng")
	for name, c := range map[string]struct {
		token string
		args  []string
		code  string
		exit  int
	}{
		"no token":        {"", []string{"figures", "--month", "2024-04", server}, "right.nobody", 3},
		"another token":   {"sai", []string{"import", file(t, "small.jsonl"), server}, "right.nobody", 3},
		"no such case":    {"đúng", []string{"history", "merit/1", server}, "case.not_found", 3},
		"an unclear case": {"đúng", []string{"history", "1", server}, "usage", 2},
		"no such month":   {"đúng", []string{"figures", "--month", "2024-13", server}, "figures.no_month", 3},
		"no server":       {"đúng", []string{"figures", "--month", "2024-04", "--server", "http://127.0.0.1:1"}, "server.away", 1},
		"a plain one":     {"đúng", []string{"figures", "--month", "2024-04", "--server", "http://hoso.example.vn"}, "server.plain", 2},
		"no address":      {"đúng", []string{"figures", "--month", "2024-04", "--server", "hoso"}, "server.wrong_address", 2},
		"closing":         {"đúng", []string{"close", "--month", "2024-04", "--by", "x", "open", server}, "usage", 2},
		"a missing token": {"", []string{"figures", "--month", "2024-04", "--token-file", "/nonexistent", server}, "file.unreadable", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("HOSO_TOKEN", c.token)
			r := hoso(t, c.args...)
			if r.code != c.exit || !strings.Contains(r.err, "["+c.code+"]") || strings.Contains(r.err, "đúng") && c.token == "đúng" && strings.Contains(r.err, "Bearer") {
				t.Errorf("%d %s", r.code, r.err)
			}
		})
	}
}

// A server that is asked to stop answers what it has begun, and does not wait for those who only watch.
func TestAServerIsStopped(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	e := &env{out: io.Discard, err: os.Stderr, clock: clock}
	a, err := e.openNew(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	a.known = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r.WithContext(right.With(r.Context(), right.Caller{Account: "lan", Grants: []right.Grant{{Role: right.Caseworker}}})))
		})
	}
	address, stop, err := a.serveFor(context.WithoutCancel(t.Context()), e, listenFlags{Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	watching, err := http.Get(address.String() + "/api/v1/changes")
	if err != nil {
		t.Fatal(err)
	}
	defer watching.Body.Close()
	body, w := io.Pipe()
	r, err := http.NewRequestWithContext(t.Context(), "POST", address.String()+"/api/v1/import", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/jsonl")
	importing, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer importing.Body.Close()
	line := `{"command":"person.register","case":"P-%d","occurred":"2024-04-01","data":{"name":"X"}}` + "\n"
	_, _ = io.WriteString(w, strings.ReplaceAll(line, "%d", "1"))
	begun := time.Now()
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	time.Sleep(200 * time.Millisecond)
	_, _ = io.WriteString(w, strings.ReplaceAll(line, "%d", "2"))
	_ = w.Close()
	if got, err := io.ReadAll(importing.Body); err != nil || !strings.Contains(string(got), `"written":2`) {
		t.Errorf("the import under way: %s %v", got, err)
	}
	<-stopped
	if took := time.Since(begun); took > grace {
		t.Errorf("it took %s", took)
	}
}
