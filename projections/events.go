package projections

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

// The tables that the runner keeps itself. The last row of events is the checkpoint. Of recorded and latest (the
// greatest recorded so far) only the second is sorted, since clocks of several processes differ: it tells how long
// the prefix is that was known at a time. Names stand for themselves once and are numbers everywhere else.
var schema = []string{
	`CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, name TEXT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS events (
		ordinal INTEGER PRIMARY KEY, cursor INTEGER NOT NULL, id BLOB NOT NULL, command BLOB NOT NULL,
		case_type INTEGER NOT NULL, case_id BLOB NOT NULL, version INTEGER NOT NULL, type INTEGER NOT NULL,
		occurred INTEGER NOT NULL, recorded INTEGER NOT NULL, latest INTEGER NOT NULL,
		actor INTEGER NOT NULL)`,
}

// checkpoint is the last event in the file; the zero value is an empty file.
type checkpoint struct {
	ordinal domain.Ordinal
	cursor  domain.Cursor
	id      uuid.UUID
	stream  domain.StreamID
	version uint64
	latest  int64
}

func readCheckpoint(ctx context.Context, db *sql.DB) (c checkpoint, err error) {
	err = db.QueryRowContext(ctx, `SELECT ordinal, cursor, e.id, n.name, case_id, version, latest
		FROM events e JOIN names n ON n.id = case_type ORDER BY ordinal DESC LIMIT 1`).
		Scan(&c.ordinal, &c.cursor, scanID{&c.id}, &c.stream.Type, scanID{&c.stream.ID}, &c.version, &c.latest)
	if errors.Is(err, sql.ErrNoRows) {
		return checkpoint{}, nil
	}
	return c, err
}

// scanID reads a uuid stored as 16 bytes.
type scanID struct{ to *uuid.UUID }

// Scan implements sql.Scanner.
func (s scanID) Scan(v any) error {
	b, _ := v.([]byte)
	return s.to.UnmarshalBinary(b)
}

// belongs tells whether the file was made from this log: the event of the checkpoint lies where it lay.
func (c checkpoint) belongs(ctx context.Context, log domain.EventLog) (bool, error) {
	if c.ordinal == 0 {
		return true, nil
	}
	for e, err := range log.Read(ctx, c.stream, c.version-1) {
		if err != nil {
			return false, err
		}
		return e.ID == c.id && e.Position == c.cursor, nil
	}
	return false, nil
}

const eventColumns = 12

// insertEvents adds a batch to the table of events, and returns the new checkpoint.
func insertEvents(ctx context.Context, tx *Tx, at checkpoint, batch []Event) (checkpoint, error) {
	values := make([]any, 0, len(batch)*eventColumns)
	for i := range batch {
		e := &batch[i]
		caseType, err := tx.Name(ctx, e.Stream.Type)
		if err != nil {
			return at, err
		}
		name, err := tx.Name(ctx, e.Type)
		if err != nil {
			return at, err
		}
		actor, err := tx.Name(ctx, e.Meta.Actor.ID)
		if err != nil {
			return at, err
		}
		recorded := e.Meta.Recorded.UnixMicro()
		at = checkpoint{e.Ordinal, e.Position, e.ID, e.Stream, e.Version, max(at.latest, recorded)}
		values = append(values, int64(e.Ordinal), int64(e.Position), e.ID[:], e.Meta.Command[:], caseType, e.Stream.ID[:], int64(e.Version),
			name, int64(e.Meta.Occurred), recorded, at.latest, actor)
	}
	return at, tx.Insert(ctx, "INSERT INTO events", eventColumns, values, "")
}

// OrdinalOf returns the number of the event that lies at a cursor of the log. Where the views have not come there yet
// it gives ErrCatchingUp.
func OrdinalOf(ctx context.Context, tx *sql.Tx, cursor domain.Cursor) (domain.Ordinal, error) {
	n, err := lastWhere(ctx, tx, "cursor", int64(cursor))
	if err != nil {
		return 0, err
	}
	var found domain.Cursor
	err = tx.QueryRowContext(ctx, "SELECT coalesce((SELECT cursor FROM events WHERE ordinal = ?), 0)", int64(n)).Scan(&found)
	if err == nil && found != cursor {
		err = ErrCatchingUp
	}
	return n, err
}

// Known returns the length of the longest prefix of the log in which every event was recorded at or before t; 0
// where the first event is later.
func Known(ctx context.Context, tx *sql.Tx, t time.Time) (domain.Ordinal, error) {
	return lastWhere(ctx, tx, "latest", t.UnixMicro())
}

// Last returns the number of the last event in the file.
func Last(ctx context.Context, tx *sql.Tx) (n domain.Ordinal, err error) {
	err = tx.QueryRowContext(ctx, "SELECT coalesce(max(ordinal), 0) FROM events").Scan(&n)
	return n, err
}

// AnySince tells whether an event of one of these types stands behind a position.
func AnySince(ctx context.Context, db *sql.DB, after domain.Ordinal, types ...string) (found bool, err error) {
	numbers, args := NumbersOf(types...)
	err = db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM events WHERE type IN "+numbers+" AND ordinal > ?)", append(args, int64(after))...).Scan(&found)
	return found, err
}

// lastWhere returns the last ordinal whose column is at most v. The column never falls along the table, so twenty
// looks find it among a million rows, in one statement, and no index has to be kept.
func lastWhere(ctx context.Context, tx *sql.Tx, column string, v int64) (n domain.Ordinal, err error) {
	err = tx.QueryRowContext(ctx, `WITH RECURSIVE look (low, high) AS ( -- the answer is in [low, high]
			SELECT 0, coalesce(max(ordinal), 0) FROM events
			UNION ALL
			SELECT iif(e.`+column+` <= ?, e.ordinal, low), iif(e.`+column+` <= ?, high, e.ordinal - 1)
			FROM look CROSS JOIN events e ON e.ordinal = low + (high - low + 1) / 2 WHERE low < high)
		SELECT low FROM look WHERE low = high`, v, v).Scan(&n)
	return n, err
}
