package documentstest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"hoso/projections/documents"
)

// Run holds a store, which is empty, against its contract.
func Run(t *testing.T, s documents.Store) {
	ctx := t.Context()
	t.Run("what is put is got", func(t *testing.T) {
		for _, size := range []int{1, 1000, 256 << 10, 256<<10 + 1, 3 << 20, documents.MaxStored} {
			b := random(size)
			name, err := s.Put(ctx, b)
			if err != nil || name != documents.NameOf(b) {
				t.Fatalf("%d bytes: %q, %v", size, name, err)
			}
			if got, err := s.Get(ctx, name); err != nil || !bytes.Equal(got, b) {
				t.Errorf("%d bytes: got %d, %v", size, len(got), err)
			}
		}
	})
	t.Run("too much is refused", func(t *testing.T) {
		if _, err := s.Put(ctx, random(documents.MaxStored+1)); !errors.Is(err, documents.ErrTooLarge) {
			t.Errorf("%v", err)
		}
	})
	t.Run("twice is once", func(t *testing.T) { twice(t, s) })
	t.Run("what is not there", func(t *testing.T) {
		for _, name := range []string{documents.NameOf(random(9)), "", "*", ">", "../../etc/passwd", "a.b", strings.Repeat("g", 64)} {
			if _, err := s.Get(ctx, name); !errors.Is(err, documents.ErrMissing) {
				t.Errorf("get %q: %v", name, err)
			}
			if err := s.Drop(ctx, name); err != nil {
				t.Errorf("drop %q: %v", name, err)
			}
		}
		if len(all(t, s)) == 0 {
			t.Error("dropping what is not there dropped what is")
		}
	})
	t.Run("what is dropped is gone", func(t *testing.T) {
		name, err := s.Put(ctx, random(600<<10))
		if err != nil {
			t.Fatal(err)
		}
		before := all(t, s)
		if err := errors.Join(s.Drop(ctx, name), s.Drop(ctx, name)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get(ctx, name); !errors.Is(err, documents.ErrMissing) {
			t.Errorf("%v", err)
		}
		if after := all(t, s); before[name].IsZero() || !after[name].IsZero() || len(after) != len(before)-1 {
			t.Errorf("%d before, %d after", len(before), len(after))
		}
	})
	t.Run("a context that has ended", func(t *testing.T) {
		ended, end := context.WithCancel(ctx)
		end()
		if _, err := s.Put(ended, random(10)); !errors.Is(err, context.Canceled) {
			t.Errorf("put: %v", err)
		}
	})
}

func twice(t *testing.T, s documents.Store) {
	b := random(700 << 10)
	name, err := s.Put(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	at := all(t, s)[name]
	if at.IsZero() || time.Since(at) > time.Minute || time.Until(at) > time.Minute {
		t.Errorf("put at %s", at)
	}
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			if again, err := s.Put(t.Context(), b); err != nil || again != name {
				t.Errorf("again: %q, %v", again, err)
			}
		})
	}
	writers.Wait()
	if got, err := s.Get(t.Context(), name); err != nil || !bytes.Equal(got, b) || !all(t, s)[name].Equal(at) {
		t.Errorf("%d bytes of %s, %v", len(got), all(t, s)[name], err)
	}
}

func all(t *testing.T, s documents.Store) map[string]time.Time {
	t.Helper()
	found := map[string]time.Time{}
	for one, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		found[one.Name] = one.At
	}
	return found
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand never fails
	return b
}
