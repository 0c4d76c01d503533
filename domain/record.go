package domain

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"hoso/domain/calendar"
)

// The record of an event is its stored form as digests and proofs see it: the same bytes in every log, whatever that log
// wraps around an event. It is made of these texts, each preceded by its length in bytes as eight bytes, the greatest first:
//
//	1  "hoso event 1"
//	2  stream, "<case type>-<uuid>"        9  actor's unit
//	3  version in the stream              10  command, a uuid
//	4  id, a uuid                         11  fingerprint
//	5  type                               12  correlation, a uuid
//	6  schema                             13  causation, a uuid
//	7  actor's id                         14  occurred, 2024-04-03
//	8  actor's role                       15  recorded, RFC 3339 in UTC, as many decimals as it has
//	                                      16  data, as it is stored: what is private in it is sealed
//
// Numbers are decimal; what is not there is empty (only an event's own id is written also where it is zero). The position
// is no part of it: it belongs to one log. This never changes. What would change it is a record that begins otherwise.
const recordMark = "hoso event 1"

// AppendRecord appends the event's record to b.
func (r Recorded) AppendRecord(b []byte) []byte {
	b = appendText(b, recordMark)
	b = appendSized(b, func(b []byte) []byte { return appendID(append(append(b, r.Stream.Type...), '-'), r.Stream.ID) })
	b = appendSized(b, func(b []byte) []byte { return strconv.AppendUint(b, r.Version, 10) })
	b = appendSized(b, func(b []byte) []byte { return appendID(b, r.ID) })
	b = appendText(b, r.Type)
	b = appendSized(b, func(b []byte) []byte { return strconv.AppendInt(b, int64(r.Schema), 10) })
	m := r.Meta
	b = appendText(appendText(appendText(b, m.Actor.ID), m.Actor.Role), m.Actor.Unit)
	b = appendOptional(b, m.Command)
	b = appendText(b, m.Fingerprint)
	b = appendOptional(appendOptional(b, m.Correlation), m.Causation)
	b = appendText(b, m.Occurred.String())
	b = appendSized(b, func(b []byte) []byte {
		if m.Recorded.IsZero() {
			return b
		}
		return m.Recorded.UTC().AppendFormat(b, time.RFC3339Nano)
	})
	return append(appendLength(b, len(r.Data)), r.Data...)
}

func appendLength(b []byte, n int) []byte { return binary.BigEndian.AppendUint64(b, uint64(n)) }

func appendText(b []byte, s string) []byte { return append(appendLength(b, len(s)), s...) }

// appendSized appends what the function appends, preceded by its length.
func appendSized(b []byte, write func([]byte) []byte) []byte {
	at := len(b)
	b = write(appendLength(b, 0))
	binary.BigEndian.PutUint64(b[at:], uint64(len(b)-at-8))
	return b
}

func appendID(b []byte, id uuid.UUID) []byte {
	text, _ := id.MarshalText() // never fails
	return append(b, text...)
}

func appendOptional(b []byte, id uuid.UUID) []byte {
	if id == uuid.Nil {
		return appendLength(b, 0)
	}
	return appendID(appendLength(b, 36), id)
}

// ParseRecord reads what AppendRecord makes, and nothing else: a record that it takes is the record of the event that it
// returns, byte for byte. The event has no position.
func ParseRecord(b []byte) (r Recorded, err error) {
	var texts [16]string
	rest := b
	for i := range texts {
		if len(rest) < 8 {
			return r, errRecord
		}
		n := binary.BigEndian.Uint64(rest)
		if rest = rest[8:]; n > uint64(len(rest)) {
			return r, errRecord
		}
		texts[i], rest = string(rest[:n]), rest[n:]
	}
	p := recordParser{texts: texts[:]}
	p.next() // the mark; what is wrong with it shows below
	p.read(func(s string) (err error) { r.Stream, err = ParseStreamID(s); return err })
	p.read(func(s string) (err error) { r.Version, err = strconv.ParseUint(s, 10, 64); return err })
	p.read(func(s string) (err error) { r.ID, err = uuid.Parse(s); return err })
	r.Type = p.next()
	p.read(func(s string) (err error) { r.Schema, err = strconv.Atoi(s); return err })
	r.Meta.Actor = Actor{p.next(), p.next(), p.next()}
	p.optional(func(s string) (err error) { r.Meta.Command, err = uuid.Parse(s); return err })
	r.Meta.Fingerprint = p.next()
	p.optional(func(s string) (err error) { r.Meta.Correlation, err = uuid.Parse(s); return err })
	p.optional(func(s string) (err error) { r.Meta.Causation, err = uuid.Parse(s); return err })
	p.optional(func(s string) (err error) { r.Meta.Occurred, err = calendar.ParseDate(s); return err })
	p.optional(func(s string) (err error) { r.Meta.Recorded, err = time.Parse(time.RFC3339Nano, s); return err })
	r.Data = []byte(p.next())
	if p.err != nil {
		return Recorded{}, fmt.Errorf("%w: %w", errRecord, p.err)
	}
	if !bytes.Equal(r.AppendRecord(nil), b) {
		return Recorded{}, errRecord
	}
	return r, nil
}

var errRecord = &Error{Kind: Invalid, Code: "record.malformed", Msg: "không phải nội dung lưu trữ của một sự kiện"}

type recordParser struct {
	texts []string
	err   error
}

func (p *recordParser) next() (s string) {
	s, p.texts = p.texts[0], p.texts[1:]
	return s
}

func (p *recordParser) read(parse func(string) error) {
	if err := parse(p.next()); err != nil && p.err == nil {
		p.err = err
	}
}

func (p *recordParser) optional(parse func(string) error) {
	if p.texts[0] == "" {
		p.next()
		return
	}
	p.read(parse)
}
