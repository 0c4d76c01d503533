package eventlogtest

import "hoso/domain"

var reopening = []clause{
	{"reopen/keeps every event as it was", "an acknowledged event that was only in memory", true, func(s *subject) {
		one, other := s.stream(), s.stream()
		s.append(one, domain.Tail{}, drafts(3)...)
		s.grow(other, 2)
		before := [][]domain.Recorded{s.read(one, 0), s.read(other, 0)}
		s.reopen()
		s.same("events", [][]domain.Recorded{s.read(one, 0), s.read(other, 0)}, before)
	}},
	{"reopen/keeps the order of the log", "an index rebuilt in another order", true, func(s *subject) {
		for range 5 {
			s.grow(s.stream(), 2)
		}
		before := s.follow(0).take(10)
		s.reopen()
		s.same("events", s.follow(0).take(10), before)
	}},
	{"reopen/a tail from before goes on", "tails that belong to one process", true, func(s *subject) {
		id := s.stream()
		tail := s.grow(id, 2)[2]
		s.reopen()
		if end := s.append(id, tail, drafts(1)...); end.Version != 3 || end.Position <= tail.Position {
			s.Errorf("tail %+v after %+v", end, tail)
		}
	}},
	{"reopen/conditions are still kept", "conditions that only the process remembers", true, func(s *subject) {
		id := s.stream()
		tails := s.grow(id, 2)
		s.reopen()
		s.loses(id, domain.Tail{}, drafts(1)...)
		s.loses(id, tails[1], drafts(1)...)
	}},
	{"reopen/a cursor from before goes on", "a follower that starts again from the beginning, or skips", true, func(s *subject) {
		id := s.stream()
		tail := s.grow(id, 3)[3]
		cursor := s.follow(0).take(2)[1].Position
		s.reopen()
		s.append(id, tail, drafts(2)...)
		s.same("events", s.follow(cursor).take(3), s.read(id, 2))
	}},
	{"reopen/a repetition is still none", "drafts recognised, or refused, only by what the process remembers", true, func(s *subject) {
		id, ds := s.stream(), drafts(2)
		first := s.append(id, domain.Tail{}, ds...)
		s.reopen()
		s.again(id, domain.Tail{}, first, ds...)
		end := s.append(id, first, drafts(1)...)
		s.reopen()
		s.again(id, domain.Tail{}, first, ds...)
		s.same("tail", tailOf(s.read(id, 0)), end)
	}},
	{"reopen/the head stays", "a head counted from the opening", true, func(s *subject) {
		tail := s.grow(s.stream(), 3)[3]
		s.reopen()
		s.same("head", s.head(), tail.Position)
	}},
	{"reopen/closing ends a follower with an error", "an end that looks like the end of the log, or never comes", true, func(s *subject) {
		f := s.follow(0)
		s.grow(s.stream(), 1)
		f.take(1)
		s.shut()
		if err := f.ended(); err == nil {
			s.Errorf("the follower ended without an error")
		}
	}},
}
