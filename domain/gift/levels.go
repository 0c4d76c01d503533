package gift

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var notTheLevels = domain.Rule{Code: "gift.not_the_levels", Law: "QĐ của Chủ tịch nước về tặng quà người có công",
	Say: domain.Text{Vi: "%d đồng không phải là %d suất quà mức %d hoặc %d đồng", En: "%d đồng are not %d gifts of %d or %d đồng"}}

// allowLevels keeps a gift of the President to its two levels: each person gets one gift, of the higher level to which
// there is a right. Where the files know no levels for the day of the decision, any amount is taken.
func allowLevels(l *law.Law, e HandedOver, decided calendar.Date) error {
	if e.Giver != "president" {
		return nil
	}
	high, ok := l.Amount("president_gift", "high", decided)
	low, also := l.Amount("president_gift", "low", decided)
	if !ok || !also || high.VND <= low.VND {
		return nil
	}
	// amount = persons × low + (those with the higher one) × (high - low)
	over, step := int64(e.Amount)-e.Persons*int64(low.VND), int64(high.VND-low.VND)
	if over < 0 || over%step != 0 || over/step > e.Persons {
		return notTheLevels.Refuse(e.Amount, e.Persons, high.VND, low.VND)
	}
	return nil
}
