package merit

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
	"hoso/domain/money"
)

// An invented widow of a martyr, and a war invalid recognised long before this log.
var (
	widow    = Beneficiary{domain.PersonID{UUID: uuid.MustParse("3c4d5e6f-7081-4293-a4b5-c6d7e8f90a1b")}, "06550", "relative"}
	invalid  = Beneficiary{domain.PersonID{UUID: uuid.MustParse("4d5e6f70-8192-43a4-b5c6-d7e8f90a1b2c")}, "05977", "g"}
	survivor = Dossier{widow, "survivor"}
	reason   = domain.Hide("lý do riêng")
	received = on(20240401, Receive{Person: widow.Person, Commune: "06550", Category: "relative", Procedure: "survivor", Channel: "direct"})
	resolved = on(20240410, Resolve{"15/QĐ"})
)

// old starts the allowance of the war invalid from January 2024 at two million.
func old(more ...domaintest.Step) []domaintest.Step {
	start := on(20240103, StartAllowance{invalid.Person, invalid.Commune, "g", month(1), 2_000_000, "", 0})
	return append([]domaintest.Step{start}, more...)
}

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

// month is a month of 2024.
func month(m time.Month) calendar.Month { return calendar.Month{Year: 2024, Month: m} }

func pay(d calendar.Date, m time.Month, amount int64) domaintest.Step {
	return on(d, PayAllowance{month(m), money.VND(amount), "cash"})
}

func counts(indicator string, day calendar.Date, n int64, by ...string) domain.Contribution {
	return survivor.counts(indicator, day, n, by...)
}

