package natslog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

const (
	directSubject = "$JS.API.DIRECT.GET." + streamName
	pageEvents    = 256
	pageBytes     = 4 << 20 // the server stops a page after the event that exceeds it
)

// pageRequest asks for events of one subject from a sequence on, or for the last event of many.
type pageRequest struct {
	Seq       uint64   `json:"seq,omitempty"`
	Subject   string   `json:"next_by_subj,omitempty"`
	Batch     int      `json:"batch,omitempty"`
	MaxBytes  int      `json:"max_bytes,omitempty"`
	MultiLast []string `json:"multi_last,omitempty"`
	LastOf    string   `json:"last_by_subj,omitempty"`
}

var errShortened = errors.New("the server's answer has a hole")

// Read implements domain.EventLog, by direct gets, page by page. The server does not let a page see half of a batch.
func (l *Log) Read(ctx context.Context, stream domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		stopped, err := l.read(ctx, stream, func(r domain.Recorded) bool {
			return r.Version <= after || yield(r, nil)
		})
		if err != nil && !stopped {
			yield(domain.Recorded{}, orCause(ctx, fmt.Errorf("read %s: %w", stream, orUnavailable(err))))
		}
	}
}

// read gives the case's events to keep until that wants no more. Versions without gaps prove that none is missing in
// the middle; what the server says is pending, and on a cluster its leader, that none is missing at the end. The leader
// is asked at the same time as the first page: where it says the case ended then, a replica's answer has to reach.
func (l *Log) read(ctx context.Context, stream domain.StreamID, keep func(domain.Recorded) bool) (stopped bool, err error) {
	subject, err := subjectOf(stream)
	if err != nil {
		return false, err
	}
	end, err := l.askEnd(subject)
	if err != nil {
		return false, err
	}
	defer end.close()
	var version, last, pending uint64
	lagging, moved := lag{patience: l.options.Timeout}, time.Now()
	for {
		var hole error
		began, promised := last, pending
		pending, err = l.page(ctx, pageRequest{Seq: last + 1, Subject: subject, Batch: pageEvents, MaxBytes: pageBytes},
			func(m *nats.Msg, seq uint64) bool {
				r, err := decode(subject, seq, m.Header, m.Data)
				if err == nil && (r.Version != version+1 || seq <= last) {
					err = fmt.Errorf("%w: version %d after %d", errShortened, r.Version, version)
				}
				if err != nil {
					hole = err
					return false
				}
				version, last = r.Version, seq
				stopped = !keep(r)
				return !stopped
			})
		if err = errors.Join(hole, err); err != nil && l.asksAgain(ctx, err, moved) {
			continue // after the last event that came
		}
		if err != nil || stopped {
			return stopped, err
		}
		moved = time.Now()
		if pending > 0 && last > began {
			continue
		}
		if more := pending > 0 || (promised > 0 && last == began); more && l.options.Replicas == 1 {
			return false, fmt.Errorf("%w: it ends after version %d and says that there is more", errShortened, version)
		}
		if reached, err := end.reachedBy(ctx, last); err != nil || reached {
			return false, err
		}
		if err := lagging.wait(ctx); err != nil {
			return false, err
		}
	}
}

// page asks once and gives each event of the answer to keep. It returns how many more the server has. An answer
// that stops without saying that it is complete is an error.
func (l *Log) page(ctx context.Context, ask pageRequest, keep func(m *nats.Msg, seq uint64) bool) (pending uint64, err error) {
	question, err := json.Marshal(ask)
	if err != nil {
		return 0, err
	}
	timeout := l.options.Timeout
	if l.options.Replicas > 1 {
		timeout = min(timeout, askAgain)
	}
	request := l.inbox.open(max(ask.Batch, len(ask.MultiLast)) + 2)
	defer request.close()
	if err := l.nc.PublishRequest(directSubject, request.reply, question); err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil { // also while the answer is here already
			return 0, err
		}
		m, err := request.next(ctx, timeout, noFault)
		if err != nil {
			return 0, err
		}
		switch status := first(m.Header, "Status"); {
		case status == "":
			seq, err := strconv.ParseUint(first(m.Header, jetstream.SequenceHeader), 10, 64)
			if err != nil {
				return 0, fmt.Errorf("%w: no sequence", errShortened)
			}
			if !keep(m, seq) {
				return 0, nil
			}
		case status == "204":
			pending, err := strconv.ParseUint(first(m.Header, "Nats-Num-Pending"), 10, 64)
			if err != nil {
				return 0, fmt.Errorf("%w: it does not say what is pending", errShortened)
			}
			return pending, nil
		case status == "404" && n == 0:
			return 0, nil // no such events
		default:
			return 0, fmt.Errorf("the server answered %s %s", status, first(m.Header, "Description"))
		}
	}
}

func noFault() error { return nil }
