package worklist_test

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/unemployment"
	"hoso/projections"
	"hoso/projections/worklist"
)

func TestACaseFromItsOpeningToItsEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := unemployment.Claimant{Person: domain.PersonID{UUID: uuid.New()}, Commune: communes[3].Code, Sex: "female"}
	filed := unemployment.Filed{Claimant: who, BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 36}
	id := w.open("unemployment", on(20240401, filed))
	c := w.get(id)
	if c.Step != "filed" || !c.Open || c.Unit != who.Commune || !slices.Equal(c.Persons, []domain.PersonID{who.Person}) || c.Opened != 20240401 || c.Version != 1 {
		t.Errorf("filed: %+v", c)
	}
	if c.Due == nil || c.Due.By != 20240503 || c.Due.What.Vi != "trình quyết định hưởng" || c.Due.Law == "" { // twenty working days, less the holidays
		t.Errorf("due: %+v", c.Due)
	}
	for day, want := range map[calendar.Date]worklist.Urgency{20240402: worklist.Later, 20240426: worklist.Soon, 20240503: worklist.Soon, 20240504: worklist.Overdue} {
		if got := c.Urgency(day); got != want {
			t.Errorf("on %v: %s, want %s", day, got, want)
		}
	}
	w.more(id, on(20240403, domain.Assigned{Type: "unemployment", Account: "lan"}))
	w.more(id, on(20240410, unemployment.Decided{Claimant: who, Age: "41_50", Level: 3_000_000, Months: 3, Start: 20240417}))
	if c = w.get(id); c.Step != "decided" || c.Since != 20240410 || c.Assigned != "lan" || c.LastAct != "unemployment.decided" || c.Position != 3 || c.Version != 3 {
		t.Errorf("decided: %+v", c)
	}
	due, err := w.reader.Due(t.Context(), id)
	if err != nil || len(due) != 2 || !due[0].Awaited || due[1].Awaited || due[1].By != c.Due.By {
		t.Errorf("all that is due: %+v, %v", due, err)
	}
	// The filing was in another commune; the decision never was.
	corrected := filed
	corrected.Commune = communes[4].Code
	amendment := domain.Amendment{Type: "unemployment", Version: 1, Was: on(20240401, filed), Reason: domain.Hide("nhầm"), Requester: "a", Approver: "b"}
	voided := domain.Amendment{Type: "unemployment", Version: 3, Was: on(20240410, unemployment.Decided{Claimant: who, Age: "41_50", Level: 3_000_000, Months: 3, Start: 20240417}), Reason: domain.Hide("nhầm"), Requester: "a", Approver: "b"}
	w.more(id, on(20240411, domain.Voided{Amendment: voided}), on(20240412, domain.Corrected{Amendment: amendment, Now: on(20240402, corrected)}))
	if c = w.get(id); c.Step != "filed" || c.Unit != communes[4].Code || c.Assigned != "lan" || c.Opened != 20240402 || c.Last != 20240402 || c.Version != 5 {
		t.Errorf("corrected: %+v", c)
	}
	w.more(id, on(20240413, unemployment.Withdrawn{Claimant: who}))
	if c = w.get(id); c.Open || c.Urgency(20250101) != "" || c.Step != "withdrawn" {
		t.Errorf("withdrawn: %+v", c)
	}
	if counts, err := w.reader.Counts(t.Context(), worklist.Query{On: 20240501}); err != nil || len(counts) != 0 {
		t.Errorf("counts when nothing is open: %+v, %v", counts, err)
	}
	if _, err := w.reader.Case(t.Context(), domain.StreamID{Type: "merit", ID: id.ID}); domain.CodeOf(err) != "case.not_found" {
		t.Errorf("the same id of another type: %v", err)
	}
}

