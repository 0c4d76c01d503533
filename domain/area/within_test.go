package area

import "testing"

func TestWithin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code, of Code
		want     bool
		why      string
	}{
		{"06550", "", true, "everything is within the whole"},
		{"", "", true, "also what names no unit"},
		{"", "20", false, "which is within nothing else"},
		{"06550", "06550", true, "itself"},
		{"06550", "188", true, "its district"},
		{"06550", "20", true, "its province"},
		{"06550", "181", false, "another district"},
		{"06550", "24", false, "another province"},
		{"188", "06550", false, "what lies below is not above"},
		{"20", "188", false, "the province is in no district"},
		{"06040", "180", true, "a code that was used again, by its first meaning"},
		{"99999", "20", false, "a code that names nothing"},
		{"06550", "99999", false, "nothing is within it"},
	} {
		if got := InUse().Within(c.code, c.of); got != c.want {
			t.Errorf("%s within %q: %t; %s", c.code, c.of, got, c.why)
		}
	}
}

func TestWithinWhatAUnitHasBecome(t *testing.T) {
	t.Parallel()
	s, divided, whole := InUse(), 0, 0
	for _, u := range Communes(LangSon, april) {
		next := s.Later(u, later)
		for _, n := range next {
			if got, want := s.Within(u.Code, n.Code), len(next) == 1; got != want && n.Code != u.Code {
				t.Errorf("%s %s within %s %s: %t, it has become %d units", u.Code, u.Name, n.Code, n.Name, got, len(next))
			}
			if s.Within(n.Code, u.Code) && n.Code != u.Code {
				t.Errorf("%s of today is within %s, which is past", n.Code, u.Code)
			}
		}
		if len(next) == 1 {
			whole++
		} else {
			divided++
		}
	}
	if whole == 0 || divided == 0 {
		t.Errorf("%d communes whole, %d divided: the test looks at nothing", whole, divided)
	}
}
