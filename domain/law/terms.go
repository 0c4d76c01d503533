package law

import (
	"io/fs"
	"slices"

	"hoso/domain/calendar"
)

// Term is a span that the law sets, both ends included.
type Term struct {
	Min, Max int
	Unit     string // days, months or percent
	Valid    calendar.Range
	Source
}

// Has tells whether n lies in the span.
func (t Term) Has(n int) bool { return t.Min <= n && n <= t.Max }

type termKey struct{ name, key string }

// readTerms reads terms.csv: name and key ("rehab_compulsory" and "first") with an interval and a span.
func (l *Law) readTerms(files fs.FS) error {
	l.terms = map[termKey][]Term{}
	return readTable(files, "terms.csv", []string{"name", "key", "from", "to", "min", "max", "unit", "source", "verified"}, func(r *row) {
		k := termKey{r.Text("name"), r.Optional("key")}
		t := Term{int(r.Number("min", 0, 10_000)), int(r.Number("max", 0, 10_000)), r.OneOf("unit", "days", "months", "percent"), r.Valid(), r.Source()}
		if t.Max < t.Min {
			r.Fail("max nhỏ hơn min")
		}
		if slices.ContainsFunc(l.terms[k], func(other Term) bool { return overlap(t.Valid, other.Valid) }) {
			r.Fail("%s %s có hai thời hạn trong cùng một ngày", k.name, k.key)
		}
		l.terms[k] = append(l.terms[k], t)
	})
}

// Term returns the span of a name and key on a day; false where no row covers the day.
func (l *Law) Term(name, key string, on calendar.Date) (Term, bool) {
	for _, t := range l.terms[termKey{name, key}] {
		if t.Valid.Has(on) {
			return t, true
		}
	}
	return Term{}, false
}
