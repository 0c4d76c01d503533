package figures

import (
	"bytes"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections"
)

// Doubt is a person whose acts in a stock cannot all be right. The person is not named: the cases are.
type Doubt struct {
	Indicator string
	Cases     []domain.StreamID
}

// Doubles finds who stands in a stock more than once on the month's last day, for stocks in which nobody may.
func (r *Reader) Doubles(ctx context.Context, q Query) ([]Doubt, error) {
	return r.doubts(ctx, q, func(i domain.Indicator) bool { return i.Once }, func(s stay) bool { return s.stands > 1 })
}

// Leavers finds who left a stock before entering it: a decision before its filing. Only people with an act in the month
// are looked at.
func (r *Reader) Leavers(ctx context.Context, q Query) ([]Doubt, error) {
	return r.doubts(ctx, q, func(domain.Indicator) bool { return true }, func(s stay) bool { return s.lowest < 0 })
}

// stay is how often a person stands in a stock at the end, and how often at least and at most on some day before.
type stay struct{ stands, lowest, highest int64 }

// odd tells whether anybody would doubt it.
func (s stay) odd() bool { return s.lowest < 0 || s.highest > 1 }

// ends takes down how a day ends.
func (s *stay) ends() { s.lowest, s.highest = min(s.lowest, s.stands), max(s.highest, s.stands) }

// stays reads what people did, who come one after the other, each in the order of days. What happened on one day has no order.
func stays(rows *sql.Rows, read func(person []byte, s stay)) error {
	var person sql.RawBytes
	var of []byte
	var on, day, quantity int64
	var s stay
	for rows.Next() {
		if err := rows.Scan(&person, &day, &quantity); err != nil {
			return err
		}
		switch {
		case of == nil || !bytes.Equal(of, person):
			if s.ends(); of != nil {
				read(of, s)
			}
			of, s = append(of[:0], person...), stay{}
		case day != on:
			s.ends()
		}
		on = day
		s.stands += quantity
	}
	if s.ends(); of != nil {
		read(of, s)
	}
	return rows.Err()
}

// ofPerson selects by person through the index of stays; named is its condition.
const (
	ofPerson = "figures_contributions c INDEXED BY figures_stays"
	named    = " AND typeof(c.person) = 'blob'"
)

// suspects are the people of a batch, by stock. Whoever is odd is noted, so that nobody else has to be looked at later.
type suspects map[suspect]bool

type suspect struct {
	indicator int64
	person    domain.PersonID
}

func (s suspects) write(ctx context.Context, tx *projections.Tx) error {
	var all []any
	for who := range s {
		odd, err := who.odd(ctx, tx)
		if err != nil {
			return err
		}
		if odd {
			all = append(all, who.indicator, who.person.UUID[:])
		}
	}
	return noteOdd(ctx, tx, all)
}

// noteOdd notes who is odd: a stock and a person, one after the other.
func noteOdd(ctx context.Context, tx *projections.Tx, all []any) error {
	return tx.Insert(ctx, "INSERT INTO figures_odd", 2, all, "ON CONFLICT DO NOTHING")
}

func (s suspect) odd(ctx context.Context, tx *projections.Tx) (odd bool, err error) {
	err = tx.Read(ctx, "SELECT c.person, c.occurred, c.quantity FROM "+ofPerson+" WHERE c.indicator = ? AND c.person = ?"+named+" ORDER BY c.occurred",
		[]any{s.indicator, s.person.UUID[:]}, func(rows *sql.Rows) error {
			return stays(rows, func(_ []byte, s stay) { odd = s.odd() })
		})
	return odd, err
}

