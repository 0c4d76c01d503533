package worklist

import (
	"slices"
	"sync"

	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/table"
	"hoso/projections"
)

// below caches which codes lie in the units that a code names. The units of the program never change while it runs.
var below sync.Map // asked -> []area.Code

type asked struct {
	code area.Code
	from calendar.Date // of the unit, where the code names one on the day
}

// codesOf returns the codes of all units that lie in the one that a code names on a day (on any, where it names none then),
// that came from one that lay in it, or became one: whoever asks for a commune of today means the cases that were opened
// where it was two communes, too. A code that was used again for a unit elsewhere counts for both: a list may show a case too
// much, and never hides one.
func codesOf(code area.Code, on calendar.Date) []area.Code {
	units, key := area.InUse(), asked{code: code}
	of := named(units, code)
	if u, ok := units.Find(code, on); ok {
		of, key.from = []area.Unit{u}, u.Valid.From
	}
	if v, ok := below.Load(key); ok {
		return v.([]area.Code)
	}
	codes := []area.Code{code}
	for _, c := range units.Codes() {
		if c != code && slices.ContainsFunc(named(units, c), func(u area.Unit) bool { return belongs(units, u, of) }) {
			codes = append(codes, c)
		}
	}
	below.Store(key, codes)
	return codes
}

// named returns all units that a code ever named.
func named(units *area.Units, code area.Code) (all []area.Unit) {
	for _, n := range units.Named(code, calendar.Range{From: table.Always, To: table.Forever}) {
		all = append(all, n.Unit)
	}
	return all
}

func belongs(units *area.Units, u area.Unit, to []area.Unit) bool {
	inside := func(u area.Unit) bool {
		return slices.ContainsFunc(to, func(of area.Unit) bool { return units.Inside(u, of) })
	}
	return inside(u) || slices.ContainsFunc(chain(u, units.Successors), inside) || slices.ContainsFunc(chain(u, units.Predecessors), inside)
}

// chain returns everything that follows a unit, step by step.
func chain(u area.Unit, step func(area.Unit) []area.Unit) (all []area.Unit) {
	for _, next := range step(u) {
		all = append(all, next)
		all = append(all, chain(next, step)...)
	}
	return all
}

// InUnit returns a condition of SQL, with its values, that holds for a case which belongs to a unit of a day or to one below it.
// The columns are those of the case's type, as a number, and of its id.
func (r *Reader) InUnit(caseType, id string, unit area.Code, on calendar.Date) (condition string, args []any) {
	numbers, args := projections.NumbersOf(codesOf(unit, on)...)
	return "EXISTS (SELECT 1 FROM worklist_cases w WHERE w.case_id = " + id + " AND w.case_type = " + caseType +
		" AND w.unit IN " + numbers + ")", args
}
