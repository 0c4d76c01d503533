package calendar

import "time"

// WrittenDay reads a day as people here write it, the day first (17/02/1985, 7-2-1985, 7.2.1985), and returns it as it is stored:
// 1985-02-17. False where it is none.
func WrittenDay(s string) (stored string, ok bool) {
	return written(s, time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006")
}

// WrittenMonth is [WrittenDay] of a month: 02/1985, 2-1985, 2.1985, stored as 1985-02.
func WrittenMonth(s string) (stored string, ok bool) {
	return written(s, "2006-01", "1/2006", "1-2006", "1.2006")
}

func written(s, stored string, layouts ...string) (string, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(stored), true
		}
	}
	return "", false
}
