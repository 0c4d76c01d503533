package figures

import (
	"strconv"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// where selects the contributions behind an indicator's number: WHERE, and what its question marks stand for. The
// columns are those of the table that the prefix names.
func (l *look) where(prefix string, i domain.Indicator, r calendar.Range) (string, []any) {
	clause := " WHERE " + prefix + "indicator = ? AND " + prefix + "occurred BETWEEN ? AND ?" + l.inArea(prefix, i, r)
	args := []any{l.names.ID(i.ID), int64(r.From), int64(r.To)}
	if l.past {
		clause += " AND " + prefix + "ordinal <= ?"
		args = append(args, int64(l.position))
	}
	return clause, args
}

// inArea selects the area and what lies below it. The numbers stand in the statement itself: they are ours, and
// there may be hundreds.
func (l *look) inArea(prefix string, i domain.Indicator, r calendar.Range) string {
	if l.area == "" && i.Measure != domain.Reported {
		return ""
	}
	var codes []area.Code
	switch {
	case i.Measure != domain.Reported:
		codes = area.Within(l.area, r)
	case l.area != "":
		codes = []area.Code{l.area}
	default:
		codes = []area.Code{"", area.LangSon}
	}
	var ids []string
	for _, c := range codes {
		if id := l.names.ID(string(c)); id != 0 {
			ids = append(ids, strconv.FormatInt(id, 10))
		}
	}
	return " AND " + prefix + "area IN (" + strings.Join(ids, ",") + ")"
}

// sums adds up an indicator by breakdown: from the daily sums, or from the contributions where later ones must not
// count. Both are the same numbers.
func (l *look) sums(i domain.Indicator, r calendar.Range) (map[string]int64, error) {
	table := "figures_daily"
	if l.past {
		table = "figures_contributions"
	}
	clause, args := l.where("", i, r)
	rows, err := l.tx.QueryContext(l.ctx, "SELECT breakdown, sum(quantity) FROM "+table+clause+" GROUP BY breakdown", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sums := map[string]int64{}
	for rows.Next() {
		var breakdown, quantity int64
		if err := rows.Scan(&breakdown, &quantity); err != nil {
			return nil, err
		}
		sums[l.names.Name(breakdown)] = quantity
	}
	return sums, rows.Err()
}
