package seal_test

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/period"
	dseal "hoso/domain/seal"
	"hoso/projections"
	"hoso/projections/seal"
)

// world is a log with checkpoints in it, and views.
type world struct {
	log    domain.EventLog
	file   *sqliteviews.File
	runner *projections.Runner
	seed   domain.Key
	tails  map[domain.StreamID]domain.Tail
	cases  []domain.StreamID
	seals  domain.StreamID
}

func newWorld(t *testing.T) *world {
	w := &world{log: memlog.New(), seed: domain.Key{1, 2, 3}, tails: map[domain.StreamID]domain.Tail{},
		seals: domain.StreamID{Type: "seal", ID: uuid.New()}}
	for range 3 {
		w.cases = append(w.cases, domain.StreamID{Type: "period", ID: uuid.New()})
	}
	w.views(t, w.log)
	return w
}

// views fills a new file from a log.
func (w *world) views(t *testing.T, log domain.EventLog) {
	t.Helper()
	var err error
	if w.file, err = sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(seal.View{})); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.file.Close() })
	if w.runner, err = projections.New(t.Context(), log, catalog.All().Codec(nil), w.file, seal.View{}); err != nil {
		t.Fatal(err)
	}
	w.catchUp(t, log)
}

func (w *world) catchUp(t *testing.T, log domain.EventLog) {
	t.Helper()
	head, err := log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.runner.CatchUp(t.Context(), head); err != nil {
		t.Fatal(err)
	}
}

func (w *world) reader() *seal.Reader { return seal.NewReader(w.file.DB()) }

var now = time.Date(2024, 5, 2, 1, 30, 0, 0, time.UTC)

func (w *world) append(t *testing.T, id domain.StreamID, typ, data string) {
	t.Helper()
	tail, err := w.log.Append(t.Context(), id, w.tails[id], domain.Draft{ID: uuid.New(), Type: typ, Schema: 1, Data: []byte(data),
		Meta: domain.Meta{Actor: domain.Actor{ID: "lan"}, Command: uuid.New(), Occurred: 20240502, Recorded: now}})
	if err != nil {
		t.Fatal(err)
	}
	w.tails[id] = tail
}

// write appends events to the cases in turns.
func (w *world) write(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		w.append(t, w.cases[i%len(w.cases)], period.Submitted{}.EventType(), `{"by":"lan"}`)
	}
}

// seal appends a checkpoint of all that is there.
func (w *world) seal(t *testing.T) dseal.Note {
	t.Helper()
	w.catchUp(t, w.log)
	s, err := w.reader().State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.reader().At(t.Context(), s.Position)
	if err != nil {
		t.Fatal(err)
	}
	return w.checkpoint(t, c, w.seed)
}

func (w *world) checkpoint(t *testing.T, c seal.Checkpoint, seed domain.Key) dseal.Note {
	t.Helper()
	n, err := seal.Sign(c, seed)
	if err != nil {
		t.Fatal(err)
	}
	w.append(t, w.seals, dseal.Checkpointed{}.EventType(), string(must(t, dseal.Checkpointed{Note: n})))
	w.catchUp(t, w.log)
	return n
}

func (w *world) events(t *testing.T) (all []domain.Recorded) {
	t.Helper()
	head, err := w.log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range w.log.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, e); e.Position == head {
			break
		}
	}
	return all
}

// written is a log of somebody who writes what he likes.
type written []domain.Recorded

func (l written) Append(context.Context, domain.StreamID, domain.Tail, ...domain.Draft) (domain.Tail, error) {
	panic("nobody appends")
}

func (l written) Read(_ context.Context, id domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for _, e := range l {
			if e.Stream == id && e.Version > after && !yield(e, nil) {
				return
			}
		}
	}
}

func (l written) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for i, e := range l {
			e.Position = domain.Cursor(i + 1)
			if ctx.Err() != nil {
				break
			}
			if e.Position > after && !yield(e, nil) {
				return
			}
		}
		<-ctx.Done()
		yield(domain.Recorded{}, ctx.Err())
	}
}

func (l written) Head(context.Context) (domain.Cursor, error) { return domain.Cursor(len(l)), nil }

// altered returns a copy of the log's events after a change.
func (w *world) altered(t *testing.T, change func([]domain.Recorded) []domain.Recorded) written {
	t.Helper()
	events := w.events(t)
	for i := range events {
		events[i].Data = slices.Clone(events[i].Data)
	}
	return change(events)
}
