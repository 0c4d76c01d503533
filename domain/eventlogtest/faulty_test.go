package eventlogtest

import (
	"bytes"
	"context"
	"flag"
	"iter"
	"slices"
	"sync"
	"testing"

	"hoso/domain"
)

// faulty is a log in which some methods are replaced.
type faulty struct {
	domain.EventLog
	append func(context.Context, domain.StreamID, domain.Tail, []domain.Draft) (domain.Tail, error)
	read   func(context.Context, domain.StreamID, uint64) events
	follow func(context.Context, domain.Cursor) events
	head   func(context.Context) (domain.Cursor, error)
}

type events = iter.Seq2[domain.Recorded, error]

func (f *faulty) Append(ctx context.Context, id domain.StreamID, tail domain.Tail, ds ...domain.Draft) (domain.Tail, error) {
	if f.append != nil {
		return f.append(ctx, id, tail, ds)
	}
	return f.EventLog.Append(ctx, id, tail, ds...)
}

func (f *faulty) Read(ctx context.Context, id domain.StreamID, after uint64) events {
	if f.read != nil {
		return f.read(ctx, id, after)
	}
	return f.EventLog.Read(ctx, id, after)
}

func (f *faulty) Follow(ctx context.Context, after domain.Cursor) events {
	if f.follow != nil {
		return f.follow(ctx, after)
	}
	return f.EventLog.Follow(ctx, after)
}

func (f *faulty) Head(ctx context.Context) (domain.Cursor, error) {
	if f.head != nil {
		return f.head(ctx)
	}
	return f.EventLog.Head(ctx)
}

// end returns the true end of a stream.
func end(l domain.EventLog, id domain.StreamID) domain.Tail {
	var all []domain.Recorded
	for e := range l.Read(context.Background(), id, 0) {
		all = append(all, e)
	}
	return tailOf(all)
}

// careless appends at the stream's end, whatever the tail, where a condition holds.
func careless(when func(l domain.EventLog, tail, end domain.Tail, n int) bool) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if e := end(l, id); when(l, tail, e, len(ds)) {
				tail = e
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	}
}

// appended changes what is appended.
func appended(change func(*domain.Draft)) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			ds = slices.Clone(ds)
			for i := range ds {
				change(&ds[i])
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	}
}

// answered changes what an append does after the sound log has answered.
func answered(change func(l domain.EventLog, id domain.StreamID, ds []domain.Draft, t domain.Tail, err error) (domain.Tail, error)) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			t, err := l.Append(ctx, id, tail, ds...)
			return change(l, id, ds, t, err)
		}}
	}
}

// readAs replaces Read.
func readAs(read func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, read: func(ctx context.Context, id domain.StreamID, after uint64) events { return read(l, ctx, id, after) }}
	}
}

// followAs replaces Follow.
func followAs(follow func(l domain.EventLog, ctx context.Context, after domain.Cursor) events) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, follow: func(ctx context.Context, after domain.Cursor) events { return follow(l, ctx, after) }}
	}
}

// headAs changes what Head answers.
func headAs(change func(domain.Cursor) domain.Cursor) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, head: func(ctx context.Context) (domain.Cursor, error) {
			c, err := l.Head(ctx)
			return change(c), err
		}}
	}
}

// onceReopened lets a fault show only after the log was closed and opened again.
func onceReopened(f fault) fault {
	return func(l domain.EventLog, opening int) domain.EventLog {
		if opening == 0 {
			return l
		}
		return f(l, opening)
	}
}

// changed changes each event of a sequence.
func changed(seq events, change func(*domain.Recorded)) events {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range seq {
			if err == nil {
				change(&e)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// doubled yields every n-th event twice.
func doubled(seq events, n int) events {
	return func(yield func(domain.Recorded, error) bool) {
		i := 0
		for e, err := range seq {
			if i++; err == nil && i%n == 0 && !yield(e, nil) {
				return
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// silent ends a sequence without its error.
func silent(seq events) events {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range seq {
			if err != nil || !yield(e, nil) {
				return
			}
		}
	}
}

// locking keeps a lock while a sequence runs, and for ever where it is left early.
func locking(seq events, mu *sync.Mutex) events {
	return func(yield func(domain.Recorded, error) bool) {
		mu.Lock()
		for e, err := range seq {
			if !yield(e, err) {
				return
			}
		}
		mu.Unlock()
	}
}

// cached yields the same bytes to everybody.
func cached() func(events) events {
	var mu sync.Mutex
	kept := map[domain.Cursor][]byte{}
	return func(seq events) events {
		return changed(seq, func(e *domain.Recorded) {
			mu.Lock()
			defer mu.Unlock()
			if _, ok := kept[e.Position]; !ok {
				kept[e.Position] = e.Data
			}
			e.Data = kept[e.Position]
		})
	}
}

// setRapid keeps the model from shrinking, and keeping, failures that are meant.
func setRapid(t *testing.T) {
	for name, value := range map[string]string{"rapid.shrinktime": "0s", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
}

func replaced(old, new string) func(*domain.Draft) {
	return func(d *domain.Draft) { d.Data = bytes.ReplaceAll(d.Data, []byte(old), []byte(new)) }
}
