package eventlogtest

import (
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
}
