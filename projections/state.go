package projections

import (
	"context"
	"sync"
	"time"

	"hoso/domain"
)

// state is what others may ask a runner while it runs.
type state struct {
	mu       sync.Mutex
	at       checkpoint
	goal     domain.Cursor // the log's end when the run began
	started  bool
	complete bool
	settled  bool  // compared, where that was needed
	against  error // what speaks against taking this generation
	err      error
	changed  chan struct{} // closed at the next change
}

func (s *state) advance(at checkpoint, goal domain.Cursor) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at, s.goal, s.started, s.err = at, goal, true, nil
	s.complete = s.complete || at.cursor >= goal
	s.signal()
}

// stop notes why a run ended. That its caller wanted it to end is no fault.
func (s *state) stop(ctx context.Context, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() == nil {
		s.err = err
	}
	s.signal()
}

// settle notes how the comparison ended.
func (s *state) settle(against error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settled, s.against = true, against
	s.signal()
}

func (s *state) signal() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Health is what a probe, a page footer and a metric ask.
type Health struct {
	Position domain.Ordinal // the last event in the views
	Cursor   domain.Cursor  // and where it lies in the log
	Head     domain.Cursor  // the end of the log; 0 where the log does not answer
	CaughtUp bool           // the views hold everything up to Head
	Complete bool           // they once held everything that the log had when this run began
	Err      error          // why the views do not move; nil where they do
	Log      error          // why the log did not say where it ends; nil where it did
	Against  error          // why this generation of views was not taken; nil where it was, or is being built
}

// Health tells where the views are.
func (r *Runner) Health(ctx context.Context) Health {
	head, err := r.log.Head(ctx)
	r.state.mu.Lock()
	defer r.state.mu.Unlock()
	h := Health{Position: r.state.at.ordinal, Cursor: r.state.at.cursor, Head: head, Complete: r.state.complete, Err: r.state.err, Log: err, Against: r.state.against}
	if h.Err == nil {
		h.Err = err
	}
	h.CaughtUp = err == nil && h.Cursor >= head
	return h
}

// Position returns the last event in the views.
func (r *Runner) Position() domain.Ordinal {
	r.state.mu.Lock()
	defer r.state.mu.Unlock()
	return r.state.at.ordinal
}

// ErrCatchingUp says that the views are not there yet; the same question may be answered a moment later.
var ErrCatchingUp = &domain.Error{Kind: domain.Unavailable, Code: "views.catching_up",
	Msg: "dữ liệu tổng hợp đang được cập nhật, chưa tới vị trí được hỏi; hãy thử lại sau giây lát"}

// WaitFor waits until the views have passed a cursor: an own write, or the log's Head. After Patience it gives
// ErrCatchingUp. Where the views stand still because of a fault it says so at once (views.stopped).
func (r *Runner) WaitFor(ctx context.Context, cursor domain.Cursor) error {
	return r.wait(ctx, func(at checkpoint) bool { return at.cursor >= cursor })
}

func (r *Runner) wait(ctx context.Context, passed func(checkpoint) bool) error {
	patience := time.NewTimer(r.Patience)
	defer patience.Stop()
	for wanted := false; ; {
		r.state.mu.Lock()
		at, fault, changed := r.state.at, r.state.err, r.state.changed
		r.state.mu.Unlock()
		if passed(at) {
			return nil
		}
		if !wanted {
			wanted = true
			defer r.want()()
		}
		if fault != nil {
			return stopped(fault)
		}
		select {
		case <-changed:
		case <-patience.C:
			return ErrCatchingUp
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// want has the views write what has come, without waiting for more, until nobody wants it any more.
func (r *Runner) want() (done func()) {
	r.wanted.Add(1)
	if box := r.box.Load(); box != nil {
		box.hurry()
	}
	return func() { r.wanted.Add(-1) }
}

// Ready is nil once the views have held everything that the log had when the run began, and were taken. Before that,
// figures would be those of some day in the past, and are better not shown.
func (r *Runner) Ready() error {
	r.state.mu.Lock()
	defer r.state.mu.Unlock()
	switch {
	case r.state.against != nil:
		return r.state.against
	case r.state.complete && r.state.settled:
		return nil
	case r.state.err != nil:
		return stopped(r.state.err)
	}
	return ErrCatchingUp
}

func stopped(err error) error {
	return &domain.Error{Kind: domain.Unavailable, Code: "views.stopped", Err: err,
		Msg: "dữ liệu tổng hợp đã dừng vì một sự kiện không xử lý được; hãy báo quản trị viên"}
}
