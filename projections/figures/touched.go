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
	rows, err := r.db.QueryContext(ctx, `SELECT DISTINCT n.name FROM figures_contributions c JOIN names n ON n.id = c.indicator
		WHERE c.ordinal > ? AND c.ordinal <= ?`, int64(after), int64(until))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	moved := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		moved[id] = true
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var linked bool // then persons who were two are one
	err = r.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM figures_links WHERE ordinal > ? AND ordinal <= ?)", int64(after), int64(until)).Scan(&linked)
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
