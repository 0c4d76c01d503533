package figures

import (
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// areaName is how an area stands in the table of names, apart from everything else that is named there.
func areaName(c area.Code) string { return areaPrefix + string(c) }

const areaPrefix = "area "

// query runs a statement, prepared once in the look: a sheet asks the same of every indicator.
func (l *look) query(query string, args ...any) (*sql.Rows, error) {
	stmt, ok := l.prepared[query]
	if !ok {
		var err error
		if stmt, err = l.tx.PrepareContext(l.ctx, query); err != nil {
			return nil, err
		}
		l.prepared[query] = stmt
	}
	return stmt.QueryContext(l.ctx, args...)
}

// where selects the contributions behind an indicator's number: WHERE, and what its question marks stand for. The
// columns are those of the table that the prefix names.
func (l *look) where(prefix string, i domain.Indicator, r calendar.Range) (string, []any) {
	clause := " WHERE " + prefix + "indicator = ? AND " + prefix + "occurred BETWEEN ? AND ?"
	args := []any{l.names.ID(i.ID), int64(r.From), int64(r.To)}
	switch {
	case i.Measure == domain.Reported:
		clause += " AND " + prefix + "area" + l.among(l.stating())
	case l.area != "":
		clause += " AND " + prefix + "area" + l.among(l.within(r))
	}
	if l.past {
		clause += " AND " + prefix + "ordinal <= ?"
		args = append(args, int64(l.position))
	}
	return clause, args
}

// stating returns the units whose statements count: the one that was asked for.
func (l *look) stating() []area.Code {
	if l.area == "" {
		return []area.Code{"", area.LangSon}
	}
	return []area.Code{l.area}
}

// among is the end of a condition: one of these areas. Their numbers stand in the statement itself, since there may
// be hundreds.
func (l *look) among(codes []area.Code) string {
	var ids []string
	for _, c := range codes {
		if id := l.names.ID(areaName(c)); id != 0 {
			ids = append(ids, strconv.FormatInt(id, 10))
		}
	}
	return " IN (" + strings.Join(ids, ",") + ")"
}

// sums adds up an indicator by breakdown: from the stored sums where they say it, or else from the contributions.
// Both are the same numbers.
func (l *look) sums(i domain.Indicator, r calendar.Range) (map[string]int64, error) {
	if l.past || !wholeHalves(r) {
		clause, args := l.where("", i, r)
		return l.addUp(map[string]int64{}, 1, "SELECT breakdown, sum(quantity) FROM figures_contributions"+clause+" GROUP BY breakdown", args...)
	}
	const stored = "SELECT breakdown, sum(quantity) FROM figures_sums WHERE indicator = ? AND half BETWEEN ? AND ? AND area"
	args := []any{l.names.ID(i.ID), int64(r.From), int64(r.To)}
	all := stored + " = 0 GROUP BY breakdown"
	if l.area == "" {
		return l.addUp(map[string]int64{}, 1, all, args...)
	}
	within, outside := l.split(l.within(r))
	if len(within) <= len(outside) {
		return l.addUp(map[string]int64{}, 1, stored+l.among(within)+" GROUP BY breakdown", args...)
	}
	// Nearly everything: it is everything less the rest.
	sums, err := l.addUp(map[string]int64{}, 1, all, args...)
	if err != nil || len(outside) == 0 {
		return sums, err
	}
	return l.addUp(sums, -1, stored+l.among(outside)+" GROUP BY breakdown", args...)
}

// within returns the area and what lies below it, sorted, looked up once in the look.
func (l *look) within(r calendar.Range) []area.Code {
	codes, ok := l.codes[r]
	if !ok {
		codes = area.Within(l.area, r)
		l.codes[r] = codes
	}
	return codes
}

// split divides the areas that any contribution ever had into those of a list and the others.
func (l *look) split(list []area.Code) (within, outside []area.Code) {
	for _, name := range l.names.Prefixed(areaPrefix) {
		c := area.Code(strings.TrimPrefix(name, areaPrefix))
		if _, ok := slices.BinarySearch(list, c); ok {
			within = append(within, c)
		} else {
			outside = append(outside, c)
		}
	}
	return within, outside
}

// addUp adds the rows of a query, breakdown and quantity, times a factor.
func (l *look) addUp(sums map[string]int64, factor int64, query string, args ...any) (map[string]int64, error) {
	rows, err := l.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var breakdown, quantity int64
		if err := rows.Scan(&breakdown, &quantity); err != nil {
			return nil, err
		}
		sums[l.names.Name(breakdown)] += factor * quantity
	}
	return sums, rows.Err()
}
