package natskeys_test

import (
	"errors"
	"slices"
	"testing"

	"hoso/adapters/natskeys"
	"hoso/domain"
)

// TestSigningKeys: made once, the same for everybody, in their order, and copied with the others.
func TestSigningKeys(t *testing.T) {
	t.Parallel()
	p, to := newPlace(t), newPlace(t)
	here, there := p.open(t), p.open(t)
	if keys, err := here.SealKeys(t.Context()); err != nil || len(keys) != 0 {
		t.Fatalf("%d keys before one was made, %v", len(keys), err)
	}
	var made []domain.Key
	for n := range 2 {
		key, err := here.NewSealKey(t.Context(), n+1)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := there.NewSealKey(t.Context(), n+1); err != nil || again != key {
			t.Errorf("made twice: %v", err)
		}
		made = append(made, key)
	}
	if made[0] == made[1] {
		t.Error("the second key is the first")
	}
	if err := natskeys.CopyKEK(p.dir, to.dir); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := natskeys.Copy(t.Context(), p.connect(t), to.connect(t), natskeys.CopyOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	copied := to.open(t)
	for where, k := range map[string]*natskeys.Keys{"here": here, "there": there, "in the copy": copied} {
		if keys, err := k.SealKeys(t.Context()); err != nil || !slices.Equal(keys, made) {
			t.Errorf("%s: %d keys, %v", where, len(keys), err)
		}
	}
	// Both sides changed the key since: neither is written over.
	for _, k := range []*natskeys.Keys{here, copied} {
		if _, err := k.NewSealKey(t.Context(), 3); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := natskeys.Copy(t.Context(), p.connect(t), to.connect(t), natskeys.CopyOptions{}); !errors.Is(err, &domain.Error{Code: "keys.different"}) {
		t.Errorf("got %v", err)
	}
}
