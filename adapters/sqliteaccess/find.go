package sqliteaccess

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/desk"
)

const columns = "number, at, account, role, unit, via, origin, person, case_type, case_id, purpose, chain"

// Find implements desk.AccessLog.
func (l *Log) Find(ctx context.Context, s desk.AccessSearch) (desk.AccessPage, error) {
	limit := s.Limit
	if limit <= 0 || limit > desk.MaxAccessPage {
		limit = desk.MaxAccessPage
	}
	where, args := conditions(s)
	rows, err := l.reader.QueryContext(ctx, "SELECT "+columns+" FROM readings"+where+" ORDER BY number DESC LIMIT ?", append(args, limit+1)...)
	if err != nil {
		return desk.AccessPage{}, unavailable(err)
	}
	defer rows.Close()
	var p desk.AccessPage
	for rows.Next() {
		r, _, err := scan(rows)
		if err != nil {
			return desk.AccessPage{}, unavailable(err)
		}
		if len(p.Readings) == limit {
			p.Next = p.Readings[limit-1].Number
			break
		}
		p.Readings = append(p.Readings, r)
	}
	if err := rows.Err(); err != nil {
		return desk.AccessPage{}, unavailable(err)
	}
	return p, nil
}

// conditions returns the WHERE of a search. Whatever somebody typed is an argument, never a part of the statement. Times have
// no index: sorting a month out of one took longer than walking back to it, and clocks may go back.
func conditions(s desk.AccessSearch) (string, []any) {
	var all []string
	var args []any
	with := func(condition string, a ...any) { all, args = append(all, condition), append(args, a...) }
	if !s.Person.IsZero() {
		with("person = ?", s.Person.UUID[:])
	}
	if s.Case != (domain.StreamID{}) {
		with("case_type <> '' AND case_type = ? AND case_id = ?", s.Case.Type, s.Case.ID[:])
	}
	if s.Account != "" {
		with("account = ?", s.Account)
	}
	if s.From != "" {
		with("origin = ?", s.From)
	}
	if !s.Since.IsZero() {
		with("at >= ?", ceil(s.Since))
	}
	if !s.Until.IsZero() {
		with("at < ?", ceil(s.Until))
	}
	if s.Before != 0 {
		with("number < ?", int64(min(s.Before, 1<<62)))
	}
	if len(all) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(all, " AND "), args
}

// ceil returns a time in microseconds, rounded up: readings have whole ones.
func ceil(t time.Time) int64 { return t.Add(time.Microsecond - time.Nanosecond).UnixMicro() }

// scan reads a row of columns.
func scan(rows *sql.Rows) (r desk.Reading, chain []byte, err error) {
	var at int64
	var person, id []byte
	if err := rows.Scan(&r.Number, &at, &r.Account, &r.Role, &r.Unit, &r.Via, &r.From, &person, &r.Case.Type, &id, &r.Purpose, &chain); err != nil {
		return r, nil, err
	}
	r.At = time.UnixMicro(at).UTC()
	if r.Person.UUID, err = uuid.FromBytes(person); err == nil {
		r.Case.ID, err = uuid.FromBytes(id)
	}
	return r, chain, err
}
