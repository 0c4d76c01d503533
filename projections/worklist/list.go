package worklist

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
)

const (
	pageSize    = 50
	largestPage = 500
	// fewUnits and fewPairs (of a unit and a case type) are up to how many are looked through one after the other; more are
	// looked for along the days, where they are found often enough.
	fewUnits, fewPairs = 12, 64
)

// List returns a page of cases.
func (r *Reader) List(ctx context.Context, q Query) (Page, error) {
	after, err := parseAfter(q)
	if err != nil {
		return Page{}, err
	}
	limit := min(cmp.Or(q.Limit, pageSize), largestPage)
	tx, err := r.begin(ctx)
	if err != nil {
		return Page{}, err
	}
	defer func() { _ = tx.Rollback() }()
	spans, nothing := r.spans(q)
	if nothing {
		return Page{Cases: []Case{}}, nil
	}
	found, err := r.look(ctx, tx, q, spans, after, limit+1)
	if err != nil {
		return Page{}, err
	}
	p := Page{Cases: found}
	if len(found) > limit {
		p.Cases = found[:limit]
		last := p.Cases[limit-1]
		p.Next = place{last.next, last.id}.String()
	}
	return p, nil
}

func parseAfter(q Query) (place, error) {
	switch {
	case q.After != "":
		return parsePlace(q.After)
	case q.latest():
		return place{id: 1<<63 - 1}, nil
	}
	return place{next: -1}, nil
}

// latest tells whether a list has the latest case first, and not the most urgent one.
func (q Query) latest() bool { return q.Closed || !q.Person.IsZero() }

// look reads the first cases after a place. Along each of the ways that it chooses, the cases lie in the order of the list
// already, so that few rows are read; where there are several ways, it merges them.
func (r *Reader) look(ctx context.Context, tx *sql.Tx, q Query, spans []span, after place, limit int) ([]Case, error) {
	ways, index, err := r.ways(ctx, tx, q, spans)
	if err != nil {
		return nil, err
	}
	all := []Case{}
	for _, way := range ways {
		query, args := "SELECT "+columns+" FROM worklist_cases c"+index, []any(nil)
		if !q.Person.IsZero() {
			query += " JOIN worklist_persons p ON p.id = c.id AND p.person = ?"
			args = append(args, q.Person.UUID[:])
		}
		query += " WHERE 1" + way + where(spans)
		query, args = r.narrow(query, args, q, after)
		args = append(args, limit)
		found, err := r.cases(ctx, tx, query+" LIMIT ?", args...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	if len(ways) > 1 {
		slices.SortFunc(all, func(a, b Case) int {
			if q.latest() {
				return cmp.Compare(b.id, a.id)
			}
			return cmp.Or(cmp.Compare(a.next, b.next), cmp.Compare(a.id, b.id))
		})
	}
	return all[:min(limit, len(all))], nil
}

// narrow adds what the query asks of each case, and the order.
func (r *Reader) narrow(query string, args []any, q Query, after place) (string, []any) {
	if q.Step != "" {
		query, args = query+" AND c.step = ?", append(args, r.names.ID(q.Step))
	}
	if q.Stages != nil {
		query += " AND (0" + strings.Join(prefixed(" OR 1", r.stageWays(q.Stages)), "") + ")"
	}
	if q.Assigned != "" {
		query, args = query+" AND c.assigned = ?", append(args, r.account(q.Assigned))
	}
	if !q.Closed {
		query += " AND c.open = 1"
	}
	if q.Urgency != "" {
		from, to := q.Urgency.days(q.On)
		query, args = query+" AND c.open = 1 AND c.next BETWEEN ? AND ?", append(args, from, to)
	}
	if q.latest() {
		return query + " AND c.id < ? ORDER BY c.id DESC", append(args, after.id)
	}
	return query + " AND (c.next, c.id) > (?, ?) ORDER BY c.next, c.id", append(args, after.next, after.id)
}

func (r *Reader) account(name string) int64 {
	if name == Nobody {
		name = ""
	}
	return r.names.ID(name)
}

// ways chooses the index that reads the fewest rows, and the values of its first columns, one way for each.
func (r *Reader) ways(ctx context.Context, tx *sql.Tx, q Query, spans []span) (ways []string, index string, err error) {
	units, types := spans[0].units, spans[0].types
	if len(spans) > 1 {
		units, types = nil, nil
	}
	each := func(column string, ids []int64) (ways []string) {
		for _, id := range ids {
			ways = append(ways, " AND c."+column+" = "+strconv.FormatInt(id, 10))
		}
		return ways
	}
	all := []string{""}
	switch {
	case !q.Person.IsZero():
		return all, "", nil
	case q.latest() && units != nil && len(units) <= fewUnits:
		return each("unit", units), " INDEXED BY worklist_by_unit", nil
	case q.latest() && types != nil:
		return each("case_type", types), " INDEXED BY worklist_by_type", nil
	case q.latest():
		return all, "", nil
	}
	if q.Stages != nil {
		return r.stageWays(q.Stages), " INDEXED BY worklist_due_by_type", nil
	}
	if where(spans) != "" {
		if ways, err = r.pairs(ctx, tx, spans); err != nil || len(ways) <= fewPairs {
			return ways, " INDEXED BY worklist_due_by_unit", err
		}
	}
	switch {
	case q.Assigned != "" && q.Assigned != Nobody:
		return all, " INDEXED BY worklist_due_by_account", nil
	case types != nil:
		return r.typeWays(types, q.Step), " INDEXED BY worklist_due_by_type", nil
	}
	return all, " INDEXED BY worklist_due", nil
}

// pairs returns the units and case types that have open cases, one way for each; where they are more than a few, some.
func (r *Reader) pairs(ctx context.Context, tx *sql.Tx, spans []span) (ways []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT DISTINCT c.unit, c.case_type FROM worklist_months c WHERE 1"+where(spans)+" LIMIT ?", fewPairs+1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var unit, caseType int64
		if err := rows.Scan(&unit, &caseType); err != nil {
			return nil, err
		}
		ways = append(ways, " AND c.unit = "+strconv.FormatInt(unit, 10)+" AND c.case_type = "+strconv.FormatInt(caseType, 10))
	}
	return ways, rows.Err()
}

func (r *Reader) typeWays(types []int64, step string) (ways []string) {
	for _, id := range types {
		for _, s := range r.steps(id, step) {
			ways = append(ways, stageWay(id, s))
		}
	}
	return ways
}

// stageWays returns one way for each stage at which there ever was a case.
func (r *Reader) stageWays(stages []Stage) (ways []string) {
	for _, s := range stages {
		if id, step := r.names.ID(s.Type), r.names.ID(s.Step); id != 0 && step != 0 {
			ways = append(ways, stageWay(id, step))
		}
	}
	return ways
}

func stageWay(caseType, step int64) string {
	return " AND c.case_type = " + strconv.FormatInt(caseType, 10) + " AND c.step = " + strconv.FormatInt(step, 10)
}

func prefixed(prefix string, all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = prefix + s
	}
	return out
}

// steps returns the open steps of a case type, or the one that is asked for.
func (r *Reader) steps(caseType int64, only string) (ids []int64) {
	t, _ := r.catalog.Type(r.names.Name(caseType))
	for _, s := range t.Steps {
		if id := r.names.ID(s.Name); id != 0 && !s.Ended && (only == "" || only == s.Name) {
			ids = append(ids, id)
		}
	}
	return ids
}
