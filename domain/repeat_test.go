package domain_test

import (
	"sync"
	"testing"

	"hoso/adapters/memlog"
	"hoso/domain"
)

// bothLogs runs a test on a log that refuses drafts which it has, and on one that answers them as the first time.
func bothLogs(t *testing.T, test func(*testing.T, domain.EventLog)) {
	for name, store := range map[string]*memlog.Store{"refuses": memlog.NewStore(), "recognises": memlog.NewIdempotentStore()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, memlog.Open(store))
		})
	}
}

// restarted returns the office with nothing remembered, as another process would open it.
func (o *office) restarted() *office {
	other := officeOn(o.T, o.log)
	other.id = o.id
	return other
}

// answer handles a request and leaves out whether the handler noticed a repetition.
func (o *office) answer(r domain.Request) domain.Outcome {
	o.Helper()
	out, err := o.handler.Handle(o.Context(), r)
	if err != nil {
		o.Errorf("%s: %v (%s)", r.Command.CommandName(), err, domain.CodeOf(err))
	}
	out.Repeated, out.Placed = false, 0 // the case may have gone on
	return out
}

func TestRepeatedOnEitherLog(t *testing.T) {
	t.Parallel()
	bothLogs(t, func(t *testing.T, log domain.EventLog) {
		o := officeOn(t, log)
		opening, last := o.request(openOf(100), 20240401), o.request(pay{90}, 20240402)
		stale := o.restarted()
		first := o.answer(opening)
		stale.answer(opening) // and remembers the case as it is now
		o.accepted(pay{10}, 20240402)
		paid := o.answer(last)
		for _, again := range []*office{o, o.restarted(), stale} {
			if got := again.answer(opening); got != first {
				t.Errorf("opened again: %+v, want %+v", got, first)
			}
			if got := again.answer(last); got != paid || got.First != 3 || got.Last != 4 {
				t.Errorf("paid again: %+v, want %+v", got, paid)
			}
		}
		if n := len(o.stored()); n != 4 {
			t.Errorf("%d events, want 4", n)
		}
	})
}

// TestReusedIDOnEitherLog: a log that looks at the ids of events alone must not take other content for a repetition.
func TestReusedIDOnEitherLog(t *testing.T) {
	t.Parallel()
	bothLogs(t, func(t *testing.T, log domain.EventLog) {
		o := officeOn(t, log)
		r := o.request(openOf(100), 20240401)
		o.answer(r)
		r.Command, r.Fingerprint = openOf(200), "another"
		for _, again := range []*office{o, o.restarted()} {
			if out, err := again.handler.Handle(t.Context(), r); domain.CodeOf(err) != "command.id_reused" {
				t.Errorf("the id with another content: %+v, %v", out, err)
			}
		}
		if s, events := o.replay(); s.Owed != 100 || len(events) != 1 {
			t.Errorf("state %+v after %d events", s, len(events))
		}
	})
}

func TestLostAnswerOnEitherLog(t *testing.T) {
	t.Parallel()
	bothLogs(t, func(t *testing.T, log domain.EventLog) {
		o := officeOn(t, &wary{EventLog: log, lose: true})
		r := o.request(openOf(100), 20240401)
		if _, err := o.handler.Handle(t.Context(), r); err == nil {
			t.Fatal("the answer was lost and nobody said so")
		}
		o.restarted().accepted(pay{10}, 20240402)
		if out := o.answer(r); out.First != 1 || out.Last != 1 {
			t.Errorf("sent again: %+v", out)
		}
		if s, events := o.replay(); s.Owed != 90 || len(events) != 2 {
			t.Errorf("state %+v after %d events", s, len(events))
		}
	})
}

// TestReusedIDRacing sends one id with two contents from 64 processes at once: one content is recorded, once, and
// everybody who sent it gets the same answer; the others are told.
func TestReusedIDRacing(t *testing.T) {
	t.Parallel()
	bothLogs(t, func(t *testing.T, log domain.EventLog) {
		o := officeOn(t, log)
		one := o.request(openOf(100), 20240401)
		other := one
		other.Command, other.Fingerprint = openOf(200), "another"
		var mu sync.Mutex
		answers := map[domain.Outcome]int{}
		won := map[string]int{}
		var wg sync.WaitGroup
		for i := range 64 {
			r, from := []domain.Request{one, other}[i%2], o.restarted()
			wg.Go(func() {
				out, err := from.handler.Handle(t.Context(), r)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					out.Repeated, out.Placed = false, 0 // the case may have gone on
					answers[out]++
					won[r.Fingerprint]++
				} else if domain.CodeOf(err) != "command.id_reused" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(won) != 1 || len(answers) != 1 || won[one.Fingerprint]+won[other.Fingerprint] != 32 || len(o.stored()) != 1 {
			t.Errorf("accepted %v, answers %v, %d events", won, answers, len(o.stored()))
		}
	})
}
