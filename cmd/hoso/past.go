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

// past answers an importer from the views. They keep the command of each event. All of them are read once, when the first
// line asks: about 80 bytes a command, and no index that every other write would pay for.
type past struct {
	*app
	once  sync.Once
	err   error
	first []first
	cases map[domain.StreamID]bool
}

// first is the first event of a command.
type first struct {
	command uuid.UUID
	place   intake.Place
}

// Command implements intake.Past.
func (p *past) Command(ctx context.Context, id uuid.UUID) (intake.Place, bool, error) {
	p.load(ctx)
	i, ok := slices.BinarySearchFunc(p.first, id, func(f first, id uuid.UUID) int { return bytes.Compare(f.command[:], id[:]) })
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
	_, err := p.rehearsal(paperOver(shortened{p.log, before})).Handle(ctx, r)
	return err
}

func (p *past) load(ctx context.Context) { p.once.Do(func() { p.err = p.read(ctx, p.views) }) }

func (p *past) read(ctx context.Context, db *sql.DB) error {
	p.cases = map[domain.StreamID]bool{}
	rows, err := db.QueryContext(ctx, "SELECT command, n.name, case_id, version FROM events JOIN names n ON n.id = case_type ORDER BY ordinal")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var command, kind, where sql.RawBytes
		f := first{}
		if err := rows.Scan(&command, &kind, &where, &f.place.Version); err != nil {
			return err
		}
		copy(f.command[:], command)
		copy(f.place.Case.ID[:], where)
		for _, t := range p.catalog.Types { // one string for all of its cases
			if t.Name == string(kind) {
				f.place.Case.Type = t.Name
			}
		}
		p.cases[f.place.Case] = true
		if n := len(p.first); n == 0 || p.first[n-1].command != f.command { // a command's events mostly lie together
			p.first = append(p.first, f)
		}
	}
	slices.SortStableFunc(p.first, func(a, b first) int { return bytes.Compare(a.command[:], b.command[:]) })
	p.first = slices.CompactFunc(p.first, func(a, b first) bool { return a.command == b.command })
	return rows.Err()
}
