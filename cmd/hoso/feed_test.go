package main

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestOtherProgramsOnNATS serves a directory with its feed, and has the example program and the nats command line read it, as
// the README shows them.
func TestOtherProgramsOnNATS(t *testing.T) {
	if testing.Short() {
		t.Skip("builds other programs")
	}
	data := filepath.Join(t.TempDir(), "data")
	input := filepath.Join(t.TempDir(), "claims.jsonl")
	if err := os.WriteFile(input, []byte(claims(40)), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "--data", data, input)
	port := free(t)
	t.Setenv("HOSO_NATS_PASSWORD", "thu-nghiem")
	started(t, "serve", "--data", data, "--listen", "127.0.0.1:0", "--nats-listen", port, "--feed-since", "2024-03")
	url := "nats://" + port
	root := filepath.Join("..", "..")

	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	example := filepath.Join(t.TempDir(), "watch-figures")
	build(t, ctx, root, "build", "-o", example, "./deploy/examples/watch-figures")
	want := `calendar.2024-04.all.unemployment.claims {"value":40,"ytd":40,"last_year":0,"position":`
	for ; ; time.Sleep(100 * time.Millisecond) { // the bucket is there a moment after the server
		watch := exec.CommandContext(ctx, example, url, "calendar.2024-04.all.unemployment.claims")
		out, err := watch.StdoutPipe()
		if err == nil {
			err = watch.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		_ = watch.Process.Kill()
		_ = watch.Wait()
		if strings.HasPrefix(line, want) {
			break
		}
		if ctx.Err() != nil || line != "" {
			t.Fatalf("the example prints %q (%v), want %s", line, err, want)
		}
	}

	nats := func(user string, args ...string) (string, error) {
		args = append([]string{"tool", "-modfile=.ci/natscli/go.mod", "nats", "--server", url, "--user", user, "--password", "thu-nghiem"}, args...)
		c := exec.CommandContext(ctx, "go", args...)
		c.Dir = root
		b, err := c.CombinedOutput()
		return string(b), err
	}
	if got, err := nats("figures", "kv", "get", "hoso-figures", "15-14.2024-04.all.unemployment.claims", "--raw"); err != nil || !strings.Contains(got, `"value":`) {
		t.Errorf("nats kv get: %v\n%s", err, got)
	}
	if got, err := nats("events", "stream", "get", "HOSO_EVENTS", "1"); err != nil || !strings.Contains(got, "ce-type: person.registered") || strings.Contains(got, "Nông") {
		t.Errorf("nats stream get: %v\n%s", err, got)
	}
	if got, err := nats("events", "stream", "purge", "HOSO_EVENTS", "--force"); err == nil {
		t.Errorf("a reader purged the stream: %s", got)
	}
}

// build runs the go command in the repository.
func build(t *testing.T, ctx context.Context, root string, args ...string) {
	t.Helper()
	c := exec.CommandContext(ctx, "go", args...)
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// free returns an address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
