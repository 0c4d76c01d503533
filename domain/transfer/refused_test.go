package transfer_test

import (
	"context"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/transfer"
)

// TestTargetsThatHoldSomethingElse: nothing is written to a log that somebody else has used.
func TestTargetsThatHoldSomethingElse(t *testing.T) {
	t.Parallel()
	from := memlog.New()
	one, other := domain.StreamID{Type: "loan", ID: uuid.New()}, domain.StreamID{Type: "loan", ID: uuid.New()}
	add(t, from, one, 1, 1)
	add(t, from, other, 1, 2)
	add(t, from, one, 1, 3)
	add(t, from, other, 2, 4)
	source := all(t, from)
	for name, spoil := range map[string]func(e []domain.Recorded) []domain.Recorded{
		"another id":     func(e []domain.Recorded) []domain.Recorded { e[1].ID = uuid.New(); return e[:3] },
		"another name":   func(e []domain.Recorded) []domain.Recorded { e[1].Type = "loan.closed"; return e[:3] },
		"another schema": func(e []domain.Recorded) []domain.Recorded { e[1].Schema++; return e[:3] },
		"another date":   func(e []domain.Recorded) []domain.Recorded { e[1].Meta.Occurred++; return e[:3] },
		"another time": func(e []domain.Recorded) []domain.Recorded {
			e[1].Meta.Recorded = e[1].Meta.Recorded.Add(1000)
			return e[:3]
		},
		"another actor":  func(e []domain.Recorded) []domain.Recorded { e[1].Meta.Actor.Unit = "21"; return e[:3] },
		"other bytes":    func(e []domain.Recorded) []domain.Recorded { e[1].Data = []byte(`{"n":2,"i":0}`); return e[:3] },
		"another case":   func(e []domain.Recorded) []domain.Recorded { e[1].Stream = one; return e[:2] },
		"another order":  func(e []domain.Recorded) []domain.Recorded { e[1], e[2] = e[2], e[1]; return e },
		"one left out":   func(e []domain.Recorded) []domain.Recorded { return slices.Delete(e, 1, 2)[:2] },
		"one in between": func(e []domain.Recorded) []domain.Recorded { return slices.Insert(e, 1, e[4])[:2] },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			to := logOf(t, memlog.NewStore(), spoil(slices.Clone(source)))
			before := all(t, to)
			sum, err := transfer.Copy(t.Context(), from, to, transfer.Options{})
			code(t, err, "copy.different")
			if err != nil && (!strings.Contains(err.Error(), "thứ 2") || !strings.Contains(err.Error(), source[1].ID.String()) ||
				!strings.Contains(err.Error(), before[1].ID.String())) {
				t.Errorf("%q does not say where", err)
			}
			if sum.Copied != 0 {
				t.Errorf("%+v", sum)
			}
			same(t, "the target", all(t, to), before)
		})
	}
}

// liar answers appends with success and keeps something else; or is used by somebody else meanwhile.
type liar struct {
	domain.EventLog
	append func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error)
	follow func(domain.Recorded) domain.Recorded
}

func (l *liar) Append(ctx context.Context, id domain.StreamID, tail domain.Tail, ds ...domain.Draft) (domain.Tail, error) {
	if l.append == nil {
		return l.EventLog.Append(ctx, id, tail, ds...)
	}
	return l.append(ctx, id, tail, ds)
}

func (l *liar) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range l.EventLog.Follow(ctx, after) {
			if l.follow != nil && err == nil {
				e = l.follow(e)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func TestCopiesThatAreNone(t *testing.T) {
	t.Parallel()
	from := memlog.New()
	ids := []domain.StreamID{{Type: "loan", ID: uuid.New()}, {Type: "loan", ID: uuid.New()}}
	for i := range 6 {
		add(t, from, ids[i%2], 1+i%2, i)
	}
	stranger := domain.StreamID{Type: "person", ID: uuid.New()}
	changed := func(l domain.EventLog, change func(*domain.Draft)) *liar {
		return &liar{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			ds = slices.Clone(ds)
			if id == ids[1] {
				change(&ds[0])
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	}
	for name, c := range map[string]struct {
		lie  func(domain.EventLog) *liar
		says string
	}{
		"a log that keeps other bytes": {func(l domain.EventLog) *liar {
			return changed(l, func(d *domain.Draft) { d.Data = []byte(`{}`) })
		}, ids[1].String()},
		"a log that stamps its own time": {func(l domain.EventLog) *liar {
			return changed(l, func(d *domain.Draft) { d.Meta.Recorded = d.Meta.Recorded.Add(1) })
		}, ids[1].String()},
		"somebody who writes to the target meanwhile": {func(l domain.EventLog) *liar {
			n := 0
			return &liar{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
				if n++; n == 3 {
					add(t, l, stranger, 1, 1)
				}
				return l.Append(ctx, id, tail, ds...)
			}}
		}, stranger.String()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := transfer.Copy(t.Context(), from, c.lie(memlog.New()), transfer.Options{})
			code(t, err, "copy.unverified")
			if err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%q does not name %s", err, c.says)
			}
		})
	}
}

// TestAnotherWriterInTheSameCase: a conflict is looked at, and what lies there is not ours.
func TestAnotherWriterInTheSameCase(t *testing.T) {
	t.Parallel()
	from, to := memlog.New(), memlog.New()
	id := domain.StreamID{Type: "loan", ID: uuid.New()}
	add(t, from, id, 1, 1)
	add(t, from, id, 1, 2)
	n := 0
	_, err := transfer.Copy(t.Context(), from, &liar{EventLog: to, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
		if n++; n == 2 {
			add(t, to, id, 1, 1)
		}
		return to.Append(ctx, id, tail, ds...)
	}}, transfer.Options{})
	code(t, err, "copy.different")
	if got := all(t, to); len(got) != 2 {
		t.Errorf("%d events in the target, want the copied one and the other writer's", len(got))
	}
}

func TestATargetThatTakesNothing(t *testing.T) {
	t.Parallel()
	from, to := memlog.New(), memlog.New()
	add(t, from, domain.StreamID{Type: "loan", ID: uuid.New()}, 1, 1)
	full := &domain.Error{Kind: domain.Unavailable, Code: "storage.full"}
	_, err := transfer.Copy(t.Context(), from, &target{EventLog: to, wrong: func() wrong { return wrong{err: full} }}, transfer.Options{})
	if domain.CodeOf(err) != "storage.full" || domain.KindOf(err) != domain.Unavailable {
		t.Errorf("%v (%s)", err, domain.CodeOf(err))
	}
}
