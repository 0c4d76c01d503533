package worklist

import (
	"cmp"
	"context"
	"slices"

	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Count is how many open cases of a type there are in a unit, by urgency.
type Count struct {
	Unit    area.Code `json:"unit,omitempty"` // as the cases name it; empty: none
	Type    string    `json:"type"`
	Overdue int64     `json:"overdue"`
	Soon    int64     `json:"soon"`
	Later   int64     `json:"later"`
	Unset   int64     `json:"unset"`
}

// Open returns how many cases it counts.
func (c Count) Open() int64 { return c.Overdue + c.Soon + c.Later + c.Unset }

func (c *Count) add(u Urgency, n int64) {
	switch u {
	case Overdue:
		c.Overdue += n
	case Soon:
		c.Soon += n
	case Later:
		c.Later += n
	case Unset:
		c.Unset += n
	}
}

// Counts counts the open cases of a query by unit and case type, in that order. Of the query, only what bounds units, types
// and stages is asked, the account and the day.
func (r *Reader) Counts(ctx context.Context, q Query) ([]Count, error) {
	tx, err := r.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	spans, nothing := r.spans(q)
	if nothing {
		return nil, nil
	}
	query, args := countAll(q.On, where(spans))
	switch {
	case q.Stages != nil:
		ways := r.stageWays(q.Stages)
		if len(ways) == 0 {
			return nil, nil
		}
		query, args = "", nil
		for i, way := range ways {
			if i > 0 {
				query += " UNION ALL "
			}
			one, values := r.countEach("worklist_due_by_type", way, q, spans)
			query, args = query+one, append(args, values...)
		}
	case q.Assigned != "":
		query, args = r.countEach("worklist_due_by_account", "", q, spans)
	}
	rows, err := ask(ctx, tx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	type key struct{ unit, caseType int64 }
	found := map[key]*Count{}
	for rows.Next() {
		var k key
		var next, n int64
		if err := rows.Scan(&k.unit, &k.caseType, &next, &n); err != nil {
			return nil, err
		}
		c, ok := found[k]
		if !ok {
			c = &Count{Unit: area.Code(r.names.Name(k.unit)), Type: r.names.Name(k.caseType)}
			found[k] = c
		}
		c.add(Case{Open: true, next: next}.Urgency(q.On), n)
	}
	all := make([]Count, 0, len(found))
	for _, c := range found {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Type, b.Type)) })
	return all, rows.Err()
}

// countEach asks for the cases themselves, along an index.
func (r *Reader) countEach(index, way string, q Query, spans []span) (query string, args []any) {
	query = "SELECT c.unit, c.case_type, min(c.next), count(*) FROM worklist_cases c INDEXED BY " + index + " WHERE c.open = 1" + way
	if q.Assigned != "" {
		query, args = query+" AND c.assigned = ?", append(args, r.account(q.Assigned))
	}
	return query + where(spans) + " GROUP BY c.unit, c.case_type, CASE WHEN c.next < ? THEN 0 WHEN c.next <= ? THEN 1 WHEN c.next < ? THEN 2 END",
		append(args, int64(q.On), int64(q.On.AddDays(soonDays)), never)
}

// countAll asks for the months that are of one urgency as a whole, and for the days of those that are not.
func countAll(on calendar.Date, where string) (query string, args []any) {
	first, last := int64(on)/100, int64(on.AddDays(soonDays))/100
	return `SELECT c.unit, c.case_type, c.month * 100, sum(c.cases) FROM worklist_months c WHERE c.month NOT BETWEEN ? AND ? AND c.month <> ?` + where +
			` GROUP BY c.unit, c.case_type, c.month < ? UNION ALL
		SELECT c.unit, c.case_type, c.day, c.cases FROM worklist_days c WHERE (c.day BETWEEN ? AND ? OR c.day = ?)` + where,
		[]any{first, last, never / 100, first, first * 100, last*100 + 99, never}
}
