package eventlogtest

import (
	"errors"
	"strings"

	"hoso/domain"
)

// loses appends what must be refused as a conflict.
func (s *subject) loses(id domain.StreamID, tail domain.Tail, ds ...domain.Draft) {
	s.Helper()
	if end, err := s.log.Append(s.ctx(), id, tail, ds...); err == nil {
		s.Errorf("append after %+v succeeded with %+v, want a conflict", tail, end)
	} else if !errors.Is(err, domain.ErrConflict) {
		s.Errorf("append after %+v: %v, want a conflict", tail, err)
	}
}

var conflicts = []clause{
	{"conflict/a new stream where there is one", "the zero tail taken for \"anywhere\"", false, func(s *subject) {
		id := s.stream()
		s.grow(id, 1)
		s.loses(id, domain.Tail{}, drafts(1)...)
	}},
	{"conflict/a stale tail", "a tail that is not compared", false, func(s *subject) {
		id := s.stream()
		tails := s.grow(id, 3)
		s.loses(id, tails[1], drafts(1)...)
		s.loses(id, tails[2], drafts(1)...)
	}},
	{"conflict/a tail that lies in the future", "\"at least\" where \"exactly\" was meant", false, func(s *subject) {
		id := s.stream()
		end := s.grow(id, 1)[1]
		s.loses(id, domain.Tail{Version: end.Version + 1, Position: end.Position + 1<<30}, drafts(1)...)
	}},
	{"conflict/a tail for a stream that is not there", "any tail accepted for a new stream", false, func(s *subject) {
		s.loses(s.stream(), domain.Tail{Version: 1, Position: s.head() + 1}, drafts(1)...)
	}},
	{"conflict/the tail of another stream", "any place of the log accepted", false, func(s *subject) {
		one, other := s.stream(), s.stream()
		s.grow(one, 1)
		s.loses(one, s.grow(other, 2)[2], drafts(1)...)
	}},
	{"conflict/several events at once", "the condition is not kept in a batch", false, func(s *subject) {
		id := s.stream()
		tails := s.grow(id, 2)
		s.loses(id, tails[1], drafts(3)...)
		s.loses(id, domain.Tail{}, drafts(3)...)
	}},
	{"conflict/leaves nothing to read", "refused and written all the same", false, func(s *subject) {
		id := s.stream()
		tails := s.grow(id, 2)
		before := s.read(id, 0)
		s.loses(id, tails[1], drafts(1)...)
		s.loses(id, tails[1], drafts(3)...)
		s.same("events", s.read(id, 0), before)
	}},
	{"conflict/leaves nothing to follow", "a refused event in the log's own order", false, func(s *subject) {
		id, ds, start := s.stream(), drafts(2), s.head()
		tail := s.append(id, domain.Tail{}, ds[0])
		s.loses(id, domain.Tail{}, drafts(2)...)
		s.append(id, tail, ds[1])
		s.same("event ids", ids(s.follow(start).only(id).take(2)), draftIDs(ds))
	}},
	{"conflict/the stream's end stays as it was", "a conflict that moves the tail", false, func(s *subject) {
		id := s.stream()
		tail := s.grow(id, 2)[2]
		s.loses(id, domain.Tail{}, drafts(1)...)
		if end := s.append(id, tail, drafts(1)...); end.Version != 3 {
			s.Errorf("version %d, want 3", end.Version)
		}
	}},
	{"conflict/the right version at another position", "an append after half a tail that leaves a gap, or answers a made-up end", false, func(s *subject) {
		for _, off := range []domain.Cursor{1, 1 << 30} {
			id := s.stream()
			tail := s.grow(id, 2)[2]
			half := domain.Tail{Version: tail.Version, Position: tail.Position + off}
			end, err := s.log.Append(s.ctx(), id, half, drafts(1)...)
			switch {
			case err == nil:
				s.same("tail", end, tailOf(s.read(id, 0)))
				s.same("version", end.Version, uint64(3))
			case !errors.Is(err, domain.ErrConflict):
				s.Errorf("append after %+v, which ends at %+v: %v, want a conflict or success", half, tail, err)
			default:
				s.same("tail", tailOf(s.read(id, 0)), tail)
			}
		}
	}},
	{"conflict/another version at the right position", "a stream begun anew where there is one", false, func(s *subject) {
		id := s.stream()
		tail := s.grow(id, 2)[2]
		s.loses(id, domain.Tail{Version: 0, Position: tail.Position}, drafts(1)...)
		s.same("tail", tailOf(s.read(id, 0)), tail)
	}},
	{"conflict/other refusals are none", "every error called a conflict: the kernel would decide again for ever", false, func(s *subject) {
		d := drafts(1)
		d[0].Data = []byte(`"` + strings.Repeat("x", domain.MaxEventBytes) + `"`)
		if _, err := s.log.Append(s.ctx(), s.stream(), domain.Tail{}, d...); errors.Is(err, domain.ErrConflict) {
			s.Errorf("an event that is too large: %v", err)
		}
		if _, err := s.log.Append(s.ctx(), s.stream(), domain.Tail{}); errors.Is(err, domain.ErrConflict) {
			s.Errorf("nothing to append: %v", err)
		}
	}},
}
