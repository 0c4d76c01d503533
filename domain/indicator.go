package domain

import (
	"fmt"
	"strings"

	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Measure says how an indicator's contributions become a figure.
type Measure string

const (
	// Flow is the sum of what happened in a range of days.
	Flow Measure = "flow"
	// Stock is the sum since the beginning, at a date: +1 on entry, -1 on leaving.
	Stock Measure = "stock"
	// Distinct counts each person once in a range of days. A year's figure is not the sum of its months.
	Distinct Measure = "distinct"
	// Ratio divides one indicator by another.
	Ratio Measure = "ratio"
	// Reported is a value that an authority states: the latest statement in the range counts.
	Reported Measure = "reported"
)

// Indicator declares one figure of the reports. Its id and breakdown keys never change.
type Indicator struct {
	ID         string
	Label      Text
	Unit       string // người, hồ sơ, VND, kg, %…
	Measure    Measure
	Breakdowns []Breakdown
	Law        string // form, document or article that asks for it
	Version    int    // of the definition; 0 means 1
	// Over and Under make a ratio: the sum of Over divided by the sum of Under.
	Over, Under string
	// Scale is how many parts a unit has in stored quantities: 100 for a percentage in hundredths. 0 means 1.
	Scale int64
	// Hidden figures exist for others (ratios, targets) and stand in no report.
	Hidden bool
	// Once says of a stock that a person stands in it at most once: whoever stands there twice is a mistake to look for.
	Once bool
}

// Balance says how a stock moves: over any range of days its change is what enters less what leaves. A report checks it.
type Balance struct {
	Stock        string
	Enter, Leave []string // flows
}

// Breakdown is a way to divide an indicator; open sets of values (procedures, campaigns) have no Values.
type Breakdown struct {
	Key    string
	Values []string
}

// Parts returns how many parts a unit of the indicator has in stored quantities.
func (i Indicator) Parts() int64 { return max(i.Scale, 1) }

// By makes breakdowns from the form of indicators.csv: "kind=fixed|mobile; sex=female|male". A set written <name>
// is open.
func By(declaration string) []Breakdown {
	var all []Breakdown
	for part := range strings.SplitSeq(declaration, ";") {
		key, values, _ := strings.Cut(strings.TrimSpace(part), "=")
		b := Breakdown{Key: key}
		if !strings.HasPrefix(values, "<") {
			b.Values = strings.Split(values, "|")
		}
		all = append(all, b)
	}
	return all
}

// Contribution is what one act adds to one indicator. Quantities are whole numbers in the smallest unit: VND, kg,
// persons.
type Contribution struct {
	Indicator string
	Occurred  calendar.Date
	Area      area.Code
	Breakdown string // "channel=direct;sex=female", made by [Split]
	Quantity  int64
	Person    PersonID // where persons are counted once
}

// Split makes the breakdown of a contribution from keys and values; a key without a value is left out.
func Split(pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		b.WriteString(pairs[i])
		b.WriteByte('=')
		b.WriteString(pairs[i+1])
	}
	return b.String()
}

// SplitOf reads what [Split] writes.
func SplitOf(breakdown string) map[string]string {
	m := map[string]string{}
	if breakdown == "" {
		return m
	}
	for pair := range strings.SplitSeq(breakdown, ";") {
		key, value, _ := strings.Cut(pair, "=")
		m[key] = value
	}
	return m
}

// Contributions returns what an event adds to the figures. It follows from the event alone: a correction takes the
// old act back and adds the new one, a void takes the act back.
func (t CaseType) Contributions(act Act) []Contribution {
	switch e := act.Event.(type) {
	case Corrected:
		return append(negate(t.Contributions(e.Was)), t.Contributions(e.Now)...)
	case Voided:
		return negate(t.Contributions(e.Was))
	case Assigned, Attached, AmendmentRequested, AmendmentDeclined:
		return nil
	}
	return t.Contribute(act)
}

func negate(cs []Contribution) []Contribution {
	for i := range cs {
		cs[i].Quantity = -cs[i].Quantity
	}
	return cs
}

// check tells whether a contribution keeps to its indicator's declaration.
func (i Indicator) check(c Contribution) error {
	for key, value := range SplitOf(c.Breakdown) {
		ok := false
		for _, b := range i.Breakdowns {
			if b.Key != key {
				continue
			}
			ok = len(b.Values) == 0
			for _, v := range b.Values {
				ok = ok || v == value
			}
		}
		if !ok {
			return fmt.Errorf("indicator %s has no breakdown %s=%s", i.ID, key, value)
		}
	}
	return nil
}
