package calendar

import "time"

// Workdays knows which days are worked: Monday to Friday, less public holidays and the days given for them, and the
// Saturdays worked for a day that was moved (Bộ luật Lao động 45/2019 Đ111, Đ112; the Prime Minister's yearly decision).
// The zero value knows weekends only.
type Workdays struct {
	off    map[Date]bool
	worked map[Date]bool
	known  Range // the days of the years that are listed
}

// NewWorkdays returns the working days of the years in the range, with the days off beside weekends, and the weekend
// days that are worked.
func NewWorkdays(known Range, off, worked []Date) Workdays {
	w := Workdays{map[Date]bool{}, map[Date]bool{}, known}
	for _, d := range off {
		w.off[d] = true
	}
	for _, d := range worked {
		w.worked[d] = true
	}
	return w
}

// Knows tells whether the holidays of a day's year are listed. Beyond them only weekends are known.
func (w Workdays) Knows(d Date) bool { return w.known.Has(d) }

// Is tells whether a day is worked.
func (w Workdays) Is(d Date) bool {
	if w.off[d] {
		return false
	}
	day := d.Time().Weekday()
	return w.worked[d] || day != time.Saturday && day != time.Sunday
}

// Add returns the n-th working day after a day, which is not counted itself (NĐ 374/2025 Đ45.3); the day itself where n
// is 0.
func (w Workdays) Add(d Date, n int) Date {
	for n > 0 {
		if d = d.AddDays(1); w.Is(d) {
			n--
		}
	}
	return d
}

// Between counts the working days after from, up to and with to; 0 where to is not after from.
func (w Workdays) Between(from, to Date) (n int) {
	for from < to {
		if from = from.AddDays(1); w.Is(from) {
			n++
		}
	}
	return n
}

// OnOrAfter returns the day itself where it is worked, or the next one that is.
func (w Workdays) OnOrAfter(d Date) Date {
	for !w.Is(d) {
		d = d.AddDays(1)
	}
	return d
}
