package unemployment

import (
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// firstDay returns the first day of a benefit: the 16th working day since the filing (NĐ 28/2015 Đ18.1), under the law
// of 2025 the 11th since the full file (Đ39.3). The day of filing is not counted. False where the holidays of those days
// are not known.
func firstDay(l *law.Law, u law.Unemployment, s State) (calendar.Date, bool) {
	filed := s.counted(u)
	day := l.Workdays.Add(filed, u.Start)
	return day, l.Workdays.Knows(filed) && l.Workdays.Knows(day)
}
