package statement

import (
	"testing"
	"time"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

var (
	april  = calendar.Month{Year: 2024, Month: time.April}
	rate   = Record{"training.trained_rate", "20", april, 6230, "BC 12/BC-CTK"}
	poor   = Record{"poverty.poor_households", "06550", april, 41, "QĐ 7/QĐ-UBND"}
	near   = Record{"poverty.near_poor_households", "06550", april, 0, "QĐ 7/QĐ-UBND"}
	source = func(c Record) domaintest.Step { return domaintest.Step{On: 20240505, Do: c} }
)

func says(indicator string, day calendar.Date, in area.Code, n int64) domain.Contribution {
	return domain.Contribution{Indicator: indicator, Occurred: day, Area: in, Quantity: n}
}

func amends(what string, data string) domaintest.Step {
	reason := domain.Hide("nhầm")
	if what == "void" {
		return domaintest.Step{On: 20240601, Do: domain.Void{Type: "statement", Version: 1, Reason: reason, Requester: "lan", Approver: "minh"}}
	}
	return domaintest.Step{On: 20240601, Do: domain.Correct{Type: "statement", Version: 1, Data: []byte(data), Reason: reason, Requester: "lan", Approver: "minh"}}
}

func TestStatements(t *testing.T) {
	t.Parallel()
	amendment := domain.Amendment{Type: "statement", Version: 1, Was: domain.Act{Event: Recorded(rate), Occurred: 20240505},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
	right := Recorded(rate)
	right.Value = 6320
	for name, s := range map[string]domaintest.Spec{
		"a rate counts in its month": {When: source(rate), Then: []domain.Event{Recorded(rate)},
			Adds:  []domain.Contribution{says("training.trained_rate", 20240401, "20", 6230)},
			State: State{StatusRecorded, 20240505, "training.trained_rate", "20", april, 6230, "BC 12/BC-CTK"}},
		"households": {When: source(poor), Then: []domain.Event{Recorded(poor)},
			Adds: []domain.Contribution{says("poverty.poor_households", 20240401, "06550", 41)}},
		"none is a statement too": {When: source(near), Then: []domain.Event{Recorded(near)},
			Adds: []domain.Contribution{says("poverty.near_poor_households", 20240401, "06550", 0)}},
		"corrected": {Given: []domaintest.Step{source(rate)}, When: amends("correct", `{"value":6320}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment, Now: domain.Act{Event: right, Occurred: 20240505}}},
			Adds: []domain.Contribution{says("training.trained_rate", 20240401, "20", -6230), says("training.trained_rate", 20240401, "20", 6320)}},
		"voided": {Given: []domaintest.Step{source(rate)}, When: amends("void", ""),
			Then: []domain.Event{domain.Voided{Amendment: amendment}},
			Adds: []domain.Contribution{says("training.trained_rate", 20240401, "20", -6230)}, State: State{}},

		"twice in a case":    {Given: []domaintest.Step{source(rate)}, When: source(poor), Error: "statement.already_recorded"},
		"more than all":      {When: source(Record{"training.trained_rate", "20", april, 10001, "BC"}), Error: "statement.rate_over_100"},
		"corrected past all": {Given: []domaintest.Step{source(rate)}, When: amends("correct", `{"value":10001}`), Error: "amend.breaks_history"},
		"another indicator":  {Given: []domaintest.Step{source(rate)}, When: amends("correct", `{"indicator":"merit.trips"}`), Error: "data.not_allowed", Field: "indicator"},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

// The month of a statement is the month of the report in every calendar.
func TestStatementLiesInItsMonth(t *testing.T) {
	t.Parallel()
	for _, c := range []calendar.Calendar{calendar.Civil, calendar.Fifteenth} {
		day := contribute(domain.Act{Event: Recorded(rate), Occurred: 20240505})[0].Occurred
		if !c.Month(april).Has(day) {
			t.Errorf("%s is not in April by the calendar %s", day, c)
		}
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire", Recorded(rate))
}
