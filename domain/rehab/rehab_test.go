package rehab

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

// An invented trainee, placed for twelve months on 5 January 2024 by a decision of the 2nd.
var (
	who    = Trainee{domain.PersonID{UUID: uuid.MustParse("5f0c3a52-8f0e-4a7e-9d3b-1c2d3e4f5a6b")}, "06550", "compulsory"}
	placed = Admit{Person: who.Person, Commune: "06550", Regime: "compulsory", Number: "12/QĐ-TA", Decided: 20240102, Months: 12}
)

func as(regime string) Trainee { return Trainee{who.Person, who.Commune, regime} }

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func admitted(more ...domaintest.Step) []domaintest.Step {
	return append([]domaintest.Step{on(20240105, placed)}, more...)
}

func volunteer() domaintest.Step {
	return on(20240105, Admit{Person: who.Person, Commune: "06550", Regime: "voluntary", Decided: 20240105, Months: 6})
}

func held() domaintest.Step {
	return on(20240105, Admit{Person: who.Person, Commune: "06550", Regime: "holding", Decided: 20240105})
}

func adds(indicator string, on calendar.Date, n int64, regime string) domain.Contribution {
	return domain.Contribution{Indicator: "rehab." + indicator, Occurred: on, Area: "06550",
		Breakdown: domain.Split("regime", regime), Quantity: n, Person: who.Person}
}

// enters and leaves are what entries and exits have in common.
func enters(flow string, day calendar.Date, regime string) []domain.Contribution {
	return []domain.Contribution{adds(flow, day, 1, regime), adds("on_roll", day, 1, regime), adds("present", day, 1, regime)}
}

func leaves(flow string, day calendar.Date, regime string) []domain.Contribution {
	return []domain.Contribution{adds("on_roll", day, -1, regime), adds("present", day, -1, regime), adds(flow, day, 1, regime)}
}

