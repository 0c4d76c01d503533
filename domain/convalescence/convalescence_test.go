package convalescence

import (
	"testing"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

var (
	province = Batch{"20"}
	plan     = on(20240410, Plan{"20", month(5), 20240513, 7, "Trung tâm điều dưỡng Sầm Sơn", 60})
	start    = on(20240513, Start{})
	finish   = on(20240519, Complete{58, 2, 7})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func month(m time.Month) calendar.Month { return calendar.Month{Year: 2024, Month: m} }

func amendment(version uint64, was domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "convalescence", Version: version, Was: domain.Act{Event: was, Occurred: day},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func void(version uint64) domaintest.Step {
	return on(20240601, domain.Void{Type: "convalescence", Version: version, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func correct(version uint64, data string) domaintest.Step {
	return on(20240601, domain.Correct{Type: "convalescence", Version: version, Data: []byte(data), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func TestBatch(t *testing.T) {
	t.Parallel()
	planned := Planned{province, month(5), 20240513, 7, "Trung tâm điều dưỡng Sầm Sơn", 60}
	for name, s := range map[string]domaintest.Spec{
		"a plan counts in its month": {When: plan, Then: []domain.Event{planned},
			Adds:  []domain.Contribution{province.plans(month(5), 1)},
			State: State{StatusPlanned, 20240410, "20", month(5), 20240513, "Trung tâm điều dưỡng Sầm Sơn", 7, 60, 0}},
		"a plan moves": {Given: given(plan), When: on(20240420, Reschedule{Month: month(6)}),
			Then:  []domain.Event{Rescheduled{province, month(5), month(6), 0}},
			Adds:  []domain.Contribution{province.plans(month(5), -1), province.plans(month(6), 1)},
			State: State{StatusPlanned, 20240420, "20", month(6), 0, "Trung tâm điều dưỡng Sầm Sơn", 7, 60, 0}},
		"start": {Given: given(plan), When: start, Then: []domain.Event{Started{province, ""}}, AddsNothing: true},
		"start in another month than planned, and without a plan in here": {When: on(20240513, Start{"20", "Sầm Sơn"}), Then: []domain.Event{Started{province, "Sầm Sơn"}},
			AddsNothing: true, State: State{StatusStarted, 20240513, "20", calendar.Month{}, 20240513, "Sầm Sơn", 0, 0, 0}},
		"complete": {Given: given(plan, start), When: finish, Then: []domain.Event{Completed{province, 58, 2, 7}},
			Adds:  []domain.Contribution{province.adds("batches", 20240519, 1), province.adds("delegates", 20240519, 58)},
			State: State{StatusCompleted, 20240519, "20", month(5), 20240513, "Trung tâm điều dưỡng Sầm Sơn", 7, 58, 2}},
		"ten days and two of travel": {Given: given(plan, start), When: on(20240524, Complete{58, 0, 10}), Then: []domain.Event{Completed{province, 58, 0, 10}}},
		"cancelled before it began: no longer planned": {Given: given(plan), When: on(20240501, Cancel{"too_few"}),
			Then: []domain.Event{Cancelled{province, month(5), "too_few"}}, Adds: []domain.Contribution{province.plans(month(5), -1)}},
		"broken off: it was planned": {Given: given(plan, start), When: on(20240515, Cancel{"disaster"}),
			Then: []domain.Event{Cancelled{province, calendar.Month{}, "disaster"}}, AddsNothing: true},
		"a correction of the number who came": {Given: given(plan, start, finish), When: correct(3, `{"delegates":59}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(3, Completed{province, 58, 2, 7}, 20240519), Now: domain.Act{Event: Completed{province, 59, 2, 7}, Occurred: 20240519}}},
			Adds: []domain.Contribution{
				province.adds("batches", 20240519, -1), province.adds("delegates", 20240519, -58),
				province.adds("batches", 20240519, 1), province.adds("delegates", 20240519, 59)}},
		"a plan voided": {Given: given(plan), When: void(1), Then: []domain.Event{domain.Voided{Amendment: amendment(1, planned, 20240410)}},
			Adds: []domain.Contribution{province.plans(month(5), -1)}, State: State{}},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"planned twice":                {Given: given(plan), When: plan, Error: "convalescence.not_allowed_now"},
		"complete before the start":    {Given: given(plan), When: finish, Error: "convalescence.not_allowed_now"},
		"cancel what is over":          {Given: given(plan, start, finish), When: on(20240520, Cancel{"other"}), Error: "convalescence.not_allowed_now"},
		"reschedule what has begun":    {Given: given(plan, start), When: on(20240514, Reschedule{Month: month(6)}), Error: "convalescence.not_allowed_now"},
		"start before the plan":        {Given: given(plan), When: on(20240409, Start{}), Error: "convalescence.too_early"},
		"start of nobody knows what":   {When: start, Error: "convalescence.area_missing"},
		"a plan for the past":          {When: on(20240601, Plan{Area: "20", Month: month(5)}), Error: "convalescence.plan_too_late"},
		"a day of another month":       {When: on(20240410, Plan{Area: "20", Month: month(5), Starts: 20240601}), Error: "convalescence.starts_outside_month"},
		"rescheduled to the same":      {Given: given(plan), When: on(20240420, Reschedule{month(5), 20240513}), Error: "convalescence.same_plan"},
		"a plan of four days":          {When: on(20240410, Plan{Area: "20", Month: month(5), Days: 4}), Error: "convalescence.days_outside_law"},
		"four days":                    {Given: given(plan, start), When: on(20240519, Complete{58, 0, 4}), Error: "convalescence.days_outside_law"},
		"eleven days":                  {Given: given(plan, start), When: on(20240529, Complete{58, 0, 11}), Error: "convalescence.days_outside_law"},
		"eight days in seven":          {Given: given(plan, start), When: on(20240519, Complete{58, 0, 8}), Error: "convalescence.days_exceed_batch"},
		"more left than came":          {Given: given(plan, start), When: on(20240519, Complete{58, 59, 7}), Error: "convalescence.more_left_than_came"},
		"another area":                 {Given: given(plan, start), When: correct(2, `{"area":"01"}`), Error: "amend.breaks_history"},
		"a plan corrected under it":    {Given: given(plan, on(20240420, Reschedule{Month: month(6)})), When: correct(1, `{"month":"2024-07","starts":"2024-07-01"}`), Error: "amend.breaks_history"},
		"voided start of what is over": {Given: given(plan, start, finish), When: void(2), Error: "amend.breaks_history"},
		"nobody came":                  {Given: given(plan, start, finish), When: correct(3, `{"delegates":0}`), Error: "data.too_small", Field: "delegates"},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

// A plan lies in its month, whichever calendar a report uses.
func TestPlanLiesInItsMonth(t *testing.T) {
	t.Parallel()
	day := province.plans(month(5), 1).Occurred
	for _, c := range []calendar.Calendar{calendar.Civil, calendar.Fifteenth} {
		if !c.Month(month(5)).Has(day) {
			t.Errorf("%s is not in May by the calendar %s", day, c)
		}
	}
}

func TestEventsAgreeWithTheCase(t *testing.T) {
	t.Parallel()
	s := State{Status: StatusPlanned, Since: 20240410, Area: "20", Month: month(5)}
	for event, code := range map[domain.Event]string{
		Started{Batch{"01"}, ""}:                          "convalescence.other_area",
		Rescheduled{province, month(4), month(6), 0}:      "convalescence.other_plan",
		Cancelled{province, calendar.Month{}, "disaster"}: "convalescence.other_plan",
	} {
		if err := allow(law.Shipped(), s, domain.Act{Event: event, Occurred: 20240420}); domain.CodeOf(err) != code {
			t.Errorf("%s: %v, want %s", event.EventType(), err, code)
		}
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(law.Shipped()), "testdata/wire",
		Planned{province, month(5), 20240513, 7, "Trung tâm điều dưỡng Sầm Sơn", 60},
		Rescheduled{province, month(5), month(6), 20240603},
		Started{province, "Trung tâm điều dưỡng Sầm Sơn"},
		Completed{province, 58, 2, 7},
		Cancelled{province, month(5), "too_few"},
	)
}
