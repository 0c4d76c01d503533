package unemployment

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/money"
)

// The official worked examples of TT 28/2015 Đ8 to Đ10, by their number. They are of 2015, when the windows of example 14
// were printed such that they contradict each other and example 15: it is left out.

// granted2015 is a claim of 2015 with so many months of contributions and a benefit that starts on a day.
func granted2015(paid int, start calendar.Date, more ...domaintest.Step) []domaintest.Step {
	return append(given(
		on(20150105, File{Person: who.Person, Commune: "06550", Sex: "female", BirthYear: 1980, Channel: "direct", Residence: "own", Paid: paid}),
		on(20150210, Decide{Level: 2_000_000, Start: start}),
		on(20150212, Collect{})), more...)
}

func wages(w ...money.VND) Wages { return Wages(w) }

func TestOfficialLevels(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		wages Wages
		want  money.VND
		atMax bool
	}{
		"example 1: the last six months that have contributions": {wages(2_000_000, 2_000_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000), 2_000_000, false},
		"example 2: the second claim":                            {wages(8_000_000, 8_000_000, 8_000_000, 7_000_000, 7_000_000, 7_000_000), 4_500_000, false},
		"example 3: five times the minimum of region III":        {wages(62_000_000, 62_000_000, 62_000_000, 48_000_000, 48_000_000, 48_000_000), 12_000_000, true},
	} {
		u, err := governing(tested, 20150801)
		if err != nil {
			t.Fatal(err)
		}
		got, atMax, ok := level(tested, u, Facts{Ended: 20150701, Wages: c.wages, Region: "III", Scheme: "employer"})
		if !ok || got != c.want || atMax != c.atMax {
			t.Errorf("%s: %d, at the highest level %t, known %t", name, got, atMax, ok)
		}
	}
}

func TestOfficialBenefitMonths(t *testing.T) {
	t.Parallel()
	want := []calendar.Range{{From: 20150311, To: 20150410}, {From: 20150411, To: 20150510}, {From: 20150511, To: 20150610}}
	for i, days := range want {
		if got := benefitMonth(20150311, i+1); got != days {
			t.Errorf("example 4, month %d: %v", i+1, got)
		}
	}
}

