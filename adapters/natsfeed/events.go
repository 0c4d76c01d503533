package natsfeed

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// inFlight is how many messages may be on their way to the server.
const inFlight = 256

// Feeder publishes to one place. Make it with [New].
type Feeder struct {
	events, figures jetstream.JetStream
	replicas        int
	// Forget is how long a consumer stays that nobody asks for anything. Who comes later begins at the position after the last
	// message that he has.
	Forget time.Duration
	// Failed is told why feeding had to begin again, before it does. It may be nil.
	Failed func(error)

	mu    sync.Mutex
	state State
}

// limits are those of whoever follows: what nobody asks for any more goes, whatever its maker wanted.
func (f *Feeder) limits() jetstream.StreamConsumerLimits {
	return jetstream.StreamConsumerLimits{InactiveThreshold: f.Forget}
}

// New returns a feeder of the accounts of two connections, which may be one: where others can read there, see [EventsReader].
func New(events, figures *nats.Conn, replicas int) (*Feeder, error) {
	e, err := jetstream.New(events)
	if err != nil {
		return nil, err
	}
	f, err := jetstream.New(figures)
	return &Feeder{events: e, figures: f, replicas: max(replicas, 1), Forget: time.Hour}, err
}

// again is how long it waits before it begins again.
const again = time.Second

// ErrOtherLog says that the stream tells of another log: it has to be deleted, by who knows why.
var ErrOtherLog = &domain.Error{Kind: domain.Conflict, Code: "feed.other_log",
	Msg: "luồng " + Stream + " trên máy chủ NATS này là của một nhật ký khác; nếu đúng là muốn thay, hãy xóa luồng rồi chạy lại"}

// Events publishes every event of the log, those that are there already too, until the context ends. It begins again after
// every fault but [ErrOtherLog], which it returns.
func (f *Feeder) Events(ctx context.Context, log domain.EventLog) error {
	for ctx.Err() == nil {
		err := f.follow(ctx, log)
		if errors.Is(err, ErrOtherLog) {
			return err
		}
		if f.Failed != nil && ctx.Err() == nil {
			f.Failed(err)
		}
		select {
		case <-time.After(again):
		case <-ctx.Done():
		}
	}
	return nil
}

// follow goes on behind the stream's last message.
func (f *Feeder) follow(ctx context.Context, log domain.EventLog) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s, err := f.events.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: Stream, Description: "every event of hoso, message n is position n", Subjects: []string{Subjects + "*.*"}, Replicas: f.replicas, Storage: jetstream.FileStorage,
		Compression: compression(f.replicas), DenyDelete: true, DenyPurge: true, AllowDirect: true, MaxMsgSize: domain.MaxEventBytes + domain.MaxMetaBytes,
		ConsumerLimits: f.limits(),
	})
	if err != nil {
		return fmt.Errorf("open the stream %s: %w", Stream, err)
	}
	info, err := s.Info(ctx)
	if err != nil {
		return err
	}
	at, last := domain.Ordinal(info.State.LastSeq), (*jetstream.RawStreamMsg)(nil)
	after := domain.Cursor(0)
	f.published(at)
	if at > 0 {
		if last, err = s.GetMsg(ctx, uint64(at)); err != nil {
			return fmt.Errorf("read message %d of %s: %w", at, Stream, err)
		}
		n, err := strconv.ParseUint(last.Header.Get(cursor), 10, 64)
		if err != nil || n == 0 {
			return ErrOtherLog
		}
		after = domain.Cursor(n - 1) // read it once more, to see whether it is the same log's
		head, err := log.Head(ctx)
		if err != nil {
			return err
		}
		if uint64(head) < n {
			return ErrOtherLog
		}
	}
	waiting := make(chan jetstream.PubAckFuture, inFlight)
	done := make(chan struct{})
	go func() { // acknowledgements, in their order
		defer close(done)
		for p := range waiting {
			select {
			case ack := <-p.Ok():
				f.published(domain.Ordinal(ack.Sequence))
			case err := <-p.Err():
				cancel(fmt.Errorf("publish %s: %w", p.Msg().Subject, err))
			case <-ctx.Done():
			}
		}
	}()
	defer func() { close(waiting); <-done }()
	for e, err := range log.Follow(ctx, after) {
		if err != nil {
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
			return err
		}
		if last != nil {
			if last.Header.Get("ce-id") != e.ID.String() {
				return ErrOtherLog
			}
			last = nil
			continue
		}
		p, err := f.events.PublishMsgAsync(message(e, at+1), jetstream.WithExpectLastSequence(uint64(at)), jetstream.WithExpectStream(Stream))
		if err != nil {
			return err
		}
		at++
		select {
		case waiting <- p:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return context.Cause(ctx)
}

// compression is off where messages are replicated: nats-server up to 2.15.2 cuts a compressed block wrongly after SIGKILL.
func compression(replicas int) jetstream.StoreCompression {
	if replicas > 1 {
		return jetstream.NoCompression
	}
	return jetstream.S2Compression
}
