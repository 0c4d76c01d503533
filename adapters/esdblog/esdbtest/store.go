package esdbtest

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Store is the transaction log that the nodes of one database share. It outlives them, as a disk would.
type Store struct {
	// Projections makes each append followed by what the system projection $by_category writes: a link in the stream
	// $ce-<category>. Set it before the first append.
	Projections bool

	mu      sync.Mutex
	records []record // in the log's order
	streams map[string]*stream
	end     uint64        // where the next record begins
	grown   chan struct{} // closed, and replaced, by each append
}

// record is an event in the log. Positions are byte offsets, as in the real log: they grow with gaps, and the first
// event does not lie at 0, where the log's own first record is.
type record struct {
	position    uint64
	stream      string
	revision    uint64
	id          uuid.UUID
	eventType   string
	contentType string
	data        []byte
	metadata    []byte
	created     time.Time
}

type stream struct {
	at        []int  // places in records, by revision
	before    uint64 // revisions below it are truncated
	tombstone bool
}

// NewStore returns a database as a fresh server leaves it: with events of the system's own.
func NewStore() *Store {
	s := &Store{streams: map[string]*stream{}, end: 1024, grown: make(chan struct{})}
	s.System("$users", "$UserCreated")
	s.System("$settings", "$UserCreated")
	return s
}

// System writes an event of the server's own.
func (s *Store) System(stream, eventType string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(stream, proposed{id: uuid.New(), eventType: eventType, contentType: "application/json", data: []byte("{}")})
	s.signal()
}

// Put writes an event as some other program would.
func (s *Store) Put(stream, eventType, data, metadata string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(stream, proposed{uuid.New(), eventType, "application/json", []byte(data), []byte(metadata)})
	s.signal()
}

// Truncate makes the events of a stream below a revision unreadable, as $tb, $maxCount and $maxAge do.
func (s *Store) Truncate(name string, before uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stream(name).before = before
}

// Tombstone deletes a stream for ever.
func (s *Store) Tombstone(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stream(name).tombstone = true
}

// Streams returns the names of all streams that do not belong to the system.
func (s *Store) Streams() (names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.streams {
		if !strings.HasPrefix(name, "$") {
			names = append(names, name)
		}
	}
	return names
}

// Stored returns an event as somebody who browses the database sees it.
func (s *Store) Stored(name string, revision int) (id uuid.UUID, eventType, contentType string, data, metadata []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.records[s.streams[name].at[revision]]
	return r.id, r.eventType, r.contentType, r.data, r.metadata
}

func (s *Store) stream(name string) *stream {
	t, ok := s.streams[name]
	if !ok {
		t = &stream{}
		s.streams[name] = t
	}
	return t
}

type proposed struct {
	id          uuid.UUID
	eventType   string
	contentType string
	data        []byte
	metadata    []byte
}

// add writes one record. Its length is about what the real log would take.
func (s *Store) add(name string, p proposed) record {
	t := s.stream(name)
	r := record{s.end, name, uint64(len(t.at)), p.id, p.eventType, p.contentType, p.data, p.metadata, time.Now().UTC()}
	t.at = append(t.at, len(s.records))
	s.records = append(s.records, r)
	s.end += uint64(90 + len(name) + len(p.eventType) + len(p.data) + len(p.metadata))
	return r
}

func (s *Store) signal() {
	close(s.grown)
	s.grown = make(chan struct{})
}

// expected is the revision after which an append wants to lie; noStream for a new stream. The other two are the
// protocol's wildcards [proto: AppendReq.Options].
type expected int64

const (
	noStream expected = -1
	anything expected = -2
	exists   expected = -4
)

// verdict is how an append was decided.
type verdict struct {
	wrong    bool // WrongExpectedVersion
	deleted  bool
	current  int64 // the stream's last revision before, -1 for none
	last     record
	repeated bool
}

// append decides and writes [server: IndexWriter.CheckCommit]: events whose ids already lie right behind the expected
// revision are not written again, and the answer is that of the first time; where only a part of them does, the
// expected version is wrong.
func (s *Store) append(name string, want expected, events []proposed) verdict {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.streams[name]
	current := int64(-1)
	if t != nil {
		current = int64(len(t.at)) - 1
		if t.tombstone {
			return verdict{deleted: true}
		}
	}
	switch {
	case want == anything, want == exists && current >= 0:
	case want == exists, int64(want) > current:
		return verdict{wrong: true, current: current}
	case int64(want) < current:
		return s.repeated(t, want, current, events)
	}
	v := verdict{current: current}
	for _, e := range events {
		v.last = s.add(name, e)
	}
	if category, _, ok := strings.Cut(name, "-"); s.Projections && ok && !strings.HasPrefix(name, "$") {
		for i := range events {
			s.add("$ce-"+category, proposed{id: uuid.New(), eventType: "$>", contentType: "application/octet-stream",
				data: fmt.Appendf(nil, "%d@%s", current+1+int64(i), name)})
		}
	}
	s.signal()
	return v
}

func (s *Store) repeated(t *stream, want expected, current int64, events []proposed) verdict {
	at := int64(want)
	for _, e := range events {
		at++
		if at > current || s.records[t.at[at]].id != e.id {
			return verdict{wrong: true, current: current}
		}
	}
	return verdict{current: current, repeated: true, last: s.records[t.at[at]]}
}

// snapshot returns the log as it is, and what tells of its next change. Records are only ever added.
func (s *Store) snapshot() ([]record, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.records, s.grown
}

// of returns the readable records of a stream.
func (s *Store) of(name string) (records []record, found, deleted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.streams[name]
	if !ok || len(t.at) == 0 {
		return nil, false, false
	}
	if t.tombstone {
		return nil, true, true
	}
	for revision := t.before; revision < uint64(len(t.at)); revision++ {
		records = append(records, s.records[t.at[revision]])
	}
	return records, len(records) > 0, false
}

// readable tells whether $all shows a record: truncated and deleted ones go with the next scavenge.
func (s *Store) readable(r record) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.streams[r.stream]
	return !t.tombstone && r.revision >= t.before
}
