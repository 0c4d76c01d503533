package domain

import (
	"time"

	"github.com/google/uuid"

	"hoso/domain/calendar"
)

// Event is something that happened in a case. EventType is its name in the log, a literal on the zero value:
// "<case type>.<participle>", never changed once an event was written.
type Event interface{ EventType() string }

// Actor is who did it, with the role and the unit that the person had at that time.
type Actor struct {
	ID   string `json:"id"`
	Role string `json:"role,omitempty"`
	Unit string `json:"unit,omitempty"`
}

// Meta is what the log keeps about every event beside its data.
//
// There are two clocks. Occurred is the business date, a civil date in Vietnam: figures count by it. Recorded is when
// the appending process learned of it, stamped from an injected clock in UTC: as-of queries cut by it. The log's own
// time stamp is never used, since it does not survive a move to another log.
type Meta struct {
	Actor       Actor         `json:"actor"`
	Command     uuid.UUID     `json:"command"`
	Fingerprint string        `json:"fingerprint,omitempty"` // keyed hash of the command's content
	Correlation uuid.UUID     `json:"correlation"`
	Causation   uuid.UUID     `json:"causation"`
	Occurred    calendar.Date `json:"occurred"`
	Recorded    time.Time     `json:"recorded"` // UTC, whole microseconds
}

// Draft is an event ready to be appended: encoded, and with what is private in it sealed.
type Draft struct {
	ID     uuid.UUID
	Type   string
	Schema int // 1, 2, 3…
	Meta   Meta
	Data   []byte // JSON
}

// Recorded is an event as a log returns it.
type Recorded struct {
	Stream   StreamID
	Version  uint64 // 1, 2, 3… in its stream
	Position Cursor
	Draft
}

// EventID derives an event's id from its command, the fingerprint of the command's content and the event's place among
// the command's events (RFC 9562, UUIDv5), so that a retry makes the same ids and the same command id with other content
// makes others: a log may recognise drafts by their ids (see EventLog.Append).
func EventID(command uuid.UUID, fingerprint string, place int) uuid.UUID {
	return uuid.NewSHA1(command, append([]byte(fingerprint), byte(place>>8), byte(place)))
}
