// Package memlog is an event log in memory, for tests and for trying things out. It keeps the whole contract of
// [domain.EventLog] except durability: events live as long as their [Store].
//
// A Store stands for the disk, a [Log] for a process that has it open:
//
//	store := memlog.NewStore()
//	log := memlog.Open(store)  // append, read, follow
//	log.Close()                // the process ends
//	log = memlog.Open(store)   // and starts again: everything is there
//
// Cursors grow by three, so that a test which takes a cursor for a count fails here and not in front of a real log.
package memlog

import (
	"context"
	"iter"
	"slices"
	"sync"

	"hoso/domain"
)

// ErrClosed is what every method answers after Close, and what ends each Follow.
var ErrClosed = &domain.Error{Kind: domain.Unavailable, Code: "log.closed", Msg: "nhật ký sự kiện đã đóng"}

// step is the distance between two cursors.
const step = 3

// Store keeps the events.
type Store struct {
	mu      sync.Mutex
	events  []domain.Recorded // the log's order; only ever appended to
	streams map[domain.StreamID][]domain.Recorded
	grown   chan struct{} // closed, and replaced, by each append: it wakes the followers

	idempotent bool
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{streams: map[domain.StreamID][]domain.Recorded{}, grown: make(chan struct{})}
}

// NewIdempotentStore returns an empty store whose logs use the other half of what the contract leaves open, as EventStoreDB
// does: drafts whose ids already lie right behind the given tail get the answer of the first time, and of a tail
// only the version is looked at.
func NewIdempotentStore() *Store {
	s := NewStore()
	s.idempotent = true
	return s
}

// Log is a store that is open. It implements [domain.EventLog].
type Log struct {
	store  *Store
	closed chan struct{}
	once   sync.Once
}

// Open opens a store. It may be open more than once; all of its logs see the same events.
func Open(s *Store) *Log { return &Log{store: s, closed: make(chan struct{})} }

// New returns a log on a store of its own.
func New() *Log { return Open(NewStore()) }

// Close ends the log's followers. The events stay in the store.
func (l *Log) Close() { l.once.Do(func() { close(l.closed) }) }

// live tells why a call cannot go on: its context has ended or the log is closed.
func (l *Log) live(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-l.closed:
		return ErrClosed
	default:
		return nil
	}
}

// Append implements [domain.EventLog].
func (l *Log) Append(ctx context.Context, id domain.StreamID, tail domain.Tail, drafts ...domain.Draft) (domain.Tail, error) {
	if err := l.live(ctx); err != nil {
		return domain.Tail{}, err
	}
	if err := domain.CheckAppend(id, drafts); err != nil {
		return domain.Tail{}, err
	}
	s := l.store
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.idempotent {
		if first, ok := s.repeated(id, tail.Version, drafts); ok {
			return first, nil
		}
		if has := end(s.streams[id]); tail.Version == has.Version {
			tail = has // the position is not looked at
		}
	}
	if tail != end(s.streams[id]) {
		return domain.Tail{}, domain.ErrConflict
	}
	at := end(s.events).Position
	for _, d := range drafts {
		tail.Version, at = tail.Version+1, at+step
		e := copied(domain.Recorded{Stream: id, Version: tail.Version, Position: at, Draft: d})
		s.events = append(s.events, e)
		s.streams[id] = append(s.streams[id], e)
	}
	close(s.grown)
	s.grown = make(chan struct{})
	return end(s.streams[id]), nil
}

// repeated returns the answer of the first time where exactly these drafts lie in the stream right behind a version.
func (s *Store) repeated(id domain.StreamID, after uint64, drafts []domain.Draft) (domain.Tail, bool) {
	events := s.streams[id]
	if after+uint64(len(drafts)) > uint64(len(events)) {
		return domain.Tail{}, false
	}
	events = events[after : after+uint64(len(drafts))]
	for i, d := range drafts {
		if events[i].ID != d.ID {
			return domain.Tail{}, false
		}
	}
	return end(events), true
}

func end(events []domain.Recorded) domain.Tail {
	if len(events) == 0 {
		return domain.Tail{}
	}
	last := events[len(events)-1]
	return domain.Tail{Version: last.Version, Position: last.Position}
}

// copied keeps what is stored apart from what callers hold.
func copied(e domain.Recorded) domain.Recorded {
	e.Data = slices.Clone(e.Data)
	return e
}

// Read implements [domain.EventLog].
func (l *Log) Read(ctx context.Context, id domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		l.store.mu.Lock()
		events := l.store.streams[id]
		l.store.mu.Unlock()
		for _, e := range events[min(after, uint64(len(events))):] {
			if err := l.live(ctx); err != nil {
				yield(domain.Recorded{}, err)
				return
			}
			if !yield(copied(e), nil) {
				return
			}
		}
		if err := l.live(ctx); err != nil {
			yield(domain.Recorded{}, err)
		}
	}
}

// Follow implements [domain.EventLog].
func (l *Log) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for {
			l.store.mu.Lock()
			events, grown := l.store.events, l.store.grown
			l.store.mu.Unlock()
			next, _ := slices.BinarySearchFunc(events, after+1, func(e domain.Recorded, c domain.Cursor) int { return int(e.Position) - int(c) })
			for _, e := range events[next:] {
				if err := l.live(ctx); err != nil {
					yield(domain.Recorded{}, err)
					return
				}
				if !yield(copied(e), nil) {
					return
				}
				after = e.Position
			}
			select {
			case <-grown:
			case <-ctx.Done():
				yield(domain.Recorded{}, ctx.Err())
				return
			case <-l.closed:
				yield(domain.Recorded{}, ErrClosed)
				return
			}
		}
	}
}

// Head implements [domain.EventLog].
func (l *Log) Head(ctx context.Context) (domain.Cursor, error) {
	if err := l.live(ctx); err != nil {
		return 0, err
	}
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	return end(l.store.events).Position, nil
}
