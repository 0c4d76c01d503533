package unemployment

import (
	"encoding/json"
	"fmt"
	"math/bits"

	"hoso/domain/calendar"
)

// benefitMonth returns the days of the n-th month of a benefit: from the day on which it starts to the day before the
// same day of the next month (TT 28/2015 Đ8.2); a month without such a day ends the benefit month on its last day
// (NĐ 374/2025 Đ15.2, and the only way to read the older rule). Months follow each other without a gap.
func benefitMonth(start calendar.Date, n int) calendar.Range {
	first := start
	if n > 1 {
		first = monthEnd(start, n-1).AddDays(1)
	}
	return calendar.Range{From: first, To: monthEnd(start, n)}
}

func monthEnd(start calendar.Date, n int) calendar.Date {
	same := start.AddMonths(n)
	if same.Day() < start.Day() {
		return same // the month is too short: this is its last day
	}
	return same.AddDays(-1)
}

// monthOf returns in which month of the benefit a day lies: 0 before the first, and where the start is not known. Days
// after the twelfth month are in the thirteenth.
func monthOf(start, day calendar.Date) int {
	if start.IsZero() || day < start {
		return 0
	}
	n := 1
	for n <= 12 && monthEnd(start, n) < day {
		n++
	}
	return n
}

// monthSet is a set of benefit months, 1 to 12, as bits.
type monthSet uint16

func (s monthSet) has(month int) bool      { return s&(1<<month) != 0 }
func (s monthSet) with(month int) monthSet { return s | 1<<month }

// from adds the months of a range.
func (s monthSet) from(first, last int) monthSet {
	for m := first; m <= last; m++ {
		s = s.with(m)
	}
	return s
}

// among counts those of the first n months that are in the set.
func (s monthSet) among(n int) (count int) {
	for m := 1; m <= n; m++ {
		if s.has(m) {
			count++
		}
	}
	return count
}

// run returns the last of the first n consecutive months in the set; 0 where there are not so many.
func (s monthSet) run(n int) int {
	length := 0
	for m := 1; m <= 12; m++ {
		if length++; !s.has(m) {
			length = 0
		}
		if length == n {
			return m
		}
	}
	return 0
}

// last returns the last month of the set; 0 of an empty one.
func (s monthSet) last() int { return max(0, bits.Len16(uint16(s))-1) }

// MarshalJSON lists the months: people read the state of a case.
func (s monthSet) MarshalJSON() ([]byte, error) {
	months := []int{}
	for m := 1; m <= 12; m++ {
		if s.has(m) {
			months = append(months, m)
		}
	}
	return json.Marshal(months)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *monthSet) UnmarshalJSON(b []byte) error {
	var months []int
	if err := json.Unmarshal(b, &months); err != nil {
		return err
	}
	*s = 0
	for _, m := range months {
		if m < 1 || m > 12 {
			return fmt.Errorf("month %d of a benefit", m)
		}
		*s = s.with(m)
	}
	return nil
}
