package area

import (
	"fmt"
	"slices"
	"strings"

	"hoso/domain/calendar"
	"hoso/domain/spelling"
)

// Unresolved says that a text names no unit, or more than one. It never quotes the text, which may be somebody's name.
type Unresolved struct {
	Candidates []Unit // those that may be meant, by code; none where nothing bears the name
	units      *Units
}

// maxListed is how many candidates a message lists.
const maxListed = 12

// Code returns "area.ambiguous" or "area.unknown".
func (e *Unresolved) Code() string {
	if len(e.Candidates) == 0 {
		return "area.unknown"
	}
	return "area.ambiguous"
}

// Error lists the candidates, each with its district and code, in Vietnamese.
func (e *Unresolved) Error() string {
	if len(e.Candidates) == 0 {
		return "không có đơn vị hành chính nào mang tên hoặc mã này vào ngày đó"
	}
	return fmt.Sprintf("có %d đơn vị mang tên này: %s; hãy ghi thêm cấp và huyện, hoặc dùng mã", len(e.Candidates), e.list("và %d đơn vị khác"))
}

// English returns the same in English.
func (e *Unresolved) English() string {
	if len(e.Candidates) == 0 {
		return "no administrative unit has this name or code on that day"
	}
	return fmt.Sprintf("%d units have this name: %s; add the kind and the district, or use the code", len(e.Candidates), e.list("and %d others"))
}

func (e *Unresolved) list(others string) string {
	var all []string
	for i, u := range e.Candidates {
		if i == maxListed {
			all = append(all, fmt.Sprintf(others, len(e.Candidates)-maxListed))
			break
		}
		all = append(all, e.units.Full(u)+" ("+string(u.Code)+")")
	}
	return strings.Join(all, "; ")
}

// Full returns a unit's name with what it lies in: "Xã Chi Lăng, Huyện Tràng Định". Of a commune of today it is the
// province.
func (s *Units) Full(u Unit) string {
	if above, ok := s.Above(u); ok {
		return u.Name + ", " + above.Name
	}
	return u.Name
}

// Resolve returns the unit that a text names on a day within another one (anywhere for an empty code): by its code, or by
// its name, with or without its kind, with or without marks, and what it lies in behind a comma or in brackets: "xã Chi
// Lăng, huyện Chi Lăng". Of a commune of today that may be its old district. A name with all its marks is meant as it is
// spelled ("Tân Thanh" is not "Tân Thành"). Anything else than exactly one unit is an [*Unresolved].
func (s *Units) Resolve(text string, within Code, on calendar.Date) (Unit, error) {
	code := Code(strings.TrimSpace(text))
	if u, ok := s.Find(code, on); ok && s.liesIn(u, within) {
		return u, nil
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;()", r) })
	var typed []spelling.Name
	for _, p := range parts {
		if p = inFull(p); p != "" {
			typed = append(typed, spelling.Of(p))
		}
	}
	if len(typed) == 0 {
		return Unit{}, &Unresolved{units: s}
	}
	var strict, loose []Unit
	for _, units := range s.byCode {
		for _, u := range units {
			isStrict, isLoose := s.called(u, typed[0])
			if !isLoose || !u.Valid.Has(on) || !s.liesIn(u, within) || !s.liesInNamed(u, typed[1:]) {
				continue
			}
			if loose = append(loose, u); isStrict {
				strict = append(strict, u)
			}
		}
	}
	if len(strict) == 0 {
		strict = loose
	}
	if len(strict) == 1 {
		return strict[0], nil
	}
	slices.SortFunc(strict, order)
	return Unit{}, &Unresolved{strict, s}
}

// liesIn tells whether a unit lies in that of a code, or did.
func (s *Units) liesIn(u Unit, within Code) bool {
	return within == "" || slices.ContainsFunc(s.around(u), func(a Unit) bool { return a.Code == within })
}

// liesInNamed tells whether a unit lies in units of all these names.
func (s *Units) liesInNamed(u Unit, names []spelling.Name) bool {
	for _, name := range names {
		called := func(a Unit) bool { _, loose := s.called(a, name); return loose && !a.Is(u) }
		if !slices.ContainsFunc(s.around(u), called) {
			return false
		}
	}
	return true
}

// around returns a unit, what lies above it and its old districts.
func (s *Units) around(u Unit) []Unit {
	all := s.Districts(u)
	for ok := true; ok; u, ok = s.Above(u) {
		all = append(all, u)
	}
	return all
}

// short are the ways of writing the words that stand before names, and a word in some.
var short = map[string]string{
	"tt": "thị trấn", "tp": "thành phố", "tx": "thị xã", "x": "xã", "p": "phường", "h": "huyện", "q": "quận", "t": "tỉnh",
	"nt": "nông trường",
}

// inFull returns a name with what is usually shortened in full: "TT. Na Dương" is thị trấn Na Dương.
func inFull(name string) string {
	words := strings.Fields(strings.ReplaceAll(name, ".", " "))
	for i, w := range words {
		if full, ok := short[strings.ToLower(w)]; ok {
			words[i] = full
		}
	}
	return strings.Join(words, " ")
}

// names are the ways of calling a unit: with its kind, and without.
type names [2]spelling.Name

func namesOf(kind, name string) names {
	return names{spelling.Of(inFull(kind + " " + name)), spelling.Of(inFull(name))}
}

// called tells whether a text may be a unit's name.
func (s *Units) called(u Unit, typed spelling.Name) (strict, loose bool) {
	for _, name := range s.names[u.id()] {
		isStrict, isLoose := typed.Alike(name)
		strict, loose = strict || isStrict, loose || isLoose
	}
	return strict, loose
}
