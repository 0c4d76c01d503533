package domain_test

import (
	"testing"

	"hoso/domain"
)

func TestTryRecordsNothing(t *testing.T) {
	o := newOffice(t)
	for range 2 {
		if events, err := o.handler.Try(t.Context(), o.request(openOf(100), 20240401)); err != nil || len(events) != 1 {
			t.Errorf("%v, %v", events, err)
		}
	}
	if _, err := o.handler.Try(t.Context(), o.request(pay{1}, 20240401)); domain.CodeOf(err) != "loan.paid_too_much" {
		t.Errorf("a loan that is not open: %v", err)
	}
	if n := len(o.stored()); n != 0 {
		t.Errorf("%d events", n)
	}
}
