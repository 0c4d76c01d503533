package natskeys

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/natsserver"
	"hoso/domain"
)

// TestRotationInterruptedAtItsEnd: before the file is replaced, and between that and the taking away of the note.
func TestRotationInterruptedAtItsEnd(t *testing.T) {
	t.Parallel()
	srv, err := natsserver.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	nc, err := srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	dir := t.TempDir()
	lan := domain.PersonID{UUID: uuid.New()}
	var want domain.Key
	open := func() error {
		k, err := Open(t.Context(), nc, Options{Dir: dir})
		if err != nil {
			return err
		}
		defer k.Close()
		got, err := k.Key(t.Context(), lan)
		if want == (domain.Key{}) {
			want = got
		}
		if got != want {
			t.Error("it is another key")
		}
		return err
	}
	if err := open(); err != nil {
		t.Fatal(err)
	}
	for name, replaced := range map[string]bool{"before the file is replaced": false, "after it": true} {
		was, err := readKEK(filepath.Join(dir, kekName))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Rotate(t.Context(), nc, RotateOptions{Dir: dir}); err != nil {
			t.Fatal(err)
		}
		// As it was a moment before its end.
		next, err := readKEK(filepath.Join(dir, kekName))
		if err != nil {
			t.Fatal(err)
		}
		aead, err := newAEAD(next)
		if err != nil {
			t.Fatal(err)
		}
		_, note := newKey(aead, rotatingSubject)
		if _, err := nc.Request(rotatingSubject, note, timeout); err != nil {
			t.Fatal(err)
		}
		if !replaced {
			if err := os.Rename(filepath.Join(dir, kekName), filepath.Join(dir, nextName)); err != nil {
				t.Fatal(err)
			}
			if err := placeKey(dir, kekName, was); err != nil {
				t.Fatal(err)
			}
		}
		if err := open(); !errors.Is(err, errRotating) {
			t.Errorf("%s: opened: %v", name, err)
		}
		sum, err := Rotate(t.Context(), nc, RotateOptions{Dir: dir})
		if err != nil || sum.Sealed != 0 || sum.Keys != 3 {
			t.Errorf("%s: %+v, %v", name, sum, err)
		}
		if now, err := readKEK(filepath.Join(dir, kekName)); err != nil || now != next {
			t.Errorf("%s: another key was made, %v", name, err)
		}
		if err := open(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
