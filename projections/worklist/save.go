package worklist

import (
	"context"
	"slices"

	"hoso/domain"
	"hoso/projections"
)

const (
	insertCase = `INSERT INTO worklist_cases VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
	updateCase = `UPDATE worklist_cases SET version = ?, unit = ?, step = ?, since = ?, opened = ?, last = ?, last_type = ?, ordinal = ?,
		assigned = ?, open = ?, next = ?, what = ?, what_en = ?, law = ?, persons = ? WHERE id = ?`
	saveSummary = `INSERT INTO worklist_summaries VALUES (?,?) ON CONFLICT DO UPDATE SET summary = excluded.summary`
	saveDay     = `INSERT INTO worklist_days VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET cases = cases + excluded.cases`
	dropDay     = `DELETE FROM worklist_days WHERE day = ? AND unit = ? AND case_type = ? AND cases = 0`
	saveMonth   = `INSERT INTO worklist_months VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET cases = cases + excluded.cases`
	dropMonth   = `DELETE FROM worklist_months WHERE month = ? AND unit = ? AND case_type = ? AND cases = 0`
)

// save writes the cases of a batch.
func (v View) save(ctx context.Context, tx *projections.Tx, lines []*line) error {
	counts := map[tally]int64{}
	for _, l := range lines {
		now, err := v.saveCase(ctx, tx, l)
		if err != nil {
			return err
		}
		if l.was != now {
			counts[l.was]--
			counts[now]++
		}
	}
	delete(counts, tally{})
	for t, n := range counts {
		if n == 0 {
			continue
		}
		if err := count(ctx, tx, saveDay, dropDay, t.next, t, n); err != nil {
			return err
		}
		if err := count(ctx, tx, saveMonth, dropMonth, t.next/100, t, n); err != nil {
			return err
		}
	}
	return nil
}

func count(ctx context.Context, tx *projections.Tx, save, drop string, when int64, t tally, n int64) error {
	err := tx.Exec(ctx, save, when, t.unit, t.caseType, n)
	if err == nil && n < 0 {
		err = tx.Exec(ctx, drop, when, t.unit, t.caseType)
	}
	return err
}

// saveCase writes the row of a case, and returns where it is counted now.
func (v View) saveCase(ctx context.Context, tx *projections.Tx, l *line) (tally, error) {
	t, _ := v.catalog.Type(l.stream.Type)
	b := l.summary.Brief()
	var numbers [5]int64
	for i, name := range []string{l.stream.Type, string(b.Unit), b.Step, l.last.Type, b.Assigned} {
		var err error
		if numbers[i], err = tx.Name(ctx, name); err != nil {
			return tally{}, err
		}
	}
	caseType, unit, step, lastType, assigned := numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]
	open, next, due := 0, int64(never), domain.Due{}
	if b.Step != "" && !t.Step(b.Step).Ended {
		open = 1
	}
	if d, ok := domain.Next(l.summary.Due()); ok {
		next, due = int64(d.By), d
	}
	var persons []byte
	for _, p := range b.Persons {
		persons = append(persons, p.UUID[:]...)
	}
	values := []any{int64(l.version), unit, step, int64(b.Since), int64(b.Opened), int64(b.Last), lastType, int64(l.last.Ordinal),
		assigned, open, next, due.What.Vi, due.What.En, due.Law, persons}
	var err error
	if l.known {
		err = tx.Exec(ctx, updateCase, append(values, l.id)...)
	} else {
		err = tx.Exec(ctx, insertCase, append([]any{l.id, caseType, l.stream.ID[:]}, values...)...)
	}
	if err != nil {
		return tally{}, err
	}
	summary, err := l.summary.Save()
	if err != nil {
		return tally{}, err
	}
	if err := tx.Exec(ctx, saveSummary, l.id, summary); err != nil {
		return tally{}, err
	}
	if open == 0 {
		return tally{}, savePersons(ctx, tx, l, b.Persons)
	}
	return tally{unit, caseType, next}, savePersons(ctx, tx, l, b.Persons)
}

func savePersons(ctx context.Context, tx *projections.Tx, l *line, now []domain.PersonID) error {
	for _, p := range now {
		if slices.Contains(l.persons, p) {
			continue
		}
		if err := tx.Exec(ctx, "INSERT INTO worklist_persons VALUES (?,?)", p.UUID[:], l.id); err != nil {
			return err
		}
	}
	for _, p := range l.persons {
		if slices.Contains(now, p) {
			continue
		}
		if err := tx.Exec(ctx, "DELETE FROM worklist_persons WHERE person = ? AND id = ?", p.UUID[:], l.id); err != nil {
			return err
		}
	}
	return nil
}
