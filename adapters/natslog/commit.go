package natslog

import (
	"errors"

	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// maxSingles is the number of one-event writes up to which publishing each is faster than starting a batch, which
// costs about as much as that many synced writes.
const maxSingles = 8

// maxSifts is how often a batch is tried again without those who lost, before each goes alone.
const maxSifts = 3

// commit brings a group of writes to different cases into the log and answers each. A write that loses fails alone.
func (l *Log) commit(group []*write) {
	for range maxSifts {
		if len(group) <= maxSingles && allSingle(group) {
			break
		}
		last, err := l.publishBatch(group)
		switch {
		case err == nil:
			l.settle(group, last)
			return
		case !isRefused(err): // nobody knows
			for _, w := range group {
				l.answer(w, 0, err)
			}
			return
		case len(group) == 1:
			l.answer(group[0], 0, err)
			return
		}
		winners := l.sift(group)
		if len(winners) == len(group) {
			break // the batch was refused for another reason
		}
		group = winners
		if len(group) == 0 {
			return
		}
	}
	l.commitAlone(group)
}

// settle answers the writes of a batch: its messages lie in the stream without gaps, in the batch's order.
func (l *Log) settle(group []*write, last uint64) {
	events := 0
	for _, w := range group {
		events += len(w.msgs)
	}
	l.options.Committed(events)
	for i := len(group) - 1; i >= 0; i-- {
		l.answer(group[i], last, nil)
		last -= uint64(len(group[i].msgs))
	}
}

// sift looks up where the cases end, answers those writes that have lost for certain, and returns the others.
func (l *Log) sift(group []*write) (rest []*write) {
	if err := l.lookUpEnds(group); err != nil {
		return group // going alone will tell
	}
	for _, w := range group {
		if l.ends.beyond(w.subject, uint64(w.tail.Position)) {
			w.fail(domain.ErrConflict)
		} else {
			rest = append(rest, w)
		}
	}
	return rest
}

// commitAlone gives every write its own exchange with the server.
func (l *Log) commitAlone(group []*write) {
	var pending []*single
	for _, w := range group {
		if len(w.msgs) == 1 {
			pending = append(pending, l.startSingle(w))
		} else {
			last, err := l.publishBatch([]*write{w})
			l.committed(w, err)
			l.answer(w, last, err)
		}
	}
	for _, s := range pending {
		last, err := l.finishSingle(s)
		l.committed(s.write, err)
		l.answer(s.write, last, err)
	}
}

// committed tells of a write that went alone.
func (l *Log) committed(w *write, err error) {
	if err == nil {
		l.options.Committed(len(w.msgs))
	}
}

func (l *Log) answer(w *write, last uint64, err error) {
	switch {
	case err == nil:
		l.ends.learn(w.subject, last)
		w.succeed(last)
	case isConflict(err):
		w.fail(domain.ErrConflict)
	default:
		if fault := l.options.Fault(); fault != nil {
			err = fault // the cause; the server only says that it did not work
		}
		w.fail(err)
	}
}

func allSingle(group []*write) bool {
	for _, w := range group {
		if len(w.msgs) > 1 {
			return false
		}
	}
	return true
}

// The server's two ways of saying that a subject does not end where a write expected: the second is given where a
// write to the subject is still on its way through the cluster.
const (
	wrongLastSequence         jetstream.ErrorCode = 10071
	wrongLastSequenceConstant jetstream.ErrorCode = 10164
)

func isConflict(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == wrongLastSequence || api.ErrorCode == wrongLastSequenceConstant)
}

// isRefused tells an error after which it is certain that nothing was written.
func isRefused(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) || errors.Is(err, errNoServer)
}
