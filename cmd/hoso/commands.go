package main

import (
	"bytes"
	"context"
	"database/sql"
	"slices"
	"sync"

	"github.com/google/uuid"

	"hoso/domain"
)

// commands finds which case a command id was used for before the import began. The views keep the ids of events, and
// the first event of a command has an id that is made from the command's. All of them are read once, when the first
// line asks: 40 bytes an event, and no index that every other write would pay for.
type commands struct {
	db    *sql.DB
	once  sync.Once
	err   error
	first []first
}

// first is an event, which may be the first one of a command.
type first struct {
	event uuid.UUID
	where uuid.UUID
	kind  *string // the case type; there are few
}

// CaseOf implements intake.Commands.
func (c *commands) CaseOf(ctx context.Context, command uuid.UUID) (domain.StreamID, bool, error) {
	c.once.Do(func() { c.first, c.err = readFirst(ctx, c.db) })
	event := uuid.NewSHA1(command, []byte{0, 0}) // as the handler makes it
	i, ok := slices.BinarySearchFunc(c.first, event, func(f first, id uuid.UUID) int { return bytes.Compare(f.event[:], id[:]) })
	if !ok {
		return domain.StreamID{}, false, c.err
	}
	return domain.StreamID{Type: *c.first[i].kind, ID: c.first[i].where}, true, nil
}

func readFirst(ctx context.Context, db *sql.DB) (all []first, err error) {
	rows, err := db.QueryContext(ctx, "SELECT e.id, case_id, n.name FROM events e JOIN names n ON n.id = case_type")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	kinds := map[string]*string{}
	for rows.Next() {
		var event, where, kind sql.RawBytes
		if err := rows.Scan(&event, &where, &kind); err != nil {
			return nil, err
		}
		f := first{kind: kinds[string(kind)]}
		if f.kind == nil {
			name := string(kind)
			f.kind, kinds[name] = &name, &name
		}
		copy(f.event[:], event)
		copy(f.where[:], where)
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b first) int { return bytes.Compare(a.event[:], b.event[:]) })
	return all, rows.Err()
}
