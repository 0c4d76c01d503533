package esdblog

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"

	"hoso/domain/calendar"
)

var errMetadata = errors.New("metadata that hoso did not write")

// decodeMetadata reads what stands beside an event's data. A replay feels how long that takes: what is in the form in
// which it was written is scanned, 1 µs instead of 6; anything else goes to encoding/json, which has the last word.
func decodeMetadata(data []byte) (m beside, err error) {
	if scan(data, &m) {
		return m, nil
	}
	m = beside{}
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields() // of a newer program
	if err := in.Decode(&m); err != nil {
		return m, err
	}
	if _, err := in.Token(); err == nil || m.Schema < 1 {
		return m, errMetadata
	}
	return m, nil
}

// scan reads metadata in the form in which encode writes it: no spaces, no escapes, each name at most once and in its
// order. It returns false for all else, and may have set anything then.
func scan(data []byte, m *beside) bool {
	s := scanner{rest: data, ok: true}
	s.open()
	s.id(`"$correlationId":`, &m.Correlation)
	s.id(`"$causationId":`, &m.Causation)
	s.id(`"command":`, &m.Command)
	s.text(`"fingerprint":`, &m.Fingerprint)
	if s.ok = s.ok && s.member(`"actor":`); s.ok {
		s.open()
		s.text(`"id":`, &m.Actor.ID)
		s.text(`"role":`, &m.Actor.Role)
		s.text(`"unit":`, &m.Actor.Unit)
		s.literal('}')
	}
	var occurred, recorded string
	s.text(`"occurred":`, &occurred)
	s.text(`"recorded":`, &recorded)
	s.ok = s.ok && s.member(`"schema":`)
	n, ok := bytes.CutSuffix(s.rest, []byte(`}`))
	if !s.ok || !ok {
		return false
	}
	var errs [3]error
	if m.Schema, errs[0] = strconv.Atoi(string(n)); m.Schema < 1 || n[0] == '+' || n[0] == '0' {
		return false
	}
	if occurred != "" {
		m.Occurred, errs[1] = calendar.ParseDate(occurred)
	}
	if recorded != "" {
		m.Recorded, errs[2] = time.Parse(time.RFC3339, recorded)
	}
	return errors.Join(errs[:]...) == nil
}

// scanner reads from the front of rest while all is as expected.
type scanner struct {
	rest  []byte
	first bool // nothing stands before it in its object
	ok    bool
}

func (s *scanner) literal(c byte) {
	if s.ok = s.ok && len(s.rest) > 0 && s.rest[0] == c; s.ok {
		s.rest = s.rest[1:]
	}
}

func (s *scanner) open() {
	s.literal('{')
	s.first = true
}

// member tells whether a name comes next, and passes it.
func (s *scanner) member(name string) bool {
	rest, ok := s.rest, s.ok
	if !s.first {
		rest, ok = bytes.CutPrefix(rest, []byte(","))
	}
	rest, found := bytes.CutPrefix(rest, []byte(name))
	if !ok || !found {
		return false
	}
	s.rest, s.first = rest, false
	return true
}

// text reads a value where its name comes next.
func (s *scanner) text(name string, to *string) {
	if !s.ok || !s.member(name) {
		return
	}
	s.literal('"')
	for i, c := range s.rest {
		if c == '"' {
			*to, s.rest = string(s.rest[:i]), s.rest[i+1:]
			return
		}
		if c == '\\' || c < ' ' || c >= 0x80 {
			break // encoding/json knows what to make of it
		}
	}
	s.ok = false
}

func (s *scanner) id(name string, to *uuid.UUID) {
	var text string
	if s.text(name, &text); text != "" {
		id, err := uuid.Parse(text)
		*to, s.ok = id, s.ok && err == nil && len(text) == 36
	}
}
