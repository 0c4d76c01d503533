package esdblog

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// streamPattern is what the name of a case's stream looks like, for the server's filter and for us.
const streamPattern = `[a-z]+-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`

// beside is what stands beside an event's data. The two names with a dollar are the store's own: its projections and
// its pages find by them what belongs together. They are never renamed.
type beside struct {
	Correlation id            `json:"$correlationId,omitzero"`
	Causation   id            `json:"$causationId,omitzero"`
	Command     id            `json:"command,omitzero"`
	Fingerprint string        `json:"fingerprint,omitempty"`
	Actor       domain.Actor  `json:"actor"`
	Occurred    calendar.Date `json:"occurred,omitzero"`
	Recorded    time.Time     `json:"recorded,omitzero"`
	Schema      int           `json:"schema"`
}

// id is a uuid of which the zero value is left out.
type id = uuid.UUID

// streamOf is the name of a case's stream.
func (l *Log) streamOf(s domain.StreamID) string { return l.options.Prefix + s.String() }

// caseOf reads what streamOf made.
func (l *Log) caseOf(name string) (domain.StreamID, bool) {
	rest, ok := strings.CutPrefix(name, l.options.Prefix)
	s, err := domain.ParseStreamID(rest)
	return s, ok && err == nil && s.String() == rest
}

func (l *Log) ours(name string) bool {
	_, ok := l.caseOf(name)
	return ok
}

// encode returns an event as the store takes it, and what it weighs there: data, metadata and twice the type's name.
func encode(d domain.Draft) (esdb.EventData, int, error) {
	m := d.Meta
	meta, err := json.Marshal(beside{m.Correlation, m.Causation, m.Command, m.Fingerprint, m.Actor, m.Occurred, m.Recorded.UTC(), d.Schema})
	if err != nil {
		return esdb.EventData{}, 0, err
	}
	return esdb.EventData{EventID: d.ID, EventType: d.Type, ContentType: esdb.ContentTypeJson, Data: d.Data, Metadata: meta},
		len(d.Data) + len(meta) + 2*len(d.Type), nil
}

// decode reads what encode made, at its place in the log. Anything unexpected is an error, never a guess.
func (l *Log) decode(e *esdb.RecordedEvent) (domain.Recorded, error) {
	stream, ok := l.caseOf(e.StreamID)
	if !ok {
		return domain.Recorded{}, foreign(e)
	}
	m, err := decodeMetadata(e.UserMetadata)
	if err != nil || e.EventID == uuid.Nil || e.EventType == "" {
		return domain.Recorded{}, foreign(e)
	}
	return domain.Recorded{
		Stream: stream, Version: e.EventNumber + 1, Position: domain.Cursor(e.Position.Commit),
		Draft: domain.Draft{ID: e.EventID, Type: e.EventType, Schema: m.Schema, Data: e.Data, Meta: domain.Meta{
			Actor: m.Actor, Command: m.Command, Fingerprint: m.Fingerprint, Correlation: m.Correlation, Causation: m.Causation,
			Occurred: m.Occurred, Recorded: m.Recorded,
		}},
	}, nil
}

// foreign says that a stream which is named like one of ours holds an event that is not. It must not be passed over:
// where it is one of ours all the same, figures would be wrong. What stands in it is not quoted.
func foreign(e *esdb.RecordedEvent) error {
	return unavailable("log.foreign_event", fmt.Sprintf(
		"luồng %s trong EventStoreDB có sự kiện không phải của hoso (vị trí %d); hãy dùng một cơ sở dữ liệu riêng cho hoso, hoặc bản hoso mới hơn",
		e.StreamID, e.Position.Commit), nil)
}
