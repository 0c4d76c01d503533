package screening

import (
	"encoding/json"
	"reflect"
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

var (
	ours   = Session{"20"}
	plan   = on(20240401, Plan{"20", "Trung tâm Bảo trợ xã hội", "Bệnh viện bạn", 20240412})
	hold   = on(20240412, Hold{})
	record = on(20240412, Record{"06550", "1", 2, 1, 9})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func amendment(version uint64, was domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "screening", Version: version, Was: domain.Act{Event: was, Occurred: day},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func TestScreening(t *testing.T) {
	t.Parallel()
	first := Recorded{ours, "06550", "1", Results{2, 1, 9}}
	counts := func(surgery, consult, none int64) (cs []domain.Contribution) {
		for _, c := range []struct {
			indicator, outcome string
			n                  int64
		}{{"screened", "surgery", surgery}, {"screened", "consult", consult}, {"screened", "none", none}, {"referred", "surgery", surgery}, {"referred", "consult", consult}} {
			if c.n != 0 {
				cs = append(cs, first.adds(c.indicator, 20240412, c.outcome, c.n))
			}
		}
		return cs
	}
	for name, s := range map[string]domaintest.Spec{
		"plan": {When: plan, Then: []domain.Event{Planned{ours, "Trung tâm Bảo trợ xã hội", "Bệnh viện bạn", 20240412}}, AddsNothing: true},
		"hold": {Given: given(plan), When: hold, Then: []domain.Event{Held{ours, "Trung tâm Bảo trợ xã hội", "Bệnh viện bạn"}}, AddsNothing: true,
			State: State{Status: StatusHeld, Since: 20240412, Last: 20240412, Area: "20", Place: "Trung tâm Bảo trợ xã hội", Partner: "Bệnh viện bạn"}},
		"hold without a plan": {When: on(20240412, Hold{"20", "Trạm y tế", ""}), Then: []domain.Event{Held{ours, "Trạm y tế", ""}}},
		"the numbers of a commune": {Given: given(plan, hold), When: record, Then: []domain.Event{first}, Adds: counts(2, 1, 9),
			State: State{StatusHeld, 20240412, 20240412, "20", "Trung tâm Bảo trợ xã hội", "Bệnh viện bạn", Results{2, 1, 9}, []string{"1"}}},
		"nobody is referred": {Given: given(plan, hold, record), When: on(20240413, Record{"06550", "2", 0, 0, 3}), Then: []domain.Event{Recorded{ours, "06550", "2", Results{0, 0, 3}}},
			Adds: []domain.Contribution{first.adds("screened", 20240413, "none", 3)}},
		"close":  {Given: given(plan, hold, record), When: on(20240414, Close{}), Then: []domain.Event{Closed{ours}}, AddsNothing: true},
		"cancel": {Given: given(plan), When: on(20240411, Cancel{}), Then: []domain.Event{Cancelled{ours}}, AddsNothing: true},
		"corrected": {Given: given(plan, hold, record), When: on(20240501, domain.Correct{Type: "screening", Version: 3, Data: []byte(`{"consult":0,"none":10}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(3, first, 20240412), Now: domain.Act{Event: Recorded{ours, "06550", "1", Results{2, 0, 10}}, Occurred: 20240412}}},
			Adds: append(counts(-2, -1, -9), counts(2, 0, 10)...)},
		"voided": {Given: given(plan, hold, record), When: on(20240501, domain.Void{Type: "screening", Version: 3, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment(3, first, 20240412)}}, Adds: counts(-2, -1, -9)},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"results before it is held": {Given: given(plan), When: record, Error: "screening.not_allowed_now"},
		"held twice":                {Given: given(plan, hold), When: hold, Error: "screening.not_allowed_now"},
		"cancelled while held":      {Given: given(plan, hold), When: on(20240413, Cancel{}), Error: "screening.not_allowed_now"},
		"results after the end":     {Given: given(plan, hold, on(20240413, Close{})), When: on(20240413, record.Do), Error: "screening.not_allowed_now"},
		"on a day before it":        {Given: given(plan, hold), When: on(20240411, record.Do), Error: "screening.too_early"},
		"closed before the results": {Given: given(plan, hold, on(20240415, record.Do)), When: on(20240413, Close{}), Error: "screening.too_early"},
		"held nobody knows where":   {When: hold, Error: "screening.place_missing"},
		"nobody came":               {Given: given(plan, hold), When: on(20240412, Record{"06550", "1", 0, 0, 0}), Error: "screening.nobody"},
		"the same list twice":       {Given: given(plan, hold, record), When: on(20240412, Record{"05977", "1", 1, 0, 0}), Error: "screening.recorded_before"},
		"another area": {Given: given(plan, hold), Error: "amend.breaks_history",
			When: on(20240501, domain.Correct{Type: "screening", Version: 1, Data: []byte(`{"area":"01"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

// No child is in an event: there is no field for a person or for private text, so that nobody adds one without reading why.
func TestNoChildIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range Type().Commands {
		for _, f := range c.Fields() {
			if f.Person || f.Private {
				t.Errorf("%s has the field %s, which names somebody", c.Name, f.Name)
			}
		}
	}
	for _, e := range []domain.Event{Planned{}, Held{}, Recorded{}, Closed{}, Cancelled{}} {
		if _, ok := e.(domain.Subject); ok {
			t.Errorf("%s is about a person", e.EventType())
		}
	}
	b, err := json.Marshal(Recorded{})
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(b, &fields); err != nil || !reflect.DeepEqual(fields, map[string]any{
		"area": "", "commune": "", "number": "", "surgery": 0.0, "consult": 0.0, "none": 0.0}) {
		t.Errorf("%s: what else is recorded about children? %v", b, err)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire",
		Planned{ours, "Trung tâm Bảo trợ xã hội", "Bệnh viện bạn", 20240412},
		Held{ours, "Trung tâm Bảo trợ xã hội", "Bệnh viện bạn"},
		Recorded{ours, "06550", "1", Results{2, 1, 9}},
		Closed{ours},
		Cancelled{ours},
	)
}
