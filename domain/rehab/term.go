package rehab

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// term is how long a stay may be by law, for decisions and contracts of an interval of days.
type term struct {
	regime   string
	minor    bool
	valid    calendar.Range
	min, max int // months
	law      string
}

const (
	always  calendar.Date = 18000101
	newLaw  calendar.Date = 20260701 // Luật Phòng, chống ma túy 120/2025
	forever calendar.Date = 99981231
)

// Under the new law the term is 24 months the first time and 36 from the second; which time it is stands in the
// court's decision. For minors and volunteers the bounds of the old law stay until the new decree says otherwise.
var terms = []term{
	{"compulsory", false, calendar.Range{From: always, To: newLaw.AddDays(-1)}, 12, 24, "Luật 73/2021, NĐ 116/2021"},
	{"compulsory", false, calendar.Range{From: newLaw, To: forever}, 24, 36, "Luật 120/2025 Đ29"},
	{"compulsory", true, calendar.Range{From: always, To: forever}, 6, 12, "Luật 73/2021, NĐ 116/2021"},
	{"voluntary", false, calendar.Range{From: always, To: forever}, 6, 12, "Luật 73/2021, NĐ 116/2021"},
	{"voluntary", true, calendar.Range{From: always, To: forever}, 6, 12, "Luật 73/2021, NĐ 116/2021"},
	{"holding", false, calendar.Range{From: always, To: forever}, 0, 0, "NĐ 116/2021 Đ44"}, // nothing decided yet
	{"holding", true, calendar.Range{From: always, To: forever}, 0, 0, "NĐ 116/2021 Đ44"},
}

func allowTerm(regime string, minor bool, decided calendar.Date, months int) error {
	for _, t := range terms {
		if t.regime != regime || t.minor != minor || !t.valid.Has(decided) {
			continue
		}
		if months < t.min || months > t.max {
			return domain.Reject("rehab.term_out_of_bounds", "thời hạn %d tháng ngoài khoảng %d–%d tháng (%s)", months, t.min, t.max, t.law)
		}
		return nil
	}
	return domain.Reject("rehab.term_unknown", "không có quy định thời hạn cho chế độ này vào ngày %s", decided.Vietnamese())
}

// halfServed tells whether half of the term is behind (NĐ 116/2021 Đ58). Counting back from the end leaves out the
// days of escape and counts those before placement, as the end has moved by them.
func halfServed(s State, on calendar.Date) bool {
	whole := s.Due.AddMonths(-s.Months).DaysUntil(s.Due)
	return 2*on.DaysUntil(s.Due) <= whole
}
