package worklist_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/merit"
	"hoso/domain/register"
	"hoso/domain/unemployment"
	"hoso/projections"
	"hoso/projections/worklist"
)

// world is a log with its view.
type world struct {
	testing.TB
	catalog *domain.Catalog
	codec   *domain.Codec
	log     *memlog.Log
	file    *sqliteviews.File
	runner  *projections.Runner
	reader  *worklist.Reader
	last    domain.Cursor
	cases   []domain.StreamID
}

func newWorld(t testing.TB) *world {
	c, log := catalog.All(), memlog.New()
	codec := c.Codec(domaintest.Keys())
	view := worklist.NewView(c, codec, log)
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(view))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	r, err := projections.New(t.Context(), log, codec, f, view)
	if err != nil {
		t.Fatal(err)
	}
	return &world{TB: t, catalog: c, codec: codec, log: log, file: f, runner: r, reader: worklist.NewReader(c, f.DB())}
}

// open begins a case with acts, written as they are: the rules are tested elsewhere.
func (w *world) open(caseType string, acts ...domain.Act) domain.StreamID {
	id := domain.StreamID{Type: caseType, ID: uuid.New()}
	w.cases = append(w.cases, id)
	w.add(id, domain.Tail{}, acts...)
	return id
}

func (w *world) add(id domain.StreamID, tail domain.Tail, acts ...domain.Act) domain.Tail {
	w.Helper()
	var drafts []domain.Draft
	for _, a := range acts {
		name, schema, data, err := w.codec.Encode(context.Background(), a.Event)
		if err != nil {
			w.Fatal(err)
		}
		drafts = append(drafts, domain.Draft{ID: uuid.New(), Type: name, Schema: schema, Data: data,
			Meta: domain.Meta{Occurred: a.Occurred, Recorded: time.Unix(0, 0).UTC(), Command: uuid.New()}})
	}
	tail, err := w.log.Append(context.Background(), id, tail, drafts...)
	if err != nil {
		w.Fatal(err)
	}
	w.last = tail.Position
	return tail
}

// more adds acts to a case.
func (w *world) more(id domain.StreamID, acts ...domain.Act) {
	w.Helper()
	var tail domain.Tail
	for e, err := range w.log.Read(context.Background(), id, 0) {
		if err != nil {
			w.Fatal(err)
		}
		tail = domain.Tail{Version: e.Version, Position: e.Position}
	}
	w.add(id, tail, acts...)
}

func (w *world) catchUp() {
	w.Helper()
	if err := w.runner.CatchUp(context.Background(), w.last); err != nil {
		w.Fatal(err)
	}
}

func (w *world) get(id domain.StreamID) worklist.Case {
	w.Helper()
	w.catchUp()
	c, err := w.reader.Case(w.Context(), id)
	if err != nil {
		w.Fatal(err)
	}
	return c
}

func on(day calendar.Date, e domain.Event) domain.Act { return domain.Act{Event: e, Occurred: day} }

var communes = area.Communes(area.LangSon, 20240401)

// fill opens n cases of three types through two years; most of them have come to their end.
func (w *world) fill(n int) {
	accounts := []string{"", "", "lan", "minh"}
	for i := range n {
		commune, day := communes[i*7%len(communes)].Code, calendar.Date(20220601).AddDays(i*700/n)
		who := unemployment.Claimant{Person: domain.PersonID{UUID: uuid.New()}, Commune: commune, Sex: "female"}
		var id domain.StreamID
		switch i % 5 {
		case 0:
			id = w.open("unemployment", on(day, unemployment.Filed{Claimant: who, BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 36}))
		case 1:
			id = w.open("unemployment", on(day, unemployment.Filed{Claimant: who, BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 36}),
				on(day.AddDays(15), unemployment.Decided{Claimant: who, Age: "41_50", Level: 3_000_000, Months: 3, Start: day}),
				on(day.AddDays(16), unemployment.Collected{Claimant: who}))
		case 2:
			id = w.open("unemployment", on(day, unemployment.Filed{Claimant: who, BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 2}),
				on(day.AddDays(9), unemployment.Refused{Claimant: who, Ground: "months", Reason: domain.Hide("thử")}))
		case 3:
			d := merit.Dossier{Beneficiary: merit.Beneficiary{Person: who.Person, Commune: commune, Category: "b"}, Procedure: "funeral"}
			id = w.open("merit", on(day, merit.Received{Dossier: d, Due: day.AddDays(20), At: "department", StepDue: day.AddDays(10)}))
		case 4:
			id = w.open("register", on(day, register.Drafted{Document: register.Document{Area: area.LangSon, Kind: "plan", Subject: "thử"}}))
		}
		if a := accounts[i/5%len(accounts)]; a != "" {
			w.more(id, on(day.AddDays(1), domain.Assigned{Type: id.Type, Account: a}))
		}
	}
}
