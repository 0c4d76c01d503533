package convalescent

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

// An invented war invalid of Hữu Khánh, entitled every second year.
var (
	who      = Entitled{domain.PersonID{UUID: uuid.MustParse("7a1b2c3d-4e5f-4061-8273-94a5b6c7d8e9")}, "06550", "g"}
	reason   = domain.Hide("nhầm")
	listed   = on(20240305, List{who.Person, "06550", "g", 2024, 2})
	inGroup  = on(20240415, Approve{"group", "68/QĐ"})
	atHome   = on(20240415, Approve{"home", "69/QĐ"})
	attended = on(20240519, Attend{"đợt 3", 7, 7})
	paid     = on(20240520, PayHome{})
	died     = on(20240501, Die{})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func amendment(version uint64, was domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "convalescent", Version: version, Was: domain.Act{Event: was, Occurred: day}, Reason: reason, Requester: "lan", Approver: "minh"}
}

func void(version uint64) domaintest.Step {
	return on(20250101, domain.Void{Type: "convalescent", Version: version, Reason: reason, Requester: "lan", Approver: "minh"})
}

func correct(version uint64, data string) domaintest.Step {
	return on(20250101, domain.Correct{Type: "convalescent", Version: version, Data: []byte(data), Reason: reason, Requester: "lan", Approver: "minh"})
}

func counts(day calendar.Date, amount int64, sign int64) []domain.Contribution {
	return []domain.Contribution{who.adds("at_home_persons", day, sign), who.adds("at_home_amount", day, sign*amount)}
}

