package unemployment

import (
	"encoding/json"
	"testing"

	"hoso/domain"
	"hoso/domain/domaintest"
	"hoso/domain/money"
)

func TestWages(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Wages{
		"1 2 3 4 5 6":                    wages(1, 2, 3, 4, 5, 6),
		"4000000, 5000000;5000000 1,1 1": wages(4_000_000, 5_000_000, 5_000_000, 1, 1, 1),
	} {
		var got Wages
		if err := got.UnmarshalText([]byte(in)); err != nil || got != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "1 2 3 4 5", "1 2 3 4 5 6 7", "1 2 3 4 5 0", "1 2 3 4 5 -6", "1 2 3 4 5 1000000001", "1 2 3 4 5 ba", "1.5 2 3 4 5 6"} {
		if err := new(Wages).UnmarshalText([]byte(in)); err == nil {
			t.Errorf("%q was read", in)
		}
	}
}

func FuzzWages(f *testing.F) {
	f.Add("4000000 5000000 5000000 5000000 5000000 6000000")
	f.Fuzz(func(t *testing.T, s string) {
		var w, again Wages
		if w.UnmarshalText([]byte(s)) != nil {
			return
		}
		b, err := w.MarshalText()
		if err != nil || again.UnmarshalText(b) != nil || again != w {
			t.Errorf("%q came back as %q", s, b)
		}
	})
}

// Months of a state are listed, because people read it.
func TestMonthsAreListed(t *testing.T) {
	t.Parallel()
	if b, err := json.Marshal(monthSet(0).with(1).from(3, 4)); string(b) != "[1,3,4]" || err != nil {
		t.Errorf("%s, %v", b, err)
	}
}

// Half a đồng is rounded up, and nobody gets nothing.
func TestRounding(t *testing.T) {
	t.Parallel()
	u, _ := governing(tested, 20240401)
	for in, want := range map[Wages]money.VND{
		wages(1, 1, 1, 1, 1, 1):                 1, // 0,6
		wages(1, 1, 1, 1, 1, 0):                 1, // 0,5
		wages(10, 10, 10, 10, 10, 4):            5, // 5,4
		wages(10, 10, 10, 10, 10, 5):            6, // 5,5
		wages(1e7, 1e7, 1e7, 1e7, 1e7, 1e7-100): 5_999_990,
	} {
		if got, _, ok := level(tested, u, Facts{Ended: 20240331, Region: "I", Wages: in}); got != want || !ok {
			t.Errorf("%v: %d, want %d", in, got, want)
		}
	}
}

// Before 2015 another law governed, which is not in the files.
func TestNoLaw(t *testing.T) {
	t.Parallel()
	s := domaintest.Spec{Type: Type(tested), Error: "unemployment.no_law", When: on(20141231, Withdraw{}),
		Given: given(on(20141201, File{Person: who.Person, Commune: "06550", Sex: "female", BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 40}))}
	s.Run(t)
}

// A correction has a reason and an approver of its own: it may say what no decision could.
func TestCorrectionsAreNotComputed(t *testing.T) {
	t.Parallel()
	was := Decided{Claimant: who, Age: "31_40", Level: 3_000_000, Months: 3, Start: 20240424, Reserved: 4}
	is := was
	is.Level = 2_900_000
	s := domaintest.Spec{Type: Type(tested), Given: given(claim(20240401, 40, same), on(20240426, Decide{})),
		When: on(20240510, domain.Correct{Type: "unemployment", Version: 2, Data: []byte(`{"level":2900000}`), Reason: reason, Requester: "lan", Approver: "minh"}),
		Then: []domain.Event{domain.Corrected{Amendment: amendment(2, was, 20240426), Now: domain.Act{Event: is, Occurred: 20240426}}}}
	s.Run(t)
}
