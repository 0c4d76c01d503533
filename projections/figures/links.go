package figures

import (
	"bytes"
	"context"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/person"
	"hoso/projections"
)

// Two records of one person may be linked, and unlinked again. Contributions keep the record that they were made for; who
// is one person is looked up when persons are counted. So a link counts from the event that makes it on, of all days, and
// a figure as known before stays what it was.

// nobody is what an unlinked record is the same as.
var nobody = uuid.Nil

// link keeps what an act of a person's case says about links: the record that it is linked with, nobody, or nothing (NULL)
// once the act is voided. A correction says it anew for the act that it corrects.
func link(ctx context.Context, tx *projections.Tx, e *projections.Event) error {
	act, version, voided := e.Event, e.Version, false
	switch a := e.Event.(type) {
	case domain.Corrected:
		act, version = a.Now.Event, a.Version
	case domain.Voided:
		act, version, voided = a.Was.Event, a.Version, true
	}
	var with any
	switch a := act.(type) {
	case person.Linked:
		with = a.SameAs.UUID[:]
	case person.Unlinked:
		with = nobody[:]
	default:
		return nil
	}
	if voided {
		with = nil
	}
	return tx.Exec(ctx, "INSERT INTO figures_links VALUES (?,?,?,?)", e.Stream.ID[:], int64(version), int64(e.Ordinal), with)
}

// links tells which records are one person: each linked record leads to a smaller one, the smallest to itself. The others,
// which are nearly all, are not in it.
type links map[uuid.UUID]uuid.UUID

// one returns the record that stands for all that are linked with this one.
func (l links) one(record uuid.UUID) uuid.UUID {
	for {
		to, ok := l[record]
		if !ok || to == record {
			return record
		}
		l[record] = l[to] // half the way for the next who asks
		record = to
	}
}

// join makes one person of two, whether by a chain or in a circle.
func (l links) join(a, b uuid.UUID) {
	for _, r := range []uuid.UUID{a, b} {
		if _, ok := l[r]; !ok {
			l[r] = r
		}
	}
	if a, b = l.one(a), l.one(b); bytes.Compare(a[:], b[:]) < 0 {
		a, b = b, a
	}
	l[a] = b
}

// groups returns the records of each person who has several, by the record that stands for them.
func (l links) groups() map[uuid.UUID][]uuid.UUID {
	groups := map[uuid.UUID][]uuid.UUID{}
	for record := range l {
		one := l.one(record)
		groups[one] = append(groups[one], record)
	}
	return groups
}

// links returns what is linked as of the look's position.
func (l *look) links() (links, error) {
	if l.joined != nil {
		return l.joined, nil
	}
	rows, err := l.query("SELECT record, version, same_as FROM figures_links WHERE ordinal <= ? ORDER BY record, version, ordinal", int64(l.position))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	type act struct {
		record  uuid.UUID
		version uint64
		with    []byte
	}
	var acts []act
	for rows.Next() {
		var a act
		var record []byte
		if err := rows.Scan(&record, &a.version, &a.with); err != nil {
			return nil, err
		}
		a.record = uuid.UUID(record)
		if n := len(acts); n > 0 && acts[n-1].record == a.record && acts[n-1].version == a.version {
			acts[n-1] = a // what was said of the act last
			continue
		}
		acts = append(acts, a)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	stands := map[uuid.UUID]uuid.UUID{} // a record is linked with one other at a time, by its own acts
	for _, a := range acts {
		if a.with != nil {
			stands[a.record] = uuid.UUID(a.with)
		}
	}
	l.joined = links{}
	for record, with := range stands {
		if with != nobody {
			l.joined.join(record, with)
		}
	}
	return l.joined, nil
}

// same tells, of persons who are counted once and have several records, by which number they go: by their numbers.
type same map[int64]int64

func (s same) one(number int64) int64 {
	if one, ok := s[number]; ok {
		return one
	}
	return number
}

// same returns the numbers of who is linked as of the look's position.
func (l *look) same() (same, error) {
	if l.numbers != nil {
		return l.numbers, nil
	}
	links, err := l.links()
	if err != nil {
		return nil, err
	}
	numbers := same{}
	for _, records := range links.groups() {
		one := int64(0)
		for _, record := range records {
			number, err := l.numberOf(record)
			if err != nil {
				return nil, err
			}
			switch {
			case number == 0: // was never counted
			case one == 0:
				one = number
				numbers[number] = number
			default:
				numbers[number] = one
			}
		}
	}
	l.numbers = numbers
	return numbers, nil
}

// numberOf returns the number of a record, 0 where it was never counted.
func (l *look) numberOf(record uuid.UUID) (number int64, err error) {
	rows, err := l.query("SELECT number FROM figures_people WHERE person = ?", record[:])
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&number)
	}
	if err == nil {
		err = rows.Err()
	}
	return number, err
}
