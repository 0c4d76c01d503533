package law

import (
	"io/fs"
	"slices"

	"hoso/domain/calendar"
	"hoso/domain/money"
)

// Amount is a sum of money that the law sets for an interval of days.
type Amount struct {
	VND   money.VND
	Valid calendar.Range
	Source
}

type amountKey struct{ name, key string }

// readAmounts reads amounts.csv: name and key ("minimum_wage" and the region "II") with an interval and an amount in đồng.
func (l *Law) readAmounts(files fs.FS) error {
	l.amounts = map[amountKey][]Amount{}
	return readTable(files, "amounts.csv", []string{"name", "key", "from", "to", "vnd", "source", "verified"}, func(r *row) {
		k := amountKey{r.Text("name"), r.Optional("key")}
		a := Amount{money.VND(r.Number("vnd", 1, 1_000_000_000)), r.Valid(), r.Source()}
		if slices.ContainsFunc(l.amounts[k], func(other Amount) bool { return overlap(a.Valid, other.Valid) }) {
			r.Fail("%s %s có hai mức trong cùng một ngày", k.name, k.key)
		}
		l.amounts[k] = append(l.amounts[k], a)
	})
}

// Amount returns the amount of a name and key on a day; false where no row covers the day.
func (l *Law) Amount(name, key string, on calendar.Date) (Amount, bool) {
	for _, a := range l.amounts[amountKey{name, key}] {
		if a.Valid.Has(on) {
			return a, true
		}
	}
	return Amount{}, false
}