// What follows the end of a short case is applied to it.
func TestAShortCaseThatEndedGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := unemployment.Claimant{Person: domain.PersonID{UUID: uuid.New()}, Commune: communes[3].Code, Sex: "female"}
	filed := unemployment.Filed{Claimant: who, BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 36}
	id := w.open("unemployment", on(20240401, filed), on(20240402, unemployment.Withdrawn{Claimant: who}))
	if c := w.get(id); c.Open || c.Step != "withdrawn" {
		t.Fatalf("withdrawn: %+v", c)
	}
	if due, err := w.reader.Due(t.Context(), id); err != nil || len(due) != 0 {
		t.Errorf("due of what has ended: %v, %v", due, err)
	}
	w.more(id, on(20240403, domain.Assigned{Type: "unemployment", Account: "lan"}))
	if c := w.get(id); c.Open || c.Step != "withdrawn" || c.Since != 20240402 || c.Opened != 20240401 || c.Assigned != "lan" ||
		c.Version != 3 || !slices.Equal(c.Persons, []domain.PersonID{who.Person}) || c.Unit != who.Commune {
		t.Errorf("assigned afterwards: %+v", c)
	}
	voided := domain.Amendment{Type: "unemployment", Version: 2, Was: on(20240402, unemployment.Withdrawn{Claimant: who}), Reason: domain.Hide("nhầm"), Requester: "a", Approver: "b"}
	w.more(id, on(20240404, domain.Voided{Amendment: voided}))
	if c := w.get(id); !c.Open || c.Step != "filed" || c.Assigned != "lan" || c.Version != 4 {
		t.Errorf("open again: %+v", c)
	}
	if counts, err := w.reader.Counts(t.Context(), worklist.Query{On: 20240501}); err != nil || len(counts) != 1 {
		t.Errorf("counted again: %+v, %v", counts, err)
	}
}

