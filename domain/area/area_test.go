package area

import (
	"slices"
	"strings"
	"testing"

	"hoso/domain/calendar"
)

// The days in the life of the units of Lạng Sơn: before the mergers, between them, after them.
const april, may25, later = calendar.Date(20240430), calendar.Date(20250501), calendar.Date(20260101)

func must(t *testing.T, code Code, on calendar.Date) Unit {
	t.Helper()
	u, ok := Find(code, on)
	if !ok {
		t.Fatalf("%s names nothing on %s", code, on)
	}
	return u
}

func codes(units []Unit) []Code {
	var all []Code
	for _, u := range units {
		all = append(all, u.Code)
	}
	return all
}

func TestLangSonOfApril2024(t *testing.T) {
	t.Parallel()
	perDistrict, kinds := map[Code]int{}, map[string]int{}
	for _, c := range Communes(LangSon, april) {
		perDistrict[c.Parent]++
		for _, kind := range []string{"Xã", "Phường", "Thị trấn"} {
			if strings.HasPrefix(c.Name, kind+" ") {
				kinds[kind]++
			}
		}
	}
	want := map[Code]int{"178": 8, "180": 22, "181": 19, "182": 17, "183": 22, "184": 17, "185": 18, "186": 24, "187": 20, "188": 21, "189": 12}
	for code, n := range want {
		if perDistrict[code] != n {
			t.Errorf("district %s: %d communes, want %d", code, perDistrict[code], n)
		}
	}
	if kinds["Xã"] != 181 || kinds["Phường"] != 5 || kinds["Thị trấn"] != 14 {
		t.Errorf("181 xã, 5 phường, 14 thị trấn: %v", kinds)
	}
	for day, want := range map[calendar.Date]int{20241231: 200, 20250101: 194, 20250630: 194, 20250701: 65, later: 65} {
		if n := len(Communes(LangSon, day)); n != want {
			t.Errorf("%d communes on %s, want %d", n, day, want)
		}
	}
	if n := len(InUse().Below(Unit{}, District, may25)); n != 11 {
		t.Errorf("%d districts", n)
	}
	if d := InUse().Below(Unit{}, District, later); len(d) != 0 {
		t.Errorf("districts after their end: %v", d)
	}
}

func TestACodeIsAUnitOnlyWithADate(t *testing.T) {
	t.Parallel()
	if u := must(t, "06550", april); u.Name != "Xã Hữu Khánh" || u.Parent != "188" {
		t.Errorf("06550 in April 2024: %+v", u)
	}
	if _, ok := Find("06550", later); ok {
		t.Error("06550 still exists after the merger")
	}
	for day, name := range map[calendar.Date]string{20241231: "Xã Đại Đồng", 20250101: "Thị trấn Thất Khê", 20250701: "Xã Thất Khê"} {
		if u := must(t, "06040", day); u.Name != name {
			t.Errorf("06040 on %s is %s, want %s", day, u.Name, name)
		}
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	named := func(code Code, from, to calendar.Date) (all []string) {
		for _, n := range InUse().Named(code, calendar.Range{From: from, To: to}) {
			all = append(all, n.Unit.Name+" "+n.Days.From.String()+" "+n.Days.To.String())
		}
		return all
	}
	for _, c := range []struct {
		code     Code
		from, to calendar.Date
		want     []string
	}{
		{"06040", 20240401, 20260131, []string{"Xã Đại Đồng 2024-04-01 2024-12-31", "Thị trấn Thất Khê 2025-01-01 2025-06-30", "Xã Thất Khê 2025-07-01 2026-01-31"}},
		{"06040", 20250615, 20250630, []string{"Thị trấn Thất Khê 2025-06-15 2025-06-30"}},
		{"06550", 20260101, 20260131, []string{"Xã Hữu Khánh 2026-01-01 2026-01-31"}}, // an old case
		{"24", 0, 20260131, []string{"Tỉnh/thành phố 24  2026-01-31"}},
		{"", 0, 20260131, nil},
		{"99999", 0, 20260131, nil},
	} {
		if got := named(c.code, c.from, c.to); !slices.Equal(got, c.want) {
			t.Errorf("%s from %s to %s: %q, want %q", c.code, c.from, c.to, got, c.want)
		}
	}
}

func TestCodesThatNameNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "99999", "xx", "123456", "6550", "0655a"} {
		var c Code
		if err := c.UnmarshalText([]byte(s)); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
}

// A code outlives its unit: whoever lives under one that was merged away still lives somewhere.
func TestACodeThatWasGivenUpIsCalledAsItWasLast(t *testing.T) {
	t.Parallel()
	units := Shipped()
	for _, c := range []struct {
		code Code
		on   calendar.Date
		want string
	}{
		{"06106", 20240701, "Xã Mông Ân"}, {"06106", 20261129, "Xã Mông Ân"}, // merged away on 2025-07-01
		{"05977", 20240701, "Phường Vĩnh Trại"}, {"05977", 20261129, "Phường Đông Kinh"}, // the same code, another unit
		{"05971", 20300101, "Phường Hoàng Văn Thụ"},
	} {
		if u, ok := units.Nearest(c.code, c.on); !ok || u.Name != c.want {
			t.Errorf("%s on %s: %q, want %q", c.code, c.on, u.Name, c.want)
		}
	}
	if u, ok := units.Nearest("00000", 20240701); ok {
		t.Errorf("a code of nothing: %+v", u)
	}
}
