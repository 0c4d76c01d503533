package domain_test

import (
	"errors"
	"sync"
	"testing"

	"hoso/domain"
)

// A request for a version of the case is refused when the case has moved on, and answered as the first time when it was
// the request itself that moved it.
func TestAnExpectedVersion(t *testing.T) {
	t.Parallel()
	bothLogs(t, func(t *testing.T, log domain.EventLog) {
		o := officeOn(t, log)
		o.accepted(openOf(100), 20240401)
		early := o.restarted()
		r := o.request(pay{10}, 20240402)
		r.Expect = 1
		first := o.answer(r)
		for name, other := range map[string]*office{"the same": o, "another": early, "a new one": o.restarted()} {
			if got := other.answer(r); got != first {
				t.Errorf("%s: sent again: %+v, want %+v", name, got, first)
			}
			late := other.request(pay{10}, 20240402)
			late.Expect = 1
			if _, err := other.handler.Handle(t.Context(), late); domain.KindOf(err) != domain.Stale || domain.CodeOf(err) != "case.version_changed" {
				t.Errorf("%s: a version that is past: %v", name, err)
			}
			late.Expect = 7
			if _, err := other.handler.Handle(t.Context(), late); domain.KindOf(err) != domain.Stale {
				t.Errorf("%s: a version to come: %v", name, err)
			}
		}
		if n := len(o.stored()); n != 2 {
			t.Errorf("%d events, want 2", n)
		}
	})
}

func TestANewCaseIsAtNoVersion(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r := o.request(openOf(100), 20240401)
	r.Expect = 1
	if _, err := o.handler.Handle(t.Context(), r); domain.KindOf(err) != domain.Stale {
		t.Errorf("%v", err)
	}
}

// Of many who saw the same version, one gets through.
func TestOneOfManyWithTheSameVersion(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.accepted(openOf(1000), 20240401)
	var wg sync.WaitGroup
	errs := make([]error, 16)
	for n := range errs {
		wg.Go(func() {
			r := o.request(pay{1}, 20240402)
			r.Expect = 1
			_, errs[n] = o.handler.Handle(t.Context(), r)
		})
	}
	wg.Wait()
	through := 0
	for _, err := range errs {
		var e *domain.Error
		switch {
		case err == nil:
			through++
		case !errors.As(err, &e) || e.Kind != domain.Stale:
			t.Errorf("%v", err)
		}
	}
	if through != 1 || len(o.stored()) != 2 {
		t.Errorf("%d went through, %d events", through, len(o.stored()))
	}
}
