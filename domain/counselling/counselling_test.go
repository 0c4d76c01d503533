package counselling

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// An invented claimant of unemployment benefit, and an invented firm.
var (
	person   = domain.PersonID{UUID: uuid.MustParse("1d2e3f40-5162-4738-94a5-b6c7d8e9fa0b")}
	claim    = domain.StreamID{Type: "unemployment", ID: uuid.MustParse("2e3f4051-6273-4849-a5b6-c7d8e9fa0b1c")}
	claimant = Given{Person: person, Commune: "06550", Purpose: "unemployment", Case: claim}
	firm     = Given{Employer: "Công ty TNHH Thử", Commune: "05971", Purpose: "policy"}
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func TestCounselling(t *testing.T) {
	t.Parallel()
	amendment := domain.Amendment{Type: "counselling", Version: 1, Was: domain.Act{Event: claimant, Occurred: 20240403},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
	right := claimant
	right.Purpose = "vocational"
	one := func(purpose string, n int64) domain.Contribution {
		return domain.Contribution{Indicator: "employment.counselled", Occurred: 20240403, Area: "06550", Breakdown: "purpose=" + purpose, Quantity: n, Person: person}
	}
	for name, s := range map[string]domaintest.Spec{
		"a claimant": {When: on(20240403, Give(claimant)), Then: []domain.Event{claimant},
			Adds: []domain.Contribution{one("unemployment", 1)}, State: State{StatusGiven, 20240403, claimant}},
		"an employer counts apart": {When: on(20240403, Give(firm)), Then: []domain.Event{firm},
			Adds: []domain.Contribution{{Indicator: "employment.employers_counselled", Occurred: 20240403, Area: "05971", Quantity: 1}}},
		"corrected": {Given: []domaintest.Step{on(20240403, Give(claimant))},
			When: on(20240502, domain.Correct{Type: "counselling", Version: 1, Data: []byte(`{"purpose":"vocational"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment, Now: domain.Act{Event: right, Occurred: 20240403}}},
			Adds: []domain.Contribution{one("unemployment", -1), one("vocational", 1)}},
		"voided": {Given: []domaintest.Step{on(20240403, Give(claimant))},
			When: on(20240502, domain.Void{Type: "counselling", Version: 1, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment}}, Adds: []domain.Contribution{one("unemployment", -1)}, State: State{}},

		"twice in a case":       {Given: []domaintest.Step{on(20240403, Give(claimant))}, When: on(20240410, Give(claimant)), Error: "counselling.already_given"},
		"of nobody":             {When: on(20240403, Give{Commune: "06550", Purpose: "policy"}), Error: "counselling.nobody"},
		"of a person and firm":  {When: on(20240403, Give{Person: person, Employer: "Công ty TNHH Thử", Commune: "06550", Purpose: "policy"}), Error: "counselling.two_clients"},
		"no case by that name":  {Given: []domaintest.Step{on(20240403, Give(claimant))}, When: on(20240502, domain.Correct{Type: "counselling", Version: 1, Data: []byte(`{"case":"hồ sơ 12"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}), Error: "stream.malformed", Field: "case"},
		"of somebody else":      {Given: []domaintest.Step{on(20240403, Give(claimant))}, When: on(20240502, domain.Correct{Type: "counselling", Version: 1, Data: []byte(`{"person":"3f405162-7384-495a-b6c7-d8e9fa0b1c2d"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}), Error: "amend.other_person"},
		"corrected to a second": {Given: []domaintest.Step{on(20240403, Give(claimant))}, When: on(20240502, domain.Correct{Type: "counselling", Version: 1, Data: []byte(`{"employer":"Công ty TNHH Thử"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}), Error: "amend.breaks_history"},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire", claimant)
}