func TestOfficialReservations(t *testing.T) {
	t.Parallel()
	job := func(day calendar.Date) Terminate { return Terminate{Reason: "job", Ground: "job", Effective: day} }
	left := func(ground string, reason string, day calendar.Date, months int) []domain.Event {
		return []domain.Event{Terminated{Claimant: who, Reason: reason, Ground: ground, Effective: day, Keeps: true, Reserved: months}}
	}
	reserved := func(months int) []domain.Event { return []domain.Event{MonthsReserved{Claimant: who, Months: months}} }
	for name, s := range map[string]domaintest.Spec{
		"example 2: 38 months, a job in the first month": {Given: granted2015(38, 20150405), When: on(20150505, job(20150502)), Then: left("job", "job", 20150502, 26)},
		"example 5: not collected, all 36 months stay": {Given: granted2015(36, 20150301)[:2], When: on(20150323, Cancel{}),
			Then: []domain.Event{Cancelled{Claimant: who, Reserved: 36}}},
		"example 6: 36 months, the third not claimed": {Given: granted2015(36, 20150301, on(20150310, Pay{1, 2_000_000}), on(20150410, Pay{2, 2_000_000}),
			on(20150601, Expire{}), on(20150902, NotifyUnclaimed{3})), When: on(20150910, Reserve{}), Then: reserved(12)},
		"example 7: 12 months, the second and third not claimed": {Given: granted2015(12, 20150301, on(20150310, Pay{1, 2_000_000}),
			on(20150601, Expire{}), on(20150902, NotifyUnclaimed{2}), on(20150902, NotifyUnclaimed{3})), When: on(20150910, Reserve{}), Then: reserved(0)},
		"example 8: 29 months, one paid, one suspended, one not claimed": {Given: granted2015(29, 20150301, on(20150310, Pay{1, 2_000_000}), on(20150407, Suspend{2}),
			on(20150504, Notify{Month: 3}), on(20150505, Resume{}), on(20150601, Expire{}), on(20150902, NotifyUnclaimed{3})),
			When: on(20150910, Reserve{}), Then: reserved(5)},
		"example 11: enlists in the second month": {Given: granted2015(38, 20150302),
			When: on(20150427, Terminate{Reason: "other", Ground: "service", Effective: 20150425}), Then: left("service", "other", 20150425, 14)},
		"example 12: told on 12/5 of a contract since 08/4": {Given: granted2015(36, 20150302), When: on(20150512, job(20150408)), Then: left("job", "job", 20150408, 12)},
		"example 13: 13 months, a job in the first month":   {Given: granted2015(13, 20150302), When: on(20150327, job(20150325)), Then: left("job", "job", 20150325, 1)},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
	u, _ := governing(tested, 20150401)
	for name, c := range map[string]struct{ paid, months, reserved int }{
		"example 9: 47 months":                         {47, 3, 11},
		"example 9: the eleven and three more":         {14, 3, 0},
		"example 10: 35 months, the odd ones are lost": {35, 3, 0},
	} {
		months := duration(u, c.paid)
		if left := remaining(u, c.paid, months); months != c.months || left != c.reserved {
			t.Errorf("%s: %d months, %d reserved", name, months, left)
		}
	}
}

// The month in which a benefit ends is paid whole, the next is not.
func TestTheMonthOfTheEndIsPaid(t *testing.T) {
	t.Parallel()
	facts := func(paid int, end Terminate, day calendar.Date) []domaintest.Step {
		return given(
			on(20150105, File{Person: who.Person, Commune: "06550", Sex: "female", BirthYear: 1980, Channel: "direct", Residence: "own", Paid: paid, Facts: Facts{Ended: 20141231}}),
			on(20150227, Decide{Level: 2_000_000, Start: 20150302, Deviation: reason}),
			on(20150302, Collect{}), on(day, end))
	}
	enlists := facts(38, Terminate{Reason: "other", Ground: "service", Effective: 20150425}, 20150427)
	works := facts(13, Terminate{Reason: "job", Effective: 20150325}, 20150327)
	paid := func(month int) []domain.Event { return []domain.Event{Paid{who, month, 2_000_000}} }
	for name, s := range map[string]domaintest.Spec{
		"example 11, month 2": {Given: enlists, When: on(20150430, Pay{2, 2_000_000}), Then: paid(2)},
		"example 11, month 3": {Given: enlists, When: on(20150430, Pay{3, 2_000_000}), Error: "unemployment.month_after_end"},
		"example 13, month 1": {Given: works, When: on(20150401, Pay{1, 2_000_000}), Then: paid(1)},
		"example 13, month 2": {Given: works, When: on(20150401, Pay{2, 2_000_000}), Error: "unemployment.month_after_end"},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

// Example 15: six months since 02/3/2015, a transfer asked for on 28/7: no notice is owed for the sixth month, whose days
// were 03 to 05/8, at the old place or the new one, and nobody is suspended for it.
func TestNoNoticeDuringATransfer(t *testing.T) {
	t.Parallel()
	u, err := governing(tested, 20150801)
	if err != nil {
		t.Fatal(err)
	}
	if days := window(tested, u, 20150302, 6); days.To != 20150805 || tested.Workdays.Add(days.From, 1) != 20150803 {
		t.Errorf("the days of the sixth notice: %v", days)
	}
	came := func(received, start, referred calendar.Date) []domaintest.Step {
		return given(on(received, TransferIn{Person: who.Person, Commune: "06550", Sex: "female", BirthYear: 1980, From: "04", Level: 2_000_000,
			Months: 1, Start: start, Referred: referred}))
	}
	for name, s := range map[string]domaintest.Spec{
		"example 15, the old place": {Given: granted2015(72, 20150302, on(20150728, TransferOut{"04"})), When: on(20150806, Suspend{6}), Error: "unemployment.not_allowed_now"},
		"example 15, the new place": {Given: came(20150806, 20150802, 20150728), When: on(20150807, Suspend{1}), Error: "unemployment.notice_exempt"},
		"since 2026 it is owed at the new place": {Given: came(20260304, 20260302, 20260227), When: on(20260306, Miss{1}),
			Then: []domain.Event{NoticeMissed{who, 1}}},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}
