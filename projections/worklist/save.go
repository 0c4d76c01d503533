package worklist

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"hoso/domain"
	"hoso/projections"
)

const (
	updateCase = `UPDATE worklist_cases SET version = ?, unit = ?, step = ?, since = ?, opened = ?, last = ?, last_type = ?, ordinal = ?,
		assigned = ?, open = ?, next = ?, what = ?, what_en = ?, law = ?, persons = ?, summary = ? WHERE id = ?`
	plus      = "ON CONFLICT DO UPDATE SET cases = cases + excluded.cases"
	dropDay   = `DELETE FROM worklist_days WHERE day = ? AND unit = ? AND case_type = ? AND step = ? AND free = ? AND cases = 0`
	dropMonth = `DELETE FROM worklist_months WHERE month = ? AND unit = ? AND case_type = ? AND step = ? AND free = ? AND cases = 0`
)

// writing gathers what a batch writes, so that many rows go in at once.
type writing struct {
	cases, persons []any // rows of cases that are new, and of their persons
	row            []any // of one case, used again
	counts         map[tally]int64
}

const (
	caseColumns   = 19
	personColumns = 2
	countColumns  = 6
)

// save writes the cases of a batch.
func (v View) save(ctx context.Context, tx *projections.Tx, lines []*line, recent *recent) error {
	w := writing{counts: map[tally]int64{}, cases: make([]any, 0, len(lines)*caseColumns)}
	for _, l := range lines {
		now, err := v.saveCase(ctx, tx, l, &w)
		if err != nil {
			return err
		}
		if l.was != now {
			w.counts[l.was]--
			w.counts[now]++
		}
		if now != (tally{}) {
			recent.keep(l, now)
		}
	}
	delete(w.counts, tally{})
	if err := tx.Insert(ctx, "INSERT INTO worklist_cases", caseColumns, w.cases, ""); err != nil {
		return err
	}
	if tx.Filling() {
		return nil
	}
	if err := tx.Insert(ctx, "INSERT INTO worklist_persons", personColumns, w.persons, ""); err != nil {
		return err
	}
	return w.count(ctx, tx)
}

// count changes how many cases there are by last day and by its month.
func (w *writing) count(ctx context.Context, tx *projections.Tx) error {
	days, months := sums{}, sums{}
	for t, n := range w.counts {
		days[t] += n
		t.next /= 100
		months[t] += n
	}
	if err := days.write(ctx, tx, "INSERT INTO worklist_days", dropDay); err != nil {
		return err
	}
	return months.write(ctx, tx, "INSERT INTO worklist_months", dropMonth)
}

type sums map[tally]int64

func (s sums) write(ctx context.Context, tx *projections.Tx, into, drop string) error {
	values := make([]any, 0, len(s)*countColumns)
	for _, t := range slices.SortedFunc(maps.Keys(s), tally.compare) {
		if s[t] != 0 {
			values = append(values, t.next, t.unit, t.caseType, t.step, t.free, s[t])
		}
	}
	if err := tx.Insert(ctx, into, countColumns, values, plus); err != nil {
		return err
	}
	for t, n := range s {
		if n < 0 {
			if err := tx.Exec(ctx, drop, t.next, t.unit, t.caseType, t.step, t.free); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t tally) compare(o tally) int {
	return cmp.Or(cmp.Compare(t.next, o.next), cmp.Compare(t.unit, o.unit), cmp.Compare(t.caseType, o.caseType), cmp.Compare(t.step, o.step),
		cmp.Compare(t.free, o.free))
}

// goesOn tells whether acts may follow in an ordinary way. They may not where nothing is left to do in a case of one act, nor
// where a case type knows no steps: of these, which are most cases, no summary is kept, and what follows all the same reads
// their few events from the log.
func goesOn(t domain.CaseType, open bool, due []domain.Due) bool {
	return open || len(due) > 0 || len(t.Steps) > 0 && len(t.Events) > 1
}

// saveCase writes the row of a case, or gathers it where it is new, and returns where the case is counted now.
func (v View) saveCase(ctx context.Context, tx *projections.Tx, l *line, w *writing) (tally, error) {
	t, _ := v.catalog.Type(l.stream.Type)
	b := l.summary.Brief()
	var err error
	var numbers [5]int64
	for i, name := range []string{l.stream.Type, string(b.Unit), b.Step, l.last.Type, b.Assigned} {
		if numbers[i], err = tx.Name(ctx, name); err != nil {
			return tally{}, err
		}
	}
	caseType, unit, step, lastType, assigned := numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]
	open, next, due := 0, int64(never), domain.Due{}
	if b.Step != "" && !t.Step(b.Step).Ended {
		open = 1
	}
	all := l.summary.Due()
	if d, ok := domain.Next(all); ok {
		next, due = int64(d.By), d
	}
	var persons []byte
	for _, p := range b.Persons {
		persons = append(persons, p.UUID[:]...)
	}
	var summary []byte
	if goesOn(t, open == 1, all) {
		if summary, err = l.summary.Save(); err != nil {
			return tally{}, err
		}
	}
	w.row = append(w.row[:0], int64(l.version), unit, step, int64(b.Since), int64(b.Opened), int64(b.Last), lastType, int64(l.last.Ordinal),
		assigned, open, next, due.What.Vi, due.What.En, due.Law, persons, summary)
	if l.known {
		err = tx.Exec(ctx, updateCase, append(w.row, l.id)...)
	} else {
		w.cases = append(append(w.cases, l.id, caseType, l.stream.ID[:]), w.row...)
	}
	if err != nil {
		return tally{}, err
	}
	if open == 0 {
		return tally{}, w.savePersons(ctx, tx, l, b.Persons)
	}
	at := tally{next, unit, caseType, step, 0}
	if b.Assigned == "" {
		at.free = 1
	}
	return at, w.savePersons(ctx, tx, l, b.Persons)
}

func (w *writing) savePersons(ctx context.Context, tx *projections.Tx, l *line, now []domain.PersonID) error {
	if tx.Filling() {
		return nil
	}
	for _, p := range now {
		if slices.Contains(l.persons, p) {
			continue
		}
		w.persons = append(w.persons, p.UUID[:], l.id)
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
