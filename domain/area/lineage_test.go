package area

import (
	"encoding/csv"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"hoso/domain/calendar"
	"hoso/domain/spelling"
)

func list(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

const before = calendar.Date(20250630) // the last day of the district level

// The list of the resolution of 2025 names what each new commune was made from, a district only where it has to. Read by
// itself it must say what the units say, and leave out nobody.
func TestTheUnitsAreThoseOfTheLists(t *testing.T) {
	t.Parallel()
	s := Shipped()
	for _, row := range list(t, "list-2024-04.csv") {
		u := must(t, Code(row[3]), april)
		if strict, _ := s.called(u, spelling.Of(inFull(row[4]))); !strict || u.Parent != Code(row[1]) {
			t.Errorf("%v is %+v", row, u)
		}
	}
	named := map[Code]bool{}
	for _, row := range list(t, "merged-2025-07.csv") {
		u := must(t, Code(row[0]), later)
		if u.Name != row[1] {
			t.Errorf("%v is %s", row, u.Name)
		}
		var sure []Unit
		var open []*Unresolved
		for _, name := range strings.Split(row[2], ", ") {
			p, err := s.Resolve(name, LangSon, before)
			var e *Unresolved
			if errors.As(err, &e) {
				open = append(open, e)
				continue
			}
			sure = append(sure, p)
		}
		beside := sure
		for _, e := range open { // a name that several bear: the one of a district of the others
			i := slices.IndexFunc(e.Candidates, func(c Unit) bool {
				return slices.ContainsFunc(beside, func(n Unit) bool { return n.Parent == c.Parent })
			})
			if i < 0 {
				t.Fatalf("%v: %v", row, e)
			}
			sure = append(sure, e.Candidates[i])
		}
		slices.SortFunc(sure, order)
		got := slices.SortedFunc(slices.Values(s.Predecessors(u)), order)
		if !slices.EqualFunc(got, sure, Unit.Is) {
			t.Errorf("%s was made from %v, the list says %v", u.Name, codes(got), codes(sure))
		}
		for _, p := range sure {
			named[p.Code] = true
		}
	}
	if len(named) != 194 {
		t.Errorf("the list names %d of 194 communes", len(named))
	}
}

func TestEveryCommuneBecameSomething(t *testing.T) {
	t.Parallel()
	s := Shipped()
	var divided []string
	for _, u := range s.Below(Unit{}, Commune, april) {
		today := s.Later(u, later)
		for _, n := range today {
			if !n.Valid.Has(later) || !slices.ContainsFunc(s.Districts(n), func(d Unit) bool { return d.Code == u.Parent }) {
				t.Errorf("%s became %s, whose districts were %v", u.Name, n.Name, codes(s.Districts(n)))
			}
		}
		if len(today) != 1 {
			divided = append(divided, u.Name+": "+today[0].Name+", "+today[1].Name)
		}
	}
	want := []string{"Xã Đại Đồng: Xã Quốc Khánh, Xã Thất Khê", "Xã Bính Xá: Xã Đình Lập, Xã Kiên Mộc", "Xã Kiên Mộc: Xã Kiên Mộc, Xã Châu Sơn"}
	if !slices.Equal(divided, want) {
		t.Errorf("divided: %q, want %q", divided, want)
	}
}

// A code was only ever given on to a commune that received the one before, or a part of it.
func TestACodeThatIsUsedAgainStaysInTheFamily(t *testing.T) {
	t.Parallel()
	s := Shipped()
	for code, units := range s.byCode {
		for i := 1; i < len(units); i++ {
			if !slices.ContainsFunc(s.Successors(units[i-1]), units[i].Is) {
				t.Errorf("%s: %s did not become %s", code, units[i-1].Name, units[i].Name)
			}
		}
	}
}

func TestSixCodesDisappearedOn1January2025(t *testing.T) {
	t.Parallel()
	s := Shipped()
	for code, into := range map[Code][]string{
		"05995": {"Thị trấn Thất Khê"}, "06007": {"Xã Khánh Long"}, "06295": {"Xã Khánh Khê"}, "06301": {"Xã Khánh Khê"},
		"06454": {"Thị trấn Hữu Lũng"}, "06574": {"Xã Tam Gia"}, "06040": {"Xã Đội Cấn", "Thị trấn Thất Khê"},
	} {
		u := must(t, code, 20241231)
		var got []string
		for _, n := range s.Later(u, 20250101) {
			got = append(got, n.Name)
		}
		if !slices.Equal(got, into) || u.Source.Verified {
			t.Errorf("%s became %q, want %q; nobody has read the resolution, and verified is %t", u.Name, got, into, u.Source.Verified)
		}
		if u, ok := Find(code, 20250101); ok && code != "06040" {
			t.Errorf("%s is still there: %s", code, u.Name)
		}
	}
}

func TestOldDistricts(t *testing.T) {
	t.Parallel()
	s := Shipped()
	for code, want := range map[Code][]Code{"06529": {"188"}, "05977": {"178", "183"}, "06187": {"178", "183"}, "06286": {"183", "184"}, "06316": {"183", "184"}} {
		if got := codes(s.Districts(must(t, code, later))); !slices.Equal(got, want) {
			t.Errorf("%s lies in the old districts %v, want %v", code, got, want)
		}
	}
	if got := codes(s.Districts(must(t, "06550", april))); !slices.Equal(got, []Code{"188"}) {
		t.Errorf("Hữu Khánh: %v", got)
	}
	if got := s.Districts(must(t, LangSon, april)); got != nil {
		t.Errorf("a province lies in %v", got)
	}
}