func TestDossier(t *testing.T) {
	t.Parallel()
	state := func(status Status, since calendar.Date, path ...Stay) State {
		return State{Status: status, Dossier: survivor, Since: since, Due: 20240413, Path: append([]Stay{{"department", 20240401, 20240413}}, path...)}
	}
	for name, s := range map[string]domaintest.Spec{
		"receive": {When: received, Then: []domain.Event{Received{survivor, 20240413, "direct", "department", 20240413}},
			Adds: []domain.Contribution{counts("received", 20240401, 1), counts("pending", 20240401, 1)}, State: state(StatusReceived, 20240401)},
		"receive with a due date of its own": {When: on(20240401, Receive{widow.Person, "06550", "relative", "another", 20240415, "post", ""}),
			Then: []domain.Event{Received{Dossier{widow, "another"}, 20240415, "post", "department", 0}}},
		"receive again what was returned": {Given: given(received, on(20240405, ReturnDossier{reason})),
			When: on(20240420, received.Do), Then: []domain.Event{Received{survivor, 20240502, "direct", "department", 20240502}},
			Adds: []domain.Contribution{counts("received", 20240420, 1), counts("pending", 20240420, 1)}},
		"forward": {Given: given(received), When: on(20240402, Forward{"police", 0}), AddsNothing: true, Repeatable: true, // from desk to desk
			Then: []domain.Event{Forwarded{survivor, "police", 0}}, State: state(StatusForwarded, 20240402, Stay{"police", 20240402, 0})},
		"examine": {Given: given(received), When: on(20240403, Examine{reason}), AddsNothing: true, Repeatable: true, // papers, then panel
			Then: []domain.Event{Examined{survivor, reason}}, State: state(StatusExamined, 20240403)},
		"resolve on the last day": {Given: given(received), When: on(20240413, Resolve{"15/QĐ"}), Then: []domain.Event{Resolved{survivor, 20240413, "15/QĐ"}},
			Adds: []domain.Contribution{counts("resolved", 20240413, 1, "timeliness", "on_time"), counts("pending", 20240413, -1)}},
		"resolve a day late": {Given: given(received), When: on(20240414, Resolve{}), Then: []domain.Event{Resolved{survivor, 20240413, ""}},
			Adds: []domain.Contribution{counts("resolved", 20240414, 1, "timeliness", "overdue"), counts("pending", 20240414, -1)}},
		"refuse": {Given: given(received), When: on(20240410, Refuse{reason, "16/CV"}), Then: []domain.Event{Refused{survivor, reason, "16/CV"}},
			Adds: []domain.Contribution{counts("refused", 20240410, 1), counts("pending", 20240410, -1)}, State: state(StatusRefused, 20240410)},
		"return": {Given: given(received), When: on(20240405, ReturnDossier{reason}), Then: []domain.Event{Returned{survivor, reason}},
			Adds: []domain.Contribution{counts("returned", 20240405, 1), counts("pending", 20240405, -1)}},
		"withdraw": {Given: given(received), When: on(20240405, Withdraw{}), Then: []domain.Event{Withdrawn{Dossier: survivor}},
			Adds: []domain.Contribution{counts("withdrawn", 20240405, 1), counts("pending", 20240405, -1)}},
		"a corrected date of the answer corrects its timeliness": {Given: given(received, on(20240420, Resolve{})),
			When: on(20240501, domain.Correct{Type: "merit", Version: 2, Occurred: 20240412, Reason: reason, Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(2, Resolved{survivor, 20240413, ""}, 20240420),
				Now: domain.Act{Event: Resolved{survivor, 20240413, ""}, Occurred: 20240412}}},
			Adds: []domain.Contribution{
				counts("resolved", 20240420, -1, "timeliness", "overdue"), counts("pending", 20240420, 1),
				counts("resolved", 20240412, 1, "timeliness", "on_time"), counts("pending", 20240412, -1)}},
		"a voided refusal is pending again": {Given: given(received, on(20240410, Refuse{reason, ""})),
			When: on(20240501, domain.Void{Type: "merit", Version: 2, Reason: reason, Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment(2, Refused{survivor, reason, ""}, 20240410)}},
			Adds: []domain.Contribution{counts("refused", 20240410, -1), counts("pending", 20240410, 1)}, State: state(StatusReceived, 20240401)},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func amendment(version uint64, was domain.Event, on calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "merit", Version: version, Was: domain.Act{Event: was, Occurred: on}, Reason: reason, Requester: "lan", Approver: "minh"}
}

func TestDossierRefusals(t *testing.T) {
	t.Parallel()
	again := received.Do.(Receive)
	again.Procedure = "funeral"
	moved := received.Do.(Receive)
	moved.Commune = "05977"
	for name, s := range map[string]domaintest.Spec{
		"not received":             {When: resolved, Error: "merit.not_allowed_now"},
		"received twice":           {Given: given(received), When: received, Error: "merit.not_allowed_now"},
		"resolved twice":           {Given: given(received, resolved), When: on(20240411, Resolve{}), Error: "merit.not_allowed_now"},
		"before the receipt":       {Given: given(received), When: on(20240331, Forward{"police", 0}), Error: "merit.too_early"},
		"no due date":              {When: on(20240401, Receive{widow.Person, "06550", "relative", "another", 0, "post", ""}), Error: "merit.due_unknown"},
		"forwarded, due before":    {Given: given(received), When: on(20240402, Forward{"police", 20240401}), Error: "merit.step_due_before"},
		"no commune step":          {When: on(20240401, Receive{widow.Person, "06550", "relative", "extract", 0, "post", "commune"}), Error: "merit.due_unknown"},
		"due before receipt":       {When: on(20240401, Receive{widow.Person, "06550", "relative", "another", 20240331, "post", ""}), Error: "merit.due_before_receipt"},
		"another procedure":        {Given: given(received, on(20240405, ReturnDossier{reason})), When: on(20240420, again), Error: "merit.other_procedure"},
		"another commune":          {Given: given(received, on(20240405, ReturnDossier{reason})), When: on(20240420, moved), Error: "merit.other_beneficiary"},
		"nobody's allowance":       {When: on(20240103, StartAllowance{From: month(1)}), Error: "merit.beneficiary_missing"},
		"started before an answer": {Given: given(received), When: on(20240402, StartAllowance{From: month(4)}), Error: "merit.not_allowed_now"},
		"corrected category after later acts": {Given: given(received, resolved), Error: "amend.breaks_history",
			When: on(20240501, domain.Correct{Type: "merit", Version: 1, Data: []byte(`{"category":"b"}`), Reason: reason, Requester: "lan", Approver: "minh"})},
		"a procedure that would break the figures": {Given: given(received), Error: "data.ill_typed", Field: "procedure",
			When: on(20240501, domain.Correct{Type: "merit", Version: 1, Data: []byte(`{"procedure":"a;b=c"}`), Reason: reason, Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(law.Shipped()), "testdata/wire",
		Received{survivor, 20240413, "direct", "", 0},
		Forwarded{survivor, "department", 0},
		Examined{survivor, reason},
		Resolved{survivor, 20240413, "15/QĐ"},
		Refused{survivor, reason, "16/CV"},
		Returned{survivor, reason},
		Withdrawn{survivor, reason},
		AllowanceStarted{invalid, month(1), 2_000_000, "17/QĐ", 0},
		AllowanceChanged{invalid, month(7), 2_700_000, "18/QĐ", 0},
		AllowancePaid{invalid, month(1), 2_000_000, "account"},
		AllowanceSuspended{invalid, month(3), reason},
		AllowanceResumed{invalid, month(6)},
		AllowanceEnded{invalid, month(12), "died"},
	)
}
