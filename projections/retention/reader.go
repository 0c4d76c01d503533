package retention

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections"
)

// Reader implements domain.Retention: what the views know, and what the log has behind that. Its methods may be called
// at once from many goroutines.
type Reader struct {
	catalog *domain.Catalog
	log     domain.EventLog
	db      *sql.DB
}

// NewReader returns a reader of a log and of the file that a runner fills from it.
func NewReader(c *domain.Catalog, log domain.EventLog, db *sql.DB) *Reader {
	return &Reader{c, log, db}
}

// Kept implements domain.Retention. It does not wait for the views: what they have not seen it reads from the log.
func (r *Reader) Kept(ctx context.Context, who domain.PersonID) (kept []domain.StreamID, err error) {
	_, kept, err = r.look(ctx, who)
	return kept, err
}

// Linked returns the other records of a person.
func (r *Reader) Linked(ctx context.Context, who domain.PersonID) (others []domain.PersonID, err error) {
	others, _, err = r.look(ctx, who)
	return others, err
}

// look goes from record to record of a person, and returns the others and the kept cases of all of them.
func (r *Reader) look(ctx context.Context, who domain.PersonID) (others []domain.PersonID, kept []domain.StreamID, err error) {
	head, err := r.log.Head(ctx)
	if err != nil {
		return nil, nil, err
	}
	tx, err := r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = tx.Rollback() }()
	behind, err := r.behind(ctx, tx, head)
	if err != nil {
		return nil, nil, err
	}
	all := []domain.PersonID{who}
	for n := 0; n < len(all); n++ {
		linked, cases, err := behind.about(ctx, tx, all[n])
		if err != nil {
			return nil, nil, err
		}
		kept = append(kept, cases...)
		for _, other := range linked {
			if !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	slices.SortFunc(kept, func(a, b domain.StreamID) int { return strings.Compare(a.String(), b.String()) })
	return all[1:], kept, nil
}

// tail is what the log says behind the views.
type tail struct{ says }

func (r *Reader) behind(ctx context.Context, tx *sql.Tx, head domain.Cursor) (tail, error) {
	t := tail{says{}}
	var at int64
	if err := tx.QueryRowContext(ctx, "SELECT cursor FROM events ORDER BY ordinal DESC LIMIT 1").Scan(&at); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return t, err
	}
	if domain.Cursor(at) >= head {
		return t, nil
	}
	codec := r.catalog.Codec(nil)
	for e, err := range r.log.Follow(ctx, domain.Cursor(at)) {
		if err != nil {
			return t, err
		}
		event, err := codec.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			return t, fmt.Errorf("%s version %d: %w", e.Stream, e.Version, err)
		}
		t.add(r.catalog, e.Stream, event)
		if e.Position >= head {
			break
		}
	}
	return t, nil
}

// about returns with whom a person is linked, and in which kept cases the person is.
func (t tail) about(ctx context.Context, tx *sql.Tx, who domain.PersonID) (linked []domain.PersonID, cases []domain.StreamID, err error) {
	links, kept := map[domain.PersonID]int{}, map[domain.StreamID]int{}
	for s, times := range t.says {
		switch {
		case !s.other.IsZero() && s.person == who:
			links[s.other] += times
		case !s.other.IsZero() && s.other == who:
			links[s.person] += times
		case s.other.IsZero() && s.person == who:
			kept[s.id] += times
		}
	}
	err = each(ctx, tx, "SELECT '', same_as, times FROM retention_links WHERE person = ?", who, func(_ string, id uuid.UUID, times int) {
		links[domain.PersonID{UUID: id}] += times
	})
	if err == nil {
		err = each(ctx, tx, "SELECT case_type, case_id, times FROM retention_kept WHERE person = ?", who, func(caseType string, id uuid.UUID, times int) {
			kept[domain.StreamID{Type: caseType, ID: id}] += times
		})
	}
	for other, times := range links {
		if times > 0 {
			linked = append(linked, other)
		}
	}
	for id, times := range kept {
		if times > 0 {
			cases = append(cases, id)
		}
	}
	return linked, cases, err
}

func each(ctx context.Context, tx *sql.Tx, query string, who domain.PersonID, found func(string, uuid.UUID, int)) error {
	rows, err := tx.QueryContext(ctx, query, who.UUID[:])
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var caseType string
		var id []byte
		var times int
		if err := rows.Scan(&caseType, &id, &times); err != nil {
			return err
		}
		found(caseType, uuid.UUID(id), times)
	}
	return rows.Err()
}

var (
	_ domain.Retention = (*Reader)(nil)
	_ projections.View = View{}
)
