package session

import (
	"testing"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

var (
	fixed  = Session{"fixed", "05971"}
	plan   = on(20240401, Plan{"fixed", "05971", 20240411})
	counts = Hold{Employers: 12, Vacancies: 340, Registered: 90, Interviewed: 61, Hired: 8}
	hold   = on(20240411, counts)
	held   = Held{fixed, 12, 340, 90, 61, 8}
	cancel = on(20240410, Cancel{"Mưa lũ"})
	mobile = on(20240412, Hold{"mobile", "06550", 5, 80, 0, 20, 0})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func amends(c domain.Command) domaintest.Step { return on(20240502, c) }

func amendment(version uint64, was domain.Act) domain.Amendment {
	return domain.Amendment{Type: "session", Version: version, Was: was, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func correct(version uint64, data string) domaintest.Step {
	return amends(domain.Correct{Type: "session", Version: version, Data: []byte(data), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

// adds is what a session adds, with a sign.
func adds(sign int64, day calendar.Date, in area.Code, kind string, employers, vacancies, interviewed, hired int64) []domain.Contribution {
	one := func(id, by string, n int64) domain.Contribution {
		return domain.Contribution{Indicator: "employment." + id, Occurred: day, Area: in, Breakdown: by, Quantity: sign * n}
	}
	return []domain.Contribution{one("sessions", "kind="+kind, 1), one("session_employers", "", employers),
		one("session_vacancies", "", vacancies), one("session_interviewed", "", interviewed), one("session_hired", "", hired)}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	moved := held
	moved.Kind = "online"
	for name, s := range map[string]domaintest.Spec{
		"planned": {When: plan, AddsNothing: true, Then: []domain.Event{Planned{fixed, 20240411}},
			State: State{StatusPlanned, fixed, 20240411, 20240401}},
		"held as planned": {Given: given(plan), When: hold, Then: []domain.Event{held},
			Adds: adds(1, 20240411, "05971", "fixed", 12, 340, 61, 8), State: State{StatusHeld, fixed, 20240411, 20240411}},
		"held elsewhere than planned": {Given: given(plan), When: mobile, Then: []domain.Event{Held{Session{"mobile", "06550"}, 5, 80, 0, 20, 0}},
			Adds: adds(1, 20240412, "06550", "mobile", 5, 80, 20, 0)},
		"held and planned by nobody": {When: mobile, Then: []domain.Event{Held{Session{"mobile", "06550"}, 5, 80, 0, 20, 0}}},
		"cancelled": {Given: given(plan), When: cancel, AddsNothing: true, Then: []domain.Event{Cancelled{"Mưa lũ"}},
			State: State{StatusCancelled, fixed, 20240411, 20240410}},
		"another kind after all": {Given: given(plan, hold), When: correct(2, `{"kind":"online"}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(2, domain.Act{Event: held, Occurred: 20240411}), Now: domain.Act{Event: moved, Occurred: 20240411}}},
			Adds: append(adds(-1, 20240411, "05971", "fixed", 12, 340, 61, 8), adds(1, 20240411, "05971", "online", 12, 340, 61, 8)...)},
		"never held": {Given: given(plan, hold), When: amends(domain.Void{Type: "session", Version: 2, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment(2, domain.Act{Event: held, Occurred: 20240411})}},
			Adds: adds(-1, 20240411, "05971", "fixed", 12, 340, 61, 8), State: State{StatusPlanned, fixed, 20240411, 20240401}},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"planned twice":              {Given: given(plan), When: plan, Error: "session.not_allowed_now"},
		"held twice":                 {Given: given(mobile), When: on(20240413, counts), Error: "session.not_allowed_now"},
		"cancelled after it":         {Given: given(plan, hold), When: on(20240412, Cancel{}), Error: "session.not_allowed_now"},
		"nothing to cancel":          {When: cancel, Error: "session.not_allowed_now"},
		"held before it was planned": {Given: given(plan), When: on(20240331, counts), Error: "session.too_early"},
		"planned for yesterday":      {When: on(20240401, Plan{"fixed", "05971", 20240331}), Error: "session.day_past"},
		"held nobody knows where":    {When: hold, Error: "session.session_missing"},
		"hired without an interview": {Given: given(plan), When: on(20240411, Hold{Interviewed: 7, Hired: 8}), Error: "session.hired_without_interview"},
		"corrected to more hired":    {Given: given(plan, hold), When: correct(2, `{"hired":62}`), Error: "amend.breaks_history"},
		"fewer than none":            {Given: given(plan, hold), When: correct(2, `{"employers":-1}`), Error: "data.too_small", Field: "employers"},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire", Planned{fixed, 20240411}, held, Cancelled{"Mưa lũ"})
}
