package natslog

import (
	"sync/atomic"

	"github.com/nats-io/nats.go"
)

// electedSubject is where a cluster says that the stream has a new leader.
const electedSubject = "$JS.EVENT.ADVISORY.STREAM.LEADER_ELECTED." + streamName

// elections counts the leaders of the stream. What the last one was asked and did not answer, nobody will answer: who
// waits is told so at once. Without the right to hear of elections, the timeout tells it later.
type elections struct {
	n   atomic.Uint64
	sub *nats.Subscription
}

func hearElections(nc *nats.Conn) (*elections, error) {
	e := &elections{}
	var err error
	e.sub, err = nc.Subscribe(electedSubject, func(*nats.Msg) { e.n.Add(1) })
	return e, err
}

func (e *elections) count() uint64 { return e.n.Load() }

func (e *elections) unsubscribe() { _ = e.sub.Unsubscribe() } // fails only where the connection is gone
