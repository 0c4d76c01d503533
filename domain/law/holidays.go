package law

import (
	"io/fs"
	"slices"

	"hoso/domain/calendar"
)

// readHolidays reads holidays.csv: one day a row, kind off (a holiday, the day given for one that fell on a weekend, a day
// that was moved) or worked (a weekend day worked for a moved one). A day that is what it would be anyway is a slip of the pen.
func (l *Law) readHolidays(files fs.FS) error {
	var off, worked, seen []calendar.Date
	err := readTable(files, "holidays.csv", []string{"date", "kind", "name", "source", "verified"}, func(r *row) {
		d, kind := r.Date("date"), r.OneOf("kind", "off", "worked")
		r.Text("name")
		r.Source()
		if slices.Contains(seen, d) {
			r.Fail("ngày %s có hai dòng", d)
		}
		switch plain := (calendar.Workdays{}); {
		case kind == "worked" && plain.Is(d):
			r.Fail("ngày %s vốn là ngày làm việc", d)
		case kind == "off" && !plain.Is(d):
			r.Fail("ngày %s vốn là ngày nghỉ cuối tuần", d)
		}
		seen = append(seen, d)
		if kind == "off" {
			off = append(off, d)
		} else {
			worked = append(worked, d)
		}
	})
	if err != nil {
		return err
	}
	if len(seen) == 0 {
		return mistake("holidays.csv", 1, "không có ngày nào")
	}
	first, last := slices.Min(seen), slices.Max(seen)
	l.Workdays = calendar.NewWorkdays(calendar.Range{From: calendar.Of(first.Year(), 1, 1), To: calendar.Of(last.Year(), 12, 31)}, off, worked)
	return nil
}
