package amendments_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/person"
	"hoso/projections"
	"hoso/projections/amendments"
)

// office is a log with the view over it.
type office struct {
	*testing.T
	*amendments.Reader
	log     *memlog.Log
	handler *domain.Handler
	runner  *projections.Runner
}

func newOffice(t *testing.T) *office {
	t.Helper()
	c, keys, log := catalog.All(), domaintest.Keys(), memlog.New()
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(amendments.View{}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	runner, err := projections.New(t.Context(), log, c.Codec(keys), f, amendments.View{})
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2024, 5, 2, 1, 30, 0, 0, time.UTC) }
	return &office{t, amendments.NewReader(f.DB()), log, domain.NewHandler(c, log, keys, now), runner}
}

func (o *office) do(id domain.StreamID, by string, c domain.Command) {
	o.Helper()
	if _, err := o.handler.Handle(o.Context(), domain.Request{ID: uuid.New(), Case: id, Command: c, Occurred: 20240410, Actor: domain.Actor{ID: by}}); err != nil {
		o.Fatal(err)
	}
}

func (o *office) register() domain.StreamID {
	o.Helper()
	id := domain.StreamID{Type: "person", ID: uuid.New()}
	o.do(id, "lan", person.Register{Name: domain.Hide("Lương Thị Sao")})
	return id
}

func (o *office) waits(want ...domain.StreamID) []amendments.Request {
	o.Helper()
	head, err := o.log.Head(o.Context())
	if err == nil {
		err = o.runner.CatchUp(o.Context(), head)
	}
	all, err2 := o.Pending(o.Context(), 0, 100)
	if err != nil || err2 != nil {
		o.Fatal(err, err2)
	}
	var got []domain.StreamID
	for _, r := range all {
		got = append(got, r.Case)
	}
	if !slices.Equal(got, want) {
		o.Errorf("%v wait, want %v", got, want)
	}
	return all
}

func rename(name string) domain.RequestAmendment {
	return domain.RequestAmendment{Type: "person", Version: 1, Amendment: "correct", Data: []byte(`{"name":"` + name + `"}`), Reason: domain.Hide("viết sai")}
}

// What was requested waits until it is answered, in whatever way; an amendment in one act answers nothing.
func TestRequestsWaitUntilTheyAreAnswered(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	sao, mai, hoa := o.register(), o.register(), o.register()
	for _, id := range []domain.StreamID{sao, mai, hoa} {
		o.do(id, "lan", rename("Lương Thị Sáo"))
	}
	first := o.waits(sao, mai, hoa)[0]
	if first.Version != 2 || first.By != "lan" || first.Occurred != 20240410 || first.Position != 4 || first.Recorded.Hour() != 1 {
		t.Errorf("%+v", first)
	}
	o.do(sao, "minh", domain.ApproveAmendment{Type: "person", Request: 2})
	o.waits(mai, hoa)
	o.do(mai, "minh", domain.DeclineAmendment{Type: "person", Request: 2, Reason: domain.Hide("viết đúng")})
	o.waits(hoa)
	o.do(hoa, "minh", domain.Correct{Type: "person", Version: 1, Data: []byte(`{"name":"Hoa"}`), Reason: domain.Hide("x"), Requester: "a", Approver: "b"})
	o.waits(hoa) // it is still to be declined
	o.do(mai, "lan", domain.RequestAmendment{Type: "person", Version: 1, Amendment: "void", Reason: domain.Hide("nhầm người")})
	o.waits(hoa, mai)
	o.do(mai, "minh", domain.ApproveAmendment{Type: "person", Request: 4})
	o.waits(hoa)
	if some, err := o.Pending(t.Context(), o.waits(hoa)[0].Position, 100); err != nil || len(some) != 0 {
		t.Errorf("after the last one: %v, %v", some, err)
	}
}
