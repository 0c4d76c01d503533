package projections_test

import (
	"context"
	"iter"
	"slices"
	"testing"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/projections"
)

// broken makes SQLite roll the transaction of the first large batch back by itself, as a full disk does, and tells when.
type broken struct{ done chan struct{} }

func (broken) Name() string    { return "broken" }
func (broken) Version() string { return "1" }
func (broken) Schema() []string {
	return []string{`CREATE TABLE IF NOT EXISTS broken (one INTEGER PRIMARY KEY)`, `INSERT INTO broken VALUES (1) ON CONFLICT DO NOTHING`}
}
func (v broken) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	if len(batch) < many {
		return nil
	}
	select {
	case <-v.done:
		return nil
	default:
	}
	defer close(v.done)
	return tx.Exec(ctx, "INSERT OR ROLLBACK INTO broken VALUES (1)")
}

const many = 200

// late is tally, applied to a large batch once another view has failed.
type late struct {
	tally
	after chan struct{}
}

func (v late) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	if len(batch) >= many {
		<-v.after
	}
	return v.tally.Apply(ctx, tx, batch)
}

// told tells when so many events have come from a log that those after the first batch are a large one.
type told struct {
	domain.EventLog
	come chan struct{}
}

func (l told) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		n := 0
		for e, err := range l.EventLog.Follow(ctx, after) {
			if !yield(e, err) {
				return
			}
			if n++; n == 3*many {
				close(l.come)
			}
		}
	}
}

// Views apply a large batch at once. Where SQLite rolls back under one of them, what another one writes then would be in the
// file for good, and could not be written with the same events once more.
func TestNothingIsWrittenAfterAStatementFailed(t *testing.T) {
	t.Parallel()
	log := memlog.New()
	last := noted(t, log, 1, slices.Repeat([]int64{1}, 3*many)...)
	failed, come := make(chan struct{}), make(chan struct{})
	views := []projections.View{broken{failed}, late{tally{"1"}, failed}}
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(views...))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := projections.New(t.Context(), told{log, come}, codec, f, views...)
	if err != nil {
		t.Fatal(err)
	}
	r.Progress = func(projections.Progress) { <-come }
	err = r.CatchUp(t.Context(), last) // the events of the batch that failed come one by one
	if n, sum := total(t, f); err != nil || n != 3*many || sum != 3*many {
		t.Errorf("%d events, sum %d, %v", n, sum, err)
	}
	select {
	case <-failed:
	default:
		t.Error("no batch failed")
	}
}
