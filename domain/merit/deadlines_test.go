package merit

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

// A dossier of a war invalid sees the department twice, with twelve days each time, and the medical panel in between.
func TestStepsOfAWarInvalid(t *testing.T) {
	t.Parallel()
	receive := on(20240401, Receive{Person: invalid.Person, Commune: "05977", Category: "g", Procedure: "war_invalid", Channel: "direct"})
	dossier := Dossier{invalid, "war_invalid"}
	to := func(day calendar.Date, place string) domaintest.Step { return on(day, Forward{To: place}) }
	domaintest.Spec{
		Type: Type(law.Shipped()), Given: given(receive, to(20240410, "medical_panel")), When: to(20240603, "department"),
		Then: []domain.Event{Forwarded{dossier, "department", 20240615}}, Repeatable: true,
		State: State{Status: StatusForwarded, Dossier: dossier, Since: 20240603, Due: 20240624, Path: []Stay{
			{"department", 20240401, 20240413}, {"medical_panel", 20240410, 20240609}, {"department", 20240603, 20240615}}},
	}.Run(t)
}

func TestStepsFromTheCommune(t *testing.T) {
	t.Parallel()
	receive := func(day calendar.Date) domaintest.Step {
		return on(day, Receive{Person: widow.Person, Commune: "06550", Category: "relative", Procedure: "funeral", Channel: "direct", At: "commune"})
	}
	dossier := Dossier{widow, "funeral"}
	for name, s := range map[string]domaintest.Spec{
		// Five working days end on Monday the 22nd because of the 18th, seven more on Saturday the 4th of May; and twelve days.
		"through the district": {When: receive(20240412), Then: []domain.Event{Received{dossier, 20240516, "direct", "commune", 20240422}}},
		"a forwarding starts the clock of the next": {Given: given(receive(20240412)), When: on(20240416, Forward{To: "district"}),
			Then: []domain.Event{Forwarded{dossier, "district", 20240426}}, Repeatable: true},
		"without a district from 01/7/2025": {When: receive(20250701), Then: []domain.Event{Received{dossier, 20250720, "direct", "commune", 20250708}}},
		"to the department, where the law knows no district": {Given: given(receive(20250627)), When: on(20250703, Forward{To: "department"}),
			Then: []domain.Event{Forwarded{dossier, "department", 20250715}}, Repeatable: true},
		"with a date of its own": {Given: given(receive(20240412)), When: on(20240416, Forward{"district", 20240418}),
			Then: []domain.Event{Forwarded{dossier, "district", 20240418}}, Repeatable: true},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestTheWholeAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		procedure     Code
		at            string
		received, due calendar.Date
	}{
		{"survivor", "", 20240401, 20240413},
		{"martyr_relatives", "", 20240220, 20240311}, // over a leap day
		{"war_invalid", "", 20240401, 20240624},
		{"war_invalid", "medical_panel", 20240401, 20240612},
		{"education", "", 20240404, 20240415}, // a Thursday; two weekends do not count
		{"education", "", 20240406, 20240416}, // a Saturday
		{"education", "", 20240425, 20240508}, // four days off, and Saturday the 4th of May worked
		{"grave_visit", "", 20240401, 20240409},
		{"suspension", "", 20240401, 20240408},
		{"unheard_of", "", 20240401, 0},
		{"survivor", "ministry", 20240401, 0},
	} {
		if _, _, got := (rules{law.Shipped()}).begins(c.procedure, c.at, c.received); got != c.due {
			t.Errorf("%s received %s at %q: due %s, want %s", c.procedure, c.received, c.at, got, c.due)
		}
	}
}

// The codes of the law's files can all be typed in.
func TestProceduresHaveCodes(t *testing.T) {
	t.Parallel()
	for _, p := range law.Shipped().Procedures() {
		var c Code
		if err := c.UnmarshalText([]byte(p.Code)); err != nil || c != Code(p.Code) {
			t.Errorf("%s: %v", p.Code, err)
		}
	}
}
