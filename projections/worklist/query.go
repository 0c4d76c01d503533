package worklist

import (
	"strconv"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Query asks for cases. What is set must hold all together.
type Query struct {
	// Within bounds the answer to what somebody may see: the cases that lie in any of these. Nil: everything.
	Within []Scope
	Types  []string        // any of these case types
	Unit   area.Code       // it and everything below it, what it was made from and what it became
	Person domain.PersonID // named in the case
	Step   string
	Stages []Stage // at any of these; nil: at any
	// Assigned is an account; Nobody asks for what nobody works on.
	Assigned string
	Urgency  Urgency       // of open cases
	On       calendar.Date // the day of asking: urgency is told from it, and codes name the units of that day
	// Closed asks for all cases, also those that need no work, the latest first. Otherwise it is the open ones, the most
	// urgent first.
	Closed bool
	Limit  int    // at most so many; 0: 50
	After  string // the Next of the page before
}

// Nobody is the Assigned of what nobody works on. No account has this name.
const Nobody = "-"

// Scope is a part of the cases.
type Scope struct {
	Unit  area.Code // and everything below it; empty: everywhere
	Types []string  // empty: all
}

// Stage is a step of a case type.
type Stage struct{ Type, Step string }

// Page is a part of a list.
type Page struct {
	Cases []Case `json:"cases"`
	Next  string `json:"next,omitempty"` // asks for the page after it; empty: there is none
}

// place is where a list goes on: after this case.
type place struct{ next, id int64 }

func (p place) String() string {
	return strconv.FormatInt(p.next, 10) + "." + strconv.FormatInt(p.id, 10)
}

func parsePlace(s string) (p place, err error) {
	next, id, _ := strings.Cut(s, ".")
	p.next, err = strconv.ParseInt(next, 10, 64)
	if err == nil {
		p.id, err = strconv.ParseInt(id, 10, 64)
	}
	if err != nil {
		return p, domain.Malformed("list.no_such_place", "after", "không phải vị trí trong danh sách; hãy dùng giá trị mà trang trước đã cho")
	}
	return p, nil
}

// span is a set of cases by unit and type, as the file has them. An empty set of types or units that is not nil is nothing.
type span struct {
	units, types []int64 // nil: all
}

// spans turns what a query bounds into spans.
func (r *Reader) spans(q Query) (all []span, nothing bool) {
	of := func(unit area.Code, types []string) span {
		s := span{}
		if unit != "" {
			s.units = []int64{}
			for _, code := range codesOf(unit, q.On) {
				if id := r.names.ID(string(code)); id != 0 {
					s.units = append(s.units, id)
				}
			}
		}
		for _, t := range types {
			if id := r.names.ID(t); id != 0 {
				s.types = append(s.types, id)
			} else if s.types == nil {
				s.types = []int64{}
			}
		}
		return s
	}
	asked := of(q.Unit, q.Types)
	if q.Within == nil {
		return []span{asked}, asked.empty()
	}
	for _, w := range q.Within {
		s := of(w.Unit, w.Types)
		s.units, s.types = both(s.units, asked.units), both(s.types, asked.types)
		if !s.empty() {
			all = append(all, s)
		}
	}
	return all, len(all) == 0
}

func (s span) empty() bool {
	return s.units != nil && len(s.units) == 0 || s.types != nil && len(s.types) == 0
}

// both returns what is in two sets, of which nil holds everything.
func both(a, b []int64) []int64 {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	all := []int64{}
	for _, id := range a {
		for _, other := range b {
			if id == other {
				all = append(all, id)
			}
		}
	}
	return all
}

// where writes the spans as a condition.
func where(spans []span) string {
	var any []string
	for _, s := range spans {
		var all []string
		if s.units != nil {
			all = append(all, "c.unit IN ("+joined(s.units)+")")
		}
		if s.types != nil {
			all = append(all, "c.case_type IN ("+joined(s.types)+")")
		}
		if len(all) == 0 {
			return ""
		}
		any = append(any, "("+strings.Join(all, " AND ")+")")
	}
	return " AND (" + strings.Join(any, " OR ") + ")"
}

func joined(ids []int64) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	return b.String()
}
