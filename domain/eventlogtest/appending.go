package eventlogtest

import (
	"hoso/domain"
)

var appending = []clause{
	{"append/versions are 1, 2, 3", "versions from 0, or with gaps", false, func(s *subject) {
		id := s.stream()
		s.append(id, s.append(id, domain.Tail{}, drafts(2)...), drafts(3)...)
		for i, e := range s.read(id, 0) {
			s.same("version", e.Version, uint64(i+1))
		}
	}},
	{"append/answers the tail that is read back", "a tail that the next append cannot use", false, func(s *subject) {
		id := s.stream()
		var tail domain.Tail
		for n := range 3 {
			tail = s.append(id, tail, drafts(n+1)...)
			s.same("tail", tail, tailOf(s.read(id, 0)))
		}
	}},
	{"append/positions increase along a stream", "all events of one append at one position", false, func(s *subject) {
		id := s.stream()
		s.append(id, domain.Tail{}, drafts(10)...)
		var last domain.Cursor
		for _, e := range s.read(id, 0) {
			if e.Position <= last {
				s.Errorf("version %d has position %d, the one before it %d", e.Version, e.Position, last)
			}
			last = e.Position
		}
	}},
	{"append/positions increase from one append to the next", "positions counted for each stream", false, func(s *subject) {
		var last domain.Cursor
		for range 10 {
			tail := s.append(s.stream(), domain.Tail{}, drafts(2)...)
			if tail.Position <= last {
				s.Errorf("position %d after an acknowledged append at %d", tail.Position, last)
			}
			last = tail.Position
		}
	}},
	{"append/nothing to append is an error", "success for no events", false, func(s *subject) {
		id := s.stream()
		if tail, err := s.log.Append(s.ctx(), id, domain.Tail{}); err == nil {
			s.Errorf("appending nothing answered %+v", tail)
		}
		s.same("events", len(s.read(id, 0)), 0)
	}},
	{"append/the caller's later changes do not show", "the caller's bytes kept instead of a copy", false, func(s *subject) {
		id, ds := s.stream(), drafts(1)
		s.append(id, domain.Tail{}, ds...)
		clear(ds[0].Data)
		for _, e := range s.read(id, 0) {
			s.same("data", string(e.Data), `{"n":0}`)
		}
	}},
}
