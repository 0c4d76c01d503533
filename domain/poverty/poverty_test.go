package poverty

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

var (
	annual = Review{"06550", "annual", 2024}
	plan   = on(20240408, Plan{"06550", "annual", 2024, "85/KH-UBND"})
	begin  = on(20240903, Begin{})
	finish = on(20241210, Close{812})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func amendment(version uint64, was domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "poverty", Version: version, Was: domain.Act{Event: was, Occurred: day},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func counts(day calendar.Date, n int64) domain.Contribution {
	return domain.Contribution{Indicator: "poverty.households_reviewed", Occurred: day, Area: "06550", Quantity: n}
}

func TestReview(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"plan: the annual review has a last day": {When: plan, Then: []domain.Event{Planned{annual, "85/KH-UBND"}}, AddsNothing: true,
			State: State{StatusPlanned, 20240408, annual, "85/KH-UBND", 20241214, 0}},
		"plan: another review has none": {When: on(20240408, Plan{"06550", "ongoing", 2024, "85/KH-UBND"}),
			Then:  []domain.Event{Planned{Review{"06550", "ongoing", 2024}, "85/KH-UBND"}},
			State: State{StatusPlanned, 20240408, Review{"06550", "ongoing", 2024}, "85/KH-UBND", 0, 0}},
		"begin": {Given: given(plan), When: begin, Then: []domain.Event{Begun{annual}}, AddsNothing: true},
		"close": {Given: given(plan, begin), When: finish, Then: []domain.Event{Closed{annual, 812}}, Adds: []domain.Contribution{counts(20241210, 812)},
			State: State{StatusClosed, 20241210, annual, "85/KH-UBND", 20241214, 812}},
		"close late":        {Given: given(plan, begin), When: on(20241220, Close{812}), Then: []domain.Event{Closed{annual, 812}}},
		"cancel":            {Given: given(plan), When: on(20240501, Cancel{}), Then: []domain.Event{Cancelled{annual}}, AddsNothing: true},
		"cancel in between": {Given: given(plan, begin), When: on(20240910, Cancel{}), Then: []domain.Event{Cancelled{annual}}, AddsNothing: true},
		"corrected": {Given: given(plan, begin, finish), When: on(20250101, domain.Correct{Type: "poverty", Version: 3, Occurred: 20241211, Data: []byte(`{"households":813}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(3, Closed{annual, 812}, 20241210), Now: domain.Act{Event: Closed{annual, 813}, Occurred: 20241211}}},
			Adds: []domain.Contribution{counts(20241210, -812), counts(20241211, 813)}},
		"voided": {Given: given(plan, begin, finish), When: on(20250101, domain.Void{Type: "poverty", Version: 3, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment(3, Closed{annual, 812}, 20241210)}}, Adds: []domain.Contribution{counts(20241210, -812)}},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"planned twice":       {Given: given(plan), When: plan, Error: "poverty.not_allowed_now"},
		"closed before it":    {Given: given(plan), When: finish, Error: "poverty.not_allowed_now"},
		"closed twice":        {Given: given(plan, begin, finish), When: finish, Error: "poverty.not_allowed_now"},
		"cancelled after it":  {Given: given(plan, begin, finish), When: on(20241220, Cancel{}), Error: "poverty.not_allowed_now"},
		"begun before a plan": {Given: given(plan), When: on(20240407, Begin{}), Error: "poverty.too_early"},
		"another area": {Given: given(plan, begin), Error: "amend.breaks_history",
			When: on(20250101, domain.Correct{Type: "poverty", Version: 1, Data: []byte(`{"area":"05977"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(law.Shipped()), "testdata/wire",
		Planned{annual, "85/KH-UBND"},
		Begun{annual},
		Closed{annual, 812},
		Cancelled{annual},
	)
}
