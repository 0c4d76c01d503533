package calendar_test

import (
	"testing"

	"hoso/domain/calendar"
)

// april is the last week of April 2024: Monday the 29th was moved to Saturday the 4th of May, the 30th and the 1st are
// holidays.
var april = calendar.NewWorkdays(calendar.Range{From: 20240101, To: 20241231}, []calendar.Date{20240429, 20240430, 20240501}, []calendar.Date{20240504})

func TestWorkdays(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]calendar.Date{0: 20240426, 1: 20240502, 2: 20240503, 3: 20240504, 4: 20240506} {
		if got := april.Add(20240426, n); got != want {
			t.Errorf("%d working days after Friday the 26th: %s, want %s", n, got, want)
		}
		if got := april.Between(20240426, want); got != n {
			t.Errorf("between: %d, want %d", got, n)
		}
	}
	if got := april.OnOrAfter(20240427); got != 20240502 {
		t.Errorf("on or after Saturday: %s", got)
	}
	if !april.Knows(20240704) || april.Knows(20250101) {
		t.Error("the year 2024 is known, and no other")
	}
}
