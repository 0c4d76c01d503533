package calendar

import "fmt"

// Calendar turns the month of a report into days. It is a property of a report's section, not of a case action:
// the same action may fall in April under one calendar and in May under another.
type Calendar string

const (
	// Civil has calendar months and a year from 1 January: unemployment insurance (TT 28/2015 Đ17,
	// NĐ 374/2025 Đ34.12), rehabilitation (TT 05/2011) and the monthly report of 2024.
	Civil Calendar = "calendar"
	// Fifteenth has months from the 15th of the month before to the 14th, and a year from 15 December
	// (periodic administrative reports, NĐ 09/2019 Đ12).
	Fifteenth Calendar = "15-14"
)

// ParseCalendar reads the name of a calendar.
func ParseCalendar(s string) (Calendar, error) {
	switch c := Calendar(s); c {
	case Civil, Fifteenth:
		return c, nil
	}
	return "", fmt.Errorf("lịch báo cáo %q không có; hãy dùng %q hoặc %q", clip(s), Civil, Fifteenth)
}

// Month returns the days of a month.
func (c Calendar) Month(m Month) Range {
	if c == Fifteenth {
		return Range{m.First().AddMonths(-1).AddDays(14), m.First().AddDays(13)}
	}
	return Range{m.First(), m.Last()}
}

// YearToDate returns the days from the start of the month's year to the month's end.
func (c Calendar) YearToDate(m Month) Range {
	january := Month{m.Year, 1}
	return Range{c.Month(january).From, c.Month(m).To}
}

// MonthOf returns the month in which a day falls.
func (c Calendar) MonthOf(d Date) Month {
	m := Month{d.Year(), d.Month()}
	if c == Fifteenth && d.Day() >= 15 {
		return m.Add(1)
	}
	return m
}
