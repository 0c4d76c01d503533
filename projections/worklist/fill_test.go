package worklist_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/merit"
	"hoso/domain/person"
	"hoso/domain/unemployment"
	"hoso/projections"
	"hoso/projections/worklist"
)

// rowsOf are all rows of a file, in an order that does not depend on the numbers of names. Whether a count of nothing has a row
// depends on how the batches fell.
var rowsOf = []string{
	`SELECT c.id, t.name, hex(case_id), version, u.name, s.name, since, opened, last, l.name, ordinal, a.name, open, next, what, law, hex(persons), hex(summary)
		FROM worklist_cases c JOIN names t ON t.id = case_type JOIN names u ON u.id = unit JOIN names s ON s.id = step
		JOIN names l ON l.id = last_type JOIN names a ON a.id = assigned ORDER BY 1`,
	`SELECT hex(person), id FROM worklist_persons ORDER BY 1, 2`,
	`SELECT day, u.name, t.name, cases FROM worklist_days JOIN names u ON u.id = unit JOIN names t ON t.id = case_type WHERE cases <> 0 ORDER BY 1, 2, 3`,
	`SELECT month, u.name, t.name, cases FROM worklist_months JOIN names u ON u.id = unit JOIN names t ON t.id = case_type WHERE cases <> 0 ORDER BY 1, 2, 3`,
}

func rowsIn(t *testing.T, f *sqliteviews.File) (all []string) {
	t.Helper()
	for _, query := range rowsOf {
		rows, err := f.DB().Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		columns, _ := rows.Columns()
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		n := 0
		for ; rows.Next(); n++ {
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			line := ""
			for _, v := range values {
				line += fmt.Sprintf("%v ", *v.(*any))
			}
			all = append(all, line)
		}
		if err := rows.Err(); err != nil || n == 0 {
			t.Fatalf("%d rows, %v: %s", n, err, query)
		}
	}
	return all
}

// A view that followed the log from its first event on, a few events at a time, holds what one holds that is filled from the whole
// log: there persons and counts are made of the rows of cases.
func TestWhatWasFollowedEqualsWhatIsFilled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.catchUp() // with nothing: from here on it follows
	var two domain.StreamID
	for n := range 40 {
		before := len(w.cases)
		w.fill(3 + n%4)
		w.catchUp()
		who := unemployment.Claimant{Person: domain.PersonID{UUID: uuid.New()}, Commune: communes[n].Code, Sex: "female"}
		withdrawn := on(20240402, unemployment.Withdrawn{Claimant: who})
		id := w.open("unemployment", on(20240401, unemployment.Filed{Claimant: who, BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 36}), withdrawn)
		w.catchUp()
		w.more(id, on(20240404, domain.Voided{Amendment: domain.Amendment{Type: "unemployment", Version: 2, Was: withdrawn, Reason: domain.Hide("nhầm"), Requester: "a", Approver: "b"}}))
		w.more(w.cases[before], on(20240405, domain.Assigned{Type: w.cases[before].Type, Account: "hoa"}))
		a, b := domain.PersonID{UUID: uuid.New()}, domain.PersonID{UUID: uuid.New()}
		two = w.open("person", on(20240401, person.Linked{Person: a, SameAs: b, Reason: domain.Hide("trùng")}))
		w.catchUp()
		if n%2 == 0 { // of it no summary is kept: its history is read
			w.more(two, on(20240408, person.Unlinked{Person: a, SameAs: b, Reason: domain.Hide("nhầm")}))
		}
	}
	if c := w.get(two); len(c.Persons) != 2 {
		t.Fatalf("a case of two persons: %+v", c)
	}
	view := worklist.NewView(w.catalog, w.codec, w.log)
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(view))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := projections.New(t.Context(), w.log, w.codec, f, view)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.CatchUp(context.Background(), w.last); err != nil {
		t.Fatal(err)
	}
	followed, filled := rowsIn(t, w.file), rowsIn(t, f)
	for i := range min(len(followed), len(filled)) {
		if followed[i] != filled[i] {
			t.Fatalf("followed: %s\nfilled:   %s", followed[i], filled[i])
		}
	}
	if !slices.Equal(followed, filled) {
		t.Errorf("%d rows followed, %d filled", len(followed), len(filled))
	}
}

// deaf is a log of which no case can be read.
type deaf struct{ domain.EventLog }

var errDeaf = errors.New("no case is read")

func (deaf) Read(context.Context, domain.StreamID, uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) { yield(domain.Recorded{}, errDeaf) }
}

// An allowance is nothing that somebody has to do, and is paid month by month all the same: thousands of histories would be read.
func TestWhatGoesOnInAnOrdinaryWayReadsNoHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	view := worklist.NewView(w.catalog, w.codec, deaf{w.log})
	r, err := projections.New(t.Context(), w.log, w.codec, w.file, view)
	if err != nil {
		t.Fatal(err)
	}
	w.runner = r
	who := merit.Beneficiary{Person: domain.PersonID{UUID: uuid.New()}, Commune: communes[3].Code, Category: "b"}
	month := calendar.Month{Year: 2024, Month: 4}
	id := w.open("merit", on(20240401, merit.AllowanceStarted{Beneficiary: who, From: month, Level: 2_000_000}))
	if c := w.get(id); c.Open {
		t.Fatalf("started: %+v", c)
	}
	w.more(id, on(20240410, merit.AllowancePaid{Beneficiary: who, Month: month, Amount: 2_000_000, Channel: "cash"}))
	if c := w.get(id); c.Version != 2 || c.Last != 20240410 {
		t.Errorf("paid: %+v", c)
	}
}
