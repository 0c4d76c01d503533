package calendar

import (
	"fmt"
	"time"
)

// Month names a month of a report, YYYY-MM. Which days it has is for a [Calendar] to say.
type Month struct {
	Year  int
	Month time.Month
}

// ParseMonth reads YYYY-MM.
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 1800 {
		return Month{}, fmt.Errorf("không phải tháng có thật dạng YYYY-MM: %q", clip(s))
	}
	return Month{t.Year(), t.Month()}, nil
}

// Add returns the month n months later, or earlier where n is negative.
func (m Month) Add(n int) Month {
	t := time.Date(m.Year, m.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return Month{t.Year(), t.Month()}
}

// LastYear returns the same month of the year before.
func (m Month) LastYear() Month { return Month{m.Year - 1, m.Month} }

// First returns the first day of the month in the ordinary calendar.
func (m Month) First() Date { return Of(m.Year, m.Month, 1) }

// Last returns the last day of the month in the ordinary calendar.
func (m Month) Last() Date { return Of(m.Year, m.Month+1, 0) }

// IsZero tells whether there is no month.
func (m Month) IsZero() bool { return m == Month{} }

// String returns YYYY-MM.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// Vietnamese returns the month as official documents write it: 4/2024, 02/2024.
func (m Month) Vietnamese() string {
	if m.Month <= time.February {
		return fmt.Sprintf("%02d/%d", m.Month, m.Year)
	}
	return fmt.Sprintf("%d/%d", m.Month, m.Year)
}

// MarshalText implements encoding.TextMarshaler.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (m *Month) UnmarshalText(b []byte) error {
	v, err := ParseMonth(string(b))
	if err != nil {
		return err
	}
	*m = v
	return nil
}

// Range is a span of days, both ends included. It is empty where To is before From.
type Range struct{ From, To Date }

// Has tells whether d lies in the range.
func (r Range) Has(d Date) bool { return r.From <= d && d <= r.To }
