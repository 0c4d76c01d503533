package jointtraining

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// An invented school.
var (
	school  = School{"Trường Trung cấp Thử", "05971", "trung_cap"}
	request = on(20240320, Request{"Trường Trung cấp Thử", "05971", "trung_cap", "Trường Cao đẳng Thử", "Điện công nghiệp"})
	approve = on(20240405, Approve{"420/SLĐTBXH-GDNN"})
	refuse  = on(20240405, Refuse{"Chưa đủ điều kiện về xưởng thực hành", "421/SLĐTBXH-GDNN"})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func one(day calendar.Date, n int64) []domain.Contribution {
	return []domain.Contribution{{Indicator: "training.joint_schools", Occurred: day, Area: "05971", Breakdown: "level=trung_cap", Quantity: n}}
}

func TestJointTraining(t *testing.T) {
	t.Parallel()
	approved := Approved{school, "420/SLĐTBXH-GDNN"}
	amendment := domain.Amendment{Type: "jointtraining", Version: 2, Was: domain.Act{Event: approved, Occurred: 20240405},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
	for name, s := range map[string]domaintest.Spec{
		"requested": {When: request, AddsNothing: true, Then: []domain.Event{Requested{school, "Trường Cao đẳng Thử", "Điện công nghiệp"}},
			State: State{StatusRequested, school, 20240320}},
		"approved": {Given: given(request), When: approve, Then: []domain.Event{approved}, Adds: one(20240405, 1), State: State{StatusApproved, school, 20240405}},
		"refused": {Given: given(request), When: refuse, AddsNothing: true,
			Then: []domain.Event{Refused{school, "Chưa đủ điều kiện về xưởng thực hành", "421/SLĐTBXH-GDNN"}}},
		"request taken back": {Given: given(request), When: on(20240401, Withdraw{}), AddsNothing: true, Then: []domain.Event{Withdrawn{school, ""}}},
		"approval taken back stays counted": {Given: given(request, approve), When: on(20240601, Withdraw{"Không tuyển sinh"}), AddsNothing: true,
			Then: []domain.Event{Withdrawn{school, "Không tuyển sinh"}}, State: State{StatusWithdrawn, school, 20240601}},
		"signed another day": {Given: given(request, approve),
			When: on(20240502, domain.Correct{Type: "jointtraining", Version: 2, Occurred: 20240403, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment, Now: domain.Act{Event: approved, Occurred: 20240403}}},
			Adds: append(one(20240405, -1), one(20240403, 1)...)},
		"never approved": {Given: given(request, approve),
			When: on(20240502, domain.Void{Type: "jointtraining", Version: 2, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment}}, Adds: one(20240405, -1), State: State{StatusRequested, school, 20240320}},

		"approved and not requested": {When: approve, Error: "jointtraining.not_allowed_now"},
		"approved after a refusal":   {Given: given(request, refuse), When: approve, Error: "jointtraining.not_allowed_now"},
		"a refusal taken back":       {Given: given(request, refuse), When: on(20240601, Withdraw{}), Error: "jointtraining.not_allowed_now"},
		"before the request":         {Given: given(request), When: on(20240319, Approve{}), Error: "jointtraining.too_early"},
		"another level after all": {Given: given(request, approve), Error: "amend.breaks_history",
			When: on(20240502, domain.Correct{Type: "jointtraining", Version: 1, Data: []byte(`{"level":"cao_dang"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire",
		Requested{school, "Trường Cao đẳng Thử", "Điện công nghiệp"},
		Approved{school, "420/SLĐTBXH-GDNN"},
		Refused{school, "Chưa đủ điều kiện về xưởng thực hành", "421/SLĐTBXH-GDNN"},
		Withdrawn{school, "Không tuyển sinh"},
	)
}
