package eventlogtest

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"hoso/domain"
)

// recognising is a log that answers for drafts which it knows by the first of them: when tells whether it does, and
// answer with which tail, given the first one.
func recognising(answer func(l domain.EventLog, id domain.StreamID, first domain.Tail, ds []domain.Draft) (domain.Tail, bool)) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		known := map[uuid.UUID]domain.Tail{}
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			mu.Lock()
			defer mu.Unlock()
			if first, ok := known[ds[0].ID]; ok {
				if t, ok := answer(l, id, first, ds); ok {
					return t, nil
				}
			}
			t, err := l.Append(ctx, id, tail, ds...)
			if err == nil {
				known[ds[0].ID] = t
			}
			return t, err
		}}
	}
}

// appendedAgain is a log that appends drafts at the end which it has already, where a condition holds, and refuses.
func appendedAgain(as domain.StreamID, when func(end, first domain.Tail) bool) fault {
	return recognising(func(l domain.EventLog, id domain.StreamID, first domain.Tail, ds []domain.Draft) (domain.Tail, bool) {
		if e := end(l, id); when(e, first) {
			if as.Type != "" {
				id, e = domain.StreamID{Type: as.Type, ID: id.ID}, domain.Tail{}
			}
			_, _ = l.Append(context.Background(), id, e, ds...)
		}
		return first, false
	})
}

// repeatFaults are logs that take a repetition wrongly.
var repeatFaults = map[string]fault{
	"repeat/answers as the first time or refuses": recognising(func(_ domain.EventLog, _ domain.StreamID, first domain.Tail, _ []domain.Draft) (domain.Tail, bool) {
		return domain.Tail{Version: first.Version, Position: first.Position + 3}, true
	}),
	"repeat/adds nothing": appendedAgain(domain.StreamID{}, func(end, first domain.Tail) bool { return end == first }),
	"repeat/adds nothing to follow": func(l domain.EventLog, opening int) domain.EventLog {
		twice := appendedAgain(domain.StreamID{Type: "ghost"}, func(end, first domain.Tail) bool { return end == first })(l, opening)
		return &faulty{EventLog: twice, follow: func(ctx context.Context, after domain.Cursor) events {
			return changed(l.Follow(ctx, after), func(e *domain.Recorded) { e.Stream.Type = "suite" })
		}}
	},
	"repeat/also when others have appended behind": recognising(func(l domain.EventLog, id domain.StreamID, first domain.Tail, _ []domain.Draft) (domain.Tail, bool) {
		e := end(l, id)
		return e, e != first
	}),
	"repeat/a part of them with others is a conflict": recognising(func(_ domain.EventLog, _ domain.StreamID, first domain.Tail, _ []domain.Draft) (domain.Tail, bool) {
		return first, true
	}),
	"repeat/where another lies it is a conflict": recognising(func(_ domain.EventLog, _ domain.StreamID, first domain.Tail, ds []domain.Draft) (domain.Tail, bool) {
		return first, len(ds) == 1
	}),
	"repeat/64 at once land once": func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		first := map[uuid.UUID]bool{}
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, _ domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			mu.Lock()
			defer mu.Unlock()
			e := end(l, id)
			if first[ds[0].ID] && e.Version > 0 { // the condition of the second on its way is the first's end
				return l.Append(ctx, id, e, ds...)
			}
			first[ds[0].ID] = true
			return l.Append(ctx, id, e, ds...)
		}}
	},
}
