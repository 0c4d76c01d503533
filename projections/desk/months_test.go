package desk_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/merit"
	"hoso/domain/person"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/desk"
)

// A page without a month shows the latest one with figures: whoever opens an account or registers somebody today must not
// empty it.
func TestTheLatestActIsOneThatFiguresCount(t *testing.T) {
	t.Parallel()
	c, keys, log := catalog.All(), domaintest.Keys(), memlog.New()
	file, err := sqliteviews.Open(t.Context(), t.TempDir(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	runner, err := projections.New(t.Context(), log, c.Codec(keys), file)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = runner.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	d := &desk.Desk{Catalog: c, Clock: clock, Reading: func() (desk.Readers, error) { return desk.Readers{DB: file.DB(), At: runner.Position}, nil }}
	handler, who := domain.NewHandler(c, log, keys, clock), domain.PersonID{UUID: uuid.New()}
	latest := func() calendar.Date {
		t.Helper()
		day, err := d.Latest(right.With(t.Context(), right.Caller{Account: "lan"}))
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	do := func(id domain.StreamID, on calendar.Date, cmd domain.Command) {
		t.Helper()
		out, err := handler.Handle(t.Context(), domain.Request{ID: uuid.New(), Case: id, Command: cmd, Occurred: on, Actor: domain.Actor{ID: "lan"}})
		if err == nil {
			err = runner.WaitFor(t.Context(), out.Position)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	register := person.Register{Reference: uuid.New(), Name: domain.Hide("Nông Thị Hoa"), Commune: "06550"}
	do(domain.StreamID{Type: "person", ID: who.UUID}, 20240402, register)
	if day := latest(); !day.IsZero() {
		t.Errorf("nothing is counted yet, and the latest is %s", day)
	}
	do(domain.StreamID{Type: "merit", ID: uuid.New()}, 20240401, merit.Receive{Person: who, Commune: "06550", Category: "i", Procedure: "education", Due: 20240520, Channel: "direct"})
	register.Reference = uuid.New()
	do(domain.StreamID{Type: "person", ID: who.UUID}, 20240502, register)
	if day := latest(); day != 20240401 {
		t.Errorf("the latest act that counts: %s, want 2024-04-01", day)
	}
}
