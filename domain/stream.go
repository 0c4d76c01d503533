package domain

import (
	"strings"

	"github.com/google/uuid"
)

// StreamID names the stream of one case: its case type and its id. It is written "<case type>-<uuid>", the form in
// which an event store groups streams into categories.
type StreamID struct {
	Type string // lower case letters only
	ID   uuid.UUID
}

// String returns "<case type>-<uuid>".
func (s StreamID) String() string { return s.Type + "-" + s.ID.String() }

// ParseStreamID reads what String writes.
func ParseStreamID(s string) (StreamID, error) {
	name, id, ok := strings.Cut(s, "-") // a case type has no dash, a uuid has four
	u, err := uuid.Parse(id)
	if !ok || err != nil || len(id) != 36 || !isTypeName(name) {
		return StreamID{}, errStream
	}
	return StreamID{name, u}, nil
}

var errStream = Malformed("stream.malformed", "case", "mã hồ sơ phải có dạng <loại hồ sơ>-<uuid>")

// isTypeName tells whether s may name a case type: it stands in subjects, stream names and addresses.
func isTypeName(s string) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return s != ""
}

// MarshalText implements encoding.TextMarshaler.
func (s StreamID) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *StreamID) UnmarshalText(b []byte) error {
	v, err := ParseStreamID(string(b))
	if err != nil {
		return err
	}
	*s = v
	return nil
}

// Cursor is a place in one log: a stream sequence, a commit position. It grows along the log, with gaps, and means
// nothing in another log. What people see is an [Ordinal].
type Cursor uint64

// Ordinal is an event's number in the log's total order: 1, 2, 3… It stays the same when a log is copied. As-of
// queries, published reports and proofs speak of ordinals; the views count them.
type Ordinal uint64

// Tail is the end of a stream: the version and the cursor of its last event. The zero Tail says that the stream
// does not exist. A Tail comes from a log and goes back to that log; nobody else makes one up.
type Tail struct {
	Version  uint64
	Position Cursor
}
