package people_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/domaintest"
	"hoso/domain/person"
	"hoso/projections"
	"hoso/projections/people"
)

type office struct {
	*people.Reader
	runner  *projections.Runner
	log     domain.EventLog
	handler *domain.Handler
}

func newOffice(t *testing.T) *office {
	catalog, keys, log := domain.NewCatalog(person.Type()), domaintest.Keys(), memlog.New()
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(people.View{}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	r, err := projections.New(t.Context(), log, catalog.Codec(keys), f, people.View{})
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC) }
	return &office{people.NewReader(f.DB()), r, log, domain.NewHandler(catalog, log, keys, clock)}
}

// do handles a command and waits until the view has seen it.
func (o *office) do(t *testing.T, id domain.PersonID, c domain.Command) {
	t.Helper()
	out, err := o.handler.Handle(t.Context(), domain.Request{
		ID: uuid.New(), Case: domain.StreamID{Type: "person", ID: id.UUID}, Command: c, Occurred: 20240401, Actor: domain.Actor{ID: "lan"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.runner.CatchUp(t.Context(), out.Position); err != nil {
		t.Fatal(err)
	}
}

func (o *office) knows(t *testing.T, reference uuid.UUID, want domain.PersonID) {
	t.Helper()
	got, known, err := o.Person(t.Context(), reference)
	if err != nil || got != want || known == want.IsZero() {
		t.Errorf("reference %v: %v %t %v, want %v", reference, got, known, err, want)
	}
}

func TestAReferenceLeadsToItsPerson(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lan, nobody := domain.PersonID{UUID: uuid.New()}, domain.PersonID{}
	first, second, third := uuid.New(), uuid.New(), uuid.New()
	o.knows(t, first, nobody)
	o.do(t, lan, person.Register{Reference: first, Name: domain.Hide("Nông Thị Lan")})
	o.do(t, lan, person.Register{Reference: second, Name: domain.Hide("NÔNG THỊ LAN")})
	o.knows(t, first, lan)
	o.knows(t, second, lan)
	o.knows(t, third, nobody)
	for who, want := range map[domain.PersonID]bool{lan: true, {UUID: first}: false} {
		if got, err := o.Exists(t.Context(), who); got != want || err != nil {
			t.Errorf("exists: %t %v, want %t", got, err, want)
		}
	}

	o.do(t, lan, domain.Void{Type: "person", Version: 2, Reason: domain.Hide("khác người"), Requester: "lan", Approver: "minh"})
	o.knows(t, first, lan)
	o.knows(t, second, nobody)

	o.do(t, lan, person.Erase{Ground: "NĐ 13/2023"})
	o.knows(t, first, lan)
}
