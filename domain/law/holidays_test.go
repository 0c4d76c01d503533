package law_test

import (
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
	"time"

	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Each year as a clerk reads it: the days off that are no weekend, and the Saturdays worked.
func TestHolidays(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/5 02/5 03/5 01/9 04/9",
		2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/4 29/4 30/4 01/5 +04/5 02/9 03/9",
		2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/4 +26/4 30/4 01/5 02/5 01/9 02/9",
		2026: "01/01 02/01 +10/01 16/02 17/02 18/02 19/02 20/02 27/4 30/4 01/5 +22/8 31/8 01/9 02/9 24/11",
		2027: "01/01 05/02 08/02 09/02 10/02 16/4 30/4 03/5 02/9 24/11",
	} {
		var got []string
		plain, w := calendar.Workdays{}, law.Shipped().Workdays
		for d := calendar.Of(year, 1, 1); d.Year() == year; d = d.AddDays(1) {
			day := strings.TrimSuffix(d.Vietnamese(), d.String()[:4])
			day = strings.TrimSuffix(day, "/")
			switch {
			case plain.Is(d) && !w.Is(d):
				got = append(got, day)
			case w.Is(d) && !plain.Is(d):
				got = append(got, "+"+day)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%d:\n got %s\nwant %s", year, s, want)
		}
	}
}

// Periods that an office has met.
func TestPeriodsOverHolidays(t *testing.T) {
	t.Parallel()
	w := law.Shipped().Workdays
	for _, c := range []struct {
		from calendar.Date
		days int
		to   calendar.Date
	}{
		{20240426, 3, 20240504}, // the moved Monday, two holidays, and the Saturday worked for it
		{20250425, 3, 20250429}, // Saturday the 26th is worked
		{20250429, 1, 20250505},
		{20260213, 1, 20260223}, // nine days of Tết
		{20260821, 2, 20260824}, // Saturday the 22nd is worked
		{20260828, 1, 20260903},
		{20261123, 1, 20261125},
	} {
		if got := w.Add(c.from, c.days); got != c.to {
			t.Errorf("%d working days after %s: %s, want %s", c.days, c.from, got, c.to)
		}
	}
}

// A moved day and the Saturday worked for it name each other.
func TestMovedDaysCorrespond(t *testing.T) {
	t.Parallel()
	f, err := law.Files().Open("holidays.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.Comment = '#'
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{} // by the day as it is written
	for _, r := range rows[1:] {
		d, _ := calendar.ParseDate(r[0])
		kinds[d.Vietnamese()] = r[1] + " " + r[2]
	}
	moved := 0
	for day, what := range kinds {
		other := regexp.MustCompile(`\d+/\d+/\d{4}$`).FindString(what)
		switch {
		case strings.HasPrefix(what, "worked"):
			if kinds[other] != "off Hoán đổi với "+day {
				t.Errorf("%s is worked for %q, which says %q", day, other, kinds[other])
			}
			if d, _ := time.Parse("02/1/2006", day); d.Weekday() != time.Saturday {
				t.Errorf("%s is no Saturday", day)
			}
			moved++
		case strings.Contains(what, "Hoán đổi") && kinds[other] != "worked Làm bù "+day:
			t.Errorf("%s was moved to %q, which says %q", day, other, kinds[other])
		}
	}
	if moved != 4 {
		t.Errorf("%d moved days, want 4: 2024, 2025, and two of 2026", moved)
	}
}
