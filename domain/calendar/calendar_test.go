package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRefusesDaysThatDoNotExist(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2024-04-31", "2023-02-29", "2024-13-01", "31/4/2024", "", "2024-4-3", "0000-01-01", "2024-04-03T00:00:00Z"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}

func TestWritesDatesAsOfficialDocumentsDo(t *testing.T) {
	t.Parallel()
	for in, want := range map[Date]string{20240408: "08/4/2024", 20240209: "09/02/2024", 20211125: "25/11/2021", 0: ""} {
		if got := in.Vietnamese(); got != want {
			t.Errorf("%v written %q, want %q", in, got, want)
		}
	}
}

func TestADayInVietnamStartsAtFiveInTheAfternoonUTC(t *testing.T) {
	t.Parallel()
	if got := On(time.Date(2024, 4, 30, 16, 59, 59, 0, time.UTC)); got != 20240430 {
		t.Errorf("one second before midnight in Hà Nội: %v", got)
	}
	if got := On(time.Date(2024, 4, 30, 17, 0, 0, 0, time.UTC)); got != 20240501 {
		t.Errorf("midnight in Hà Nội: %v", got)
	}
}

func TestMonthsOfBothCalendars(t *testing.T) {
	t.Parallel()
	april := Month{2024, time.April}
	for _, c := range []struct {
		calendar   Calendar
		month, ytd Range
	}{
		{Civil, Range{20240401, 20240430}, Range{20240101, 20240430}},
		{Fifteenth, Range{20240315, 20240414}, Range{20231215, 20240414}},
	} {
		if got := c.calendar.Month(april); got != c.month {
			t.Errorf("%s month: %v, want %v", c.calendar, got, c.month)
		}
		if got := c.calendar.YearToDate(april); got != c.ytd {
			t.Errorf("%s year to date: %v, want %v", c.calendar, got, c.ytd)
		}
	}
}

func TestEveryDayFallsInExactlyOneMonth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Of(2020, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "day"))
		for _, c := range []Calendar{Civil, Fifteenth} {
			m := c.MonthOf(d)
			if !c.Month(m).Has(d) || c.Month(m.Add(1)).Has(d) || c.Month(m.Add(-1)).Has(d) {
				t.Fatalf("%v under %s: month %v is %v", d, c, m, c.Month(m))
			}
		}
	})
}

func TestAShortMonthEndsABenefitMonthOnItsLastDay(t *testing.T) {
	t.Parallel()
	if got := Date(20240131).AddMonths(1); got != 20240229 {
		t.Errorf("31/01/2024 and a month: %v", got)
	}
	if got := Date(20240331).AddMonths(-1); got != 20240229 {
		t.Errorf("31/3/2024 less a month: %v", got)
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2024-04-30")
	f.Add("2024-04-31")
	f.Add("1800-01-01")
	f.Add("9998-12-09")
	f.Add("2004-10-20")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q came back as %q", s, d)
		}
	})
}

func FuzzParseMonth(f *testing.F) {
	f.Add("2024-04")
	f.Fuzz(func(t *testing.T, s string) {
		if m, err := ParseMonth(s); err == nil && m.String() != s {
			t.Errorf("%q came back as %q", s, m)
		}
	})
}
