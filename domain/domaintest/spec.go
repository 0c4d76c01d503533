package domaintest

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/calendar"
)

// Case is the id of the case in every spec. Where cases are people, it is the person.
var Case = uuid.MustParse("6ad5c0a3-0d5c-4f4e-9c0f-0a4d1c2b3e4f")

// Now is the time at which every event of a spec is recorded.
var Now = time.Date(2024, 5, 2, 1, 30, 0, 0, time.UTC)

// Step is one command: what somebody asks the case to do, and on which business date.
type Step struct {
	On calendar.Date
	Do domain.Command
	By domain.Actor // a caseworker where nobody is named
}

// Spec says what a command does to a case with a history.
type Spec struct {
	Type  domain.CaseType
	Given []Step         // in order; all of them must be accepted
	When  Step           // the command in question
	Then  []domain.Event // what it records, private values in plain text…
	Error string         // …or the code of the error with which it is refused
	Field string         // with Error: the field that it names; not checked where empty
	State any            // the state after it; not checked where nil
	Adds  []domain.Contribution
	// AddsNothing asks for no contributions; where it is unset, empty Adds are not checked.
	AddsNothing bool
	// Repeatable lets the same command under a new id be accepted again: a payment that may be made twice a day.
	// It is the exception, and to be thought about each time.
	Repeatable bool
}

// Run runs the spec. Whatever the spec says, it also proves that
//   - a refused command leaves nothing behind, and is refused again in the same way;
//   - an accepted command sent again has the outcome of the first time, marked as repeated, and adds nothing;
//   - its id with another content is refused (command.id_reused);
//   - the command under a new id is refused, unless it is Repeatable;
//   - every event is the same after a journey through its stored form, and two replays give the same state;
//   - the summary that a work list keeps act by act is that of the whole history, and its step is declared;
//   - the outcome says to which unit the case belongs, as the summary does;
//   - contributions keep to what their indicators declare.
func (s Spec) Run(t *testing.T) {
	t.Helper()
	w := newWorld(s.Type)
	for i, step := range s.Given {
		if _, err := w.do(t.Context(), "given "+strconv.Itoa(i), "", step); err != nil {
			t.Fatalf("given %d, %s: %v (%s)", i, step.Do.CommandName(), err, domain.CodeOf(err))
		}
	}
	before := w.stored(t)
	out, err := w.do(t.Context(), "when", "", s.When)
	if s.Error != "" {
		s.refused(t, w, len(before), err)
		return
	}
	if err != nil {
		t.Fatalf("%s: %v (%s)", s.When.Do.CommandName(), err, domain.CodeOf(err))
	}
	after := w.stored(t)
	s.recorded(t, w, after[len(before):])
	s.repeated(t, w, len(after), out)
	w.survives(t, after)
	same(t, "unit in the outcome", [2]any{out.Unit, out.Placed}, [2]any{w.summarized(t, after).Unit, after[len(after)-1].Version})
	if s.State != nil {
		same(t, "state", w.replay(t), s.State)
	}
	s.again(t, w)
}

// refused checks the error, twice, and that nothing was written.
func (s Spec) refused(t *testing.T, w *world, stored int, err error) {
	t.Helper()
	for _, turn := range []string{"first", "second"} {
		if err == nil {
			t.Fatalf("%s was accepted the %s time, want %s", s.When.Do.CommandName(), turn, s.Error)
		}
		if code := domain.CodeOf(err); code != s.Error {
			t.Fatalf("%s: error %s (%v), want %s", s.When.Do.CommandName(), code, err, s.Error)
		}
		if field := fieldOf(err); s.Field != "" && field != s.Field {
			t.Errorf("%s: the error names field %q, want %q", s.When.Do.CommandName(), field, s.Field)
		}
		_, err = w.do(t.Context(), "when", "", s.When)
	}
	if n := len(w.stored(t)); n != stored {
		t.Errorf("%s was refused and left %d events", s.When.Do.CommandName(), n-stored)
	}
}

// recorded checks the events and what they add to the figures.
func (s Spec) recorded(t *testing.T, w *world, stored []domain.Recorded) {
	t.Helper()
	var events []domain.Event
	var adds []domain.Contribution
	for _, e := range stored {
		event, err := w.codec.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		cs, err := w.catalog.Contributions(e.Stream.Type, domain.Act{Event: event, Occurred: e.Meta.Occurred})
		if err != nil {
			t.Error(err)
		}
		adds = append(adds, cs...)
		opened, err := w.codec.Open(t.Context(), event)
		if err != nil {
			t.Fatalf("open %s: %v", e.Type, err)
		}
		events = append(events, opened)
	}
	same(t, "events", events, s.Then)
	if s.Adds != nil || s.AddsNothing {
		same(t, "contributions", adds, s.Adds)
	}
}

// repeated sends the command's id again, with the same and with another content.
func (s Spec) repeated(t *testing.T, w *world, stored int, first domain.Outcome) {
	t.Helper()
	out, err := w.do(t.Context(), "when", "", s.When)
	if err != nil {
		t.Fatalf("%s sent again: %v", s.When.Do.CommandName(), err)
	}
	want := first
	want.Repeated = true
	same(t, "outcome of the command sent again", out, want)
	if _, err := w.do(t.Context(), "when", "another content", s.When); domain.CodeOf(err) != "command.id_reused" {
		t.Errorf("its id with another content: %v, want command.id_reused", err)
	}
	if n := len(w.stored(t)); n != stored {
		t.Errorf("sending the command again left %d more events", n-stored)
	}
}

// again sends the command under a new id.
func (s Spec) again(t *testing.T, w *world) {
	t.Helper()
	_, err := w.do(t.Context(), "again", "", s.When)
	switch {
	case s.Repeatable && err != nil:
		t.Errorf("the spec is Repeatable, but under a new id: %v (%s)", err, domain.CodeOf(err))
	case !s.Repeatable && err == nil:
		t.Errorf("%s under a new id was accepted a second time; if that is right, the spec has to say Repeatable", s.When.Do.CommandName())
	case !s.Repeatable && domain.KindOf(err) == domain.Internal:
		t.Errorf("%s under a new id broke instead of being refused: %v", s.When.Do.CommandName(), err)
	}
}

// world is a case type with everything that its commands need.
type world struct {
	catalog *domain.Catalog
	codec   *domain.Codec
	log     domain.EventLog
	handler *domain.Handler
	id      domain.StreamID
}

func newWorld(ct domain.CaseType) *world {
	catalog, log, keys := domain.NewCatalog(ct), memlog.New(), Keys()
	return &world{catalog, catalog.Codec(keys), log,
		domain.NewHandler(catalog, log, keys, func() time.Time { return Now }),
		domain.StreamID{Type: ct.Name, ID: Case}}
}

// do sends a command; id names it, content stands for what it says.
func (w *world) do(ctx context.Context, id, content string, s Step) (domain.Outcome, error) {
	if s.By == (domain.Actor{}) {
		s.By = domain.Actor{ID: "lan", Role: "caseworker", Unit: "20"}
	}
	return w.handler.Handle(ctx, domain.Request{
		ID: uuid.NewSHA1(Case, []byte(id)), Case: w.id, Command: s.Do, Occurred: s.On, Actor: s.By,
		Fingerprint: s.Do.CommandName() + content,
	})
}
