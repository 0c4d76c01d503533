package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// TestAFailedStartLeavesNoData: the next command would take what it left for an empty log.
func TestAFailedStartLeavesNoData(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	fails(t, 1, "nats.refused", "serve", "--data", data, "--nats", "nats://127.0.0.1:1")
	if exists(data) {
		t.Error("a directory was left behind")
	}
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	fails(t, 1, "nats.refused", "import", "--data", data, "--nats", "nats://127.0.0.1:1", file(t, "small.jsonl"))
	fails(t, 2, "data.none", append(askFigures, "--data", data)...)
	fails(t, 2, "data.none", "copy", "--from", data, "--to", filepath.Join(t.TempDir(), "copy"))
	if names, _ := filepath.Glob(filepath.Join(data, "[^l]*")); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}

// TestADirectoryGoesWithOneLog, and with verified copies of it until somebody writes to one.
func TestADirectoryGoesWithOneLog(t *testing.T) {
	t.Parallel()
	n, _ := eventStore(t)
	other, _ := eventStore(t)
	small, data, dzz := file(t, "small.jsonl"), filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "dzz")
	here, there := []string{"--data", data}, []string{"--data", data, "--eventstore", n.URL()}
	figures := func(flags []string) []string { return append(append([]string{}, askFigures...), flags...) }
	must(t, append([]string{"import", small}, here...)...)
	want := must(t, figures(here)...)
	fails(t, 2, "data.other_log", figures(there)...)
	fails(t, 2, "data.other_log", append([]string{"import", small}, there...)...)

	must(t, "copy", "--from", data, "--to", n.URL())
	for _, flags := range [][]string{here, there, here} { // both are the same as long as nobody writes
		if got := must(t, figures(flags)...); got != want {
			t.Errorf("%v: figures differ\n%s", flags, got)
		}
	}
	fails(t, 2, "data.other_log", append(figures(here), "--eventstore", other.URL())...)

	// Who writes has moved.
	must(t, append([]string{"import", small}, there...)...)
	fails(t, 2, "data.other_log", figures(here)...)
	fails(t, 2, "data.other_log", append([]string{"import", small}, here...)...)
	fails(t, 2, "data.other_log", "copy", "--from", data, "--to", dzz)
	must(t, figures(there)...)
	// And comes home by a copy, from there alone.
	fails(t, 2, "data.other_log", "copy", "--from", other.URL(), "--to", dzz, "--keys", data)
	fails(t, 2, "data.other_log", "copy", "--from", other.URL(), "--to", data, "--without-keys")
	if exists(dzz) {
		t.Error("a directory was left behind")
	}
	must(t, "copy", "--from", n.URL(), "--to", data, "--keys", data)
	if got := must(t, figures(here)...); got != want {
		t.Errorf("figures differ after the way back\n%s", got)
	}

	// A log that is gone is not begun anew.
	must(t, append([]string{"import", small}, here...)...)
	if err := os.RemoveAll(filepath.Join(data, "nats")); err != nil {
		t.Fatal(err)
	}
	fails(t, 3, "data.no_server", figures(here)...)
	fails(t, 3, "data.no_server", append([]string{"import", small}, here...)...)
	if err := os.Mkdir(filepath.Join(data, "nats"), 0o700); err != nil {
		t.Fatal(err)
	}
	fails(t, 3, "data.log_gone", append([]string{"import", small}, here...)...)
}

// TestALogIsNamedWithoutLogin: the name stands in a file and in errors.
func TestALogIsNamedWithoutLogin(t *testing.T) {
	for s, want := range map[*storeFlags]string{
		{}: "",
		{NATS: "nats://lan:secret@a:4222, b,tls://secret@c:4222/"}:         "--nats a:4222,b,c:4222",
		{EventStore: "esdb://lan:se,cr@t@a:2113,b:2113?tls=true&x=secret"}: "--eventstore a:2113,b:2113",
	} {
		if got := s.place(); got != want || strings.Contains(got, "secret") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
