package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoso/adapters/esdblog/esdbtest"
)

// eventStore starts a database on which the system projections run.
func eventStore(t *testing.T) (*esdbtest.Node, *esdbtest.Store) {
	t.Helper()
	store := esdbtest.NewStore()
	store.Projections = true
	n, err := esdbtest.Start(store, esdbtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Stop)
	return n, store
}

func TestOnEventStoreDB(t *testing.T) {
	t.Parallel()
	n, store := eventStore(t)
	small := file(t, "small.jsonl")
	data, embedded := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "embedded")
	must(t, "import", "--data", embedded, small)
	ask := []string{"figures", "--month", "2024-04", "--format", "json"}
	want := must(t, append(ask, "--data", embedded)...)

	// Who reads makes nothing, and neither does a rehearsal.
	fails(t, 2, "data.none", append(ask, "--data", data, "--eventstore", n.URL())...)
	if out := must(t, "import", "--dry-run", "--data", data, "--eventstore", n.URL(), small); !strings.Contains(out, "sẽ ghi 7") {
		t.Errorf("a rehearsal says %s", out)
	}
	if names := store.Streams(); len(names) != 0 {
		t.Errorf("streams were left behind: %v", names)
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a directory was left behind")
	}

	if out := must(t, "import", "--data", data, "--eventstore", n.URL(), small); !strings.Contains(out, "ghi mới 7") {
		t.Error(out)
	}
	if out := must(t, "import", "--data", data, "--eventstore", n.URL(), small); !strings.Contains(out, "ghi mới 0, đã có 7") {
		t.Error(out)
	}
	if got := must(t, append(ask, "--data", data, "--eventstore", "KurrentDB"+strings.TrimPrefix(n.URL(), "esdb"))...); got != want {
		t.Errorf("figures differ\n--- got\n%s\n--- want\n%s", got, want)
	}
	out := must(t, "history", "--data", data, "--eventstore", n.URL(), "unemployment/TN 01/2024")
	if !strings.Contains(out, "phiên bản") {
		t.Error(out)
	}

	// Keys that were made anew would not open what is there.
	fails(t, 3, "keys.missing", "import", "--data", filepath.Join(t.TempDir(), "other"), "--eventstore", n.URL(), small)
	fails(t, 2, "log.wrong_address", append(ask, "--data", data, "--eventstore", "esdb://user:secret@:x")...)

	c, _, how := overseen(t, "serve", "--data", data, "--eventstore", n.URL(), "--listen", "127.0.0.1:0")
	var h health
	for h.Status != "ok" {
		if h, _ = how(); h.Status == "failing" {
			t.Fatalf("%+v", h)
		}
	}
	if h.Position != 7+firstAccount {
		t.Errorf("%+v", h)
	}
	// Whoever watches is told soon that the store is away, and what is away.
	n.Stop()
	for began := time.Now(); h.Storage == "ok"; {
		asked := time.Now()
		var code int
		h, code = how()
		if took := time.Since(asked); took > 3*time.Second || time.Since(began) > 30*time.Second {
			t.Fatalf("after %v: %d %+v", took, code, h)
		}
	}
	if h.Status != "failing" {
		t.Errorf("%+v", h)
	}
	_ = c.Process.Kill()
	_ = c.Wait()
}

// TestCopy takes the events from the directory to EventStoreDB and back into another directory.
func TestCopy(t *testing.T) {
	t.Parallel()
	n, _ := eventStore(t)
	small := file(t, "small.jsonl")
	data, back := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "back")
	must(t, "import", "--data", data, small)
	thereAndBack(t, n, data, back, 7)

	fails(t, 2, "data.none", "copy", "--from", filepath.Join(t.TempDir(), "none"), "--to", n.URL())
	fails(t, 2, "copy.keys_unknown", "copy", "--from", n.URL(), "--to", filepath.Join(t.TempDir(), "third"))
	for _, place := range []string{"esdb://user:secret@:x", "http://user:secret@host"} {
		if r := hoso(t, "copy", "--from", data, "--to", place); r.code != 2 || strings.Contains(r.err, "secret") || strings.Count(r.err, "\n") != 1 {
			t.Errorf("to %s: %+v", place, r)
		}
	}
	other := filepath.Join(t.TempDir(), "other")
	if r := hosoWith(t.Context(), firstLine(t, small), "import", "--data", other, "-"); r.code != 0 {
		t.Fatal(r.err)
	}
	fails(t, 3, "keys.kek_other", "copy", "--from", data, "--to", other)
	fails(t, 3, "copy.different", "copy", "--from", data, "--to", other, "--without-keys")
}

func firstLine(t *testing.T, path string) string {
	t.Helper()
	line, _, _ := strings.Cut(read(t, path), "\n")
	return line
}

// thereAndBack copies events and keys, and compares what people see.
func thereAndBack(t *testing.T, n *esdbtest.Node, data, back string, events uint64) {
	t.Helper()
	copying := func(args ...string) (c copied) {
		t.Helper()
		if err := json.Unmarshal([]byte(must(t, append(args, "--format", "json")...)), &c); err != nil {
			t.Fatal(err)
		}
		return c
	}
	there := copying("copy", "--from", data, "--to", n.URL())
	if there.Copied != events || there.Events != events || there.Keys != nil {
		t.Errorf("there: %+v", there)
	}
	again := copying("copy", "--from", data, "--to", n.URL())
	if again.Copied != 0 || again.Digest != there.Digest {
		t.Errorf("again: %+v", again)
	}
	home := copying("copy", "--from", n.URL(), "--to", back, "--keys", data)
	if home.Copied != events || home.Digest != there.Digest || home.Cases != there.Cases || home.Keys == nil || home.Keys.Persons == 0 {
		t.Errorf("back: %+v, there %+v", home, there)
	}
	direct := copying("copy", "--from", data, "--to", back)
	if direct.Copied != 0 || direct.Digest != there.Digest || direct.Keys.Copied != 0 {
		t.Errorf("from one directory to the other: %+v", direct)
	}
	for _, ask := range [][]string{
		{"figures", "--month", "2024-04", "--format", "json"},
		{"report", "--month", "2024-04", "--area", "20"},
		{"explain", "--month", "2024-04", "--indicator", "unemployment.claims", "--format", "json"},
	} {
		want := must(t, append(ask, "--data", data)...)
		if got := must(t, append(ask, "--data", data, "--eventstore", n.URL())...); got != want {
			t.Errorf("%s on EventStoreDB differs\n--- got\n%s\n--- want\n%s", ask[0], got, want)
		}
		if got := must(t, append(ask, "--data", back)...); got != want {
			t.Errorf("%s on what came back differs\n--- got\n%s\n--- want\n%s", ask[0], got, want)
		}
	}
}

// TestCopyOfTheDemonstration is the same with the whole sample province.
func TestCopyOfTheDemonstration(t *testing.T) {
	if testing.Short() {
		t.Skip("makes and copies a province")
	}
	t.Parallel()
	n, _ := eventStore(t)
	data := filepath.Join(t.TempDir(), "demo")
	must(t, "demo", "--no-serve", "--data", data)
	var sheet struct{ Position uint64 }
	if err := json.Unmarshal([]byte(must(t, "figures", "--data", data, "--month", "2024-04", "--format", "json")), &sheet); err != nil {
		t.Fatal(err)
	}
	thereAndBack(t, n, data, filepath.Join(t.TempDir(), "back"), sheet.Position)
}
