package transfer

import (
	"context"
	"iter"

	"hoso/domain"
)

// tape is a log from its beginning to where it ended when it was opened.
type tape struct {
	pull func() (domain.Recorded, error, bool)
	stop func()
	next domain.Recorded
	held bool          // next was read and not taken
	at   domain.Cursor // of the event taken last
	end  domain.Cursor
}

func open(ctx context.Context, log domain.EventLog) (*tape, error) {
	end, err := log.Head(ctx)
	if err != nil {
		return nil, err
	}
	return openTo(ctx, log, end), nil
}

func openTo(ctx context.Context, log domain.EventLog, end domain.Cursor) *tape {
	t := &tape{end: end}
	t.pull, t.stop = iter.Pull2(log.Follow(ctx, 0))
	return t
}

func (t *tape) close() { t.stop() }

// peek returns the next event without taking it, and false at the end.
func (t *tape) peek() (domain.Recorded, bool, error) {
	if t.held || t.at >= t.end {
		return t.next, t.held, nil
	}
	e, err, ok := t.pull()
	if err != nil {
		return domain.Recorded{}, false, err
	}
	if !ok || e.Position > t.end {
		return domain.Recorded{}, false, errEnded
	}
	t.next, t.held = e, true
	return e, true, nil
}

// take goes on to the event after the one that peek returned.
func (t *tape) take() { t.at, t.held = t.next.Position, false }

var errEnded = &domain.Error{Kind: domain.Internal, Code: "copy.log_ended", Msg: "nhật ký sự kiện dừng trước điểm cuối của nó"}
