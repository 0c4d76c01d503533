package unemployment

import (
	"slices"
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// after replays steps on the rules alone.
func stateAfter(t *testing.T, steps []domaintest.Step) State {
	t.Helper()
	var s State
	for _, step := range steps {
		e, err := decide(tested, s, domain.Request{Command: step.Do, Occurred: step.On})
		if err == nil {
			err = allow(s, domain.Act{Event: e, Occurred: step.On})
		}
		if err != nil {
			t.Fatalf("%s: %v", step.Do.CommandName(), err)
		}
		s = evolve(s, domain.Act{Event: e, Occurred: step.On})
	}
	return s
}

// The clock table of both laws: 18/4, 30/4 and 01/5/2024 are holidays.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	type days map[string]calendar.Date
	over := benefit(on(20240507, Pay{1, 3_000_000}), on(20240924, Expire{}))
	for name, c := range map[string]struct {
		given []domaintest.Step
		want  days
	}{
		"filed":            {benefit()[:1], days{mayDecline.What.En: 20240423, toDecide.What.En: 20240502}},
		"filed, 2026":      {now()[:1], days{mayDecline.What.En: 20260126, toDecide.What.En: 20260202}},
		"decided":          {benefit()[:2], days{toCollect.What.En: 20240503, toCancel.What.En: 20240507}},
		"decided, 2026":    {now()[:2], days{toCollect.What.En: 20260205, tellUncollected.What.En: 20260209, toCancel.What.En: 20260216}},
		"collected":        {benefit(on(20240502, Notify{Month: 1})), days{toNotify.What.En: 20240529, toSuspend.What.En: 20240531, toPay.What.En: 20240509}},
		"the second month": {benefit(on(20240502, Notify{Month: 1}), on(20240507, Pay{1, 3_000_000})), days{toNotify.What.En: 20240529, toSuspend.What.En: 20240531, toPay.What.En: 20240606}},
		"the second month, 2026": {now(on(20260205, Notify{Month: 1}), on(20260210, Pay{1, 3_000_000})),
			days{toNotify.What.En: 20260304, toSuspend.What.En: 20260306, tellMissed.What.En: 20260306, toPay.What.En: 20260311}},
		"exempt":          {benefit(on(20240503, Exempt{Ground: "illness", Month: 1}), on(20240507, Pay{1, 3_000_000})), days{toPay.What.En: 20240606}},
		"transferred out": {benefit(on(20240524, TransferOut{"04"})), days{toSend.What.En: 20240529}},
		"came": {given(on(20240524, TransferIn{Person: who.Person, Commune: "06550", Sex: "female", BirthYear: 1990, From: "04", Level: 1, Months: 2})),
			days{toAskPayment.What.En: 20240529}},
		"over":           {over, days{tellUnclaimed.What.En: 20250101}},
		"unclaimed":      {append(over[:len(over):len(over)], on(20241224, NotifyUnclaimed{5})), days{toReserve.What.En: 20250107}},
		"reserved":       {append(over[:len(over):len(over)], on(20241224, NotifyUnclaimed{5}), on(20241226, Reserve{})), days{}},
		"withdrawn":      {given(file, on(20240405, Withdraw{})), days{}},
		"no facts":       {receiving(), days{}},
		"vocational":     {given(on(20260201, AskVocational{who.Person, "06550", "female", 1990, 12, 20260102})), days{toSupport.What.En: 20260220}},
		"does not exist": {nil, days{}},
	} {
		got := days{}
		for _, d := range Deadlines(tested, stateAfter(t, c.given)) {
			if d.Law == "" || d.What.Vi == "" {
				t.Errorf("%s: %+v", name, d)
			}
			got[d.What.En] = d.By
		}
		for what := range got {
			if got[what] != c.want[what] {
				t.Errorf("%s: %s by %s, want %s", name, what, got[what], c.want[what])
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if l := Deadlines(tested, State{Status: StatusFiled, Since: 20100101}); slices.Contains(l, toDecide) || l != nil {
		t.Errorf("before the law of 2013: %v", l)
	}
}
