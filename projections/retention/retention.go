// Package retention is the view that is asked before a person is erased: is there a dossier that law has kept for ever.
//
// It holds ids of persons and cases, and no personal data. A dossier whose acts were all voided is none. People who are linked
// are one person: a dossier under one record keeps the others.
package retention

import (
	"context"
	"strings"

	"hoso/domain"
	"hoso/domain/person"
	"hoso/projections"
)

// View keeps who is in the dossiers of some case types, and who is linked with whom. It implements projections.View.
type View struct{ catalog *domain.Catalog }

// NewView returns the view for the case types of a catalogue that have a rule by which they are kept.
func NewView(c *domain.Catalog) View { return View{c} }

// Name implements projections.View.
func (View) Name() string { return "retention" }

// Version implements projections.View.
func (v View) Version() string {
	var types []string
	for _, t := range v.catalog.Types {
		if t.Kept != nil {
			types = append(types, t.Name)
		}
	}
	return "1 " + strings.Join(types, " ")
}

// Schema implements projections.View. A row counts how often the log says it, less how often that was taken back.
func (View) Schema() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS retention_kept (person BLOB NOT NULL, case_type TEXT NOT NULL, case_id BLOB NOT NULL, times INTEGER NOT NULL,
			PRIMARY KEY (person, case_type, case_id)) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS retention_links (person BLOB NOT NULL, same_as BLOB NOT NULL, times INTEGER NOT NULL,
			PRIMARY KEY (person, same_as)) WITHOUT ROWID`,
	}
}

// Apply implements projections.View.
func (v View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	said := says{}
	for i := range batch {
		said.add(v.catalog, batch[i].Stream, batch[i].Event)
	}
	for s, times := range said {
		if times == 0 {
			continue
		}
		var err error
		if s.other.IsZero() {
			err = tx.Exec(ctx, `INSERT INTO retention_kept VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET times = times + excluded.times`,
				s.person.UUID[:], s.id.Type, s.id.ID[:], times)
		} else {
			// Both ways, so that each is found from the other.
			for _, pair := range [][2]domain.PersonID{{s.person, s.other}, {s.other, s.person}} {
				if err == nil {
					err = tx.Exec(ctx, `INSERT INTO retention_links VALUES (?,?,?) ON CONFLICT DO UPDATE SET times = times + excluded.times`,
						pair[0].UUID[:], pair[1].UUID[:], times)
				}
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// statement is that a person is in a case, or is the same as another one.
type statement struct {
	person, other domain.PersonID
	id            domain.StreamID
}

// says counts how often statements were made, less how often they were taken back.
type says map[statement]int

// add adds what an event says.
func (s says) add(c *domain.Catalog, id domain.StreamID, e domain.Event) {
	switch e := e.(type) {
	case domain.Corrected:
		s.count(c, id, e.Was.Event, -1)
		s.count(c, id, e.Now.Event, 1)
	case domain.Voided:
		s.count(c, id, e.Was.Event, -1)
	default:
		s.count(c, id, e, 1)
	}
}

func (s says) count(c *domain.Catalog, id domain.StreamID, e domain.Event, times int) {
	switch e := e.(type) {
	case domain.Attached, domain.AmendmentRequested, domain.AmendmentDeclined: // papers and requests alone are no dossier
		return
	case person.Linked:
		s[statement{person: e.Person, other: e.SameAs}] += times
		return
	case person.Unlinked:
		s[statement{person: e.Person, other: e.SameAs}] -= times
		return
	}
	if t, ok := c.Type(id.Type); !ok || t.Kept == nil {
		return
	}
	if who, ok := e.(domain.Subject); ok && !who.Subject().IsZero() {
		s[statement{person: who.Subject(), id: id}] += times
	}
}
