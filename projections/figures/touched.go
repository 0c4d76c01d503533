package figures

import (
	"context"
	"database/sql"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Touched returns the indicators to which the events after one position and up to another add something, or take something
// from, in the order of the catalogue. A ratio is touched with its terms. Only those that are named are looked at; without names
// all that are not hidden.
func (r *Reader) Touched(ctx context.Context, after, until domain.Ordinal, ids []string) ([]string, error) {
	moved, linked, err := r.moved(ctx, r.db, after, until)
	if err != nil {
		return nil, err
	}
	of, err := r.indicators(ids)
	if err != nil {
		return nil, err
	}
	var touched []string
	for _, i := range of {
		if moved[i.ID] || linked && i.Measure == domain.Distinct || i.Measure == domain.Ratio && (r.moves(moved, i.Over) || r.moves(moved, i.Under)) {
			touched = append(touched, i.ID)
		}
	}
	return slices.Clip(touched), nil
}

// file is what may be asked: a file, or a transaction on it.
type file interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// moved returns the indicators of which contributions were recorded after one position and up to another, and whether records of
// persons were linked then: persons who were two are one.
func (r *Reader) moved(ctx context.Context, in file, after, until domain.Ordinal) (moved map[string]bool, linked bool, err error) {
	rows, err := in.QueryContext(ctx, `SELECT DISTINCT n.name FROM figures_contributions c INDEXED BY figures_recorded JOIN names n ON n.id = c.indicator
		WHERE c.ordinal > ? AND c.ordinal <= ?`, int64(after), int64(until))
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	moved = map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, false, err
		}
		moved[id] = true
	}
	if err := rows.Err(); err != nil {
		return nil, false, err
	}
	err = in.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM figures_links WHERE ordinal > ? AND ordinal <= ?)", int64(after), int64(until)).Scan(&linked)
	return moved, linked, err
}

// moves tells whether an indicator, or a term of it, is among those that moved.
func (r *Reader) moves(moved map[string]bool, id string) bool {
	i, ok := r.catalog.Indicator(id)
	return ok && (moved[id] || i.Measure == domain.Ratio && (r.moves(moved, i.Over) || r.moves(moved, i.Under)))
}

// Earliest returns the first day on which anything counts that was recorded after a position, up to another: no figure of a
// month that ended before has changed. A link between records counts on all days.
func (r *Reader) Earliest(ctx context.Context, after, until domain.Ordinal) (calendar.Date, error) {
	var day sql.NullInt64
	err := r.db.QueryRowContext(ctx, `SELECT CASE WHEN EXISTS (SELECT 1 FROM figures_links WHERE ordinal > ?1 AND ordinal <= ?2) THEN 0
		ELSE (SELECT min(occurred) FROM figures_contributions INDEXED BY figures_recorded WHERE ordinal > ?1 AND ordinal <= ?2) END`, int64(after), int64(until)).Scan(&day)
	if err != nil || !day.Valid {
		return calendar.Of(9999, 12, 31), err
	}
	return calendar.Date(day.Int64), nil
}
