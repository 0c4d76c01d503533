package natskeys_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"hoso/adapters/natskeys"
	"hoso/adapters/natsserver"
	"hoso/domain"
)

// rotate replaces the key-encryption key of a place.
func (p *place) rotate(t *testing.T, ctx context.Context, o natskeys.RotateOptions) (natskeys.Rotation, error) {
	t.Helper()
	o.Dir = p.dir
	return natskeys.Rotate(ctx, p.connect(t), o)
}

func kek(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sealedPeople makes keys of some people, the first of whom is then erased, and a signing key.
func (p *place) sealedPeople(t *testing.T, n int) (keys map[domain.PersonID]domain.Key, gone domain.PersonID, office, signing domain.Key) {
	t.Helper()
	k := p.open(t)
	defer k.Close()
	gone = somebody()
	key(t, k, gone)
	destroy(t, k, gone)
	keys = people(t, k, n)
	var err error
	if office, err = k.Pseudonym(t.Context()); err != nil {
		t.Fatal(err)
	}
	if signing, err = k.NewSealKey(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	return keys, gone, office, signing
}

// same checks that all keys are what they were.
func (p *place) same(t *testing.T, keys map[domain.PersonID]domain.Key, gone domain.PersonID, office, signing domain.Key) {
	t.Helper()
	k := p.open(t)
	defer k.Close()
	for who, want := range keys {
		if got := key(t, k, who); got != want {
			t.Fatalf("the key of %s is another one", who)
		}
	}
	erased(t, k, gone)
	if got, err := k.Pseudonym(t.Context()); err != nil || got != office {
		t.Errorf("the office's secret is another one, %v", err)
	}
	if got, err := k.SealKeys(t.Context()); err != nil || len(got) != 1 || got[0] != signing {
		t.Errorf("the signing key is another one, %v", err)
	}
}

func TestRotate(t *testing.T) { everywhere(t, rotated) }

func rotated(t *testing.T, p *place) {
	keys, gone, office, signing := p.sealedPeople(t, 30)
	var one domain.PersonID
	for one = range keys {
		break
	}
	was, before := kek(t, filepath.Join(p.dir, "kek")), p.sealed(t, one)

	user := p.open(t)
	_, err := p.rotate(t, t.Context(), natskeys.RotateOptions{})
	refusal(t, err, "keys.in_use")
	user.Close()
	p.open(t).Close() // it was refused and left nothing behind

	old := filepath.Join(t.TempDir(), "kek-2024")
	sum, err := p.rotate(t, t.Context(), natskeys.RotateOptions{Old: old})
	if want := 30 + 3; err != nil || sum.Keys != want || sum.Sealed != want { // the office's secret, its check value, the signing key
		t.Fatalf("%+v, %v", sum, err)
	}
	now := kek(t, filepath.Join(p.dir, "kek"))
	if now == was || kek(t, old) != was {
		t.Error("the file was not replaced, or the old key not kept")
	}
	if _, err := os.Stat(filepath.Join(p.dir, "kek.new")); err == nil {
		t.Error("the next key was left behind")
	}
	p.same(t, keys, gone, office, signing)
	if p.cluster == nil {
		p.restart(t)
		if n := filesWith(t, filepath.Join(p.dir, "nats"), before); n != 0 {
			t.Errorf("%d files hold a key as it was sealed before", n)
		}
		if n := filesWith(t, filepath.Join(p.dir, "nats"), p.sealed(t, one)); n == 0 {
			t.Error("the search does not see sealed keys: it proves nothing")
		}
	}

	// Another machine has the old file still.
	if err := os.WriteFile(filepath.Join(p.dir, "kek"), []byte(was), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = p.try(t)
	refusal(t, err, "keys.kek_wrong")
	_, err = p.rotate(t, t.Context(), natskeys.RotateOptions{})
	refusal(t, err, "keys.kek_wrong")
	// And a file that is there is not written over with a key.
	if err := os.WriteFile(filepath.Join(p.dir, "kek"), []byte(now), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = p.rotate(t, t.Context(), natskeys.RotateOptions{Old: old})
	refusal(t, err, "keys.kek_other")
	p.same(t, keys, gone, office, signing)
}

// TestInterruptedRotation: it ends after some of the keys, again and again. Until it has come to its end nobody uses keys that
// are half sealed anew, and nobody loses one.
func TestInterruptedRotation(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	keys, gone, office, signing := p.sealedPeople(t, 1200)
	sealed := 0
	for n := range 2 {
		ctx, cancel := context.WithCancel(t.Context())
		sum, err := p.rotate(t, ctx, natskeys.RotateOptions{Progress: func(done, _ int) {
			if done > 500*n {
				cancel()
			}
		}})
		if err == nil {
			t.Fatal("it was not interrupted")
		}
		sealed += sum.Sealed
		p.restart(t)
		_, err = p.try(t)
		refusal(t, err, "keys.rotation_unfinished")
		if _, err := natskeys.Copy(t.Context(), p.connect(t), newPlace(t).connect(t), natskeys.CopyOptions{}); domain.CodeOf(err) != "keys.rotation_unfinished" {
			t.Errorf("copied meanwhile: %v", err)
		}
	}
	if sealed == 0 || sealed >= 1203 {
		t.Fatalf("%d keys were sealed anew before the interruptions: they prove nothing", sealed)
	}
	// On a machine without the next key nothing goes on.
	next := filepath.Join(p.dir, "kek.new")
	if err := os.Rename(next, next+"-elsewhere"); err != nil {
		t.Fatal(err)
	}
	_, err := p.rotate(t, t.Context(), natskeys.RotateOptions{})
	refusal(t, err, "keys.rotation_elsewhere")
	if err := os.Rename(next+"-elsewhere", next); err != nil {
		t.Fatal(err)
	}
	sum, err := p.rotate(t, t.Context(), natskeys.RotateOptions{})
	if err != nil || sum.Keys != 1203 || sealed+sum.Sealed != 1203 {
		t.Fatalf("%d before, then %+v, %v", sealed, sum, err)
	}
	p.same(t, keys, gone, office, signing)
}

// BenchmarkRotate seals 10,000 keys anew.
func BenchmarkRotate(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		srv, err := natsserver.Open(b.Context(), b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		nc, err := srv.Connect()
		if err != nil {
			b.Fatal(err)
		}
		dir := b.TempDir()
		k, err := natskeys.Open(b.Context(), nc, natskeys.Options{Dir: dir})
		if err != nil {
			b.Fatal(err)
		}
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				for range 1000 {
					if _, err := k.Key(b.Context(), somebody()); err != nil {
						b.Error(err)
					}
				}
			})
		}
		all.Wait()
		k.Close()
		b.StartTimer()
		if sum, err := natskeys.Rotate(b.Context(), nc, natskeys.RotateOptions{Dir: dir}); err != nil || sum.Keys != 10_002 {
			b.Fatal(sum, err)
		}
		b.StopTimer()
		nc.Close()
		srv.Close()
		b.StartTimer()
	}
}
