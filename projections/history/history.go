// Package history replays one case: what happened, and the state that it led to, now or at some earlier moment.
//
// It keeps no rows of its own. The case's stream in the log is its history; the views add the position of each event
// in the whole log. What is private stays private: it is shown as «riêng tư».
package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"regexp"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections"
)

// History is a case up to some moment.
type History struct {
	Case    domain.StreamID `json:"case"`
	Type    string          `json:"type"`
	Version uint64          `json:"version"` // of the last event below
	State   json.RawMessage `json:"state"`
	Events  []Event         `json:"events"`
}

// Event is an event of the case. Data is what the log holds.
type Event struct {
	Version  uint64          `json:"version"`
	Position domain.Ordinal  `json:"position"`
	Type     string          `json:"type"`
	Occurred calendar.Date   `json:"occurred"`
	Recorded time.Time       `json:"recorded"`
	Actor    domain.Actor    `json:"actor"`
	Data     json.RawMessage `json:"data"`
}

// Told returns an event of the log as it may be shown.
func Told(e domain.Recorded, position domain.Ordinal) Event {
	return Event{e.Version, position, e.Type, e.Meta.Occurred, e.Meta.Recorded, e.Meta.Actor, conceal(e.Data)}
}

// At says up to which moment to replay; every field that is set must hold. The zero At is now.
type At struct {
	Version  uint64         // of the case
	Position domain.Ordinal // what was known: only the log's first so many events
	// Occurred keeps what bears this date or an earlier one, as known at Position. A correction counts from the day
	// on which it was made.
	Occurred calendar.Date
}

// Reader replays cases. Its methods may be called at once from many goroutines.
type Reader struct {
	handler *domain.Handler
	db      *sql.DB
}

// NewReader returns a reader over the log of a handler and the views of the same log.
func NewReader(handler *domain.Handler, db *sql.DB) *Reader { return &Reader{handler, db} }

// Case replays a case. It is NotFound where there is no such case (case.not_found), or where nothing of it had
// happened then (history.nothing_yet), and Unavailable while the views have not seen all of it (views.catching_up).
func (r *Reader) Case(ctx context.Context, id domain.StreamID, at At) (History, error) {
	tx, err := r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return History{}, err
	}
	defer func() { _ = tx.Rollback() }()

	h := History{Case: id, Type: id.Type, Events: []Event{}}
	exists := false
	var missing error
	state, _, err := r.handler.Replay(ctx, id, func(e domain.Recorded) bool {
		exists = true
		if missing != nil || at.Version != 0 && e.Version > at.Version || !at.Occurred.IsZero() && e.Meta.Occurred > at.Occurred {
			return false
		}
		position, err := projections.OrdinalOf(ctx, tx, e.Position)
		if err != nil {
			missing = err
			return false
		}
		if at.Position != 0 && position > at.Position {
			return false
		}
		h.Version = e.Version
		h.Events = append(h.Events, Told(e, position))
		return true
	})
	switch {
	case err != nil:
		return h, err
	case missing != nil:
		return h, missing
	case !exists:
		return h, &domain.Error{Kind: domain.NotFound, Code: "case.not_found", Msg: "không có hồ sơ này"}
	case len(h.Events) == 0:
		return h, &domain.Error{Kind: domain.NotFound, Code: "history.nothing_yet", Msg: "tới lúc đó hồ sơ chưa có việc nào"}
	}
	b, err := json.Marshal(state)
	h.State = conceal(b)
	return h, err
}

// sealed is a private value as the log holds it. Inside a JSON string its quotes would be escaped, so nothing else
// looks like it.
var sealed = regexp.MustCompile(`\{\s*"sealed"\s*:\s*"[^"]*"\s*\}`)

func conceal(data []byte) json.RawMessage {
	return sealed.ReplaceAllLiteral(data, []byte(`"`+domain.Private[string]{}.String()+`"`))
}
