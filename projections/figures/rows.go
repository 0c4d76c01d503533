package figures

import (
	"cmp"
	"database/sql"
	"fmt"
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
		clause += l.condition(prefix, l.stating(r), r)
	case !l.everything():
		clause += l.condition(prefix, l.counted(r, i.Measure == domain.Stock), r)
	}
	if l.past {
		clause += " AND " + prefix + "ordinal <= ?"
		args = append(args, int64(l.position))
	}
	if l.part.key != "" {
		clause += " AND " + prefix + l.under(l.part)
	}
	return clause, args
}

// everything tells whether every row of an indicator counts.
func (l *look) everything() bool { return l.unit.Code == "" && l.only == "" }

// under is the part of a clause that selects a part of a breakdown. Whatever names nothing under the key is of Other.
func (l *look) under(p part) string {
	var ids []int64
	for id, says := range l.names.Containing("=") {
		if value, ok := domain.SplitOf(says)[p.key]; ok && (value == p.value) != (p.value == Other) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	if p.value == Other {
		return "breakdown NOT" + among(ids)
	}
	return "breakdown" + among(ids)
}

// span is what counts of some days: what was recorded under one of these areas' numbers.
type span struct {
	days calendar.Range
	ids  []int64
}

// counted returns the spans of the unit that was asked for, cut once in the look.
func (l *look) counted(r calendar.Range, stock bool) []span {
	key := piecesKey{r, stock}
	spans, ok := l.cut[key]
	if !ok {
		spans = l.spans(l.within(r, stock))
		l.cut[key] = spans
	}
	return spans
}

// spans puts pieces of the same days together, the earliest first. Days of one code that follow one another are one piece.
func (l *look) spans(pieces []piece) []span {
	days := map[int64][]calendar.Range{}
	for _, p := range pieces {
		if id := l.names.ID(areaName(p.code)); id != 0 {
			days[id] = append(days[id], p.days)
		}
	}
	return spansOf(days, joined)
}

// spansOf puts areas of the same days together, after something was done to the days of each, which come sorted.
func spansOf(days map[int64][]calendar.Range, do func([]calendar.Range) []calendar.Range) (all []span) {
	ids := map[calendar.Range][]int64{}
	for id, of := range days {
		slices.SortFunc(of, func(a, b calendar.Range) int { return cmp.Compare(a.From, b.From) })
		for _, r := range do(of) {
			ids[r] = append(ids[r], id)
		}
	}
	for days, ids := range ids {
		slices.Sort(ids)
		all = append(all, span{days, ids})
	}
	slices.SortFunc(all, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.days.From, b.days.From), cmp.Compare(a.days.To, b.days.To))
	})
	return all
}

// joined makes one of ranges that follow one another.
func joined(all []calendar.Range) (some []calendar.Range) {
	for _, r := range all {
		if n := len(some); n > 0 && some[n-1].To.AddDays(1) == r.From {
			some[n-1].To = r.To
		} else {
			some = append(some, r)
		}
	}
	return some
}

// outside returns what spans leave out of a range, of all areas that any contribution ever had.
func (l *look) outside(r calendar.Range, spans []span) []span {
	days := map[int64][]calendar.Range{}
	for _, name := range l.names.Prefixed(areaPrefix) {
		days[l.names.ID(name)] = nil
	}
	for _, s := range spans {
		for _, id := range s.ids {
			days[id] = append(days[id], s.days)
		}
	}
	return spansOf(days, func(in []calendar.Range) (out []calendar.Range) {
		from := r.From
		for _, d := range in {
			if d.From > from {
				out = append(out, calendar.Range{From: from, To: d.From.AddDays(-1)})
			}
			from = d.To.AddDays(1)
		}
		if from <= r.To {
			out = append(out, calendar.Range{From: from, To: r.To})
		}
		return out
	})
}

func areasIn(spans []span) (n int) {
	for _, s := range spans {
		n += len(s.ids)
	}
	return n
}

