package natslog

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

// Options say how the log is kept. The zero value is right for the embedded server.
type Options struct {
	// Replicas is the number of servers that keep each event: 1 (also for 0), 3 or 5.
	Replicas int
	// Timeout bounds one exchange with the server; 0 means 10 seconds. A write that was not answered in time may or
	// may not have happened.
	Timeout time.Duration
	// Fault tells why the storage cannot take writes now, nil where it can; it is asked often and must be quick. The
	// server itself leaves a write on a full disk without an answer.
	Fault func() error
	// MustExist has Open refuse (log.missing) where there is no log yet, for who only wants to read one.
	MustExist bool
	// AcceptUnsafe has Open use a stream that could lose events (see [Check]); somebody has taken that upon himself.
	AcceptUnsafe bool
	// Committed is told of each group that went into the log with one synced write, and of how many events it was: what
	// group commit saves. It may be nil.
	Committed func(events int)
}

// Log is a domain.EventLog. Its methods may be called from many goroutines at once.
type Log struct {
	nc      *nats.Conn
	js      jetstream.JetStream
	options Options
	created time.Time // the stream
	inbox   *inbox
	ends    *ends
	queue   chan *write
	life    context.Context // ends with Close
	end     context.CancelCauseFunc
	done    sync.WaitGroup
}

var _ domain.EventLog = (*Log)(nil)

var errClosed = &domain.Error{Kind: domain.Unavailable, Code: "log.closed", Msg: "nhật ký sự kiện đã đóng"}

// Open returns the log on a server, making its stream where there is none. A stream that is there and would lose or
// change events, or check conditions wrongly, is refused with the settings that differ. The connection stays the
// caller's.
func Open(ctx context.Context, nc *nats.Conn, options Options) (*Log, error) {
	js, options, err := prepare(nc, options)
	if err != nil {
		return nil, err
	}
	info, err := ensureStream(ctx, js, options)
	if err != nil {
		return nil, err
	}
	options.Replicas = info.Config.Replicas
	elected, err := hearElections(nc)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	box, err := newInbox(nc, elected)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	l := &Log{nc: nc, js: js, created: info.Created, options: options, inbox: box, ends: newEnds(), queue: make(chan *write, 1024)}
	l.life, l.end = context.WithCancelCause(context.Background())
	l.done.Go(newCommitter(l).run)
	return l, nil
}

// prepare fills in the options' defaults and checks what needs no stream.
func prepare(nc *nats.Conn, options Options) (jetstream.JetStream, Options, error) {
	options.Replicas = max(options.Replicas, 1)
	if options.Timeout <= 0 {
		options.Timeout = 10 * time.Second
	}
	if options.Committed == nil {
		options.Committed = func(int) {}
	}
	if options.Fault == nil {
		options.Fault = func() error { return nil }
	}
	if nc.MaxPayload() < maxMessage {
		return nil, options, misconfigured("max_payload của máy chủ là %d byte, cần ít nhất %d", nc.MaxPayload(), maxMessage)
	}
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(options.Timeout))
	if err != nil {
		return nil, options, fmt.Errorf("open the log: %w", err)
	}
	return js, options, nil
}

// Close ends what is running with an error and returns when nothing of the log runs any more, except Follow, which
// ends with its context. It may be called twice.
func (l *Log) Close() {
	l.end(errClosed)
	l.done.Wait()
	l.inbox.unsubscribe()
	l.inbox.elections.unsubscribe()
}

// Name tells this log from every other, on any server, for ever: cursors of one mean nothing in another. It can be the
// name of a file.
func (l *Log) Name() string { return "nats-" + strconv.FormatInt(l.created.UnixNano(), 36) }

// Head implements domain.EventLog. The stream's leader answers. It is an error (log.history_cut) where events were taken
// out of the stream, so that nobody waits for them.
func (l *Log) Head(ctx context.Context) (domain.Cursor, error) {
	s, err := lookUp(ctx, l.js)
	if err != nil {
		return 0, orCause(ctx, fmt.Errorf("read the log's head: %w", orUnavailable(err)))
	}
	state := s.CachedInfo().State
	if err := cut(state); err != nil {
		return 0, err
	}
	return domain.Cursor(state.LastSeq), nil
}

// orCause returns the context's error where that is why something went wrong.
func orCause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// orUnavailable says of an error of the connection or the servers that the storage does not answer now. What is wrong
// with the events themselves stays as it is.
func orUnavailable(err error) error {
	var api *jetstream.APIError
	if isPassing(err) || errors.As(err, &api) {
		return unavailable("log.unavailable", "máy chủ lưu trữ chưa trả lời được; hãy thử lại sau", err)
	}
	return err
}
