package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoso/adapters/natscluster/clustertest"
)

// office makes a data directory of an office of its own.
func office(t *testing.T, input string) string {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	if r := hosoWith(t.Context(), input, "import", "--data", data, "-"); r.code != 0 {
		t.Fatal(r.err)
	}
	return data
}

// TestAWrongKeyFileIsNotCopied: what was copied with it could neither be read nor repaired.
func TestAWrongKeyFileIsNotCopied(t *testing.T) {
	t.Parallel()
	n, _ := eventStore(t)
	data, back := office(t, read(t, file(t, "small.jsonl"))), filepath.Join(t.TempDir(), "back")
	must(t, "copy", "--from", data, "--to", n.URL())
	kek := filepath.Join(data, "keys", "kek")
	right := read(t, kek)
	if err := os.WriteFile(kek, bytes.Repeat([]byte{7}, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, 1, "keys.kek_wrong", "copy", "--from", data, "--to", back)
	fails(t, 1, "keys.kek_wrong", "copy", "--from", n.URL(), "--to", back, "--keys", data)
	if exists(back) {
		t.Error("a directory was left behind")
	}
	if err := os.WriteFile(kek, []byte(right), 0o600); err != nil {
		t.Fatal(err)
	}
	// A file that waits at the target is not overwritten, and nothing is put beside it.
	if err := os.MkdirAll(filepath.Join(back, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(back, "keys", "kek"), bytes.Repeat([]byte{7}, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, 3, "keys.kek_other", "copy", "--from", data, "--to", back)
	if exists(filepath.Join(back, "nats")) {
		t.Error("something was made beside another key file")
	}
}

// TestNoKeysBesideAnotherHistory: the events are compared before the first key is written.
func TestNoKeysBesideAnotherHistory(t *testing.T) {
	t.Parallel()
	small := file(t, "small.jsonl")
	data, other, bare := office(t, read(t, small)), office(t, firstLine(t, small)), filepath.Join(t.TempDir(), "bare")
	must(t, "copy", "--from", other, "--to", bare, "--without-keys")
	fails(t, 3, "copy.different", "copy", "--from", data, "--to", bare)
	if exists(filepath.Join(bare, "keys", "kek")) {
		t.Error("a key file was left behind")
	}
	must(t, "copy", "--from", other, "--to", bare) // its own keys still go there
	must(t, append(askFigures, "--data", bare)...)
}

// TestNoLogBesideAnotherOfficesKeys: the keys are compared before the log is made.
func TestNoLogBesideAnotherOfficesKeys(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1})
	as, small := c.Account(t), file(t, "small.jsonl")
	system := []string{"--nats-system-creds", c.System().File}
	must(t, append([]string{"import", "--data", filepath.Join(t.TempDir(), "other"), "--nats", as.In(c.Addresses()), small}, system...)...)
	if _, err := c.Connect(t, as).Request("$JS.API.STREAM.DELETE.hoso", nil, 10*time.Second); err != nil {
		t.Fatal(err)
	}
	fails(t, 3, "keys.other_office", append([]string{"copy", "--from", office(t, read(t, small)), "--to", as.In(c.Addresses())}, system...)...)
	if n := streams(t, c, as); n != 1 {
		t.Errorf("%d streams, want that of the keys alone", n)
	}
}

// TestAHalfCopiedPlaceIsNotUsed: what is there would pass for all there is.
func TestAHalfCopiedPlaceIsNotUsed(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1})
	as, small := c.Account(t), file(t, "small.jsonl")
	data, back := office(t, read(t, small)), filepath.Join(t.TempDir(), "back")
	want := must(t, append(askFigures, "--data", data)...)
	flags := natsFlags{Replicas: 1, NATSSystemCreds: c.System().File}
	for _, test := range []struct {
		to   place
		open []string // how it is used
	}{
		{place{dir: back}, []string{"--data", back}},
		{place{nats: as.In(c.Addresses())}, []string{"--data", data, "--nats", as.In(c.Addresses()), "--nats-system-creds", c.System().File}},
	} {
		// The copy is killed before its first event.
		e := &env{args: []string{"copy"}, err: new(bytes.Buffer), clock: clock}
		from, err := e.openSource(t.Context(), place{dir: data}.store(natsFlags{}))
		if err != nil {
			t.Fatal(err)
		}
		to, err := e.openTarget(t.Context(), test.to.store(flags), from, from)
		if err != nil {
			t.Fatal(err)
		}
		_, err = (copyCommand{natsFlags: flags}).begin(t.Context(), e, from, to, true)
		to.close()
		from.close()
		if err != nil {
			t.Fatal(err)
		}

		again := append([]string{"copy", "--from", data, "--to", test.to.dir + test.to.nats}, test.open[2:]...)
		if test.to.nats != "" {
			again = append(again[:5], "--nats-system-creds", c.System().File)
			if r := hoso(t, append(append([]string{}, askFigures...), test.open...)...); r.code != 2 || !strings.Contains(r.err, "hoso copy") {
				t.Errorf("in the directory of the source: %+v", r)
			}
			fresh := filepath.Join(t.TempDir(), "fresh")
			if err := os.CopyFS(filepath.Join(fresh, "keys"), os.DirFS(filepath.Join(data, "keys"))); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(filepath.Join(fresh, "keys", "kek"), 0o600); err != nil {
				t.Fatal(err)
			}
			test.open[1] = fresh
		}
		fails(t, 1, "copy.unfinished", append(append([]string{}, askFigures...), test.open...)...)
		fails(t, 1, "copy.unfinished", append([]string{"import", small}, test.open...)...)
		fails(t, 1, "copy.unfinished", "copy", "--from", test.to.dir+test.to.nats, "--to", filepath.Join(t.TempDir(), "third"), "--without-keys")
		must(t, again...)
		if got := must(t, append(append([]string{}, askFigures...), test.open...)...); got != want {
			t.Errorf("figures differ\n--- got\n%s\n--- want\n%s", got, want)
		}
	}
}
