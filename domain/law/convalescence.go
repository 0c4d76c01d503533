package law

import (
	"io/fs"

	"hoso/domain/calendar"
	"hoso/domain/money"
)

// Convalescence is what the law sets for the convalescence of people with meritorious service (điều dưỡng phục hồi sức
// khỏe).
type Convalescence struct {
	MinDays, MaxDays  int   // of a batch, without the days of travel
	GroupPercent      int64 // of the allowance standard, for somebody who attends a batch
	HomePercent       int64 // of the allowance standard, paid to somebody who convalesces at home
	AgainBelowPercent int   // who attended less of a batch may be let attend again
	Standard          money.VND
	Source
}

// Group returns what convalescence in a batch costs for one person.
func (c Convalescence) Group() money.VND { return c.Standard.Percent(c.GroupPercent) }

// Home returns what somebody is paid who convalesces at home.
func (c Convalescence) Home() money.VND { return c.Standard.Percent(c.HomePercent) }

// readConvalescence reads convalescence.csv: one row for an interval.
func (l *Law) readConvalescence(files fs.FS) error {
	columns := []string{"from", "to", "min_days", "max_days", "group_percent", "home_percent", "again_below_percent", "source", "verified"}
	return readTable(files, "convalescence.csv", columns, func(r *row) {
		c := Convalescence{
			MinDays: int(r.Number("min_days", 1, 60)), MaxDays: int(r.Number("max_days", 1, 60)),
			GroupPercent: r.Number("group_percent", 1, 1000), HomePercent: r.Number("home_percent", 1, 1000),
			AgainBelowPercent: int(r.Number("again_below_percent", 0, 100)), Source: r.Source(),
		}
		if c.MaxDays < c.MinDays {
			r.Fail("max_days nhỏ hơn min_days")
		}
		l.convalescence.add(r, r.Valid(), c)
	})
}

// Convalescence returns what is in force on a day, with the allowance standard of that day; false where the files say
// nothing about it.
func (l *Law) Convalescence(on calendar.Date) (Convalescence, bool) {
	c, ok := l.convalescence.on(on)
	standard, known := l.Amount("merit_standard", "", on)
	c.Standard = standard.VND
	return c, ok && known
}
