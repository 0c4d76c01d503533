package natskeys

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/natsserver"
	"hoso/domain"
)

func TestKeysAreHeldForAWhile(t *testing.T) {
	t.Parallel()
	c, noon := newCache(), time.Date(2024, 4, 1, 12, 0, 0, 0, time.UTC)
	lan, hoa := domain.PersonID{UUID: uuid.New()}, domain.PersonID{UUID: uuid.New()}
	c.put(lan, entry{key: domain.Key{1}, read: noon})
	c.put(hoa, entry{erased: true, read: noon})
	for range 2 * cacheSize { // into the older generation and beyond
		c.put(domain.PersonID{UUID: uuid.New()}, entry{read: noon})
		if _, ok := c.find(lan, noon.Add(maxAge-1)); !ok {
			t.Fatal("a key that is asked for all the time was dropped")
		}
		_, _ = c.find(hoa, noon)
	}
	if e, ok := c.find(lan, noon.Add(maxAge)); ok {
		t.Errorf("%+v is held for longer than %v", e, maxAge)
	}
	if e, ok := c.find(hoa, noon.Add(1000*maxAge)); !ok || !e.erased {
		t.Error("what is erased is erased for ever, and needs no look")
	}
	c.put(lan, entry{key: domain.Key{1}, read: noon.Add(time.Hour)})
	if _, ok := c.find(lan, noon.Add(time.Hour)); !ok {
		t.Error("a key that was read again is not held")
	}
}

// TestErasureThatNobodyTells: the message to the other process gets lost. It reads the key for a time, and then no more.
func TestErasureThatNobodyTells(t *testing.T) {
	t.Parallel()
	srv, err := natsserver.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	open := func() *Keys {
		nc, err := srv.Connect()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(nc.Close)
		k, err := Open(t.Context(), nc, Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(k.Close)
		return k
	}
	here, there := open(), open()
	now := time.Now()
	there.now = func() time.Time { return now }
	there.deafen()
	lan := domain.PersonID{UUID: uuid.New()}
	if _, err := there.Key(t.Context(), lan); err != nil {
		t.Fatal(err)
	}
	if err := here.Destroy(t.Context(), lan); err != nil {
		t.Fatal(err)
	}
	if _, err := there.Key(t.Context(), lan); err != nil {
		t.Fatalf("the message was not lost: %v", err)
	}
	now = now.Add(maxAge)
	if _, err := there.Key(t.Context(), lan); !errors.Is(err, domain.ErrErased) {
		t.Errorf("after %v: %v", maxAge, err)
	}
}
