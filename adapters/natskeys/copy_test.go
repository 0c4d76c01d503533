package natskeys_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natskeys"
	"hoso/domain"
)

// connect returns a connection to the place's server.
func (p *place) connect(t *testing.T) *nats.Conn {
	t.Helper()
	if p.cluster != nil {
		return p.cluster.Connect(t, p.login)
	}
	nc, err := p.srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return nc
}

// copyTo copies keys and key file.
func (p *place) copyTo(t *testing.T, to *place) natskeys.CopySummary {
	t.Helper()
	sum, err := natskeys.Copy(t.Context(), p.connect(t), to.connect(t), natskeys.CopyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := natskeys.CopyKEK(p.dir, to.dir); err != nil {
		t.Fatal(err)
	}
	return sum
}

// messages counts what the bucket ever held.
func (p *place) messages(t *testing.T) uint64 {
	t.Helper()
	js, err := jetstream.New(p.connect(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := js.Stream(t.Context(), "KV_hoso-keys")
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State.LastSeq
}

func people(t *testing.T, k *natskeys.Keys, n int) map[domain.PersonID]domain.Key {
	t.Helper()
	all := map[domain.PersonID]domain.Key{}
	for range n {
		who := somebody()
		all[who] = key(t, k, who)
	}
	return all
}

func destroy(t *testing.T, k *natskeys.Keys, who domain.PersonID) {
	t.Helper()
	if err := k.Destroy(t.Context(), who); err != nil {
		t.Fatal(err)
	}
}

func erased(t *testing.T, k *natskeys.Keys, who domain.PersonID) {
	t.Helper()
	if _, err := k.Key(t.Context(), who); !errors.Is(err, domain.ErrErased) {
		t.Errorf("the key of %s: %v, want it erased", who, err)
	}
}

func refusal(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil || domain.CodeOf(err) != code {
		t.Errorf("%v (%s), want %s", err, domain.CodeOf(err), code)
	}
}

func TestCopyOfTheKeys(t *testing.T) {
	t.Parallel()
	from, to := newPlace(t), newPlace(t)
	a := from.open(t)
	keys := people(t, a, 520) // more than go into one group
	gone, later := somebody(), somebody()
	key(t, a, gone)
	key(t, a, later)
	destroy(t, a, gone)

	if sum := from.copyTo(t, to); sum != (natskeys.CopySummary{Persons: 522, Copied: 522}) {
		t.Errorf("%+v", sum)
	}
	b := to.open(t)
	for who, want := range keys {
		if key(t, b, who) != want {
			t.Fatalf("another key for %s", who)
		}
	}
	erased(t, b, gone)
	one, _ := a.Pseudonym(t.Context())
	if other, err := b.Pseudonym(t.Context()); err != nil || other != one {
		t.Errorf("another office's secret, %v", err)
	}
	before := to.messages(t)
	if sum := from.copyTo(t, to); sum.Copied != 0 || sum.Erased != 0 || to.messages(t) != before {
		t.Errorf("copied again: %+v", sum)
	}

	// Somebody is registered and somebody erased in the source, and somebody else in the target.
	fresh := somebody()
	want := key(t, a, fresh)
	destroy(t, a, later)
	var here domain.PersonID
	for here = range keys {
		break
	}
	destroy(t, b, here)
	sealed := to.sealed(t, later)
	if filesWith(t, to.dir, sealed) == 0 {
		t.Fatal("the sealed key is nowhere on the target's disk: this test sees nothing")
	}
	if sum := from.copyTo(t, to); sum != (natskeys.CopySummary{Persons: 523, Copied: 1, Erased: 1}) {
		t.Errorf("%+v", sum)
	}
	if n := filesWith(t, to.dir, sealed); n != 0 {
		t.Errorf("the erased key is still in %d files of the target", n)
	}
	b.Close()
	to.restart(t)
	b = to.open(t)
	if key(t, b, fresh) != want {
		t.Error("another key for somebody who came later")
	}
	for _, who := range []domain.PersonID{gone, later, here} {
		erased(t, b, who)
	}
}

// sealed returns the stored form of a person's key.
func (p *place) sealed(t *testing.T, who domain.PersonID) []byte {
	t.Helper()
	js, err := jetstream.New(p.connect(t))
	if err != nil {
		t.Fatal(err)
	}
	bucket, err := js.KeyValue(t.Context(), "hoso-keys")
	if err != nil {
		t.Fatal(err)
	}
	e, err := bucket.Get(t.Context(), "person."+who.String())
	if err != nil {
		t.Fatal(err)
	}
	return e.Value()
}

func TestAnotherOfficesKeysStay(t *testing.T) {
	t.Parallel()
	from, to := newPlace(t), newPlace(t)
	people(t, from.open(t), 3)
	b := to.open(t)
	keys := people(t, b, 3)
	before := to.messages(t)
	_, err := natskeys.Copy(t.Context(), from.connect(t), to.connect(t), natskeys.CopyOptions{})
	refusal(t, err, "keys.other_office")
	refusal(t, natskeys.CopyKEK(from.dir, to.dir), "keys.kek_other")
	if n := to.messages(t); n != before {
		t.Errorf("%d messages were written", n-before)
	}
	b.Close()
	b = to.open(t)
	for who, want := range keys {
		if key(t, b, who) != want {
			t.Errorf("the key of %s changed", who)
		}
	}
}

func TestAPersonsOtherKeyStays(t *testing.T) {
	t.Parallel()
	from, to := newPlace(t), newPlace(t)
	a := from.open(t)
	people(t, a, 3)
	from.copyTo(t, to)
	b, who := to.open(t), somebody()
	key(t, a, who)
	want := key(t, b, who) // both sides were in use
	_, err := natskeys.Copy(t.Context(), from.connect(t), to.connect(t), natskeys.CopyOptions{})
	refusal(t, err, "keys.different")
	b.Close()
	if key(t, to.open(t), who) != want {
		t.Error("the key was overwritten")
	}
}

func TestACopyThatWasInterrupted(t *testing.T) {
	t.Parallel()
	from, to := newPlace(t), newPlace(t)
	keys := people(t, from.open(t), 600)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := natskeys.Copy(ctx, from.connect(t), to.connect(t), natskeys.CopyOptions{Progress: func(int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, want the context's error", err)
	}
	if err := natskeys.CopyKEK(from.dir, to.dir); err != nil {
		t.Fatal(err)
	}
	_, err = to.try(t) // it would make new keys for those who are missing
	refusal(t, err, "keys.kek_unverified")
	if sum := from.copyTo(t, to); sum.Copied != 100 {
		t.Errorf("%+v", sum)
	}
	b := to.open(t)
	for who, want := range keys {
		if key(t, b, who) != want {
			t.Fatalf("another key for %s", who)
		}
	}
}

func TestNothingToCopy(t *testing.T) {
	t.Parallel()
	from, to := newPlace(t), newPlace(t)
	_, err := natskeys.Copy(t.Context(), from.connect(t), to.connect(t), natskeys.CopyOptions{})
	refusal(t, err, "keys.nothing_to_copy")
	refusal(t, natskeys.CopyKEK(from.dir, to.dir), "keys.kek_missing")
}

func TestCopyOfTheKeyFile(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "new")
	want := bytes.Repeat([]byte{7}, 32)
	if err := os.WriteFile(filepath.Join(from, "kek"), want, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := natskeys.CopyKEK(from, to); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(to, "kek")
	got, err := os.ReadFile(path)
	if info, _ := os.Stat(path); err != nil || !bytes.Equal(got, want) || info.Mode().Perm() != 0o600 {
		t.Errorf("%x, %v", got, err)
	}
	other := bytes.Repeat([]byte{8}, 32)
	if err := os.WriteFile(path, other, 0o600); err != nil {
		t.Fatal(err)
	}
	refusal(t, natskeys.CopyKEK(from, to), "keys.kek_other")
	if got, _ := os.ReadFile(path); !bytes.Equal(got, other) {
		t.Error("another key was overwritten")
	}
	if err := os.Chmod(filepath.Join(from, "kek"), 0o640); err != nil {
		t.Fatal(err)
	}
	refusal(t, natskeys.CopyKEK(from, t.TempDir()), "keys.kek_exposed")
}
