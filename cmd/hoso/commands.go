package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"

	"github.com/google/uuid"

	"hoso/domain"
)

// commands finds where a command id was used before the import began. The events keep the ids of events, and the first
// event of a command has an id made from the command's. All ids are read once, when the first line states an id: 24
// bytes an event, and no index that every other write would pay for.
type commands struct {
	db   *sql.DB
	once sync.Once
	err  error
	ids  []placed
}

type placed struct {
	event   uuid.UUID
	ordinal int64
}

// CaseOf implements intake.Commands.
func (c *commands) CaseOf(ctx context.Context, command uuid.UUID) (domain.StreamID, bool, error) {
	c.once.Do(func() { c.ids, c.err = readIDs(ctx, c.db) })
	if c.err != nil {
		return domain.StreamID{}, false, c.err
	}
	first := uuid.NewSHA1(command, []byte{0, 0}) // as the handler makes it
	i, ok := slices.BinarySearchFunc(c.ids, first, func(p placed, id uuid.UUID) int { return bytes.Compare(p.event[:], id[:]) })
	if !ok {
		return domain.StreamID{}, false, nil
	}
	var id domain.StreamID
	var raw []byte
	err := c.db.QueryRowContext(ctx, "SELECT n.name, case_id FROM events e JOIN names n ON n.id = case_type WHERE ordinal = ?", c.ids[i].ordinal).
		Scan(&id.Type, &raw)
	return id, true, errors.Join(err, id.ID.UnmarshalBinary(raw))
}

func readIDs(ctx context.Context, db *sql.DB) (all []placed, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id, ordinal FROM events")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p placed
		var raw sql.RawBytes
		if err := rows.Scan(&raw, &p.ordinal); err != nil {
			return nil, err
		}
		copy(p.event[:], raw)
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(bytes.Compare(a.event[:], b.event[:]), cmp.Compare(a.ordinal, b.ordinal))
	})
	return all, rows.Err()
}
