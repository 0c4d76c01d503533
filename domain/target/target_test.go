package target

import (
	"testing"

	"hoso/domain"
	"hoso/domain/domaintest"
)

// training declares what targets are set for.
var training = domain.CaseType{Indicators: []domain.Indicator{
	{ID: "training.enrolled", Unit: "học viên", Measure: domain.Flow},
	{ID: "training.trained_rate", Unit: "%", Measure: domain.Reported, Scale: 100},
	{ID: "training.mean", Measure: domain.Ratio},
	{ID: "training.secret", Measure: domain.Flow, Hidden: true},
}}

var (
	goal = Goal{"training.enrolled", "20", 2024}
	set  = domaintest.Step{On: 20240115, Do: Set{"training.enrolled", "20", 2024, 9000, "KH 12/KH-UBND"}}
	more = domaintest.Step{On: 20240701, Do: Change{9500, "bổ sung kinh phí", "KH 99/KH-UBND"}}
)

func states(n int64) []domain.Contribution {
	return []domain.Contribution{{Indicator: "target.training.enrolled", Occurred: 20240101, Area: "20", Quantity: n}}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	given := []domaintest.Step{set}
	wasSet := WasSet{goal, 9000, "KH 12/KH-UBND"}
	reason := domain.Hide("nhầm")
	for name, s := range map[string]domaintest.Spec{
		"set": {When: set, Then: []domain.Event{wasSet}, Adds: states(9000),
			State: State{StatusSet, 20240115, goal, 9000, "KH 12/KH-UBND"}},
		"change": {Given: given, When: more, Then: []domain.Event{Changed{goal, 9000, 9500, "bổ sung kinh phí", "KH 99/KH-UBND"}}, Adds: states(9500),
			State: State{StatusSet, 20240701, goal, 9500, "KH 99/KH-UBND"}},
		"void of a change brings back the value before": {Given: []domaintest.Step{set, more},
			When: domaintest.Step{On: 20240801, Do: domain.Void{Type: "target", Version: 2, Reason: reason, Requester: "lan", Approver: "minh"}},
			Then: []domain.Event{domain.Voided{Amendment: domain.Amendment{Type: "target", Version: 2, Reason: reason, Requester: "lan", Approver: "minh",
				Was: domain.Act{Event: Changed{goal, 9000, 9500, "bổ sung kinh phí", "KH 99/KH-UBND"}, Occurred: 20240701}}}},
			Adds: states(-9500), State: State{StatusSet, 20240115, goal, 9000, "KH 12/KH-UBND"}},

		"set twice":            {Given: given, When: set, Error: "target.already_set"},
		"change nothing":       {Given: given, When: domaintest.Step{On: 20240701, Do: Change{9000, "x", ""}}, Error: "target.same_value"},
		"change what is not":   {When: more, Error: "target.not_set"},
		"change before":        {Given: given, When: domaintest.Step{On: 20240101, Do: Change{1, "x", ""}}, Error: "target.too_early"},
		"an unknown indicator": {When: domaintest.Step{On: 20240115, Do: Set{"training.nothing", "20", 2024, 1, "x"}}, Error: "target.unknown_indicator"},
		"a ratio":              {When: domaintest.Step{On: 20240115, Do: Set{"training.mean", "20", 2024, 1, "x"}}, Error: "target.unknown_indicator"},
		"a hidden figure":      {When: domaintest.Step{On: 20240115, Do: Set{"training.secret", "20", 2024, 1, "x"}}, Error: "target.unknown_indicator"},
		"corrected under a change": {Given: []domaintest.Step{set, more}, Error: "amend.breaks_history",
			When: domaintest.Step{On: 20240801, Do: domain.Correct{Type: "target", Version: 1, Data: []byte(`{"value":8000}`), Reason: reason, Requester: "lan", Approver: "minh"}}},
	} {
		s.Type = Type(training)
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(training), "testdata/wire",
		WasSet{goal, 9000, "KH 12/KH-UBND"}, Changed{goal, 9000, 9500, "bổ sung kinh phí", "KH 99/KH-UBND"})
}
