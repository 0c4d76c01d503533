package law_test

import (
	"fmt"
	"strings"
	"testing"

	"hoso/domain/calendar"
	"hoso/domain/law"
)

// The chains of some procedures before and after the district: NĐ 131/2021, NĐ 129/2025 Đ33.
func TestProcedures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		on   calendar.Date
		want string
	}{
		{"martyr_relatives", 20240401, "department 20 d"},
		{"survivor", 20250630, "commune 12 d, district 7 wd, department 12 d"},
		{"survivor", 20250701, "commune 12 d, department 12 d"},
		{"funeral", 20240401, "commune 5 wd, district 7 wd, department 12 d"},
		{"war_invalid", 20240401, "department 12 d, medical_panel 60 d, department 12 d"},
		{"education", 20240401, "commune 3 wd, district 5 wd, department 7 wd"},
		{"suspension", 20240401, "department 5 wd"},
		{"personal_data", 20240401, "department 12 d, department 12 d"},
		{"grave_visit", 20240401, "district 3 wd, grave_office 1 wd, district 2 wd"},
		{"remains_moved", 20240401, "department 3 wd, grave_office 2 wd, other_department 1 wd, commune 1 wd, district 1 wd, other_department 1 wd, department 1 wd"},
		{"remains_moved", 20250701, "department 3 wd, grave_office 2 wd, other_department 1 wd, commune 1 wd, commune 1 wd, other_department 1 wd, department 1 wd"},
	} {
		p, ok := law.Shipped().Procedure(c.code)
		var got []string
		for _, s := range p.On(c.on) {
			unit := "d"
			if s.Working {
				unit = "wd"
			}
			got = append(got, fmt.Sprintf("%s %d %s", s.Place, s.Days, unit))
		}
		if !ok || strings.Join(got, ", ") != c.want {
			t.Errorf("%s on %s:\n got %s\nwant %s", c.code, c.on, strings.Join(got, ", "), c.want)
		}
	}
	if _, ok := law.Shipped().Procedure("unheard_of"); ok {
		t.Error("there is no such procedure")
	}
}

// Every procedure can be walked at any time; what is said of a district is said of the time when there was one.
func TestProceduresAreWhole(t *testing.T) {
	t.Parallel()
	for _, p := range law.Shipped().Procedures() {
		for _, day := range []calendar.Date{20230101, 20250630, 20250701, 20271231} {
			if len(p.On(day)) == 0 {
				t.Errorf("%s has no step on %s", p.Code, day)
			}
			for _, s := range p.On(day) {
				if s.Place == "district" && day > 20250630 {
					t.Errorf("%s goes to a district on %s", p.Code, day)
				}
			}
		}
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	l := law.Shipped()
	for _, c := range []struct {
		code    string
		arrived calendar.Date
		due     calendar.Date
	}{
		{"suspension", 20240425, 20240506}, // five days off, and Saturday the 4th of May worked
		{"suspension", 20240401, 20240408},
		{"survivor", 20240401, 20240413},
		{"stock_report", 20241231, 20250130}, // before 31 January
	} {
		p, _ := l.Procedure(c.code)
		if got := l.Due(p.On(c.arrived)[0], c.arrived); got != c.due {
			t.Errorf("%s, arrived %s: due %s, want %s", c.code, c.arrived, got, c.due)
		}
	}
}
