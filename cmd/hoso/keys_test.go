package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoso/adapters/natscluster/clustertest"
)

var askFigures = []string{"figures", "--month", "2024-04", "--format", "json"}

// TestNoNewKeysOverEvents: keys that were made anew would open nothing, and double every case.
func TestNoNewKeysOverEvents(t *testing.T) {
	t.Parallel()
	small, data, bare := file(t, "small.jsonl"), filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "bare")
	must(t, "import", "--data", data, small)
	want := must(t, append(askFigures, "--data", data)...)
	must(t, "copy", "--from", data, "--to", bare, "--without-keys")
	fails(t, 3, "keys.missing", append(askFigures, "--data", bare)...)
	fails(t, 3, "keys.missing", "import", "--data", bare, small)
	fails(t, 3, "keys.missing", "import", "--dry-run", "--data", bare, small)
	// Nothing stands in the way of the right ones.
	must(t, "copy", "--from", data, "--to", bare)
	if got := must(t, append(askFigures, "--data", bare)...); got != want {
		t.Errorf("figures differ\n--- got\n%s\n--- want\n%s", got, want)
	}
	if out := must(t, "import", "--data", bare, small); !strings.Contains(out, "ghi mới 0, đã có 7") {
		t.Error(out)
	}
}

// TestNoNewKeysOnANATSServer: somebody lost the bucket and kept the events.
func TestNoNewKeysOnANATSServer(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1})
	as, small := c.Account(t), file(t, "small.jsonl")
	flags := []string{"--nats", as.In(c.Addresses()), "--nats-system-creds", c.System().File}
	with := func(args ...string) []string { return append(args, flags...) }
	must(t, with("import", "--data", filepath.Join(t.TempDir(), "data"), small)...)
	if _, err := c.Connect(t, as).Request("$JS.API.STREAM.DELETE.KV_hoso-keys", nil, 10*time.Second); err != nil {
		t.Fatal(err)
	}
	fails(t, 3, "keys.missing", with("import", "--data", filepath.Join(t.TempDir(), "other"), small)...)
	fails(t, 3, "keys.missing", with(append(askFigures, "--data", filepath.Join(t.TempDir(), "third"))...)...)
	if n := streams(t, c, as); n != 1 {
		t.Errorf("%d streams, want that of the events alone", n)
	}
}
