package law

import (
	"io/fs"

	"hoso/domain/calendar"
)

// Relief is how much rice the law gives for an occasion.
type Relief struct {
	Kg     int64 // for one person and month
	Months int64 // at most
	Source
}

// readRelief reads relief.csv: a row for each occasion and interval.
func (l *Law) readRelief(files fs.FS) error {
	l.relief = map[string]dated[Relief]{}
	return readTable(files, "relief.csv", []string{"occasion", "from", "to", "kg", "months", "source", "verified"}, func(r *row) {
		occasion := r.OneOf("occasion", "tet", "giap_hat", "disaster")
		d := l.relief[occasion]
		d.add(r, r.Valid(), Relief{r.Number("kg", 1, 1000), r.Number("months", 1, 12), r.Source()})
		l.relief[occasion] = d
	})
}

// Relief returns what is in force on a day for an occasion: tet, giap_hat or disaster.
func (l *Law) Relief(occasion string, on calendar.Date) (Relief, bool) {
	return l.relief[occasion].on(on)
}
