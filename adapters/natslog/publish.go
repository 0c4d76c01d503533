package natslog

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// ackEvery is how many bytes of a batch are sent before the server has to say that it has them: it drops what it
// cannot buffer.
const ackEvery = 4 << 20

// single is a publish whose answer is awaited.
type single struct {
	write   *write
	request *request
	err     error
}

// startSingle sends a one-event write.
func (l *Log) startSingle(w *write) *single {
	s := &single{write: w, request: l.inbox.open(1)}
	m := w.msgs[0]
	condition(m, w)
	for _, h := range []string{jetstreamext.BatchIDHeader, jetstreamext.BatchSeqHeader, jetstreamext.BatchCommitHeader} {
		delete(m.Header, h) // left from a batch that was refused
	}
	m.Reply = s.request.reply
	s.err = l.nc.PublishMsg(m)
	return s
}

// finishSingle waits for the answer and returns the event's sequence.
func (l *Log) finishSingle(s *single) (uint64, error) {
	defer s.request.close()
	if s.err != nil {
		return 0, s.err
	}
	return l.awaitAck(s.request, 0)
}

// publishBatch sends the events of all writes as one atomic batch and returns the sequence of the last: all are in the
// log, one after the other, or none.
func (l *Log) publishBatch(group []*write) (last uint64, err error) {
	total, bytes := 0, 0
	for _, w := range group {
		total += len(w.msgs)
		bytes += w.size
	}
	request := l.inbox.open(2 + bytes/ackEvery)
	defer request.close()
	id, n, unacked := nuid.Next(), 0, 0
	for _, w := range group {
		condition(w.msgs[0], w)
		for _, m := range w.msgs {
			n++
			m.Header[jetstreamext.BatchIDHeader] = []string{id}
			m.Header[jetstreamext.BatchSeqHeader] = []string{strconv.Itoa(n)}
			delete(m.Header, jetstreamext.BatchCommitHeader)
			m.Reply = ""
			unacked += len(m.Data)
			if n == total {
				m.Header[jetstreamext.BatchCommitHeader] = []string{"1"}
				m.Reply = request.reply
			} else if unacked > ackEvery {
				m.Reply = request.reply
			}
			if err := l.nc.PublishMsg(m); err != nil {
				return 0, fmt.Errorf("send message %d of a batch: %w", n, err)
			}
			if m.Reply != "" && n < total {
				if err := l.awaitStaged(request); err != nil {
					return 0, err
				}
				unacked = 0
			}
		}
	}
	return l.awaitAck(request, total)
}

// condition makes a message the one that expects the subject's end. The other messages of the write follow it in the
// batch and have none: the server refuses a second condition on a subject.
func condition(m *nats.Msg, w *write) {
	m.Header[jetstream.ExpectedLastSubjSeqHeader] = []string{strconv.FormatUint(uint64(w.tail.Position), 10)}
}

// ack is the server's answer to a publish or to the end of a batch.
type ack struct {
	Stream   string              `json:"stream"`
	Sequence uint64              `json:"seq"`
	Count    int                 `json:"count"`
	Error    *jetstream.APIError `json:"error"`
}

func (l *Log) awaitAck(r *request, count int) (uint64, error) {
	m, err := r.next(l.life, l.options.Timeout, l.options.Fault)
	if err != nil {
		return 0, err
	}
	var a ack
	if err := json.Unmarshal(m.Data, &a); err != nil {
		return 0, fmt.Errorf("read the server's acknowledgement: %w", err)
	}
	if a.Error != nil {
		return 0, a.Error
	}
	if a.Stream != streamName || a.Sequence == 0 || a.Count != count {
		return 0, fmt.Errorf("unexpected acknowledgement %q", m.Data)
	}
	return a.Sequence, nil
}

// awaitStaged waits until the server holds the batch so far: an empty answer, or an error.
func (l *Log) awaitStaged(r *request) error {
	m, err := r.next(l.life, l.options.Timeout, l.options.Fault)
	if err != nil || len(m.Data) == 0 {
		return err
	}
	var a ack
	if err := json.Unmarshal(m.Data, &a); err != nil {
		return fmt.Errorf("read the server's acknowledgement: %w", err)
	}
	if a.Error != nil {
		return a.Error
	}
	return fmt.Errorf("unexpected acknowledgement %q", m.Data)
}
