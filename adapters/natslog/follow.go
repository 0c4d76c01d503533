package natslog

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

const (
	heartbeat  = time.Second
	retryPause = 100 * time.Millisecond
	// maxGaps is how many consumers, one after the other, have to miss the same event until it counts as gone.
	maxGaps = 3
)

// Follow implements domain.EventLog. The events come from a consumer that the server pushes; when it falls silent or
// the connection was cut, a new one goes on where the last event was. Sequences have no gaps, since nothing can be
// taken out of the stream: a gap means a lost message, and the consumer is replaced; a gap that stays ends it with
// log.history_cut. Heartbeats tell how far the server is: so a gap is noticed also where nothing comes behind it.
//
// A command's events are committed together, but may arrive here in two moments.
func (l *Log) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		f := &follower{log: l, last: uint64(after)}
		for gaps := 0; ; {
			began := f.last
			err := f.session(ctx, yield)
			switch {
			case errors.Is(err, errStopped):
				return
			case ctx.Err() != nil:
				yield(domain.Recorded{}, ctx.Err())
				return
			case !isPassing(err):
				yield(domain.Recorded{}, fmt.Errorf("follow the log after position %d: %w", f.last, orUnavailable(err)))
				return
			}
			if f.last > began {
				gaps = 0
			}
			if errors.Is(err, errGap) {
				gaps++
			}
			if gaps == maxGaps {
				yield(domain.Recorded{}, fmt.Errorf("follow the log: %w", historyCut(fmt.Sprintf("thiếu sau vị trí %d", f.last), err)))
				return
			}
			select {
			case <-ctx.Done():
			case <-time.After(retryPause):
			}
		}
	}
}

var (
	errStopped = errors.New("the caller has enough")
	errGap     = errors.New("events are missing")
	errSilent  = errors.New("the consumer fell silent")
)

// isPassing tells an error after which a new consumer may help.
func isPassing(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.Code >= 500 || api.Code == 408 || api.Code == 429
	}
	return errors.Is(err, errSilent) || errors.Is(err, errGap) || errors.Is(err, nats.ErrTimeout) ||
		errors.Is(err, nats.ErrNoResponders) || errors.Is(err, nats.ErrDisconnected) ||
		errors.Is(err, nats.ErrReconnectBufExceeded) || errors.Is(err, nats.ErrConnectionReconnecting) ||
		errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, nats.ErrSlowConsumer) || errors.Is(err, jetstream.ErrJetStreamNotEnabled)
}

type follower struct {
	log    *Log
	last   uint64 // sequence of the last event that was yielded
	looked uint64 // the value of last at which it was looked whether the next one can be read
}

// session yields what one consumer brings, until that fails.
func (f *follower) session(ctx context.Context, yield func(domain.Recorded, error) bool) error {
	sub, err := f.log.nc.SubscribeSync(f.log.nc.NewInbox())
	if err != nil {
		return err
	}
	defer func() { _ = sub.Unsubscribe() }() // the server then drops the consumer
	if err := sub.SetPendingLimits(-1, -1); err != nil {
		return err
	}
	_, err = f.log.js.CreatePushConsumer(ctx, streamName, jetstream.ConsumerConfig{
		DeliverSubject:    sub.Subject,
		DeliverPolicy:     jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:       f.last + 1,
		AckPolicy:         jetstream.AckNonePolicy,
		MaxDeliver:        1,
		FlowControl:       true,
		IdleHeartbeat:     heartbeat,
		InactiveThreshold: 5 * time.Second,
		MemoryStorage:     true,
		Replicas:          1,
	})
	if err != nil {
		return err
	}
	for {
		if err := ctx.Err(); err != nil { // also while there is more to yield
			return err
		}
		m, err := f.next(ctx, sub)
		if err != nil {
			return err
		}
		if len(m.Data) == 0 && first(m.Header, "Status") != "" {
			if err := f.control(m); err != nil {
				return err
			}
			if err := f.stuck(ctx); err != nil {
				return err
			}
			continue
		}
		seq, err := sequenceOf(m.Reply)
		if err != nil {
			return err
		}
		if seq <= f.last {
			continue
		}
		if seq != f.last+1 {
			return fmt.Errorf("%w: position %d after %d", errGap, seq, f.last)
		}
		r, err := decode(m.Subject, seq, m.Header, m.Data)
		if err != nil {
			return err
		}
		f.last = seq
		if !yield(r, nil) {
			return errStopped
		}
	}
}

// next waits for the next message. Where the server sends nothing, it sends heartbeats.
func (f *follower) next(ctx context.Context, sub *nats.Subscription) (*nats.Msg, error) {
	m, err := sub.NextMsg(0)
	if err == nil || !errors.Is(err, nats.ErrTimeout) {
		return m, err
	}
	wait, cancel := context.WithTimeout(ctx, 3*heartbeat)
	defer cancel()
	m, err = sub.NextMsgWithContext(wait)
	if err != nil && wait.Err() != nil && ctx.Err() == nil {
		return nil, errSilent
	}
	return m, err
}

// control answers the server's status messages: a flow control request says that everything before it has been
// taken, a heartbeat may tell of one that got lost, and tells how far the consumer is.
func (f *follower) control(m *nats.Msg) error {
	if status := first(m.Header, "Status"); status != "100" {
		return fmt.Errorf("%w: %s %s", errSilent, status, first(m.Header, "Description"))
	}
	if m.Reply != "" {
		return m.Respond(nil)
	}
	if stalled := first(m.Header, "Nats-Consumer-Stalled"); stalled != "" {
		m.Reply = stalled
		return m.Respond(nil)
	}
	at, err := strconv.ParseUint(first(m.Header, "Nats-Last-Stream"), 10, 64)
	if err == nil && at > f.last {
		return fmt.Errorf("%w: the server is at position %d, after %d nothing came", errGap, at, f.last)
	}
	return nil
}

// stuck tells whether the server has stopped before an event that it counts and cannot read: a damaged file. It would send
// heartbeats for ever. One look for each place at which a heartbeat comes is enough.
func (f *follower) stuck(ctx context.Context) error {
	if f.looked == f.last+1 {
		return nil
	}
	s, err := lookUp(ctx, f.log.js)
	if err != nil {
		return nil //nolint:nilerr // the next heartbeat looks again; that the server is away is noticed by others
	}
	if s.CachedInfo().State.LastSeq > f.last {
		if _, err = s.GetMsg(ctx, f.last+1); errors.Is(err, jetstream.ErrMsgNotFound) {
			return fmt.Errorf("%w: position %d is counted and cannot be read", errGap, f.last+1)
		}
	}
	if err == nil {
		f.looked = f.last + 1
	}
	return nil
}

// sequenceOf reads the stream sequence from a delivered message's reply subject, which has one of two forms:
//
//	$JS.ACK.<stream>.<consumer>.<delivered>.<stream sequence>.…
//	$JS.ACK.<domain>.<account>.<stream>.<consumer>.<delivered>.<stream sequence>.…
func sequenceOf(reply string) (uint64, error) {
	before, tokens := 5, strings.Count(reply, ".")+1
	if tokens > 9 {
		before = 7
	}
	rest, ok := strings.CutPrefix(reply, "$JS.ACK.")
	if tokens < 9 || !ok {
		return 0, fmt.Errorf("a delivered message has the reply %q", reply)
	}
	for range before - 2 { // those of the prefix
		_, rest, _ = strings.Cut(rest, ".")
	}
	sequence, _, _ := strings.Cut(rest, ".")
	return strconv.ParseUint(sequence, 10, 64)
}
