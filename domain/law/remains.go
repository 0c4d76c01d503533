package law

import (
	"io/fs"

	"hoso/domain/calendar"
	"hoso/domain/money"
)

// RemainsSupport is what relatives are paid who bring a martyr's remains home.
type RemainsSupport struct {
	Exhumation money.VND // at most
	Kilometre  money.VND // for one traveller
	Travellers int64     // at most
	Grave      money.VND // at most, where the family buries outside a martyrs' cemetery
	Source
}

// Travel returns the support for a journey.
func (s RemainsSupport) Travel(kilometres, travellers int64) money.VND {
	return s.Kilometre * money.VND(kilometres*min(travellers, s.Travellers))
}

// readRemains reads remains.csv: one row for an interval.
func (l *Law) readRemains(files fs.FS) error {
	columns := []string{"from", "to", "exhumation", "kilometre", "travellers", "grave", "source", "verified"}
	return readTable(files, "remains.csv", columns, func(r *row) {
		const most = 1_000_000_000
		l.remains.add(r, r.Valid(), RemainsSupport{
			money.VND(r.Number("exhumation", 1, most)), money.VND(r.Number("kilometre", 1, most)),
			r.Number("travellers", 1, 100), money.VND(r.Number("grave", 1, most)), r.Source(),
		})
	})
}

// RemainsSupport returns what is in force on a day.
func (l *Law) RemainsSupport(on calendar.Date) (RemainsSupport, bool) { return l.remains.on(on) }
