package natslog

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// On a cluster any replica answers a direct get, and one that lags would hide events that were acknowledged. The
// leader knows.

const leaderSubject = "$JS.API.STREAM.MSG.GET." + streamName

const noMessageFound jetstream.ErrorCode = 10037

// behindLeader tells whether the subject goes on after last. With one replica there is nobody else to ask.
func (l *Log) behindLeader(ctx context.Context, subject string, last uint64) (bool, error) {
	if l.options.Replicas == 1 {
		return false, nil
	}
	question, err := json.Marshal(pageRequest{LastOf: subject})
	if err != nil {
		return false, err
	}
	request := l.inbox.open(1)
	defer request.close()
	if err := l.nc.PublishRequest(leaderSubject, request.reply, question); err != nil {
		return false, err
	}
	m, err := request.next(ctx, l.options.Timeout, noFault)
	if err != nil {
		return false, err
	}
	var answer struct {
		Message struct {
			Sequence uint64 `json:"seq"`
		} `json:"message"`
		Error *jetstream.APIError `json:"error"`
	}
	if err := json.Unmarshal(m.Data, &answer); err != nil {
		return false, fmt.Errorf("read the leader's answer: %w", err)
	}
	if answer.Error != nil && answer.Error.ErrorCode == noMessageFound {
		return false, nil
	}
	if answer.Error != nil {
		return false, answer.Error
	}
	return answer.Message.Sequence > last, nil
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
