package main

import (
	"bytes"
	"context"
	"database/sql"
	"slices"
	"sync"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/intake"
)

// past answers an importer from the views. They keep the ids of events, and the first event of a command has an id that
// is made from the command's. All of them are read once, when the first line asks: about 80 bytes an event, and no
// index that every other write would pay for.
type past struct {
	*app
	once  sync.Once
	err   error
	first []first
	cases map[domain.StreamID]bool
}

// first is an event, which may be the first one of a command.
type first struct {
	event uuid.UUID
	place intake.Place
}

// Command implements intake.Past.
func (p *past) Command(ctx context.Context, id uuid.UUID) (intake.Place, bool, error) {
	p.load(ctx)
	event := domain.EventID(id, 0)
	i, ok := slices.BinarySearchFunc(p.first, event, func(f first, id uuid.UUID) int { return bytes.Compare(f.event[:], id[:]) })
	if !ok {
		return intake.Place{}, false, p.err
	}
	return p.first[i].place, true, nil
}

// Case implements intake.Past.
func (p *past) Case(ctx context.Context, id domain.StreamID) (bool, error) {
	p.load(ctx)
	return p.cases[id], p.err
}

// Allowed implements intake.Past.
func (p *past) Allowed(ctx context.Context, r domain.Request, before uint64) error {
	_, err := p.rehearsal(shortened{p.log, before}).Handle(ctx, r)
	return err
}

func (p *past) load(ctx context.Context) { p.once.Do(func() { p.err = p.read(ctx, p.views) }) }

func (p *past) read(ctx context.Context, db *sql.DB) error {
	p.cases = map[domain.StreamID]bool{}
	rows, err := db.QueryContext(ctx, "SELECT e.id, n.name, case_id, version FROM events e JOIN names n ON n.id = case_type")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var event, kind, where sql.RawBytes
		f := first{}
		if err := rows.Scan(&event, &kind, &where, &f.place.Version); err != nil {
			return err
		}
		copy(f.event[:], event)
		copy(f.place.Case.ID[:], where)
		for _, t := range p.catalog.Types { // one string for all of its cases
			if t.Name == string(kind) {
				f.place.Case.Type = t.Name
			}
		}
		p.first = append(p.first, f)
		p.cases[f.place.Case] = true
	}
	slices.SortFunc(p.first, func(a, b first) int { return bytes.Compare(a.event[:], b.event[:]) })
	return rows.Err()
}
