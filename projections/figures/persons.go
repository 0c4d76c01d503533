package figures

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections"
)

// numberOf returns the small number that stands for a person who is counted once, in this file. It never changes.
func numberOf(ctx context.Context, tx *projections.Tx, p domain.PersonID) (n int64, err error) {
	const find = "SELECT number FROM figures_people WHERE person = ?"
	known, err := tx.First(ctx, find, []any{p.UUID[:]}, &n)
	if err == nil && !known {
		_, err = tx.First(ctx, "INSERT INTO figures_people (person) VALUES (?) RETURNING number", []any{p.UUID[:]}, &n)
	}
	return n, err
}

// holding is what a person has under a breakdown: mostly 1, 0 where everything was taken back.
type holding struct{ person, breakdown, count int64 }

func (a holding) compare(b holding) int {
	return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.breakdown, b.breakdown))
}

// crowdKey is the key of a stored list.
type crowdKey struct {
	indicator, area int64
	half            calendar.Date
}

func (k crowdKey) compare(o crowdKey) int {
	return cmp.Or(cmp.Compare(k.indicator, o.indicator), cmp.Compare(k.area, o.area), cmp.Compare(k.half, o.half))
}

// crowds is what a batch adds to the stored lists.
type crowds map[crowdKey][]holding

func (c crowds) add(r row) {
	h := holding{r.number, r.breakdown, r.quantity}
	for _, area := range []int64{r.area, everywhere} {
		k := crowdKey{r.indicator, area, halfOf(r.occurred)}
		c[k] = append(c[k], h)
	}
}

func (c crowds) write(ctx context.Context, tx *projections.Tx) error {
	for _, k := range slices.SortedFunc(maps.Keys(c), crowdKey.compare) {
		var stored []byte
		_, err := tx.First(ctx, "SELECT people FROM figures_persons WHERE indicator = ? AND area = ? AND half = ?",
			[]any{k.indicator, k.area, int64(k.half)}, &stored)
		if err != nil {
			return err
		}
		more := c[k]
		slices.SortFunc(more, holding.compare)
		people, err := merge(stored, more)
		if err != nil {
			return err
		}
		if err := tx.Exec(ctx, "INSERT INTO figures_persons VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET people = excluded.people",
			k.indicator, k.area, int64(k.half), people); err != nil {
			return err
		}
	}
	return nil
}

// merge adds to a stored list what comes in its order. A list has three numbers for each person and breakdown, by person and
// then breakdown: by how much the person's number is greater than the last (uvarint), the breakdown (uvarint), how many
// (varint, never 0).
func merge(stored []byte, more []holding) ([]byte, error) {
	merged := make([]byte, 0, len(stored)+5*len(more))
	last, open := int64(0), holding{}
	flush := func() {
		if open.count != 0 {
			merged = binary.AppendUvarint(merged, uint64(open.person-last))
			merged = binary.AppendUvarint(merged, uint64(open.breakdown))
			merged = binary.AppendVarint(merged, open.count)
			last = open.person
		}
	}
	put := func(h holding) {
		if open.compare(h) == 0 {
			open.count += h.count
			return
		}
		flush()
		open = h
	}
	err := each(stored, func(h holding) {
		for len(more) > 0 && more[0].compare(h) < 0 {
			put(more[0])
			more = more[1:]
		}
		put(h)
	})
	for _, h := range more {
		put(h)
	}
	flush()
	return merged, err
}

var errBadList = errors.New("a stored list of persons cannot be read")

// each reads a stored list.
func each(stored []byte, read func(holding)) error {
	person := int64(0)
	for len(stored) > 0 {
		further, a := binary.Uvarint(stored)
		breakdown, b := binary.Uvarint(stored[max(a, 0):])
		if a <= 0 || b <= 0 {
			return errBadList
		}
		count, c := binary.Varint(stored[a+b:])
		if c <= 0 {
			return errBadList
		}
		stored = stored[a+b+c:]
		person += int64(further)
		read(holding{person, int64(breakdown), count})
	}
	return nil
}
