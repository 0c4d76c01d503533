package eventlogtest

import (
	"sync/atomic"

	"hoso/domain"
)

var heads = []clause{
	{"head/of an empty log is 0", "a head that points at nothing", true, func(s *subject) {
		s.same("head", s.head(), domain.Cursor(0))
	}},
	{"head/is the last event's cursor", "a head that Follow cannot reach without a new event", true, func(s *subject) {
		for range 3 {
			tail := s.append(s.stream(), domain.Tail{}, drafts(2)...)
			s.same("head", s.head(), tail.Position)
		}
	}},
	{"head/is never behind an acknowledged append", "a head that is refreshed now and then", false, func(s *subject) {
		for range 20 {
			tail := s.append(s.stream(), domain.Tail{}, drafts(1)...)
			if h := s.head(); h < tail.Position {
				s.Errorf("head %d after an append acknowledged at %d", h, tail.Position)
			}
		}
	}},
	{"head/a conflict does not move it", "a refused append counted", true, func(s *subject) {
		id := s.stream()
		tail := s.grow(id, 2)[2]
		s.loses(id, domain.Tail{}, drafts(1)...)
		s.same("head", s.head(), tail.Position)
	}},
	{"head/of many cases written at once", "a head that only some cases move", true, func(s *subject) {
		var last atomic.Uint64
		s.atOnce(contenders, func(int) {
			end, err := s.log.Append(s.ctx(), s.stream(), domain.Tail{}, drafts(2)...)
			if err != nil {
				s.Errorf("append: %v", err)
			}
			for now := last.Load(); now < uint64(end.Position) && !last.CompareAndSwap(now, uint64(end.Position)); {
				now = last.Load()
			}
		})
		s.same("head", s.head(), domain.Cursor(last.Load()))
		events := s.follow(0).take(2 * contenders)
		s.same("the last event's position", events[len(events)-1].Position, domain.Cursor(last.Load()))
	}},
}
