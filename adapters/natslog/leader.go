package natslog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// On a cluster any replica answers a direct get, and one that lags would hide events that were acknowledged. The
// leader knows.

const leaderSubject = "$JS.API.STREAM.MSG.GET." + streamName

const noMessageFound jetstream.ErrorCode = 10037

// end is where a case ended at some moment after it was asked for.
type end struct {
	log     *Log
	subject string
	known   uint64   // where it ends at least, by what this log has written or looked up, and by the leader's answer
	request *request // to the leader; nil where there is one replica, or the answer is there
}

// askAgain is how long a cluster's answer to a question is awaited before it is asked again: a server that was lost
// does not answer, nor do the others while they elect a leader. Asking twice changes nothing; a write is never sent twice.
const (
	askAgain = time.Second
	askPause = 50 * time.Millisecond
)

// asksAgain tells, after a pause, whether a question that went wrong is to be asked again: on a cluster, as long as one
// exchange may take since the last answer.
func (l *Log) asksAgain(ctx context.Context, err error, since time.Time) bool {
	lost := errors.Is(err, errUnanswered) || errors.Is(err, errNewLeader) || errors.Is(err, errDisconnected) ||
		errors.Is(err, errNoServer) || isPassing(err)
	if !lost || l.options.Replicas == 1 || time.Since(since) > l.options.Timeout {
		return false
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(askPause):
		return true
	}
}

// askEnd asks the leader, and does not wait for its answer. With one replica there is nobody else to ask.
func (l *Log) askEnd(subject string) (*end, error) {
	e := &end{log: l, subject: subject, known: l.ends.known(subject)}
	if l.options.Replicas == 1 {
		return e, nil
	}
	if err := e.ask(); err != nil && !isPassing(err) {
		return nil, err
	}
	return e, nil
}

func (e *end) ask() error {
	question, err := json.Marshal(pageRequest{LastOf: e.subject})
	if err != nil {
		return err
	}
	e.close()
	e.request = e.log.inbox.open(1)
	return e.log.nc.PublishRequest(leaderSubject, e.request.reply, question)
}

func (e *end) close() {
	if e.request != nil {
		e.request.close()
		e.request = nil
	}
}

// reachedBy tells whether the case's events up to a sequence are all.
func (e *end) reachedBy(ctx context.Context, last uint64) (bool, error) {
	if e.request != nil {
		if err := e.await(ctx); err != nil {
			return false, err
		}
	}
	return last >= e.known, nil
}

// await waits for the leader's answer.
func (e *end) await(ctx context.Context) error {
	began := time.Now()
	seq, err := e.answer(ctx)
	for err != nil {
		if !e.log.asksAgain(ctx, err, began) {
			return err
		}
		if err = e.ask(); err == nil {
			seq, err = e.answer(ctx)
		}
	}
	e.known = max(e.known, seq)
	e.close()
	return nil
}

// answer is the leader's, the last sequence of the subject; 0 for none.
func (e *end) answer(ctx context.Context) (uint64, error) {
	m, err := e.request.next(ctx, askAgain, noFault)
	if err != nil {
		return 0, err
	}
	var answer struct {
		Message struct {
			Sequence uint64 `json:"seq"`
		} `json:"message"`
		Error *jetstream.APIError `json:"error"`
	}
	if err := json.Unmarshal(m.Data, &answer); err != nil {
		return 0, fmt.Errorf("read the leader's answer: %w", err)
	}
	if answer.Error != nil && answer.Error.ErrorCode != noMessageFound {
		return 0, answer.Error
	}
	return answer.Message.Sequence, nil
}

// lag is the wait for a replica that has not yet what the leader has.
type lag struct {
	patience time.Duration
	waited   time.Duration
}

func (l *lag) wait(ctx context.Context) error {
	if l.waited > l.patience {
		return unavailable("log.replica_lags", "một máy chủ lưu trữ chưa cập nhật kịp; hãy thử lại sau", nil)
	}
	pause := max(time.Millisecond, l.waited/4)
	l.waited += pause
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}

// lookUpEnds learns where the cases of the writes end. A replica that lags may answer with an older end: true, only
// not the newest.
func (l *Log) lookUpEnds(group []*write) error {
	subjects := make([]string, len(group))
	for i, w := range group {
		subjects[i] = w.subject
	}
	_, err := l.page(l.life, pageRequest{MultiLast: subjects}, func(m *nats.Msg, seq uint64) bool {
		l.ends.learn(first(m.Header, jetstream.SubjectHeader), seq)
		return true
	})
	return err
}