// Lists need indexes that are made once the view has caught up: until then they say so.
func TestAListWaitsForItsIndexes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.reader.Counts(t.Context(), worklist.Query{On: 20240501, Assigned: "lan"}); !errors.Is(err, projections.ErrCatchingUp) {
		t.Errorf("before: %v", err)
	}
	who := unemployment.Claimant{Person: domain.PersonID{UUID: uuid.New()}, Commune: communes[3].Code, Sex: "female"}
	w.open("unemployment", on(20240401, unemployment.Filed{Claimant: who, BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 36}))
	w.catchUp()
	if _, err := w.reader.Counts(t.Context(), worklist.Query{On: 20240501, Assigned: "lan"}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

const today calendar.Date = 20250801 // a year after the last case, when the communes are others

// Whatever is asked for, page by page: the answer is what a look at every case finds.
func TestListsAgreeWithEveryCase(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(400)
	w.catchUp()
	var all []worklist.Case
	for _, id := range w.cases {
		all = append(all, w.get(id))
	}
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(odds int, values ...string) string {
		if r.IntN(odds) != 0 {
			return ""
		}
		return values[r.IntN(len(values))]
	}
	now := area.Communes(area.LangSon, today)
	for range 400 {
		q := worklist.Query{On: today, Limit: 1 + r.IntN(60), Closed: r.IntN(3) == 0,
			Unit: area.Code(pick(2, "20", string(now[3].Code), string(now[40].Code))), Step: pick(4, "filed", "receiving", "drafted", "nothing"),
			Assigned: pick(3, "lan", "minh", "-", "nobody"), Urgency: worklist.Urgency(pick(3, "overdue", "soon", "later", "unset"))}
		if s := pick(3, "unemployment", "merit", "gift"); s != "" {
			q.Types = []string{s, "register"}[:1+r.IntN(2)]
		}
		if r.IntN(4) == 0 {
			q.Stages = []worklist.Stage{{Type: "unemployment", Step: "receiving"}, {Type: "register", Step: "nothing"}, {Type: "merit", Step: "filed"}, {Type: "unemployment", Step: "filed"}}[:r.IntN(5)]
		}
		if r.IntN(4) == 0 {
			q.Within = []worklist.Scope{{Unit: now[40].Code}, {Unit: now[3].Code, Types: []string{"unemployment"}}}[:r.IntN(3)]
		}
		if r.IntN(10) == 0 {
			q.Person = all[5*r.IntN(80)].Persons[0]
		}
		var want []worklist.Case // in the order in which they were opened
		for _, c := range all {
			if matches(q, c) {
				want = append(want, c)
			}
		}
		if q.Closed || !q.Person.IsZero() {
			slices.Reverse(want)
		} else {
			slices.SortStableFunc(want, func(a, b worklist.Case) int { return cmp.Compare(lastDay(a), lastDay(b)) })
		}
		var got []worklist.Case
		for {
			p, err := w.reader.List(t.Context(), q)
			if err != nil {
				t.Fatalf("%+v: %v", q, err)
			}
			got = append(got, p.Cases...)
			if len(p.Cases) > q.Limit || len(got) > len(all) {
				t.Fatalf("%+v: too many", q)
			}
			if q.After = p.Next; p.Next == "" {
				break
			}
		}
		if !slices.EqualFunc(got, want, func(a, b worklist.Case) bool { return a.Case == b.Case }) {
			t.Fatalf("%+v: %d cases, want %d", q, len(got), len(want))
		}
		if q.Step == "" && q.Urgency == "" && !q.Closed && q.Person.IsZero() {
			checkCounts(t, w, q, want)
		}
	}
}

func lastDay(c worklist.Case) calendar.Date {
	if c.Due == nil {
		return 99991231
	}
	return c.Due.By
}

// matches is what a query says, case by case.
func matches(q worklist.Query, c worklist.Case) bool {
	assigned := q.Assigned == "" || q.Assigned == c.Assigned || q.Assigned == worklist.Nobody && c.Assigned == ""
	within := q.Within == nil || slices.ContainsFunc(q.Within, func(s worklist.Scope) bool { return inside(c, s.Unit) && oneOf(c, s.Types) })
	return (q.Closed || c.Open) && assigned && within && inside(c, q.Unit) && oneOf(c, q.Types) && (q.Step == "" || q.Step == c.Step) &&
		(q.Stages == nil || slices.Contains(q.Stages, worklist.Stage{Type: c.Case.Type, Step: c.Step})) &&
		(q.Urgency == "" || q.Urgency == c.Urgency(q.On)) && (q.Person.IsZero() || slices.Contains(c.Persons, q.Person))
}

func oneOf(c worklist.Case, types []string) bool {
	return len(types) == 0 || slices.Contains(types, c.Case.Type)
}

func inside(c worklist.Case, of area.Code) bool {
	units := area.InUse()
	was, _ := area.Find(c.Unit, 20240401)
	in, _ := area.Find(of, today)
	return of == "" || slices.ContainsFunc(units.Later(was, today), func(u area.Unit) bool { return units.Inside(u, in) })
}

func checkCounts(t *testing.T, w *world, q worklist.Query, want []worklist.Case) {
	t.Helper()
	counts, err := w.reader.Counts(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	got := map[worklist.Urgency]int64{}
	var open int64
	for _, c := range counts {
		got[worklist.Overdue] += c.Overdue
		got[worklist.Soon] += c.Soon
		got[worklist.Later] += c.Later
		got[worklist.Unset] += c.Unset
		open += c.Open()
	}
	for _, c := range want {
		got[c.Urgency(q.On)]--
	}
	for u, n := range got {
		if n != 0 || open != int64(len(want)) {
			t.Fatalf("%+v: %d counted too many of %s", q, n, u)
		}
	}
}

func TestMalformedPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, after := range []string{"x", "1", "1.x", ".", "1.2.3'; DROP TABLE names"} {
		if _, err := w.reader.List(t.Context(), worklist.Query{After: after}); domain.KindOf(err) != domain.Invalid {
			t.Errorf("%q: %v", after, err)
		}
	}
}
