// Package calendar holds the civil dates and the reporting periods of the office.
//
// A case action happens on a [Date], a day in Vietnam without a time of day. A report asks for a [Month] of a
// [Calendar]; the calendar alone knows which days that month has and when its year began.
package calendar

import (
	"fmt"
	"time"
)

// Zone is Vietnam's time: UTC+7 all year round. A fixed zone, so that a machine without a time zone
// database counts the same days.
var Zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// Date is a civil date, written as the integer YYYYMMDD, so that it sorts, stores and reads as itself.
// The zero value means "no date". Only dates made by [Of], [On] and [ParseDate] are valid.
type Date int32

// Of returns the date of a year, month and day that exist; others are moved on as time.Date does.
func Of(year int, month time.Month, day int) Date {
	return fromTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// On returns the date in Vietnam at the moment t.
func On(t time.Time) Date { return fromTime(t.In(Zone)) }

func fromTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date(y*10000 + int(m)*100 + d)
}

// ParseDate reads YYYY-MM-DD. A day that does not exist (31 April) is an error, never moved on.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("không phải ngày có thật dạng YYYY-MM-DD: %q", clip(s))
	}
	if t.Year() < 1800 || t.Year() > 9998 {
		return 0, fmt.Errorf("năm ngoài khoảng 1800–9998: %q", clip(s))
	}
	return fromTime(t), nil
}

// clip keeps an error short when somebody sends a book instead of a date.
func clip(s string) string {
	if len(s) > 20 {
		return s[:20] + "…"
	}
	return s
}

func (d Date) Year() int         { return int(d) / 10000 }
func (d Date) Month() time.Month { return time.Month(int(d) / 100 % 100) }
func (d Date) Day() int          { return int(d) % 100 }

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Time returns midnight UTC of the date, for arithmetic only.
func (d Date) Time() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// AddDays returns the date n days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date { return fromTime(d.Time().AddDate(0, 0, n)) }

// AddMonths returns the same day n months later, or that month's last day where it has no such day
// (NĐ 374/2025 Đ15.2: a benefit month ends on the last day of a month that is too short).
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year(), d.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Of(first.Year(), first.Month(), min(d.Day(), last))
}

// DaysUntil returns the number of days from d to e; negative where e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.Time().Sub(d.Time()).Hours() / 24) }

// String returns YYYY-MM-DD, or nothing for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	text := [...]byte{0, 0, 0, 0, '-', 0, 0, '-', 0, 0} // by hand: every event that is written or checked has dates
	for rest, i := d, len(text)-1; i >= 0; i-- {
		if text[i] == 0 {
			text[i] = byte('0' + rest%10)
			rest /= 10
		}
	}
	return string(text[:])
}

// Vietnamese returns the date as official documents write it: the day padded, the month padded only for
// January and February (08/4/2024, 09/02/2024; NĐ 30/2020, annex I).
func (d Date) Vietnamese() string {
	if d == 0 {
		return ""
	}
	if d.Month() <= time.February {
		return fmt.Sprintf("%02d/%02d/%d", d.Day(), d.Month(), d.Year())
	}
	return fmt.Sprintf("%02d/%d/%d", d.Day(), d.Month(), d.Year())
}

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
