package merit

import (
	"testing"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
	"hoso/domain/money"
)

func allowance(a Allowance) Allowance {
	a.Started, a.First = 20240103, month(1)
	if a.Levels == nil {
		a.Levels = []Level{{month(1), 2_000_000, 0}}
	}
	return a
}

func running(status Status, since calendar.Date, a Allowance) State {
	return State{Status: status, Dossier: Dossier{Beneficiary: invalid}, Since: since, Allowance: allowance(a)}
}

func paid(m time.Month, amount int64, n int64) []domain.Contribution {
	by := []string{"channel", "cash", "category", "g"}
	return []domain.Contribution{
		invalid.adds("allowance_persons", month(m).First(), n, by...),
		invalid.adds("allowance_amount", month(m).First(), n*amount, by...),
	}
}

func TestAllowance(t *testing.T) {
	t.Parallel()
	atStandard := on(20240103, StartAllowance{Person: invalid.Person, Commune: invalid.Commune, Category: "g", From: month(1), PerMille: 1500})
	suspend := on(20240401, SuspendAllowance{month(4), reason})
	for name, s := range map[string]domaintest.Spec{
		"start without a dossier": {When: old()[0], Then: []domain.Event{AllowanceStarted{invalid, month(1), 2_000_000, "", 0}},
			Adds:  []domain.Contribution{invalid.adds("beneficiaries", 20240101, 1, "category", "g")},
			State: running(StatusAllowance, 20240103, Allowance{})},
		"start after a dossier knows whose it is": {Given: given(received, resolved), When: on(20240411, StartAllowance{From: month(5)}),
			Then: []domain.Event{AllowanceStarted{widow, month(5), 0, "", 0}},
			Adds: []domain.Contribution{widow.adds("beneficiaries", 20240501, 1, "category", "relative")}},
		"change": {Given: old(), When: on(20240703, ChangeAllowance{month(7), 2_700_000, "18/QĐ", 0}),
			Then: []domain.Event{AllowanceChanged{invalid, month(7), 2_700_000, "18/QĐ", 0}}, AddsNothing: true,
			State: running(StatusAllowance, 20240103, Allowance{Levels: []Level{{month(1), 2_000_000, 0}, {month(7), 2_700_000, 0}}})},
		"pay counts in the month it is for": {Given: old(), When: pay(20240510, 4, 2_000_000),
			Then: []domain.Event{AllowancePaid{invalid, month(4), 2_000_000, "cash"}}, Adds: paid(4, 2_000_000, 1),
			State: running(StatusAllowance, 20240103, Allowance{Paid: []calendar.Month{month(4)}})},
		"pay two months at once before Tết": {Given: old(pay(20240130, 1, 2_000_000), pay(20240130, 2, 2_000_000)), When: pay(20240130, 3, 2_000_000),
			Then: []domain.Event{AllowancePaid{invalid, month(3), 2_000_000, "cash"}}},
		"pay the new level": {Given: old(on(20240703, ChangeAllowance{month(7), 2_700_000, "", 0})), When: pay(20240710, 7, 2_700_000),
			Then: []domain.Event{AllowancePaid{invalid, month(7), 2_700_000, "cash"}}},
		"pay any amount where the level is not known": {Given: given(received, resolved, on(20240411, StartAllowance{From: month(5)})),
			When: pay(20240510, 5, 900_000_000), Then: []domain.Event{AllowancePaid{widow, month(5), 900_000_000, "cash"}}},
		"start at a multiple of the standard": {When: atStandard, Then: []domain.Event{AllowanceStarted{invalid, month(1), 0, "", 1500}},
			State: running(StatusAllowance, 20240103, Allowance{Levels: []Level{{month(1), 0, 1500}}})},
		"what is paid follows the standard": {Given: given(atStandard), When: on(20240610, PayAllowance{Month: month(6), Channel: "cash"}),
			Then: []domain.Event{AllowancePaid{invalid, month(6), 3_082_500, "cash"}}}, // 1.5 × 2,055,000 (NĐ 55/2023)
		"and rises with it by itself": {Given: given(atStandard), When: on(20240710, PayAllowance{Month: month(7), Channel: "cash"}),
			Then: []domain.Event{AllowancePaid{invalid, month(7), 4_183_500, "cash"}}}, // 1.5 × 2,789,000 (NĐ 77/2024)
		"a fixed level in the place of a multiple": {Given: given(atStandard), When: on(20240510, ChangeAllowance{month(5), 3_082_500, "", 0}),
			Then: []domain.Event{AllowanceChanged{invalid, month(5), 3_082_500, "", 0}}},
		"pay the level where no amount is said": {Given: old(), When: on(20240510, PayAllowance{Month: month(4), Channel: "cash"}),
			Then: []domain.Event{AllowancePaid{invalid, month(4), 2_000_000, "cash"}}},
		"suspend: still a beneficiary": {Given: old(), When: suspend, Then: []domain.Event{AllowanceSuspended{invalid, month(4), reason}}, AddsNothing: true,
			State: running(StatusSuspended, 20240401, Allowance{Pauses: []Pause{{From: month(4)}}})},
		"pay while suspended what was due before": {Given: old(suspend), When: pay(20240402, 3, 2_000_000),
			Then: []domain.Event{AllowancePaid{invalid, month(3), 2_000_000, "cash"}}},
		"a payment before the suspension, told after it": {Given: old(suspend), When: pay(20240310, 3, 2_000_000),
			Then: []domain.Event{AllowancePaid{invalid, month(3), 2_000_000, "cash"}}},
		"resume": {Given: old(suspend), When: on(20240601, ResumeAllowance{month(6)}), Then: []domain.Event{AllowanceResumed{invalid, month(6)}}, AddsNothing: true,
			State: running(StatusAllowance, 20240601, Allowance{Pauses: []Pause{{month(4), month(6)}}})},
		"pay from the month of resumption": {Given: old(suspend, on(20240601, ResumeAllowance{month(6)})), When: pay(20240610, 6, 2_000_000),
			Then: []domain.Event{AllowancePaid{invalid, month(6), 2_000_000, "cash"}}},
		"end": {Given: old(), When: on(20240915, EndAllowance{month(8), "died"}), Then: []domain.Event{AllowanceEnded{invalid, month(8), "died"}},
			Adds:  []domain.Contribution{invalid.adds("beneficiaries", 20240901, -1, "category", "g")},
			State: running(StatusEnded, 20240915, Allowance{Last: month(8)})},
		"pay after the end what was due before": {Given: old(on(20240915, EndAllowance{month(8), "died"})), When: pay(20240920, 8, 2_000_000),
			Then: []domain.Event{AllowancePaid{invalid, month(8), 2_000_000, "cash"}}},
		"a voided payment may be made again": {Given: old(pay(20240510, 4, 2_000_000)),
			When:  on(20240601, domain.Void{Type: "merit", Version: 2, Reason: reason, Requester: "lan", Approver: "minh"}),
			Then:  []domain.Event{domain.Voided{Amendment: amendment(2, AllowancePaid{invalid, month(4), 2_000_000, "cash"}, 20240510)}},
			Adds:  paid(4, 2_000_000, -1),
			State: running(StatusAllowance, 20240103, Allowance{})},
		"a payment corrected to another month": {Given: old(pay(20240510, 4, 2_000_000)),
			When: on(20240601, domain.Correct{Type: "merit", Version: 2, Data: []byte(`{"month":"2024-03"}`), Reason: reason, Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(2, AllowancePaid{invalid, month(4), 2_000_000, "cash"}, 20240510),
				Now: domain.Act{Event: AllowancePaid{invalid, month(3), 2_000_000, "cash"}, Occurred: 20240510}}},
			Adds:  append(paid(4, 2_000_000, -1), paid(3, 2_000_000, 1)...),
			State: running(StatusAllowance, 20240103, Allowance{Paid: []calendar.Month{month(3)}})},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestAllowanceRefusals(t *testing.T) {
	t.Parallel()
	ended := old(on(20240915, EndAllowance{month(8), "died"}))
	atStandard := given(on(20240103, StartAllowance{Person: invalid.Person, Commune: invalid.Commune, Category: "g", From: month(1), PerMille: 1000}))
	pause := old(on(20240401, SuspendAllowance{month(4), reason}), on(20240601, ResumeAllowance{month(6)}))
	for name, s := range map[string]domaintest.Spec{
		"pay before the first month":    {Given: old(), When: on(20240110, PayAllowance{calendar.Month{Year: 2023, Month: 12}, 1, "cash"}), Error: "merit.before_start"},
		"pay after the last month":      {Given: ended, When: pay(20240920, 9, 1), Error: "merit.after_end"},
		"pay three months ahead":        {Given: old(), When: pay(20240110, 4, 1), Error: "merit.too_far_ahead"},
		"pay a suspended month":         {Given: pause, When: pay(20240610, 5, 1), Error: "merit.month_suspended"},
		"pay twice":                     {Given: old(pay(20240510, 4, 1)), When: pay(20240511, 4, 1), Error: "merit.month_paid"},
		"pay too much":                  {Given: old(), When: pay(20240510, 4, 2_000_001), Error: "merit.paid_too_much"},
		"pay the new level too soon":    {Given: old(on(20240703, ChangeAllowance{month(7), 2_700_000, "", 0})), When: pay(20240710, 6, 2_700_000), Error: "merit.paid_too_much"},
		"pay the new standard too soon": {Given: atStandard, When: pay(20240710, 6, 2_055_001), Error: "merit.paid_too_much"},
		"pay what is not known": {Given: given(received, resolved, on(20240411, StartAllowance{From: month(5)})),
			When: on(20240510, PayAllowance{Month: month(5), Channel: "cash"}), Error: "merit.level_unknown"},
		"start at two levels":         {When: on(20240103, StartAllowance{invalid.Person, invalid.Commune, "g", month(1), 1, "", 1000}), Error: "merit.two_levels"},
		"change to two levels":        {Given: old(), When: on(20240201, ChangeAllowance{month(2), 1, "", 1000}), Error: "merit.two_levels"},
		"change to no level":          {Given: old(), When: on(20240201, ChangeAllowance{From: month(2)}), Error: "merit.level_missing"},
		"change to the same multiple": {Given: atStandard, When: on(20240201, ChangeAllowance{month(2), 0, "", 1000}), Error: "merit.same_level"},
		"pay before the start":        {Given: old(), When: pay(20240102, 1, 1), Error: "merit.too_early"},
		"pay a dossier":               {Given: given(received), When: pay(20240510, 4, 1), Error: "merit.not_allowed_now"},
		"change before the start":     {Given: old(), When: on(20240201, ChangeAllowance{calendar.Month{Year: 2023, Month: 12}, 1, "", 0}), Error: "merit.before_start"},
		"change to the same":          {Given: old(), When: on(20240201, ChangeAllowance{month(2), 2_000_000, "", 0}), Error: "merit.same_level"},
		"change after the end":        {Given: ended, When: on(20240916, ChangeAllowance{month(9), 1, "", 0}), Error: "merit.not_allowed_now"},
		"suspend before the start":    {Given: old(), When: on(20240201, SuspendAllowance{calendar.Month{Year: 2023, Month: 12}, reason}), Error: "merit.before_start"},
		"suspend twice":               {Given: pause[:2], When: on(20240502, SuspendAllowance{month(5), reason}), Error: "merit.not_allowed_now"},
		"resume what runs":            {Given: old(), When: on(20240502, ResumeAllowance{month(5)}), Error: "merit.not_allowed_now"},
		"resume before it stopped":    {Given: pause[:2], When: on(20240502, ResumeAllowance{month(3)}), Error: "merit.resumed_before_suspension"},
		"end before the start":        {Given: old(), When: on(20240502, EndAllowance{calendar.Month{Year: 2023, Month: 12}, "other"}), Error: "merit.before_start"},
		"end twice":                   {Given: ended, When: on(20240916, EndAllowance{month(8), "died"}), Error: "merit.not_allowed_now"},
		"void of the start of what was paid": {Given: old(pay(20240510, 4, 1)), Error: "amend.breaks_history",
			When: on(20240601, domain.Void{Type: "merit", Version: 1, Reason: reason, Requester: "lan", Approver: "minh"})},
		"level corrected below what was paid": {Given: old(pay(20240510, 4, 2_000_000)), Error: "amend.breaks_history",
			When: on(20240601, domain.Correct{Type: "merit", Version: 1, Data: []byte(`{"level":1900000}`), Reason: reason, Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

// A month's level is that of the last decision about it, whatever the order in which the decisions came.
func TestLevel(t *testing.T) {
	t.Parallel()
	a := Allowance{Levels: []Level{{month(3), 300, 0}, {month(7), 700, 0}, {month(5), 500, 0}, {month(7), 777, 0}}}
	for m, want := range map[time.Month]money.VND{3: 300, 4: 300, 5: 500, 6: 500, 7: 777, 12: 777} {
		if got, ok := (rules{law.Shipped()}).level(a, month(m)); !ok || got != want {
			t.Errorf("month %d: %d, %t; want %d", m, got, ok, want)
		}
	}
	if _, ok := (rules{law.Shipped()}).level(a, month(2)); ok {
		t.Error("a month before the first level has one")
	}
}
