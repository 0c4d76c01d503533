package esdblog

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// Fault tells why the store cannot be reached now, nil where it can: a domain.Error of kind Unavailable, as calls give it.
// It never waits, may be called as often as one likes, and needs nobody else who uses the log.
//
// A connection that is cut shows at once, and so does that there is one again. For a store that has one and does not
// answer (it hangs, or nobody leads the cluster), each call that finds no question under way puts one, and tells
// whether the last one was answered within a second: that shows from the second call on.
func (l *Log) Fault() error {
	if err := l.clients.away(); err != nil {
		return l.told(err)
	}
	return l.asked.put(l)
}

// told is an error of the library as a caller gets it.
func (l *Log) told(err error) error {
	if f := l.final(err); f != nil {
		return f
	}
	return l.spent(err)
}

// question is put to the store to see whether it answers.
type question struct {
	mu    sync.Mutex
	since time.Time // when it was put; zero where it has been answered
	err   error     // what the last one came to
}

// prompt is how long an answer may take.
const prompt = time.Second

var errSlow = errors.New("no answer within a second")

func (q *question) put(l *Log) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.since.IsZero():
		if l.clients.start(func() { q.answered(l.persist(l.life, l.answers)) }) {
			q.since = time.Now()
		}
	case time.Since(q.since) > prompt:
		return l.spent(errSlow)
	}
	return q.err
}

func (q *question) answered(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.since, q.err = time.Time{}, err
}

// answers is one attempt to have the question answered.
func (l *Log) answers(ctx context.Context) (headway bool, err error) { return false, l.ask(ctx) }

// ask asks the store for one event of any program: whether, and with what error, it answers.
func (l *Log) ask(ctx context.Context) error {
	_, err := once(ctx, l, func(ctx context.Context, c *esdb.Client) (none struct{}, err error) {
		all, err := c.ReadAll(ctx, readAllFrom(esdb.End{}, esdb.Backwards), 1)
		if err != nil {
			return none, err
		}
		defer all.Close()
		if _, err = all.Recv(); errors.Is(err, io.EOF) {
			err = nil
		}
		return none, err
	})
	return err
}
