package area

import (
	"cmp"
	"embed"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"hoso/domain/calendar"
	"hoso/domain/table"
)

// Units are the units of all provinces that have a file. They never change after they were read.
type Units struct {
	byCode       map[Code][]Unit // in order of their days
	names        map[id]names
	successors   map[id][]Unit
	predecessors map[id][]Unit
}

// id is what makes a unit the same unit.
type id struct {
	code Code
	from calendar.Date
}

func (u Unit) id() id { return id{u.Code, u.Valid.From} }

// Is tells whether two units are the same unit.
func (u Unit) Is(other Unit) bool { return u.id() == other.id() }

//go:embed data/*.csv
var shipped embed.FS

// Files returns the files that are shipped, for an office that wants to copy and change them.
func Files() fs.FS {
	files, err := fs.Sub(shipped, "data")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return files
}

// Shipped returns the units of the shipped files.
var Shipped = sync.OnceValue(func() *Units {
	s, err := Read(Files())
	if err != nil {
		panic(err) // a test reads them
	}
	return s
})

var used atomic.Pointer[Units]

// Use replaces the shipped units by an office's own. Codes are read where nothing else can be asked (in every command and
// event), so the set is the program's: it is replaced once, at its start, before anything else is read.
// It has to hold every code that the log names: a row is ended and another one added, never taken out.
func Use(s *Units) { used.Store(s) }

// InUse returns the units that the program goes by.
func InUse() *Units {
	if s := used.Load(); s != nil {
		return s
	}
	return Shipped()
}

// Find is [Units.Find] of the units in use.
func Find(code Code, on calendar.Date) (Unit, bool) { return InUse().Find(code, on) }

// Known is [Units.Known] of the units in use.
func Known(code Code) bool { return InUse().Known(code) }

// Communes is [Units.Communes] of the units in use.
func Communes(of Code, on calendar.Date) []Unit { return InUse().Communes(of, on) }

// Resolve is [Units.Resolve] of the units in use.
func Resolve(text string, within Code, on calendar.Date) (Unit, error) {
	return InUse().Resolve(text, within, on)
}

// Find returns the unit that a code named on a day. A province without a file is one unit with its code for a name.
func (s *Units) Find(code Code, on calendar.Date) (Unit, bool) {
	for _, u := range s.all(code) {
		if u.Valid.Has(on) {
			return u, true
		}
	}
	return Unit{}, false
}

// Nearest returns the unit that people mean by a code on a day: the one that it named then; where it named none, the last one
// before that day, or else the first after it.
func (s *Units) Nearest(code Code, on calendar.Date) (near Unit, ok bool) {
	for _, u := range s.all(code) {
		switch {
		case u.Valid.Has(on):
			return u, true
		case !ok, u.Valid.To < on && (near.Valid.From > on || u.Valid.To > near.Valid.To), u.Valid.From > on && near.Valid.From > u.Valid.From:
			near, ok = u, true
		}
	}
	return near, ok
}

// all returns the units that a code ever named.
func (s *Units) all(code Code) []Unit {
	if units, ok := s.byCode[code]; ok {
		return units
	}
	if l, ok := level(code); ok && l == Province {
		return []Unit{{Code: code, Name: "Tỉnh/thành phố " + string(code), Province: code, Valid: calendar.Range{From: table.Always, To: table.Forever}}}
	}
	return nil
}

// Known tells whether a code names a unit on any day.
func (s *Units) Known(code Code) bool { return len(s.all(code)) > 0 }

// Provinces returns the codes of the provinces that have a file.
func (s *Units) Provinces() []Code {
	var codes []Code
	for _, c := range s.Codes() {
		if s.byCode[c][0].Level == Province {
			codes = append(codes, c)
		}
	}
	return codes
}

// Codes returns all codes that name a unit on any day, sorted.
func (s *Units) Codes() []Code { return slices.Sorted(maps.Keys(s.byCode)) }

// Above returns the unit above a unit.
func (s *Units) Above(u Unit) (Unit, bool) { return s.Find(u.Parent, u.Valid.From) }

// Inside tells whether a unit is another one or lay below it.
func (s *Units) Inside(u, of Unit) bool {
	for ok := true; ok; u, ok = s.Above(u) {
		if u.Is(of) {
			return true
		}
	}
	return false
}

// Below returns the units of a level that were, or lay below, a unit on a day, by code; of everything for the zero Unit.
func (s *Units) Below(of Unit, l Level, on calendar.Date) []Unit {
	var found []Unit
	for _, units := range s.byCode {
		for _, u := range units {
			if u.Level == l && u.Valid.Has(on) && (of.Code == "" || s.Inside(u, of)) {
				found = append(found, u)
			}
		}
	}
	slices.SortFunc(found, order)
	return found
}

func order(a, b Unit) int {
	return cmp.Or(strings.Compare(string(a.Code), string(b.Code)), cmp.Compare(a.Valid.From, b.Valid.From))
}

// Communes returns the communes of a province or district on a day, by code; none where no list is known.
func (s *Units) Communes(of Code, on calendar.Date) []Unit {
	u, ok := s.Find(of, on)
	if !ok {
		return nil
	}
	return s.Below(u, Commune, on)
}
