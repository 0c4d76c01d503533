package natslog

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"

	"hoso/domain"
)

// write is one Append on its way through the committer.
type write struct {
	ctx     context.Context
	subject string
	tail    domain.Tail
	msgs    []*nats.Msg
	size    int
	done    chan outcome // takes one without blocking
}

type outcome struct {
	last uint64 // sequence of the write's last event
	err  error
}

func (w *write) succeed(last uint64) { w.done <- outcome{last: last} }
func (w *write) fail(err error)      { w.done <- outcome{err: err} }

// Append implements domain.EventLog. When ctx ends while the write is on its way, the events may still be written.
func (l *Log) Append(ctx context.Context, stream domain.StreamID, tail domain.Tail, drafts ...domain.Draft) (domain.Tail, error) {
	w, err := newWrite(ctx, stream, tail, drafts)
	if err != nil {
		return domain.Tail{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	last, err := l.submit(ctx, w)
	var known *domain.Error
	switch {
	case errors.Is(err, domain.ErrConflict):
		return domain.Tail{}, domain.ErrConflict
	case errors.As(err, &known), err != nil && ctx.Err() != nil:
		return domain.Tail{}, fmt.Errorf("append to %s: %w", stream, err)
	case err != nil:
		return domain.Tail{}, fmt.Errorf("append to %s: %w", stream,
			unavailable("log.unavailable", "máy chủ lưu trữ không ghi được; hãy gửi lại cùng yêu cầu", err))
	}
	return domain.Tail{Version: tail.Version + uint64(len(drafts)), Position: domain.Cursor(last)}, nil
}

// submit hands a write to the committer and waits for its answer, the position of its last event.
func (l *Log) submit(ctx context.Context, w *write) (last uint64, err error) {
	if (w.tail.Version == 0) != (w.tail.Position == 0) { // no stream ends like this
		return 0, domain.ErrConflict
	}
	if err := l.options.Fault(); err != nil {
		return 0, err
	}
	select {
	case l.queue <- w:
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-l.life.Done():
		return 0, errClosed
	}
	select {
	case o := <-w.done:
		return o.last, o.err
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-l.life.Done():
		return 0, errClosed
	}
}

// newWrite encodes in the caller's goroutine, so that the one committer only carries.
func newWrite(ctx context.Context, stream domain.StreamID, tail domain.Tail, drafts []domain.Draft) (*write, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := domain.CheckAppend(stream, drafts); err != nil {
		return nil, err
	}
	subject, err := subjectOf(stream)
	if err != nil {
		return nil, err
	}
	w := &write{ctx: ctx, subject: subject, tail: tail, msgs: make([]*nats.Msg, len(drafts)), done: make(chan outcome, 1)}
	for i, d := range drafts {
		msg, size := encode(subject, tail.Version+1+uint64(i), d)
		w.msgs[i] = msg
		w.size += size
	}
	return w, nil
}
