package law

import (
	"io/fs"
	"time"

	"hoso/domain/calendar"
)

// AnnualReview is when the poor households of a year are reviewed.
type AnnualReview struct {
	Days calendar.Range
	Source
}

type annualReview struct {
	first, last monthDay
	Source
}

type monthDay struct {
	month time.Month
	day   int
}

func (d monthDay) in(year int) calendar.Date { return calendar.Of(year, d.month, d.day) }

// monthDay reads a day of every year, MM-DD.
func (r *row) monthDay(column string) monthDay {
	d, err := calendar.ParseDate("2023-" + r.Optional(column)) // a year without 29 February
	if err != nil {
		r.Fail("cột %s phải là ngày trong năm, dạng MM-DD", column)
	}
	return monthDay{d.Month(), d.Day()}
}

// readReviews reads poverty.csv: the days of every year on which the annual review begins and ends.
func (l *Law) readReviews(files fs.FS) error {
	return readTable(files, "poverty.csv", []string{"from", "to", "begins", "ends", "source", "verified"}, func(r *row) {
		a := annualReview{r.monthDay("begins"), r.monthDay("ends"), r.Source()}
		if !r.Failed() && a.last.in(2023) < a.first.in(2023) {
			r.Fail("ngày kết thúc trước ngày bắt đầu")
		}
		l.reviews.add(r, r.Valid(), a)
	})
}

// AnnualReview returns the days of a year's review, as the law stands at the end of that year.
func (l *Law) AnnualReview(year int) (AnnualReview, bool) {
	a, ok := l.reviews.on(calendar.Of(year, 12, 31))
	if !ok {
		return AnnualReview{}, false
	}
	return AnnualReview{calendar.Range{From: a.first.in(year), To: a.last.in(year)}, a.Source}, true
}
