package eventlogtest

import (
	"errors"
	"strings"

	"hoso/domain"
)

// sized returns a draft with n bytes of data.
func sized(n int) domain.Draft { return stored(`"` + strings.Repeat("x", n-2) + `"`) }

// tooLarge appends what must be refused for its size.
func (s *subject) tooLarge(id domain.StreamID, tail domain.Tail, ds ...domain.Draft) {
	s.Helper()
	if _, err := s.log.Append(s.ctx(), id, tail, ds...); !errors.Is(err, domain.ErrTooLarge) {
		s.Errorf("appending %d events, the last of %d bytes: %v, want ErrTooLarge", len(ds), len(ds[len(ds)-1].Data), err)
	}
}

var limits = []clause{
	{"limits/an event of the largest size", "a log that takes less than it must", false, func(s *subject) {
		s.roundTrip(sized(domain.MaxEventBytes))
	}},
	{"limits/a larger event is refused", "no limit, or an error that does not say what is wrong", false, func(s *subject) {
		s.tooLarge(s.stream(), domain.Tail{}, sized(domain.MaxEventBytes+1))
	}},
	{"limits/a larger event leaves nothing", "the events before the large one are written", false, func(s *subject) {
		id := s.stream()
		tail := s.grow(id, 1)[1]
		before := s.read(id, 0)
		s.tooLarge(id, tail, append(drafts(2), sized(domain.MaxEventBytes+1))...)
		s.same("events", s.read(id, 0), before)
	}},
	{"limits/as many events as possible at once", "a large append cut into parts with gaps between them", false, func(s *subject) {
		id, ds := s.stream(), drafts(domain.MaxAppend)
		tail := s.append(id, domain.Tail{}, ds...)
		events := s.read(id, 0)
		s.same("event ids", ids(events), draftIDs(ds))
		s.same("tail", tail, tailOf(events))
	}},
	{"limits/as many events as possible, all or none", "the first part of a large append written before its conflict is found", false, func(s *subject) {
		id := s.stream()
		s.grow(id, 1)
		before := s.read(id, 0)
		s.loses(id, domain.Tail{}, drafts(domain.MaxAppend)...)
		s.same("events", s.read(id, 0), before)
	}},
	{"limits/more events than possible are refused", "no limit on the events of one append", false, func(s *subject) {
		id := s.stream()
		s.tooLarge(id, domain.Tail{}, drafts(domain.MaxAppend+1)...)
		s.same("events", len(s.read(id, 0)), 0)
	}},
	{"limits/as many bytes as possible at once", "a limit on all events together that is smaller than it must be", false, func(s *subject) {
		id, ds := s.stream(), filled(domain.MaxAppendBytes)
		tail := s.append(id, domain.Tail{}, ds...)
		events := s.read(id, 0)
		s.same("event ids", ids(events), draftIDs(ds))
		s.same("tail", tail, tailOf(events))
	}},
	{"limits/more bytes than possible are refused", "no limit on all events together: another log could not take a copy", false, func(s *subject) {
		s.tooLarge(s.stream(), domain.Tail{}, filled(domain.MaxAppendBytes+1)...)
	}},
	{"limits/more bytes than possible leave nothing", "as many events as fit are written", false, func(s *subject) {
		id := s.stream()
		tail := s.grow(id, 1)[1]
		before := s.read(id, 0)
		s.tooLarge(id, tail, filled(domain.MaxAppendBytes+1)...)
		s.same("events", s.read(id, 0), before)
	}},
	{"limits/as many bytes as possible from many at once", "a buffer that one large append fills and the next one overflows", false, func(s *subject) {
		all, cases := make([][]domain.Draft, 8), make([]domain.StreamID, 8)
		for i := range all {
			all[i], cases[i] = filled(domain.MaxAppendBytes), s.stream()
		}
		s.atOnce(len(all), func(i int) {
			if _, err := s.log.Append(s.ctx(), cases[i], domain.Tail{}, all[i]...); err != nil {
				s.Errorf("append: %v", err)
			}
		})
		for i, id := range cases {
			s.same("event ids", ids(s.read(id, 0)), draftIDs(all[i]))
		}
	}},
	{"limits/texts beside the data of the largest size", "headers that do not hold what they must", false, func(s *subject) {
		s.roundTrip(described(domain.MaxMetaBytes))
	}},
	{"limits/larger texts are refused", "texts cut, or no limit on them", false, func(s *subject) {
		id := s.stream()
		s.tooLarge(id, domain.Tail{}, described(domain.MaxMetaBytes+1))
		s.same("events", len(s.read(id, 0)), 0)
	}},
}

// filled returns drafts that count for these many bytes together.
func filled(bytes int) []domain.Draft {
	ds := drafts(3)
	for i := range ds {
		rest := bytes / (len(ds) - i)
		ds[i].Data = nil
		ds[i].Data = sized(rest - ds[i].Size()).Data
		bytes -= rest
	}
	return ds
}

// described returns a draft with these many bytes of texts, every one of which grows when it is escaped.
func described(bytes int) domain.Draft {
	d := drafts(1)[0]
	d.Data = nil
	d.Meta.Actor.ID += strings.Repeat("\"", bytes-d.Size())
	d.Data = []byte(`{}`)
	return d
}