func (r *Reader) doubts(ctx context.Context, q Query, about func(domain.Indicator) bool, doubtful func(stay) bool) ([]Doubt, error) {
	l, err := r.look(ctx, q)
	if err != nil {
		return nil, err
	}
	defer l.done()
	month := l.calendar.Month(q.Month)
	var all []Doubt
	for _, t := range r.catalog.Types {
		for _, i := range t.Indicators {
			if i.Measure != domain.Stock || i.Hidden || !about(i) {
				continue
			}
			found, err := l.doubtful(i, month, doubtful)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

// doubtful looks at the people who have an act in the month.
func (l *look) doubtful(i domain.Indicator, month calendar.Range, wanted func(stay) bool) ([]Doubt, error) {
	found, err := l.stays(i, month, wanted)
	if err != nil {
		return nil, err
	}
	linked, err := l.staysOfLinked(i, month, wanted)
	if err != nil {
		return nil, err
	}
	maps.Copy(found, linked)
	var all []Doubt
	for _, one := range slices.SortedFunc(maps.Keys(found), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		cases, err := l.casesOf(i, month, found[one])
		if err != nil {
			return nil, err
		}
		all = append(all, Doubt{i.ID, cases})
	}
	return all, nil
}

// stays looks at people of one record, by what else they did. It returns the records of each.
func (l *look) stays(i domain.Indicator, month calendar.Range, wanted func(stay) bool) (map[uuid.UUID][]uuid.UUID, error) {
	same, err := l.links()
	if err != nil {
		return nil, err
	}
	clause, args := l.where("c.", i, sinceBeginning(month))
	recent, recentArgs := l.where("c.", i, month)
	people := "SELECT DISTINCT c.person FROM figures_contributions c" + recent
	noted, err := l.noted(i, month)
	if err != nil {
		return nil, err
	}
	if noted {
		people = "SELECT o.person FROM figures_odd o WHERE o.indicator = ? AND EXISTS (SELECT 1 FROM " + ofPerson + recent + " AND c.person = o.person" + named + ")"
		recentArgs = append([]any{l.names.ID(i.ID)}, recentArgs...)
	}
	rows, err := l.query("SELECT c.person, c.occurred, c.quantity FROM ("+people+") p CROSS JOIN "+ofPerson+clause+
		" AND c.person = p.person"+named+" ORDER BY c.person, c.occurred", append(recentArgs, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[uuid.UUID][]uuid.UUID{}
	err = stays(rows, func(person []byte, s stay) {
		if id := uuid.UUID(person); wanted(s) && same[id] == uuid.Nil {
			found[id] = []uuid.UUID{id}
		}
	})
	return found, err
}

// staysOfLinked looks at people of several records, all of which count together.
func (l *look) staysOfLinked(i domain.Indicator, month calendar.Range, wanted func(stay) bool) (map[uuid.UUID][]uuid.UUID, error) {
	same, err := l.links()
	if err != nil || len(same) == 0 {
		return nil, err
	}
	clause, args := l.where("c.", i, sinceBeginning(month))
	rows, err := l.query("SELECT c.person, c.occurred, sum(c.quantity) FROM "+ofPerson+clause+named+
		" AND c.person IN (SELECT record FROM figures_links UNION SELECT same_as FROM figures_links) GROUP BY c.occurred, c.person ORDER BY c.occurred", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	type days struct {
		stay
		last calendar.Date
	}
	people := map[uuid.UUID]*days{}
	for rows.Next() {
		var who []byte
		var day calendar.Date
		var quantity int64
		if err := rows.Scan(&who, &day, &quantity); err != nil {
			return nil, err
		}
		one := same.one(uuid.UUID(who))
		if people[one] == nil {
			people[one] = &days{}
		}
		d := people[one]
		if d.last != day {
			d.ends()
		}
		d.last = day
		d.stands += quantity
	}
	found := map[uuid.UUID][]uuid.UUID{}
	for one, records := range same.groups() {
		if d := people[one]; d != nil && d.last >= month.From {
			if d.ends(); wanted(d.stay) {
				found[one] = records
			}
		}
	}
	return found, rows.Err()
}

// noted tells whether everybody who is doubtful in this look was noted as odd: it sees all there is about a person. One of a
// unit sees whoever moved there leave without having entered.
func (l *look) noted(i domain.Indicator, month calendar.Range) (bool, error) {
	if l.past {
		return false, nil
	}
	if l.everything() {
		return true, nil
	}
	r := sinceBeginning(month)
	for _, s := range l.outside(r, l.counted(r, true)) {
		if some, err := l.any("SELECT 1 FROM figures_sums WHERE indicator = ? AND area"+among(s.ids)+" LIMIT 1", l.names.ID(i.ID)); err != nil || some {
			return false, err
		}
	}
	return true, nil
}

// any tells whether a query has rows.
func (l *look) any(query string, args ...any) (bool, error) {
	rows, err := l.query(query, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	some := rows.Next()
	return some, rows.Err()
}

func (l *look) casesOf(i domain.Indicator, month calendar.Range, records []uuid.UUID) ([]domain.StreamID, error) {
	clause, args := l.where("c.", i, sinceBeginning(month))
	for _, r := range records {
		args = append(args, r[:])
	}
	rows, err := l.query("SELECT e.case_type, e.case_id FROM "+ofPerson+" JOIN events e ON e.ordinal = c.ordinal"+clause+named+
		" AND c.person IN (?"+strings.Repeat(",?", len(records)-1)+
		") GROUP BY e.case_type, e.case_id ORDER BY min(c.occurred), min(c.ordinal)", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cases []domain.StreamID
	for rows.Next() {
		var caseType int64
		var id domain.StreamID
		var raw []byte
		if err := rows.Scan(&caseType, &raw); err != nil {
			return nil, err
		}
		id.Type = l.names.Name(caseType)
		copy(id.ID[:], raw)
		cases = append(cases, id)
	}
	return cases, rows.Err()
}
