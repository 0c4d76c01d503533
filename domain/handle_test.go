package domain_test

import (
	"context"
	"errors"
	"iter"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/domain"
)

func TestHandleStampsWhatTheLogKeeps(t *testing.T) {
	o := newOffice(t)
	r := o.request(openOf(100), 20240401)
	out, err := o.handler.Handle(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	e := o.stored()[0]
	want := domain.Meta{Actor: r.Actor, Command: r.ID, Fingerprint: "f", Correlation: r.ID, Causation: r.ID,
		Occurred: 20240401, Recorded: time.Date(2024, 5, 1, 2, 0, 0, 123456000, time.UTC)}
	if d := cmp.Diff(want, e.Meta); d != "" || e.Meta.Recorded.Location() != time.UTC {
		t.Errorf("meta (-want +got):\n%s", d)
	}
	if d := cmp.Diff(domain.Outcome{Case: o.id, First: 1, Last: 1, Position: e.Position, Placed: 1}, out); d != "" {
		t.Errorf("outcome (-want +got):\n%s", d)
	}
	if e.Type != "loan.opened" || e.Schema != 1 || e.ID == uuid.Nil || e.ID == r.ID {
		t.Errorf("stored as %s@%d with id %s", e.Type, e.Schema, e.ID)
	}
}

func TestCommandSentAgain(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	r := o.request(pay{100}, 20240402)
	first, err := o.handler.Handle(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if first.First != 2 || first.Last != 3 {
		t.Errorf("versions %d to %d, want 2 to 3", first.First, first.Last)
	}
	first.Repeated = true
	for range 2 {
		again, err := o.handler.Handle(t.Context(), r)
		if err != nil || again != first {
			t.Errorf("sent again: %+v, %v; want %+v", again, err, first)
		}
	}
	r.Fingerprint = "something else"
	if _, err := o.handler.Handle(t.Context(), r); domain.CodeOf(err) != "command.id_reused" || domain.KindOf(err) != domain.Conflict {
		t.Errorf("the id with another content: %v", err)
	}
	if n := len(o.stored()); n != 3 {
		t.Errorf("%d events, want 3", n)
	}
}

func TestHowACommandEndedIsTold(t *testing.T) {
	o := newOffice(t)
	var told []string
	o.handler.Observe = func(r domain.Request, out domain.Outcome, err error) {
		how := "done"
		if out.Repeated {
			how = "repeated"
		}
		if err != nil {
			how = domain.CodeOf(err)
		}
		told = append(told, r.Command.CommandName()+" "+how)
	}
	r := o.request(openOf(100), 20240401)
	for range 2 {
		if _, err := o.handler.Handle(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	_, err := o.handler.Handle(t.Context(), o.request(pay{1000}, 20240402))
	if d := cmp.Diff([]string{"loan.open done", "loan.open repeated", "loan.pay " + domain.CodeOf(err)}, told); d != "" || err == nil {
		t.Errorf("told (-want +got):\n%s", d)
	}
}

func TestCommandSentAgainAfterAnErasure(t *testing.T) {
	o := newOffice(t)
	r := o.request(openOf(100), 20240401)
	if _, err := o.handler.Handle(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if err := o.keys.Destroy(t.Context(), borrower); err != nil {
		t.Fatal(err)
	}
	if out, err := o.handler.Handle(t.Context(), r); err != nil || !out.Repeated {
		t.Errorf("sent again: %+v, %v; want the first answer", out, err)
	}
}

func TestRefusals(t *testing.T) {
	o := newOffice(t)
	o.refused("loan.not_open", closeLoan{})
	o.refused("loan.paid_too_much", pay{1})
	o.accepted(openOf(100), 20240401)
	o.refused("loan.already_open", openOf(100))
	o.refused("loan.paid_too_much", pay{101})
	if n := len(o.stored()); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
	stranger := o.request(closeLoan{}, 20240401)
	stranger.Case.Type = "dream"
	if _, err := o.handler.Handle(t.Context(), stranger); domain.CodeOf(err) != "case.unknown_type" {
		t.Errorf("a case type that is not there: %v", err)
	}
	nameless := o.request(closeLoan{}, 20240401)
	nameless.ID = uuid.Nil
	if _, err := o.handler.Handle(t.Context(), nameless); domain.CodeOf(err) != "command.no_id" {
		t.Errorf("a command without an id: %v", err)
	}
}

// TestRacingCommands lets 64 people pay one đồng, and 64 open the case: all payments count, one opening does.
func TestRacingCommands(t *testing.T) {
	o := newOffice(t)
	race := func(c domain.Command) (won int) {
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 64 {
			wg.Go(func() {
				_, err := o.handler.Handle(t.Context(), o.request(c, 20240401))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if domain.KindOf(err) != domain.Rejected {
					t.Errorf("%s: %v", c.CommandName(), err)
				}
			})
		}
		wg.Wait()
		return won
	}
	if won := race(openOf(50)); won != 1 {
		t.Errorf("%d of 64 opened the case", won)
	}
	if won := race(pay{1}); won != 50 {
		t.Errorf("%d of 64 paid one of fifty", won)
	}
	if s, _ := o.replay(); s.Owed != 0 || !s.IsClosed {
		t.Errorf("state %+v", s)
	}
}

// TestSameCommandRacingItself sends one command 32 times at once: one effect, one answer.
func TestSameCommandRacingItself(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	r := o.request(pay{10}, 20240402)
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			if out, err := o.handler.Handle(t.Context(), r); err != nil || out.First != 2 || out.Last != 2 {
				t.Errorf("%+v, %v", out, err)
			}
		})
	}
	wg.Wait()
	if s, _ := o.replay(); s.Owed != 90 {
		t.Errorf("owed %d, want 90", s.Owed)
	}
}

// wary counts reads, and can lose the answer of an append.
type wary struct {
	domain.EventLog
	reads int
	lose  bool
}

func (l *wary) Read(ctx context.Context, id domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	l.reads++
	return l.EventLog.Read(ctx, id, after)
}

func (l *wary) Append(ctx context.Context, id domain.StreamID, tail domain.Tail, ds ...domain.Draft) (domain.Tail, error) {
	end, err := l.EventLog.Append(ctx, id, tail, ds...)
	if l.lose && err == nil {
		l.lose = false
		return domain.Tail{}, errors.New("connection lost")
	}
	return end, err
}

func TestNewCaseIsNotLoaded(t *testing.T) {
	log := &wary{EventLog: memlog.New()}
	o := officeOn(t, log)
	o.accepted(openOf(100), 20240401)
	if log.reads != 0 {
		t.Errorf("opening a new case read the log %d times", log.reads)
	}
}

func TestLostAnswer(t *testing.T) {
	log := &wary{EventLog: memlog.New(), lose: true}
	o := officeOn(t, log)
	r := o.request(openOf(100), 20240401)
	if _, err := o.handler.Handle(t.Context(), r); err == nil {
		t.Fatal("the answer was lost and nobody said so")
	}
	if out, err := o.handler.Handle(t.Context(), r); err != nil || !out.Repeated || len(o.stored()) != 1 {
		t.Errorf("sent again: %+v, %v, %d events", out, err, len(o.stored()))
	}
}

func TestReplayStopsWhereAsked(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{10}, 20240402)
	o.accepted(pay{20}, 20240403)
	state, events, err := o.handler.Replay(t.Context(), o.id, func(e domain.Recorded) bool { return e.Version <= 2 })
	if err != nil || state.(loan).Owed != 90 || len(events) != 2 {
		t.Errorf("state %+v, %d events, %v", state, len(events), err)
	}
}
