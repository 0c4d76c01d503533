package eventlogtest

import (
	"errors"

	"github.com/google/uuid"

	"hoso/domain"
)

// malformed appends what no log may take, alone and behind a sound draft, and looks for what it leaves.
func (s *subject) malformed(what string, spoil func(*domain.Draft)) {
	s.Helper()
	id := s.stream()
	tail := s.grow(id, 1)[1]
	before := s.read(id, 0)
	for n := range 2 {
		ds := drafts(n + 1)
		spoil(&ds[n])
		end, err := s.log.Append(s.ctx(), id, tail, ds...)
		if err == nil {
			s.Errorf("an event with %s was taken: %+v", what, end)
		} else if errors.Is(err, domain.ErrConflict) {
			s.Errorf("an event with %s is called a conflict", what)
		}
		s.same("events", s.read(id, 0), before)
	}
}

var malformed = []clause{
	{"malformed/an event without a name", "a name made up, or an event that nobody can decode", false, func(s *subject) {
		s.malformed("no name", func(d *domain.Draft) { d.Type = "" })
	}},
	{"malformed/an event with an odd name", "a name that only some logs can keep", false, func(s *subject) {
		for _, name := range []string{"suite happened", "suite.\u0111", "suite\r\nx: y", "\x7f"} {
			s.malformed("another name than printable ASCII", func(d *domain.Draft) { d.Type = name })
		}
	}},
	{"malformed/an event without a schema", "a schema made up", false, func(s *subject) {
		for _, n := range []int{0, -1} {
			s.malformed("no schema", func(d *domain.Draft) { d.Schema = n })
		}
	}},
	{"malformed/a text that is none", "bytes that come back as other bytes from a log that keeps JSON", false, func(s *subject) {
		s.malformed("a unit that is no UTF-8", func(d *domain.Draft) { d.Meta.Actor.Unit = "\xff" })
	}},
	{"malformed/a stream that names no case", "a stream that another log could not name, or takes for somebody else's", false, func(s *subject) {
		for _, name := range []string{"", "Suite", "su-ite", "su.ite", "suite ", "su*", "đ"} {
			if end, err := s.log.Append(s.ctx(), domain.StreamID{Type: name, ID: uuid.New()}, domain.Tail{}, drafts(1)...); err == nil {
				s.Errorf("a case of type %q was taken: %+v", name, end)
			} else if errors.Is(err, domain.ErrConflict) {
				s.Errorf("a case of type %q is called a conflict", name)
			}
		}
	}},
}