func TestLife(t *testing.T) {
	t.Parallel()
	moved := TransferIn{Person: who.Person, Commune: "06550", Regime: "compulsory", From: "04", Decided: 20230601, Months: 18, Due: 20241215}
	for name, s := range map[string]domaintest.Spec{
		"admit": {When: on(20240105, placed),
			Then: []domain.Event{Admitted{who, false, "12/QĐ-TA", 20240102, 12, 0, ""}},
			Adds: enters("admitted", 20240105, "compulsory"), State: State{Status: StatusPresent, Trainee: who, Since: 20240105, Months: 12, Due: 20250105, NotifyBy: 20241221}},
		"days before placement count": {When: on(20240105, Admit{who.Person, "06550", "compulsory", true, "", 20240105, 6, 20, ""}),
			Then:  []domain.Event{Admitted{who, true, "", 20240105, 6, 20, ""}},
			State: State{Status: StatusPresent, Trainee: who, Since: 20240105, Months: 6, Due: 20240615, NotifyBy: 20240531}},
		"hold": {When: held(),
			Then: []domain.Event{Admitted{as("holding"), false, "", 20240105, 0, 0, ""}},
			Adds: enters("admitted", 20240105, "holding"), State: State{Status: StatusPresent, Trainee: as("holding"), Since: 20240105}},
		"transfer in": {When: on(20240401, moved),
			Then: []domain.Event{TransferredIn{who, false, "04", 20230601, 18, 20241215}},
			Adds: enters("transferred_in", 20240401, "compulsory"), State: State{Status: StatusPresent, Trainee: who, Since: 20240401, Months: 18, Due: 20241215, NotifyBy: 20241130}},
		"escape": {Given: admitted(), When: on(20240210, Escape{"3/QĐ"}),
			Then: []domain.Event{Escaped{who, "3/QĐ"}},
			Adds: []domain.Contribution{adds("escaped", 20240210, 1, "compulsory"), adds("present", 20240210, -1, "compulsory")}},
		"escape while held counts in no part": {Given: []domaintest.Step{held()}, When: on(20240210, Escape{}),
			Then: []domain.Event{Escaped{as("holding"), ""}},
			Adds: []domain.Contribution{adds("escaped", 20240210, 1, ""), adds("present", 20240210, -1, "holding")}},
		"return moves the end by the days away": {Given: admitted(on(20240210, Escape{})), When: on(20240220, Return{Own: true}),
			Then:  []domain.Event{Returned{who, true}},
			Adds:  []domain.Contribution{adds("returned", 20240220, 1, "compulsory"), adds("present", 20240220, 1, "compulsory")},
			State: State{Status: StatusPresent, Trainee: who, Since: 20240220, Months: 12, Due: 20250115, NotifyBy: 20241231}},
		"return on the same day": {Given: admitted(on(20240210, Escape{})), When: on(20240210, Return{}),
			Then: []domain.Event{Returned{who, false}}, State: State{Status: StatusPresent, Trainee: who, Since: 20240210, Months: 12, Due: 20250105, NotifyBy: 20241221}},
		"leave temporarily": {Given: admitted(), When: on(20240301, LeaveTemporarily{"hospital", 0}),
			Then: []domain.Event{LeftTemporarily{who, "hospital", 0}},
			Adds: []domain.Contribution{adds("left_temporarily", 20240301, 1, "compulsory"), adds("present", 20240301, -1, "compulsory")}},
		"come back; the time counted": {Given: admitted(on(20240301, LeaveTemporarily{"hospital", 0})), When: on(20240315, ComeBack{}),
			Then:  []domain.Event{CameBack{who}},
			Adds:  []domain.Contribution{adds("came_back", 20240315, 1, "compulsory"), adds("present", 20240315, 1, "compulsory")},
			State: State{Status: StatusPresent, Trainee: who, Since: 20240315, Months: 12, Due: 20250105, NotifyBy: 20241221}},
		"reduce the term": {Given: admitted(), When: on(20240706, ReduceTerm{2, "8/QĐ-TA", ""}),
			Then: []domain.Event{TermReduced{who, 2, "8/QĐ-TA", ""}}, AddsNothing: true,
			State: State{Status: StatusPresent, Trainee: who, Since: 20240706, Months: 12, Due: 20241105, NotifyBy: 20241021}, Repeatable: true}, // the court may reduce again
		"notify of the end": {Given: admitted(), When: on(20241210, NotifyEnd{}), Then: []domain.Event{EndNotified{who}}, AddsNothing: true,
			State: State{Status: StatusPresent, Trainee: who, Since: 20240105, Months: 12, Due: 20250105, NotifyBy: 20241221, Notified: 20241210}},
		"an end that has moved is notified again": {Given: admitted(on(20241210, NotifyEnd{}), on(20241212, Escape{}), on(20241216, Return{})),
			When: on(20241217, NotifyEnd{}), Then: []domain.Event{EndNotified{who}},
			State: State{Status: StatusPresent, Trainee: who, Since: 20241216, Months: 12, Due: 20250109, NotifyBy: 20241225, Notified: 20241217}},
		"suspend because of a long illness; the time counts": {Given: admitted(), When: on(20240301, LeaveTemporarily{"suspension", 11}),
			Then:  []domain.Event{LeftTemporarily{who, "suspension", 11}},
			State: State{Status: StatusAway, Trainee: who, Since: 20240301, Months: 12, Due: 20250105, NotifyBy: 20241221, Away: "suspension"}},
		"go on with three months left": {Given: admitted(on(20240301, LeaveTemporarily{"suspension", 30})), When: on(20241005, ComeBack{}),
			Then: []domain.Event{CameBack{who}}},
		"exempted from the rest of a suspended term": {Given: admitted(on(20240301, LeaveTemporarily{"suspension", 30})), When: on(20241006, Release{"exempted"}),
			Then: []domain.Event{Released{Leaving{who, true}, "exempted"}},
			Adds: []domain.Contribution{adds("on_roll", 20241006, -1, "compulsory"), adds("ended_absent", 20241006, 1, "compulsory"), adds("released", 20241006, 1, "compulsory")}},
		"the first time under the new law": {When: decided(20260701, "first", 24), Then: []domain.Event{Admitted{who, false, "", 20260701, 24, 0, "first"}}},
		"again under the new law":          {When: decided(20260701, "again", 36), Then: []domain.Event{Admitted{who, false, "", 20260701, 36, 0, "again"}}},
		"either where nobody says":         {When: decided(20260701, "", 36), Then: []domain.Event{Admitted{who, false, "", 20260701, 36, 0, ""}}},
		"the last day of the old law":      {When: decided(20260630, "again", 12), Then: []domain.Event{Admitted{who, false, "", 20260630, 12, 0, "again"}}},
		"six months with merit": {Given: admitted(), When: on(20240706, ReduceTerm{6, "", "merit"}),
			Then: []domain.Event{TermReduced{who, 6, "", "merit"}}, State: State{Status: StatusPresent, Trainee: who, Since: 20240706, Months: 12, Due: 20240705, NotifyBy: 20240620}},
		"transfer out": {Given: admitted(), When: on(20240601, TransferOut{"04"}),
			Then: []domain.Event{TransferredOut{Leaving{who, false}, "04"}},
			Adds: leaves("transferred_out", 20240601, "compulsory")},
		"complete": {Given: admitted(), When: on(20250105, Complete{"46/GCN"}),
			Then: []domain.Event{Completed{Leaving{who, false}, "46/GCN"}},
			Adds: leaves("completed", 20250105, "compulsory")},
		"complete from hospital": {Given: admitted(on(20241220, LeaveTemporarily{"hospital", 0})), When: on(20250105, Complete{}),
			Then: []domain.Event{Completed{Leaving{who, true}, ""}},
			Adds: []domain.Contribution{adds("on_roll", 20250105, -1, "compulsory"), adds("ended_absent", 20250105, 1, "compulsory"), adds("completed", 20250105, 1, "compulsory")}},
		"a volunteer completes": {Given: []domaintest.Step{volunteer()}, When: on(20240705, Complete{}),
			Then: []domain.Event{Completed{Leaving{as("voluntary"), false}, ""}},
			Adds: leaves("completed", 20240705, "voluntary")},
		"placed: leaves the holding": {Given: []domaintest.Step{held()}, When: on(20240120, Release{"placed"}),
			Then: []domain.Event{Released{Leaving{as("holding"), false}, "placed"}},
			Adds: []domain.Contribution{adds("on_roll", 20240120, -1, "holding"), adds("present", 20240120, -1, "holding"), adds("released", 20240120, 1, "holding")}},
		"die": {Given: admitted(), When: on(20240601, Die{domain.Hide("bệnh")}),
			Then: []domain.Event{Died{Leaving{who, false}, domain.Hide("bệnh")}},
			Adds: leaves("died", 20240601, "compulsory")},
		"die while escaped": {Given: admitted(on(20240210, Escape{})), When: on(20240301, Die{}),
			Then: []domain.Event{Died{Leaving: Leaving{who, true}}},
			Adds: []domain.Contribution{adds("on_roll", 20240301, -1, "compulsory"), adds("ended_absent", 20240301, 1, "compulsory"), adds("died", 20240301, 1, "compulsory")}},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

// decided admits somebody on the day of the decision.
func decided(day calendar.Date, times string, months int) domaintest.Step {
	return on(day, Admit{Person: who.Person, Commune: "06550", Regime: "compulsory", Decided: day, Months: months, Times: times})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	term := func(regime string, minor bool, decided calendar.Date, months int) domaintest.Step {
		return on(max(decided, 20240105), Admit{Person: who.Person, Commune: "06550", Regime: regime, Minor: minor, Decided: decided, Months: months})
	}
	for name, s := range map[string]domaintest.Spec{
		"not admitted":                         {When: on(20240105, Escape{}), Error: "rehab.not_allowed_now"},
		"admitted twice":                       {Given: admitted(), When: on(20240106, placed), Error: "rehab.not_allowed_now"},
		"return without escape":                {Given: admitted(), When: on(20240106, Return{}), Error: "rehab.not_allowed_now"},
		"come back without leave":              {Given: admitted(), When: on(20240106, ComeBack{}), Error: "rehab.not_allowed_now"},
		"complete while escaped":               {Given: admitted(on(20240210, Escape{})), When: on(20260101, Complete{}), Error: "rehab.not_allowed_now"},
		"after death":                          {Given: admitted(on(20240210, Die{})), When: on(20240211, Escape{}), Error: "rehab.not_allowed_now"},
		"before the admission":                 {Given: admitted(), When: on(20240104, Escape{}), Error: "rehab.too_early"},
		"decided after the entry":              {When: on(20240101, placed), Error: "rehab.decided_after_entry"},
		"term too short":                       {When: term("compulsory", false, 20240102, 11), Error: "rehab.term_out_of_bounds"},
		"term too long":                        {When: term("compulsory", false, 20240102, 25), Error: "rehab.term_out_of_bounds"},
		"a minor's term too long":              {When: term("compulsory", true, 20240102, 13), Error: "rehab.term_out_of_bounds"},
		"a volunteer's term too long":          {When: term("voluntary", false, 20240102, 13), Error: "rehab.term_out_of_bounds"},
		"a holding has no term":                {When: term("holding", false, 20240102, 1), Error: "rehab.term_out_of_bounds"},
		"24 months at least under the new law": {When: term("compulsory", false, 20260701, 23), Error: "rehab.term_out_of_bounds"},
		"30 months under the new law":          {When: term("compulsory", false, 20260701, 30), Error: "rehab.term_out_of_bounds"},
		"the first time 24 months":             {When: decided(20260701, "first", 36), Error: "rehab.term_out_of_bounds"},
		"36 months from the second":            {When: decided(20260701, "again", 24), Error: "rehab.term_out_of_bounds"},
		"a term that is over":                  {Given: admitted(), When: on(20250105, ReduceTerm{Months: 1}), Error: "rehab.term_over"},
		"a month for merit":                    {Given: admitted(), When: on(20240706, ReduceTerm{1, "", "merit"}), Error: "rehab.reduction_out_of_bounds"},
		"four for progress":                    {Given: admitted(), When: on(20240706, ReduceTerm{4, "", "progress"}), Error: "rehab.reduction_out_of_bounds"},
		"suspended for ten days":               {Given: admitted(), When: on(20240301, LeaveTemporarily{"suspension", 10}), Error: "rehab.suspension_too_short"},
		"a contract is not suspended":          {Given: []domaintest.Step{volunteer()}, When: on(20240301, LeaveTemporarily{"suspension", 30}), Error: "rehab.not_compulsory"},
		"goes on with less than three months left": {Given: admitted(on(20240301, LeaveTemporarily{"suspension", 30})), When: on(20241006, ComeBack{}),
			Error: "rehab.too_little_left"},
		"notified twice":         {Given: admitted(on(20241210, NotifyEnd{})), When: on(20241211, NotifyEnd{}), Error: "rehab.already_notified"},
		"a holding has no end":   {Given: []domaintest.Step{held()}, When: on(20240301, NotifyEnd{}), Error: "rehab.no_term"},
		"notified while escaped": {Given: admitted(on(20240210, Escape{})), When: on(20241210, NotifyEnd{}), Error: "rehab.not_allowed_now"},
		"a regime that is none":  {When: term("other", false, 20240102, 12), Error: "rehab.term_unknown"},
		"comes with a term that is over": {When: on(20240401, TransferIn{Person: who.Person, Commune: "06550", Regime: "compulsory",
			From: "04", Decided: 20230101, Months: 12, Due: 20240331}), Error: "rehab.term_over"},
		"half not served":           {Given: admitted(), When: on(20240705, ReduceTerm{Months: 1}), Error: "rehab.half_not_served"},
		"half not served, escaped":  {Given: admitted(on(20240210, Escape{}), on(20240220, Return{})), When: on(20240715, ReduceTerm{Months: 1}), Error: "rehab.half_not_served"},
		"a contract is not reduced": {Given: []domaintest.Step{volunteer()}, When: on(20240601, ReduceTerm{Months: 1}), Error: "rehab.not_compulsory"},
		"a day too early":           {Given: admitted(), When: on(20250104, Complete{}), Error: "rehab.term_not_over"},
		"escape days are not counted": {Given: admitted(on(20240210, Escape{}), on(20240220, Return{})),
			When: on(20250114, Complete{}), Error: "rehab.term_not_over"},
		"a holding is not completed": {Given: []domaintest.Step{held()}, When: on(20240301, Complete{}), Error: "rehab.no_term"},
		"a ground of another regime": {Given: admitted(), When: on(20240301, Release{"contract_ended"}), Error: "rehab.wrong_ground"},
		"correction of the commune after later acts": {Given: admitted(on(20240210, Escape{})),
			When: on(20240301, domain.Correct{Type: "rehab", Version: 1, Data: []byte(`{"commune":"05977"}`),
				Reason: domain.Hide("nhầm xã"), Requester: "lan", Approver: "minh"}), Error: "amend.breaks_history"},
		"correction of the regime to one with another term": {Given: admitted(),
			When: on(20240301, domain.Correct{Type: "rehab", Version: 1, Data: []byte(`{"regime":"holding"}`),
				Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}), Error: "amend.breaks_history"},
		"void of an escape that ended in death": {Given: admitted(on(20240210, Escape{}), on(20240220, Die{})),
			When:  on(20240301, domain.Void{Type: "rehab", Version: 2, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Error: "amend.breaks_history"},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestAmendments(t *testing.T) {
	t.Parallel()
	reason := domain.Hide("ghi nhầm")
	escaped := Escaped{who, ""}
	amends := func(was domain.Act) domain.Amendment {
		return domain.Amendment{Type: "rehab", Version: 2, Was: was, Reason: reason, Requester: "lan", Approver: "minh"}
	}
	was := domain.Act{Event: escaped, Occurred: 20240210}
	for name, s := range map[string]domaintest.Spec{
		"a corrected escape moves the end": {Given: admitted(on(20240210, Escape{}), on(20240220, Return{})),
			When: on(20240301, domain.Correct{Type: "rehab", Version: 2, Occurred: 20240215, Reason: reason, Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amends(was), Now: domain.Act{Event: escaped, Occurred: 20240215}}},
			Adds: []domain.Contribution{
				adds("escaped", 20240210, -1, "compulsory"), adds("present", 20240210, 1, "compulsory"),
				adds("escaped", 20240215, 1, "compulsory"), adds("present", 20240215, -1, "compulsory")},
			State: State{Status: StatusPresent, Trainee: who, Since: 20240220, Months: 12, Due: 20250110, NotifyBy: 20241226}},
		"a voided escape never was": {Given: admitted(on(20240210, Escape{})),
			When:  on(20240301, domain.Void{Type: "rehab", Version: 2, Reason: reason, Requester: "lan", Approver: "minh"}),
			Then:  []domain.Event{domain.Voided{Amendment: amends(was)}},
			Adds:  []domain.Contribution{adds("escaped", 20240210, -1, "compulsory"), adds("present", 20240210, 1, "compulsory")},
			State: State{Status: StatusPresent, Trainee: who, Since: 20240105, Months: 12, Due: 20250105, NotifyBy: 20241221}},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestEventsAgreeWithTheCase(t *testing.T) {
	t.Parallel()
	s := State{Status: StatusPresent, Trainee: who, Since: 20240105, Months: 12, Due: 20250105, NotifyBy: 20241221}
	other := who
	other.Commune = "05977"
	for code, e := range map[string]domain.Event{
		"rehab.other_trainee":  Escaped{Trainee: other},
		"rehab.wrong_presence": Died{Leaving: Leaving{who, true}},
	} {
		if err := (rules{law.Shipped()}).allow(s, domain.Act{Event: e, Occurred: 20240301}); domain.CodeOf(err) != code {
			t.Errorf("%s: got %v", code, err)
		}
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(law.Shipped()), "testdata/wire",
		Admitted{who, true, "12/QĐ-TA", 20240102, 12, 20, ""},
		TransferredIn{who, true, "04", 20230601, 12, 20241215},
		Escaped{who, "3/QĐ"},
		Returned{who, true},
		LeftTemporarily{who, "hospital", 0},
		CameBack{who},
		TermReduced{who, 2, "8/QĐ-TA", ""},
		EndNotified{who},
		TransferredOut{Leaving{who, true}, "04"},
		Completed{Leaving{who, false}, "46/GCN"},
		Released{Leaving{who, true}, "exempted"},
		Died{Leaving{who, true}, domain.Hide("bệnh")},
	)
}
