package figures

import (
	"context"

	"hoso/domain/calendar"
)

// Began returns on which day the first thing happened that adds to each indicator, as the log says it now; indicators to which nothing
// was ever added are left out. Before that day a sum is not nought but unknown: nobody recorded anything then.
func (r *Reader) Began(ctx context.Context) (map[string]calendar.Date, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT i.indicator, (SELECT min(c.occurred) FROM figures_contributions c WHERE c.indicator = n.id) AS first
		FROM figures_indicators i JOIN names n ON n.name = i.indicator WHERE first IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	began := map[string]calendar.Date{}
	for rows.Next() {
		var id string
		var first calendar.Date
		if err := rows.Scan(&id, &first); err != nil {
			return nil, err
		}
		began[id] = first
	}
	return began, rows.Err()
}