// stating selects the statements that count: those about the unit that was asked for, on its days. Of everything it is
// what was stated without an area or of a province.
func (l *look) stating(r calendar.Range) []span {
	if l.unit.Code != "" {
		days := calendar.Range{From: max(r.From, l.unit.Valid.From), To: min(r.To, l.unit.Valid.To)}
		return l.spans([]piece{{code: l.unit.Code, days: days}})
	}
	pieces := []piece{{days: r}}
	for _, c := range l.units.Provinces() {
		pieces = append(pieces, piece{code: c, days: r})
	}
	return l.spans(pieces)
}

// condition is the part of a clause that selects spans of a range.
func (l *look) condition(prefix string, spans []span, r calendar.Range) string {
	if len(spans) == 0 {
		return " AND 0"
	}
	if len(spans) == 1 && spans[0].days == r {
		return " AND " + prefix + "area" + among(spans[0].ids)
	}
	var all []string
	for _, s := range spans {
		all = append(all, fmt.Sprintf("%soccurred BETWEEN %d AND %d AND %sarea%s", prefix, s.days.From, s.days.To, prefix, among(s.ids)))
	}
	return " AND (" + strings.Join(all, " OR ") + ")"
}

// among is the end of a condition: one of these areas. Their numbers stand in the statement itself, since there may
// be hundreds.
func among(ids []int64) string {
	var b strings.Builder
	b.WriteString(" IN (")
	for n, id := range ids {
		if n > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	b.WriteByte(')')
	return b.String()
}

// stored is whether the stored sums say what is asked for: everything known now, in days that make whole halves.
func (l *look) stored(r calendar.Range, spans []span) bool {
	return !l.past && wholeHalves(r) && !slices.ContainsFunc(spans, func(s span) bool { return !wholeHalves(s.days) })
}

// kept is what of the stored sums counts, as a condition about their areas, and how: 1, or -1 where it is taken off.
type kept struct {
	days   calendar.Range
	areas  string
	factor int64
}

// kept returns the stored sums that make up what is asked for, and whether they do.
func (l *look) kept(r calendar.Range, stock bool) ([]kept, bool) {
	const all = " = 0"
	if l.everything() {
		return []kept{{r, all, 1}}, l.stored(r, nil)
	}
	spans := l.counted(r, stock)
	if !l.stored(r, spans) {
		return nil, false
	}
	some, sums, factor := spans, []kept{}, int64(1)
	if outside := l.outside(r, spans); areasIn(outside) < areasIn(spans) { // nearly everything: it is everything less the rest
		some, sums, factor = outside, []kept{{r, all, 1}}, -1
	}
	for _, s := range some {
		sums = append(sums, kept{s.days, among(s.ids), factor})
	}
	return sums, true
}

// sums adds up an indicator by breakdown: from the stored sums where they say it, or else from the contributions.
// Both are the same numbers.
func (l *look) sums(i domain.Indicator, r calendar.Range) (map[string]int64, error) {
	sums, id := map[string]int64{}, l.names.ID(i.ID)
	if id == 0 { // no act ever said anything of it
		return sums, nil
	}
	if read, ok := l.together[r][id]; ok {
		return read, nil
	}
	all, ok := l.kept(r, i.Measure == domain.Stock)
	if !ok {
		clause, args := l.where("", i, r)
		return l.addUp(sums, 1, "SELECT breakdown, sum(quantity) FROM figures_contributions"+clause+" GROUP BY breakdown", args...)
	}
	for _, k := range all {
		if _, err := l.addUp(sums, k.factor, "SELECT breakdown, sum(quantity) FROM figures_sums WHERE indicator = ? AND half BETWEEN ? AND ? AND area"+
			k.areas+" GROUP BY breakdown", l.during(i, k.days)...); err != nil {
			return nil, err
		}
	}
	return sums, nil
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
