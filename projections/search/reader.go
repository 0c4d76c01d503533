package search

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/person"
)

// Reader answers searches. Its methods may be called at once from many goroutines. It has no name in memory until the first
// Refresh; after a long time away, or at first, that takes a second for every 50,000 people or so.
type Reader struct {
	catalog *domain.Catalog
	codec   *domain.Codec
	db      *sql.DB
	office  Office
	known   Cases
	names   *names

	refreshing sync.Mutex
	seen       int64       // the last change in names
	ready      atomic.Bool // names once held all that the views had
}

// Office makes ids out of what the office calls people and cases (intake.Names).
type Office interface {
	Case(caseType, reference string) uuid.UUID
	Pseudonym(value string) uuid.UUID
}

// Cases tells which cases there are (worklist.Reader).
type Cases interface {
	Exists(context.Context, domain.StreamID) (bool, error)
	// Beginning returns the cases of a type (of any, where it is empty) whose id begins with these bytes, at most limit.
	Beginning(ctx context.Context, caseType string, head []byte, limit int) ([]domain.StreamID, error)
}

// NewReader returns a reader of the file that a runner fills.
func NewReader(catalog *domain.Catalog, codec *domain.Codec, db *sql.DB, office Office, known Cases) *Reader {
	return &Reader{catalog: catalog, codec: codec, db: db, office: office, known: known, names: newNames()}
}

// change is a row of people.
type change struct {
	seq     int64
	who     domain.PersonID
	version uint64
	kind    string
	schema  int
	data    []byte
	name    string
}

const (
	// changesAtOnce is how many changes are read before they are opened.
	changesAtOnce = 8192
	// openers is how many names are opened at once: keys are asked for in batches.
	openers = 128
	// tries is how often a key is asked for where its store does not answer, and pause how long it is left alone in between:
	// the names of a whole province are opened at a start, when everybody else asks too.
	tries, pause = 8, time.Second
)

// Refresh brings the names in memory to what the views hold: new ones are opened, and those of erased people overwritten.
func (r *Reader) Refresh(ctx context.Context) error {
	r.refreshing.Lock()
	defer r.refreshing.Unlock()
	for {
		changes, err := r.changes(ctx)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			r.ready.Store(true)
			return nil
		}
		if err := r.openAll(ctx, changes); err != nil {
			return err
		}
		r.names.mu.Lock()
		for _, c := range changes {
			if c.data == nil {
				r.names.remove(c.who, c.version)
			} else {
				r.names.put(c.who, c.version, c.name)
			}
		}
		r.names.mu.Unlock()
		r.seen = changes[len(changes)-1].seq
	}
}

// Follow refreshes whenever the views have changed, until the context ends: an erased name then leaves the memory also where
// nobody searches. changed returns what is closed at the next change.
func (r *Reader) Follow(ctx context.Context, changed func() <-chan struct{}, failed func(error)) {
	for ctx.Err() == nil {
		next := changed()
		if err := r.Refresh(ctx); err != nil && ctx.Err() == nil {
			failed(err)
			wait(ctx, 10*pause)
			continue
		}
		select {
		case <-next:
		case <-ctx.Done():
		}
	}
}

// wait waits for a time, and tells whether the context goes on.
func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

func (r *Reader) changes(ctx context.Context) (all []change, err error) {
	rows, err := r.db.QueryContext(ctx, "SELECT seq, person, version, type, schema, data FROM search_people WHERE seq > ? ORDER BY seq LIMIT ?", r.seen, changesAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c change
		var who []byte
		if err := rows.Scan(&c.seq, &who, &c.version, &c.kind, &c.schema, &c.data); err != nil {
			return nil, err
		}
		c.who = domain.PersonID{UUID: uuid.UUID(who)}
		all = append(all, c)
	}
	return all, rows.Err()
}

// openAll opens the names of changes; of a person who was erased meanwhile there is none.
func (r *Reader) openAll(ctx context.Context, changes []change) error {
	var all sync.WaitGroup
	fail := make([]error, openers)
	for n := range min(openers, len(changes)) {
		all.Go(func() {
			for i := n; i < len(changes) && fail[n] == nil; i += openers {
				c := &changes[i]
				if c.data == nil {
					continue
				}
				said, err := r.open(ctx, c.kind, c.schema, c.data)
				for n := 1; n < tries && domain.KindOf(err) == domain.Unavailable && wait(ctx, pause); n++ {
					said, err = r.open(ctx, c.kind, c.schema, c.data)
				}
				if errors.Is(err, domain.ErrErased) {
					continue
				}
				c.name, fail[n] = said.name, err
			}
		})
	}
	all.Wait()
	return cmp.Or(fail...)
}

// said is what an act says of a person, readable.
type said struct {
	name     string
	identity person.Identity
	born     person.Born
	commune  string
}

func (r *Reader) open(ctx context.Context, kind string, schema int, data []byte) (s said, err error) {
	e, err := r.codec.Decode(kind, schema, data)
	if err != nil {
		return s, err
	}
	if e, err = r.codec.Open(ctx, e); err != nil {
		return s, err
	}
	switch e := e.(type) {
	case person.Registered:
		s.name, _ = e.Name.Reveal()
		s.identity, _ = e.Identity.Reveal()
		s.born, _ = e.Born.Reveal()
		s.commune = string(e.Commune)
	case person.Referenced:
		s.name, _ = e.Name.Reveal()
	default:
		return s, fmt.Errorf("event %s says no name", kind)
	}
	return s, nil
}
