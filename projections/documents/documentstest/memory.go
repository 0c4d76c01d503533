// Package documentstest is the contract of documents.Store as a suite, and a store in memory.
package documentstest

import (
	"bytes"
	"context"
	"iter"
	"maps"
	"sync"
	"time"

	"hoso/projections/documents"
)

// Memory is a documents.Store that forgets everything with the process. The zero value is empty.
type Memory struct {
	mu   sync.Mutex
	kept map[string]kept
}

type kept struct {
	bytes []byte
	at    time.Time
}

var _ documents.Store = (*Memory)(nil)

// Put implements documents.Store.
func (m *Memory) Put(ctx context.Context, sealed []byte) (string, error) {
	if len(sealed) > documents.MaxStored {
		return "", documents.ErrTooLarge
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	name := documents.NameOf(sealed)
	if m.kept == nil {
		m.kept = map[string]kept{}
	}
	if _, ok := m.kept[name]; !ok {
		m.kept[name] = kept{bytes.Clone(sealed), time.Now()}
	}
	return name, ctx.Err()
}

// Get implements documents.Store.
func (m *Memory) Get(ctx context.Context, name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.kept[name]
	switch {
	case !ok:
		return nil, documents.ErrMissing
	case documents.NameOf(k.bytes) != name:
		return nil, documents.ErrDamaged
	}
	return bytes.Clone(k.bytes), ctx.Err()
}

// Drop implements documents.Store.
func (m *Memory) Drop(ctx context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, name)
	return ctx.Err()
}

// All implements documents.Store.
func (m *Memory) All(ctx context.Context) iter.Seq2[documents.Stored, error] {
	m.mu.Lock()
	all := maps.Clone(m.kept)
	m.mu.Unlock()
	return func(yield func(documents.Stored, error) bool) {
		for name, k := range all {
			if !yield(documents.Stored{Name: name, At: k.at}, ctx.Err()) {
				return
			}
		}
	}
}

// Spoil puts other bytes under a name, as a failing disk does.
func (m *Memory) Spoil(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.kept[name]
	k.bytes = append(bytes.Clone(k.bytes), 0)
	m.kept[name] = k
}

// Age makes what is kept older.
func (m *Memory) Age(by time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name, k := range m.kept {
		k.at = k.at.Add(-by)
		m.kept[name] = k
	}
}
