package worklist

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
)

// unitsAtOnce is how many cases are looked for in one query.
const unitsAtOnce = 500

// Units returns to which unit each of many cases belongs, "" where its acts name none. Cases that there are not are left out.
func (r *Reader) Units(ctx context.Context, ids []domain.StreamID) (map[domain.StreamID]area.Code, error) {
	units := make(map[domain.StreamID]area.Code, len(ids))
	if len(ids) == 0 {
		return units, nil
	}
	tx, err := r.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	for some := range slices.Chunk(ids, unitsAtOnce) {
		args := make([]any, len(some))
		for i, id := range some {
			args[i] = id.ID[:]
		}
		rows, err := tx.QueryContext(ctx, "SELECT case_type, case_id, unit FROM worklist_cases WHERE case_id IN (?"+strings.Repeat(",?", len(some)-1)+")", args...)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var caseType, unit int64
			var id []byte
			if err := rows.Scan(&caseType, &id, &unit); err != nil {
				return nil, err
			}
			units[domain.StreamID{Type: r.names.Name(caseType), ID: uuid.UUID(id)}] = area.Code(r.names.Name(unit))
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return units, nil
}