func TestRound(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"list": {When: listed, Then: []domain.Event{Listed{who, 2024, 2}}, AddsNothing: true,
			State: State{Status: StatusListed, Since: 20240305, Entitled: who, Year: 2024}},
		"approve in a batch: 1.8 of the standard": {Given: given(listed), When: inGroup, Then: []domain.Event{Approved{who, "group", "68/QĐ"}}, AddsNothing: true,
			State: State{Status: StatusApproved, Since: 20240415, Entitled: who, Year: 2024, Form: "group", Rate: 3_699_000}},
		"refuse": {Given: given(listed), When: on(20240415, Refuse{reason}), Then: []domain.Event{Refused{who, reason}}, AddsNothing: true},
		"attending counts in no figure": {Given: given(listed, inGroup), When: attended, Then: []domain.Event{Attended{who, "đợt 3", 7, 7}}, AddsNothing: true,
			State: State{Status: StatusAttended, Since: 20240519, Entitled: who, Year: 2024, Form: "group", Rate: 3_699_000, Taken: 2024, Share: 100}},
		"two days of seven are less than 30 per cent": {Given: given(listed, inGroup, on(20240519, Attend{"đợt 3", 2, 7})), When: on(20240525, AllowAgain{"home"}),
			Then: []domain.Event{AllowedAgain{who, "home"}}, AddsNothing: true,
			State: State{Status: StatusApproved, Since: 20240525, Entitled: who, Year: 2024, Form: "home", Rate: 1_849_500, Taken: 2024, Share: 28}},
		"paid at home what the law says on the day of the approval": {Given: given(listed, atHome), When: on(20240710, PayHome{}),
			Then: []domain.Event{PaidHome{who, 1_849_500}}, Adds: counts(20240710, 1_849_500, 1)},
		"paid what was paid": {Given: given(listed, atHome), When: on(20240520, PayHome{1_800_000}),
			Then: []domain.Event{PaidHome{who, 1_800_000}}, Adds: counts(20240520, 1_800_000, 1),
			State: State{Status: StatusPaid, Since: 20240520, Entitled: who, Year: 2024, Form: "home", Rate: 1_849_500, Taken: 2024}},
		"died before the batch: owed at the rate at home": {Given: given(listed, inGroup), When: died, Then: []domain.Event{Died{who}}, AddsNothing: true,
			State: State{Status: StatusDied, Since: 20240501, Entitled: who, Year: 2024, Form: "group", Rate: 1_849_500, Owed: true}},
		"the relatives are paid, and nobody convalesced": {Given: given(listed, inGroup, died), When: on(20240510, PayRelatives{}),
			Then: []domain.Event{PaidRelatives{who, 1_849_500}}, Adds: []domain.Contribution{who.adds("at_home_amount", 20240510, 1_849_500)}},
		"two years later": {Given: given(listed, atHome, paid), When: on(20260305, List{who.Person, "05977", "g", 2026, 2}),
			Then:  []domain.Event{Listed{Entitled{who.Person, "05977", "g"}, 2026, 2}},
			State: State{Status: StatusListed, Since: 20260305, Entitled: Entitled{who.Person, "05977", "g"}, Year: 2026, Taken: 2024}},
		"the next year, where it is yearly": {Given: given(listed, atHome, paid), When: on(20250305, List{who.Person, "06550", "d", 2025, 1}),
			Then: []domain.Event{Listed{Entitled{who.Person, "06550", "d"}, 2025, 1}}},
		"again in the year of a refusal": {Given: given(listed, on(20240415, Refuse{reason})), When: on(20240420, List{who.Person, "06550", "g", 2024, 2}),
			Then: []domain.Event{Listed{who, 2024, 2}}},
		"a payment voided": {Given: given(listed, atHome, paid), When: void(3),
			Then: []domain.Event{domain.Voided{Amendment: amendment(3, PaidHome{who, 1_849_500}, 20240520)}}, Adds: counts(20240520, 1_849_500, -1),
			State: State{Status: StatusApproved, Since: 20240415, Entitled: who, Year: 2024, Form: "home", Rate: 1_849_500}},
		"a payment corrected": {Given: given(listed, atHome, paid), When: correct(3, `{"amount":1900000}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(3, PaidHome{who, 1_849_500}, 20240520), Now: domain.Act{Event: PaidHome{who, 1_900_000}, Occurred: 20240520}}},
			Adds: append(counts(20240520, 1_849_500, -1), counts(20240520, 1_900_000, 1)...)},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	old := given(on(20200305, List{who.Person, "06550", "g", 2020, 2}), on(20200415, Approve{Form: "home"}))
	for name, s := range map[string]domaintest.Spec{
		"approved before it is listed":       {When: inGroup, Error: "convalescent.not_allowed_now"},
		"listed twice":                       {Given: given(listed), When: listed, Error: "convalescent.not_allowed_now"},
		"attended at home":                   {Given: given(listed, atHome), When: attended, Error: "convalescent.other_form"},
		"paid in a batch":                    {Given: given(listed, inGroup), When: paid, Error: "convalescent.other_form"},
		"paid twice":                         {Given: given(listed, atHome, paid), When: paid, Error: "convalescent.not_allowed_now"},
		"approved before the list":           {Given: given(listed), When: on(20240304, Approve{Form: "home"}), Error: "convalescent.too_early"},
		"a year too early":                   {Given: given(listed, atHome, paid), When: on(20250305, List{who.Person, "06550", "g", 2025, 2}), Error: "convalescent.too_soon"},
		"twice a year":                       {Given: given(listed, atHome, paid), When: on(20240601, List{who.Person, "06550", "g", 2024, 1}), Error: "convalescent.too_soon"},
		"a list for a year long ago":         {When: on(20240305, List{who.Person, "06550", "g", 2023, 1}), Error: "convalescent.wrong_year"},
		"somebody else":                      {Given: given(listed, atHome, paid), When: on(20260305, List{domain.PersonID{UUID: uuid.Max}, "06550", "g", 2026, 2}), Error: "convalescent.other_person"},
		"more days than the batch":           {Given: given(listed, inGroup), When: on(20240519, Attend{"", 8, 7}), Error: "convalescent.days_over_batch"},
		"three of ten days are enough":       {Given: given(listed, inGroup, on(20240519, Attend{"", 3, 10})), When: on(20240525, AllowAgain{"group"}), Error: "convalescent.attended_enough"},
		"died before the approval":           {Given: given(listed, died), When: on(20240510, PayRelatives{}), Error: "convalescent.nothing_owed"},
		"died after the batch":               {Given: given(listed, inGroup, attended, on(20240601, Die{})), When: on(20240610, PayRelatives{}), Error: "convalescent.nothing_owed"},
		"listed after death":                 {Given: given(listed, died), When: on(20260305, List{who.Person, "06550", "g", 2026, 2}), Error: "convalescent.not_allowed_now"},
		"no amount where the law is unknown": {Given: old, When: on(20200520, PayHome{}), Error: "convalescent.amount_unknown"},
		"category corrected under it":        {Given: given(listed, atHome), When: correct(1, `{"category":"h"}`), Error: "amend.breaks_history"},
		"voided approval of what was paid":   {Given: given(listed, atHome, paid), When: void(2), Error: "amend.breaks_history"},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(law.Shipped()), "testdata/wire",
		Listed{who, 2024, 2},
		Approved{who, "group", "68/QĐ"},
		Refused{who, reason},
		Attended{who, "đợt 3", 6, 7},
		AllowedAgain{who, "home"},
		PaidHome{who, 1_849_500},
		Died{who},
		PaidRelatives{who, 1_849_500},
	)
}
