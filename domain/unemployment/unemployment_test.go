package unemployment

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/money"
)

// An invented claimant of Hữu Khánh, born in 1990.
var (
	who     = Claimant{domain.PersonID{UUID: uuid.MustParse("6e7f8091-a2b3-44c5-96d7-e8f90a1b2c3d")}, "06550", "female"}
	file    = on(20240401, File{who.Person, "06550", "female", 1990, "direct", "own", 14, Facts{}})
	decide3 = on(20240415, Decide{Number: "20/QĐ", Level: 3_000_000, Months: 3, Start: 20240416, AtMax: true})
	collect = on(20240418, Collect{})
	reason  = domain.Hide("lý do riêng")
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

// decided is what decide3 records; 14 months of contributions leave nothing.
func decided(level money.VND, atMax bool) Decided {
	return Decided{Claimant: who, Age: "31_40", Number: "20/QĐ", Level: level, Months: 3, Start: 20240416, AtMax: atMax}
}

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func receiving(more ...domaintest.Step) []domaintest.Step {
	return append(given(file, decide3, collect), more...)
}

func add(indicator string, day calendar.Date, n int64, by ...string) domain.Contribution {
	return who.adds(indicator, day, n, by...)
}

func both(first, second domain.Contribution) []domain.Contribution {
	return []domain.Contribution{first, second}
}

func TestLife(t *testing.T) {
	t.Parallel()
	filed := State{Status: StatusFiled, Claimant: who, BirthYear: 1990, Paid: 14, Opened: 20240401, Since: 20240401}
	granted := func(status Status, since calendar.Date) State {
		s := filed
		s.Status, s.Since, s.Granted, s.Level, s.Months, s.Start = status, since, 20240415, 3_000_000, 3, 20240416
		if status != StatusDecided {
			s.Collected = 20240418
		}
		return s
	}
	suspended := granted(StatusSuspended, 20240520)
	suspended.Missed, suspended.Suspended, suspended.SuspendedFrom = 1<<2, 1<<2, 2
	for name, s := range map[string]domaintest.Spec{
		"file": {When: file, Then: []domain.Event{Filed{who, 1990, "direct", "own", 14, Facts{}}},
			Adds: both(add("claims", 20240401, 1, "channel", "direct", "residence", "own", "sex", "female"), add("pending", 20240401, 1)), State: filed},
		"ask for a supplement": {Given: given(file), When: on(20240402, RequestSupplement{reason}), AddsNothing: true,
			Then: []domain.Event{SupplementRequested{who, reason}}},
		"complete": {Given: given(file, on(20240402, RequestSupplement{reason})), When: on(20240405, Complete{}), AddsNothing: true,
			Then: []domain.Event{Completed{who}}},
		"withdraw": {Given: given(file), When: on(20240405, Withdraw{}), Then: []domain.Event{Withdrawn{Claimant: who}},
			Adds: both(add("withdrawn", 20240405, 1), add("pending", 20240405, -1))},
		"refuse": {Given: given(file), When: on(20240405, Refuse{Reason: reason, Number: "21/CV", Ground: "months"}), Then: []domain.Event{Refused{who, reason, "21/CV", "months"}},
			Adds: both(add("refused", 20240405, 1), add("pending", 20240405, -1))},
		"decide": {Given: given(file), When: decide3, Then: []domain.Event{decided(3_000_000, true)},
			Adds: []domain.Contribution{
				add("decisions", 20240415, 1, "sex", "female", "age", "31_40"), add("amount_decided", 20240415, 9_000_000),
				add("levels", 20240415, 3_000_000), add("months", 20240415, 3),
				add("pending", 20240415, -1), add("receiving", 20240415, 1), add("decisions_female", 20240415, 1, "age", "31_40"), add("at_max_level", 20240415, 1)},
			State: granted(StatusDecided, 20240415)},
		"collect": {Given: given(file, decide3), When: collect, Then: []domain.Event{Collected{who}}, AddsNothing: true,
			State: granted(StatusReceiving, 20240418)},
		"cancel": {Given: given(file, decide3), When: on(20240425, Cancel{Number: "22/QĐ"}), Then: []domain.Event{Cancelled{Claimant: who, Number: "22/QĐ", Reserved: 14}},
			Adds: both(add("decisions_cancelled", 20240425, 1), add("receiving", 20240425, -1))},
		"notify": {Given: receiving(), When: on(20240516, Notify{Month: 2}), Then: []domain.Event{NoticeReceived{Claimant: who, Month: 2}},
			Adds: []domain.Contribution{add("notices", 20240516, 1)}},
		"suspend": {Given: receiving(), When: on(20240520, Suspend{2}), Then: []domain.Event{Suspended{who, 2}},
			Adds: []domain.Contribution{add("suspended", 20240520, 1)}, State: suspended},
		"resume": {Given: receiving(on(20240520, Suspend{2})), When: on(20240616, Resume{}), Then: []domain.Event{Resumed{Claimant: who}},
			Adds: []domain.Contribution{add("resumed", 20240616, 1)}},
		// TT 28/2015, example 12: told on 12/5 of a contract in force earlier.
		"terminate counts on the day of effect": {Given: receiving(), When: on(20240512, Terminate{Reason: "job", Effective: 20240508}),
			Then: []domain.Event{Terminated{Claimant: who, Reason: "job", Effective: 20240508, Keeps: true, Reserved: 2}},
			Adds: both(add("terminated", 20240508, 1, "reason", "job"), add("receiving", 20240508, -1))},
		"expire": {Given: receiving(), When: on(20240716, Expire{}), Then: []domain.Event{Expired{Claimant: who}},
			Adds: both(add("terminated", 20240716, 1, "reason", "expired"), add("receiving", 20240716, -1))},
		"transfer out": {Given: receiving(), When: on(20240601, TransferOut{"04"}), Then: []domain.Event{TransferredOut{who, "04"}},
			Adds: both(add("transferred_out", 20240601, 1), add("receiving", 20240601, -1))},
		"transfer in is no claim": {When: on(20240401, TransferIn{Person: who.Person, Commune: "06550", Sex: "female", BirthYear: 1990, From: "04", Level: 3_000_000, Months: 2}),
			Then: []domain.Event{TransferredIn{Claimant: who, BirthYear: 1990, From: "04", Level: 3_000_000, Months: 2}},
			Adds: both(add("transferred_in", 20240401, 1), add("receiving", 20240401, 1))},
		"pay": {Given: receiving(), When: on(20240520, Pay{1, 3_000_000}), Then: []domain.Event{Paid{who, 1, 3_000_000}},
			Adds: []domain.Contribution{add("amount_paid", 20240520, 3_000_000)}},
		"pay after the end what was due before": {Given: receiving(on(20240716, Expire{})), When: on(20240720, Pay{3, 3_000_000}),
			Then: []domain.Event{Paid{who, 3, 3_000_000}}},
		"a corrected level": {Given: given(file, decide3),
			When: on(20240501, domain.Correct{Type: "unemployment", Version: 2, Data: []byte(`{"level":3500000,"at_max":false}`), Reason: reason, Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{
				Amendment: amendment(2, decided(3_000_000, true), 20240415),
				Now:       domain.Act{Event: decided(3_500_000, false), Occurred: 20240415}}},
			Adds: []domain.Contribution{
				add("decisions", 20240415, -1, "sex", "female", "age", "31_40"), add("amount_decided", 20240415, -9_000_000),
				add("levels", 20240415, -3_000_000), add("months", 20240415, -3),
				add("pending", 20240415, 1), add("receiving", 20240415, -1), add("decisions_female", 20240415, -1, "age", "31_40"), add("at_max_level", 20240415, -1),
				add("decisions", 20240415, 1, "sex", "female", "age", "31_40"), add("amount_decided", 20240415, 10_500_000),
				add("levels", 20240415, 3_500_000), add("months", 20240415, 3),
				add("pending", 20240415, -1), add("receiving", 20240415, 1), add("decisions_female", 20240415, 1, "age", "31_40")}},
		"a voided notice": {Given: receiving(on(20240516, Notify{Month: 2})),
			When: on(20240601, domain.Void{Type: "unemployment", Version: 4, Reason: reason, Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment(4, NoticeReceived{Claimant: who, Month: 2}, 20240516)}},
			Adds: []domain.Contribution{add("notices", 20240516, -1)}, State: granted(StatusReceiving, 20240418)},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

func amendment(version uint64, was domain.Event, on calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "unemployment", Version: version, Was: domain.Act{Event: was, Occurred: on}, Reason: reason, Requester: "lan", Approver: "minh"}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	aged := func(born int) domaintest.Step {
		return on(20240401, File{who.Person, "06550", "female", born, "direct", "own", 14, Facts{}})
	}
	for name, s := range map[string]domaintest.Spec{
		"not filed":                  {When: decide3, Error: "unemployment.not_allowed_now"},
		"filed twice":                {Given: given(file), When: on(20240402, file.Do), Error: "unemployment.not_allowed_now"},
		"decided while incomplete":   {Given: given(file, on(20240402, RequestSupplement{reason})), When: decide3, Error: "unemployment.not_allowed_now"},
		"cancelled after collecting": {Given: receiving(), When: on(20240425, Cancel{}), Error: "unemployment.not_allowed_now"},
		"paid before collecting":     {Given: given(file, decide3), When: on(20240520, Pay{1, 1}), Error: "unemployment.not_allowed_now"},
		"before the last act":        {Given: given(file), When: on(20240331, Withdraw{}), Error: "unemployment.too_early"},
		"fourteen years old":         {When: aged(2010), Error: "unemployment.implausible_age"},
		"over a hundred":             {When: aged(1923), Error: "unemployment.implausible_age"},
		"comes over a hundred":       {When: on(20240401, TransferIn{Person: who.Person, Commune: "06550", Sex: "female", BirthYear: 1923, From: "04", Level: 1, Months: 2}), Error: "unemployment.implausible_age"},
		"starts before the filing":   {Given: given(file), When: on(20240415, Decide{Level: 1, Months: 3, Start: 20240331}), Error: "unemployment.starts_before_filing"},
		"a month too many":           {Given: receiving(), When: on(20240916, Notify{Month: 4}), Error: "unemployment.beyond_entitlement"},
		"notice twice":               {Given: receiving(on(20240516, Notify{Month: 2})), When: on(20240517, Notify{Month: 2}), Error: "unemployment.month_done"},
		"suspended though told":      {Given: receiving(on(20240516, Notify{Month: 2})), When: on(20240520, Suspend{2}), Error: "unemployment.month_done"},
		"paid twice":                 {Given: receiving(on(20240520, Pay{1, 1})), When: on(20240521, Pay{1, 1}), Error: "unemployment.month_done"},
		"paid a month too many":      {Given: receiving(), When: on(20240520, Pay{4, 1}), Error: "unemployment.beyond_entitlement"},
		"paid too much":              {Given: receiving(), When: on(20240520, Pay{1, 3_000_001}), Error: "unemployment.paid_too_much"},
		"ends after the signature":   {Given: receiving(), When: on(20240512, Terminate{Reason: "job", Effective: 20240513}), Error: "unemployment.effective_out_of_range"},
		"ends before it began":       {Given: receiving(), When: on(20240512, Terminate{Reason: "job", Effective: 20240414}), Error: "unemployment.effective_out_of_range"},
		"correction of the commune after later acts": {Given: given(file, decide3), Error: "amend.breaks_history",
			When: on(20240501, domain.Correct{Type: "unemployment", Version: 1, Data: []byte(`{"commune":"05977"}`), Reason: reason, Requester: "lan", Approver: "minh"})},
		"correction to a channel that is none": {Given: given(file), Error: "data.not_allowed", Field: "channel",
			When: on(20240501, domain.Correct{Type: "unemployment", Version: 1, Data: []byte(`{"channel":"pigeon"}`), Reason: reason, Requester: "lan", Approver: "minh"})},
		"void of a decision that was collected": {Given: receiving(), Error: "amend.breaks_history",
			When: on(20240501, domain.Void{Type: "unemployment", Version: 2, Reason: reason, Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
	moved := who
	moved.Commune = "05977"
	err := allow(State{Status: StatusFiled, Claimant: who, Since: 20240401}, domain.Act{Event: Withdrawn{Claimant: moved}, Occurred: 20240402})
	if domain.CodeOf(err) != "unemployment.other_commune" {
		t.Errorf("an event in another commune: %v", err)
	}
}

// Form 34, part I: the bands meet without a gap.
func TestAgeBand(t *testing.T) {
	t.Parallel()
	for age, band := range map[int]string{15: "up_to_30", 30: "up_to_30", 31: "31_40", 40: "31_40", 41: "41_50", 50: "41_50", 51: "51_60", 60: "51_60", 61: "over_60"} {
		if got := ageBand(age); got != band {
			t.Errorf("age %d: %s, want %s", age, got, band)
		}
	}
}
