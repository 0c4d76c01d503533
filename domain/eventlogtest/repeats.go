package eventlogtest

import (
	"errors"
	"slices"

	"hoso/domain"
)

// again appends drafts that lie in the stream already, right behind the tail: a conflict, or the first answer.
func (s *subject) again(id domain.StreamID, tail, first domain.Tail, ds ...domain.Draft) {
	s.Helper()
	end, err := s.log.Append(s.ctx(), id, tail, ds...)
	switch {
	case err == nil && end != first:
		s.Errorf("the same drafts again answered %+v, and %+v the first time", end, first)
	case err != nil && !errors.Is(err, domain.ErrConflict):
		s.Errorf("the same drafts again: %v, want a conflict or the first answer", err)
	}
}

var repeats = []clause{
	{"repeat/answers as the first time or refuses", "success with another tail than the first time", false, func(s *subject) {
		id, ds := s.stream(), drafts(3)
		one := s.append(id, domain.Tail{}, ds[:2]...)
		two := s.append(id, one, ds[2])
		s.again(id, one, two, ds[2])
		s.again(id, domain.Tail{}, one, ds[:2]...)
	}},
	{"repeat/adds nothing", "the same drafts twice in the stream", false, func(s *subject) {
		id, ds := s.stream(), drafts(2)
		first := s.append(id, domain.Tail{}, ds...)
		for range 3 {
			s.again(id, domain.Tail{}, first, ds...)
		}
		s.same("event ids", ids(s.read(id, 0)), draftIDs(ds))
		tail := s.append(id, first, drafts(1)...)
		s.same("tail", tail, tailOf(s.read(id, 0)))
	}},
	{"repeat/adds nothing to follow", "the same drafts twice in the log's own order", false, func(s *subject) {
		id, ds, start := s.stream(), drafts(3), s.head()
		first := s.append(id, domain.Tail{}, ds[:2]...)
		s.again(id, domain.Tail{}, first, ds[:2]...)
		s.append(id, first, ds[2])
		s.same("event ids", ids(s.follow(start).only(id).take(3)), draftIDs(ds))
	}},
	{"repeat/also when others have appended behind", "drafts recognised only at the end of the stream, and doubled, or answered with its end", false, func(s *subject) {
		id, ds := s.stream(), drafts(2)
		first := s.append(id, domain.Tail{}, ds...)
		s.append(id, first, drafts(3)...)
		before := s.read(id, 0)
		s.again(id, domain.Tail{}, first, ds...)
		s.same("events", s.read(id, 0), before)
	}},
	{"repeat/a part of them with others is a conflict", "drafts recognised by the first of them", false, func(s *subject) {
		id, ds, others := s.stream(), drafts(2), drafts(2)
		s.append(id, domain.Tail{}, ds...)
		before := s.read(id, 0)
		for _, mixed := range [][]domain.Draft{
			{ds[0], others[0]}, {others[0], ds[1]}, {ds[0], ds[1], others[0]}, {ds[1], ds[0]}, {ds[0], others[0], ds[1]},
		} {
			s.loses(id, domain.Tail{}, mixed...)
			s.same("events", s.read(id, 0), before)
		}
	}},
	{"repeat/where another lies it is a conflict", "drafts recognised anywhere in the log", false, func(s *subject) {
		id, other, ds := s.stream(), s.stream(), drafts(2)
		s.append(id, s.append(id, domain.Tail{}, ds[0]), ds[1])
		s.grow(other, 1)
		s.loses(id, domain.Tail{}, ds[1])
		s.loses(other, domain.Tail{}, ds[0])
		s.same("event ids", ids(s.read(id, 0)), draftIDs(ds))
	}},
	{"repeat/64 at once land once", "a repetition on its way with the first not recognised", false, func(s *subject) {
		id, ds := s.stream(), drafts(2)
		ends, errs := make([]domain.Tail, contenders), make([]error, contenders)
		s.atOnce(contenders, func(i int) { ends[i], errs[i] = s.log.Append(s.ctx(), id, domain.Tail{}, slices.Clone(ds)...) })
		want := tailOf(s.read(id, 0))
		won := false
		for i, err := range errs {
			if won = won || err == nil; err == nil && ends[i] != want {
				s.Errorf("answered %+v, want %+v", ends[i], want)
			} else if err != nil && !errors.Is(err, domain.ErrConflict) {
				s.Errorf("append: %v, want a conflict or success", err)
			}
		}
		if !won {
			s.Errorf("nobody was told of success")
		}
		s.same("event ids", ids(s.read(id, 0)), draftIDs(ds))
	}},
}
