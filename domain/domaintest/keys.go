package domaintest

import (
	"context"
	"crypto/rand"
	"sync"

	"hoso/domain"
)

// KeyRing is a [domain.Keys] in memory.
type KeyRing struct {
	mu     sync.Mutex
	keys   map[domain.PersonID]domain.Key
	erased map[domain.PersonID]bool
	office domain.Key
}

// Keys returns an empty key ring. Its keys are random: a test that compares sealed bytes is wrong.
func Keys() *KeyRing {
	return &KeyRing{keys: map[domain.PersonID]domain.Key{}, erased: map[domain.PersonID]bool{}, office: newKey()}
}

func newKey() (k domain.Key) {
	_, _ = rand.Read(k[:]) // crypto/rand never fails
	return k
}

// Key implements [domain.Keys].
func (r *KeyRing) Key(_ context.Context, who domain.PersonID) (domain.Key, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.erased[who] {
		return domain.Key{}, domain.ErrErased
	}
	k, ok := r.keys[who]
	if !ok {
		k = newKey()
		r.keys[who] = k
	}
	return k, nil
}

// Destroy implements [domain.Keys].
func (r *KeyRing) Destroy(_ context.Context, who domain.PersonID) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.keys, who)
	r.erased[who] = true
	return nil
}

// Pseudonym implements [domain.Keys].
func (r *KeyRing) Pseudonym(context.Context) (domain.Key, error) { return r.office, nil }
