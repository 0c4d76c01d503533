package trip

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

var (
	ours = Group{"20"}
	plan = on(20240401, Plan{"20", "Quảng Trị", 20240424, 20})
	hold = on(20240424, Hold{Delegates: 18})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func amendment(version uint64, was domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "trip", Version: version, Was: domain.Act{Event: was, Occurred: day},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func TestTrip(t *testing.T) {
	t.Parallel()
	went := Held{ours, "Quảng Trị", 18}
	for name, s := range map[string]domaintest.Spec{
		"plan": {When: plan, Then: []domain.Event{Planned{ours, "Quảng Trị", 20240424, 20}}, AddsNothing: true,
			State: State{StatusPlanned, 20240401, "20", "Quảng Trị", 20240424, 20}},
		"hold": {Given: given(plan), When: hold, Then: []domain.Event{went},
			Adds:  []domain.Contribution{ours.adds("trips", 20240424, 1), ours.adds("trip_delegates", 20240424, 18)},
			State: State{StatusHeld, 20240424, "20", "Quảng Trị", 20240424, 18}},
		"hold without a plan": {When: on(20240424, Hold{18, "20", "Quảng Trị"}), Then: []domain.Event{went}},
		"hold elsewhere":      {Given: given(plan), When: on(20240424, Hold{18, "", "Điện Biên"}), Then: []domain.Event{Held{ours, "Điện Biên", 18}}},
		"cancel":              {Given: given(plan), When: on(20240410, Cancel{}), Then: []domain.Event{Cancelled{ours}}, AddsNothing: true},
		"corrected": {Given: given(plan, hold), When: on(20240501, domain.Correct{Type: "trip", Version: 2, Data: []byte(`{"delegates":19}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(2, went, 20240424), Now: domain.Act{Event: Held{ours, "Quảng Trị", 19}, Occurred: 20240424}}},
			Adds: []domain.Contribution{ours.adds("trips", 20240424, -1), ours.adds("trip_delegates", 20240424, -18), ours.adds("trips", 20240424, 1), ours.adds("trip_delegates", 20240424, 19)}},
		"voided": {Given: given(plan, hold), When: on(20240501, domain.Void{Type: "trip", Version: 2, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then:  []domain.Event{domain.Voided{Amendment: amendment(2, went, 20240424)}},
			Adds:  []domain.Contribution{ours.adds("trips", 20240424, -1), ours.adds("trip_delegates", 20240424, -18)},
			State: State{StatusPlanned, 20240401, "20", "Quảng Trị", 20240424, 20}},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"planned twice":           {Given: given(plan), When: plan, Error: "trip.not_allowed_now"},
		"held twice":              {Given: given(plan, hold), When: hold, Error: "trip.not_allowed_now"},
		"cancelled after it":      {Given: given(plan, hold), When: on(20240501, Cancel{}), Error: "trip.not_allowed_now"},
		"held before the plan":    {Given: given(plan), When: on(20240331, hold.Do), Error: "trip.too_early"},
		"held nobody knows where": {When: hold, Error: "trip.place_missing"},
		"departs before the plan": {When: on(20240425, plan.Do), Error: "trip.starts_before_plan"},
		"another area": {Given: given(plan, hold), Error: "amend.breaks_history",
			When: on(20240501, domain.Correct{Type: "trip", Version: 1, Data: []byte(`{"area":"01"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire",
		Planned{ours, "Quảng Trị", 20240424, 20},
		Held{ours, "Quảng Trị", 18},
		Cancelled{ours},
	)
}
