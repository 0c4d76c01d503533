package calendar

import "testing"

func TestAsPeopleHereWriteIt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"17/02/1985": "1985-02-17", "7-2-1985": "1985-02-07", "7.2.1985": "1985-02-07",
		"02/17/1985": "", "31/02/1985": "", "7/2-1985": "", "17/02/85": "", "1985-02-17": "", "2/1985": "", "": ""} {
		if got, ok := WrittenDay(in); got != want || ok != (want != "") {
			t.Errorf("the day %q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"02/1985": "1985-02", "2-1985": "1985-02", "2.1985": "1985-02", "13/1985": "", "17/02/1985": "", "1985-02": "", "1985": ""} {
		if got, ok := WrittenMonth(in); got != want || ok != (want != "") {
			t.Errorf("the month %q: %q, want %q", in, got, want)
		}
	}
}
