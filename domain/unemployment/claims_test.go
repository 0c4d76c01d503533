package unemployment

import (
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/money"
)

// recorded are the facts of a claim: 60 per cent of 5.000.000 a month, in region III.
var recorded = Facts{Ended: 20240331, Contract: "indefinite", Left: "lawfully", Recent: 24, LastPaid: calendar.Month{Year: 2024, Month: 3},
	Wages: wages(4_000_000, 5_000_000, 5_000_000, 5_000_000, 5_000_000, 6_000_000), Region: "III", Scheme: "employer"}

// claim is a claim with its facts, changed in one thing.
func claim(filed calendar.Date, paid int, change func(*Facts)) domaintest.Step {
	f := recorded
	if change != nil {
		change(&f)
	}
	return on(filed, File{Person: who.Person, Commune: "06550", Sex: "female", BirthYear: 1990, Channel: "direct", Residence: "own", Paid: paid, Facts: f})
}

func same(*Facts) {}

func ended(day calendar.Date) func(*Facts) {
	return func(f *Facts) { f.Ended, f.LastPaid = day, calendar.Civil.MonthOf(day) }
}

func TestDecisionsAreComputed(t *testing.T) {
	t.Parallel()
	grants := func(level money.VND, months int, start calendar.Date, reserved int) []domain.Event {
		return []domain.Event{Decided{Claimant: who, Age: "31_40", Level: level, Months: months, Start: start, Reserved: reserved}}
	}
	capped := func(level money.VND, start calendar.Date) []domain.Event {
		return []domain.Event{Decided{Claimant: who, Age: "31_40", Level: level, Months: 3, Start: start, AtMax: true, Reserved: 4}}
	}
	rich := func(f *Facts) { f.Wages = wages(50e6, 50e6, 50e6, 50e6, 50e6, 50e6) }
	both := func(changes ...func(*Facts)) func(*Facts) {
		return func(f *Facts) {
			for _, c := range changes {
				c(f)
			}
		}
	}
	for name, s := range map[string]domaintest.Spec{
		// 18/4 is a holiday: the sixteenth working day after 01/4 is the 24th.
		"all of it": {Given: given(claim(20240401, 40, same)), When: on(20240426, Decide{}), Then: grants(3_000_000, 3, 20240424, 4)},
		"stated and right": {Given: given(claim(20240401, 40, same)), When: on(20240426, Decide{Level: 3_000_000, Months: 3, Start: 20240424}),
			Then: grants(3_000_000, 3, 20240424, 4)},
		"a limit of the region": {Given: given(claim(20240401, 40, rich)), When: on(20240426, Decide{}), Then: capped(5*3_640_000, 20240424)},
		"a limit of the State's wages": {Given: given(claim(20240401, 40, both(rich, func(f *Facts) { f.Scheme = "state" }))), When: on(20240426, Decide{AtMax: true}),
			Then: capped(5*1_800_000, 20240424)},
		"the minimum wage of the day on which the work ended": {Given: given(claim(20240715, 40, both(rich, ended(20240701)))), When: on(20240809, Decide{}),
			Then: capped(5*3_860_000, 20240806)},
		"under the law of 2025 the month of the last contribution": {Given: given(claim(20260112, 40, both(rich, ended(20260102), func(f *Facts) { f.LastPaid.Year, f.LastPaid.Month = 2025, 12 }))),
			When: on(20260202, Decide{}), Then: capped(5*3_860_000, 20260127)},
		"under the law of 2025 the State's wages have the limit of the region": {Given: given(claim(20260112, 40, both(rich, ended(20260102), func(f *Facts) { f.Scheme = "state" }))),
			When: on(20260202, Decide{}), Then: capped(5*4_140_000, 20260127)},
		// Luật 74/2025 Đ55.4: filed before 01/01/2026 and not decided by then.
		"the transition": {Given: given(claim(20251222, 40, ended(20251130))), When: on(20260108, Decide{}), Then: grants(3_000_000, 3, 20260107, 4)},
		"decided under the law of 2013": {Given: given(claim(20251201, 160, ended(20251130))), When: on(20251225, Decide{}),
			Then: grants(3_000_000, 12, 20251223, 16)},
		"nothing is kept beyond 144 months since 2026": {Given: given(claim(20251222, 160, ended(20251130))), When: on(20260108, Decide{}), Then: grants(3_000_000, 12, 20260107, 0)},
		"since 2026 the times run from the full file": {Given: given(claim(20260112, 40, ended(20260102)), on(20260113, RequestSupplement{reason}), on(20260116, Complete{})),
			When: on(20260202, Decide{}), Then: grants(3_000_000, 3, 20260202, 4)},
		"against the rule with a reason": {Given: given(claim(20240401, 40, same)), When: on(20240410, Decide{Level: 2_500_000, Months: 4, Start: 20240420, Deviation: reason}),
			Then: []domain.Event{Decided{Claimant: who, Age: "31_40", Level: 2_500_000, Months: 4, Start: 20240420, Deviation: reason}}},
		"without facts what is stated is taken": {Given: given(file), When: on(20240415, Decide{Level: 9_999_999, Start: 20240402, AtMax: true}),
			Then: []domain.Event{Decided{Claimant: who, Age: "31_40", Level: 9_999_999, Months: 3, Start: 20240402, AtMax: true}}},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

func TestDecisionsAreRefused(t *testing.T) {
	t.Parallel()
	decide := on(20240426, Decide{})
	stated := func(d Decide) domaintest.Step { return on(20240426, d) }
	full := given(claim(20240401, 40, same))
	for name, s := range map[string]domaintest.Spec{
		"another level":          {Given: full, When: stated(Decide{Level: 3_000_001}), Error: "unemployment.other_level"},
		"other months":           {Given: full, When: stated(Decide{Months: 4}), Error: "unemployment.other_months"},
		"other months, no facts": {Given: given(file), When: on(20240415, Decide{Level: 1, Months: 4}), Error: "unemployment.other_months"},
		"another start":          {Given: full, When: stated(Decide{Start: 20240425}), Error: "unemployment.other_start"},
		"not the highest":        {Given: full, When: stated(Decide{AtMax: true}), Error: "unemployment.not_at_max"},
		"no wages, no level":     {Given: given(file), When: on(20240426, Decide{}), Error: "unemployment.level_unknown"},
		"no region, no level":    {Given: given(claim(20240401, 40, func(f *Facts) { f.Region = "" })), When: decide, Error: "unemployment.level_unknown"},
		"eleven months":          {Given: given(claim(20240401, 11, same)), When: decide, Error: "unemployment.too_few_months"},
		"no month at all":        {Given: given(claim(20240401, 11, same)), When: stated(Decide{Deviation: reason}), Error: "unemployment.too_few_months"},
		"eleven of the last 24":  {Given: given(claim(20240401, 40, func(f *Facts) { f.Recent = 11 })), When: decide, Error: "unemployment.too_few_months"},
		"left unlawfully":        {Given: given(claim(20240401, 40, func(f *Facts) { f.Left = "unlawfully" })), When: decide, Error: "unemployment.left_unlawfully"},
		"has a pension":          {Given: given(claim(20240401, 40, func(f *Facts) { f.Left = "pension" })), When: decide, Error: "unemployment.has_pension"},
		"filed too late":         {Given: given(claim(20240402, 40, ended(20240101))), When: decide, Error: "unemployment.filed_late"},
		"the file was full too late, since 2026": {Given: given(claim(20260112, 40, ended(20251013)), on(20260112, RequestSupplement{reason}), on(20260114, Complete{})),
			When: on(20260205, Decide{}), Error: "unemployment.filed_late"},
		"while waiting":                   {Given: full, When: on(20240422, Decide{}), Error: "unemployment.still_waiting"},
		"while waiting, since 2026":       {Given: given(claim(20260112, 40, ended(20260102))), When: on(20260123, Decide{}), Error: "unemployment.still_waiting"},
		"the work ended after the filing": {When: claim(20240330, 40, same), Error: "unemployment.ended_after_filing"},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

// Three months of contributions before the last day of filing: the same day three months later still counts.
func TestTheLastDayOfFiling(t *testing.T) {
	t.Parallel()
	s := domaintest.Spec{Type: Type(tested), Given: given(claim(20240401, 40, ended(20240101))), When: on(20240426, Decide{Level: 3_000_000}),
		Then: []domain.Event{Decided{Claimant: who, Age: "31_40", Level: 3_000_000, Months: 3, Start: 20240424, Reserved: 4}}}
	s.Run(t)
}

func TestBenefitMonthsFollowEachOther(t *testing.T) {
	t.Parallel()
	// NĐ 374/2025 Đ15.2: a month that is too short ends on its last day.
	for n, want := range []calendar.Range{{From: 20240131, To: 20240229}, {From: 20240301, To: 20240330}, {From: 20240331, To: 20240430}} {
		if got := benefitMonth(20240131, n+1); got != want {
			t.Errorf("month %d since 31/01/2024: %v", n+1, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.Of(2023, 1, 1).AddDays(rapid.IntRange(0, 2000).Draw(t, "start"))
		n := rapid.IntRange(1, 11).Draw(t, "month")
		this, next := benefitMonth(start, n), benefitMonth(start, n+1)
		if next.From != this.To.AddDays(1) || this.To < this.From {
			t.Fatalf("month %d since %s: %v, then %v", n, start, this, next)
		}
		day := this.From.AddDays(rapid.IntRange(0, this.From.DaysUntil(this.To)).Draw(t, "day"))
		if got := monthOf(start, day); got != n {
			t.Fatalf("%s lies in month %d, want %d", day, got, n)
		}
	})
}

// The longer somebody has paid, the longer the benefit; what is granted and what is left never exceed what was paid.
func TestDurationAndRemainder(t *testing.T) {
	t.Parallel()
	for paid, want := range map[int]int{0: 0, 11: 0, 12: 3, 36: 3, 47: 3, 48: 4, 143: 11, 144: 12, 600: 12} {
		u, _ := governing(tested, 20240401)
		if got := duration(u, paid); got != want {
			t.Errorf("%d months of contributions: %d months of benefit, want %d", paid, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		u, _ := governing(tested, rapid.SampledFrom([]calendar.Date{20240401, 20260401}).Draw(t, "day"))
		paid := rapid.IntRange(12, 600).Draw(t, "paid")
		months := duration(u, paid)
		used := rapid.IntRange(0, months).Draw(t, "used")
		left := remaining(u, paid, used)
		if months < duration(u, paid-1) || left > paid || used > 0 && left > max(remaining(u, paid, used-1)-12, 0) {
			t.Fatalf("%d paid, %d granted, %d used, %d left", paid, months, used, left)
		}
		if odd := remaining(u, paid, months); paid <= 36 && odd != 0 || paid <= 144 && odd >= 12 {
			t.Fatalf("%d paid, %d granted, %d odd months", paid, months, odd)
		}
	})
}
