package worklist

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hoso/domain/area"
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
	query, args := r.counting(q, where(spans))
	if query == "" {
		return nil, nil
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
		var n Count
		if err := rows.Scan(&k.unit, &k.caseType, &n.Overdue, &n.Soon, &n.Later, &n.Unset); err != nil {
			return nil, err
		}
		c, ok := found[k]
		if !ok {
			c = &Count{Unit: area.Code(r.names.Name(k.unit)), Type: r.names.Name(k.caseType)}
			found[k] = c
		}
		c.Overdue, c.Soon, c.Later, c.Unset = c.Overdue+n.Overdue, c.Soon+n.Soon, c.Later+n.Later, c.Unset+n.Unset
	}
	all := make([]Count, 0, len(found))
	for _, c := range found {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Type, b.Type)) })
	return all, rows.Err()
}

// counting returns what counts the cases of a query: those of an account one by one, for they are few; otherwise the months that
// are of one urgency as a whole, and the days of those that are not. The query is empty where there is nothing to count.
func (r *Reader) counting(q Query, of string) (query string, args []any) {
	if q.Stages != nil {
		ways := r.stageWays(q.Stages)
		if len(ways) == 0 {
			return "", nil
		}
		of += " AND (0" + strings.Join(prefixed(" OR 1", ways), "") + ")"
	}
	sum := func(last, n string) string {
		said := "SELECT c.unit, c.case_type"
		for _, u := range Urgencies() {
			from, to := u.days(q.On)
			said, args = said+", sum(CASE WHEN "+last+" BETWEEN ? AND ? THEN "+n+" ELSE 0 END)", append(args, from, to)
		}
		return said
	}
	switch q.Assigned {
	case "", Nobody:
	default:
		query = sum("c.next", "1") + " FROM worklist_cases c INDEXED BY worklist_due_by_account WHERE c.open = 1 AND c.assigned = ?"
		return query + of + each, append(args, r.account(q.Assigned))
	}
	if q.Assigned == Nobody {
		of += " AND c.free = 1"
	}
	first, last := int64(q.On)/100, int64(q.On.AddDays(soonDays))/100
	query = sum("c.month * 100 + 31", "c.cases") + " FROM worklist_months c WHERE (c.month < ? OR c.month > ?)" + of + each
	args = append(args, first, last)
	query += " UNION ALL " + sum("c.day", "c.cases") + " FROM worklist_days c WHERE c.day BETWEEN ? AND ?" + of + each
	return query, append(args, first*100, last*100+99)
}

const each = " GROUP BY c.unit, c.case_type"
