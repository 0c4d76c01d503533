package eventlogtest

import (
	"slices"
	"sync/atomic"

	"github.com/google/uuid"

	"hoso/domain"
)

var reading = []clause{
	{"read/a stream that does not exist yields nothing", "an error, or somebody else's events, for a new case", false, func(s *subject) {
		s.grow(s.stream(), 1)
		s.same("events", len(s.read(s.stream(), 0)), 0)
	}},
	{"read/yields everything in the order of the appends", "events in another order", false, func(s *subject) {
		id, ds := s.stream(), drafts(5)
		tail := s.append(id, domain.Tail{}, ds[:3]...)
		s.append(id, tail, ds[3:]...)
		s.same("event ids", ids(s.read(id, 0)), draftIDs(ds))
	}},
	{"read/after a version yields the later ones", "off by one at the start", false, func(s *subject) {
		id, ds := s.stream(), drafts(4)
		s.append(id, domain.Tail{}, ds...)
		for after := range ds {
			s.same("event ids", ids(s.read(id, uint64(after))), draftIDs(ds[after:]))
		}
	}},
	{"read/after the end yields nothing", "an error, or the last event, past the end", false, func(s *subject) {
		id := s.stream()
		s.grow(id, 2)
		s.same("events after the last", len(s.read(id, 2)), 0)
		s.same("events far after the last", len(s.read(id, 1<<40)), 0)
	}},
	{"read/yields what was acknowledged before", "an answer from a copy that lags behind", false, func(s *subject) {
		id := s.stream()
		var tail domain.Tail
		for i, d := range drafts(50) {
			tail = s.append(id, tail, d)
			if n := len(s.read(id, 0)); n != i+1 {
				s.Fatalf("read %d events after %d were acknowledged", n, i+1)
			}
		}
	}},
	{"read/one stream's events and no other's", "streams found by prefix or by id alone", false, func(s *subject) {
		one := uuid.New()
		for _, name := range []string{"suite", "suit", "suites"} {
			id := domain.StreamID{Type: name, ID: one}
			d := drafts(1)
			s.append(id, domain.Tail{}, d...)
			got := s.read(id, 0)
			s.same("event ids", ids(got), draftIDs(d))
			if len(got) == 1 {
				s.same("stream", got[0].Stream, id)
			}
		}
	}},
	{"read/a reader's changes do not reach the log", "returned data shared with what is kept", false, func(s *subject) {
		id := s.stream()
		s.grow(id, 1)
		for range 2 {
			for _, e := range s.read(id, 0) {
				s.same("data", string(e.Data), `{"n":0}`)
				clear(e.Data)
			}
		}
	}},
	{"read/a reader may leave early", "a reader who leaves keeps a lock", false, func(s *subject) {
		id := s.stream()
		tails := s.grow(id, 3)
		err := s.finishes("using the log after leaving 100 reads", func() error {
			for range 100 {
				for _, err := range s.log.Read(s.ctx(), id, 0) {
					if err != nil {
						return err
					}
					break
				}
			}
			_, err := s.log.Append(s.ctx(), id, tails[3], drafts(1)...)
			return err
		})
		if err != nil {
			s.Errorf("after leaving reads: %v", err)
		}
	}},
	{"read/may be run twice", "a sequence that remembers where it was", false, func(s *subject) {
		id := s.stream()
		s.grow(id, 3)
		events := s.log.Read(s.ctx(), id, 0)
		for range 2 {
			n := 0
			for _, err := range events {
				if err != nil {
					s.Fatalf("read: %v", err)
				}
				n++
			}
			s.same("events", n, 3)
		}
	}},
	{"read/2,000 events of one case", "an event lost or doubled where one page ends", false, func(s *subject) {
		id := s.stream()
		ds := s.fill(id, 2000)
		s.same("event ids", ids(s.read(id, 0)), draftIDs(ds))
		for _, after := range []int{255, 256, 257, 1023, 1024, 1999} {
			s.same("event ids", ids(s.read(id, uint64(after))), draftIDs(ds[after:]))
		}
	}},
	{"read/a beginning while others append", "an event that shows before the one in front of it, or an append of which a part shows", false, func(s *subject) {
		const each, appends = 3, 60
		id, ds := s.stream(), drafts(each*appends)
		s.whileAppending(id, ds, each, func(int) {
			got := s.read(id, 0)
			if len(got)%each != 0 {
				s.Errorf("read %d events where appends of %d are under way", len(got), each)
			}
			s.same("event ids", ids(got), draftIDs(ds[:min(len(got), len(ds))]))
		})
	}},
	{"read/what was acknowledged, while others append", "a page kept for the next reader", false, func(s *subject) {
		id, ds := s.stream(), drafts(100)
		s.whileAppending(id, ds, 1, func(acknowledged int) {
			if n := len(s.read(id, 0)); n < acknowledged {
				s.Errorf("read %d events after %d were acknowledged", n, acknowledged)
			}
		})
	}},
}

// fill appends n events in as few appends as possible.
func (s *subject) fill(id domain.StreamID, n int) []domain.Draft {
	s.Helper()
	ds := drafts(n)
	var tail domain.Tail
	for part := range slices.Chunk(ds, domain.MaxAppend) {
		tail = s.append(id, tail, part...)
	}
	return ds
}

// whileAppending appends the drafts to a new stream, some at a time. While each append is under way it calls look, with the
// number of events that were acknowledged before.
func (s *subject) whileAppending(id domain.StreamID, ds []domain.Draft, each int, look func(acknowledged int)) {
	s.Helper()
	var acknowledged atomic.Int64
	turns, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		var tail domain.Tail
		for part := range slices.Chunk(ds, each) {
			<-turns
			var err error
			if tail, err = s.log.Append(s.ctx(), id, tail, part...); err != nil {
				s.Errorf("append: %v", err)
				return
			}
			acknowledged.Add(int64(len(part)))
		}
	}()
	for {
		n := int(acknowledged.Load())
		select {
		case turns <- struct{}{}:
			look(n)
		case <-done:
			look(int(acknowledged.Load()))
			return
		}
	}
}
