package area

import (
	"slices"
	"testing"

	"hoso/domain/calendar"
)

const april, later = calendar.Date(20240430), calendar.Date(20260101)

func TestLangSonOfApril2024(t *testing.T) {
	t.Parallel()
	communes := Communes(LangSon, april)
	if len(communes) != 200 {
		t.Errorf("%d communes, want 200", len(communes))
	}
	perDistrict := map[Code]int{}
	for _, c := range communes {
		perDistrict[c.Parent]++
	}
	want := map[Code]int{"178": 8, "180": 22, "181": 19, "182": 17, "183": 22, "184": 17, "185": 18, "186": 24, "187": 20, "188": 21, "189": 12}
	for code, n := range want {
		if perDistrict[code] != n {
			t.Errorf("district %s: %d communes, want %d", code, perDistrict[code], n)
		}
	}
	if n := len(Communes(LangSon, later)); n != 65 {
		t.Errorf("%d communes since 01/7/2025, want 65", n)
	}
}

func TestACodeIsAUnitOnlyWithADate(t *testing.T) {
	t.Parallel()
	u, ok := Find("06550", april)
	if !ok || u.Name != "Xã Hữu Khánh" || u.Parent != "188" {
		t.Errorf("06550 in April 2024: %+v", u)
	}
	if _, ok := Find("06550", later); ok {
		t.Error("06550 still exists after the merger")
	}
	old, _ := Find("06040", april)
	renewed, _ := Find("06040", later)
	if old.Name == renewed.Name {
		t.Errorf("06040 kept its name %q", old.Name)
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	month := calendar.Civil.Month(calendar.Month{Year: 2024, Month: 4})
	if all := Within(LangSon, month); !slices.Contains(all, "06550") || !slices.Contains(all, "188") {
		t.Error("the province lacks Hữu Khánh or Lộc Bình")
	}
	if n := len(Within("188", month)); n != 1+21 {
		t.Errorf("%d units in Lộc Bình", n)
	}
	if got := Within("01", month); len(got) != 1 {
		t.Errorf("a province without a list is one unit, got %v", got)
	}
}

func TestCodesThatNameNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "99999", "xx", "123456", "6550"} {
		var c Code
		if err := c.UnmarshalText([]byte(s)); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
}
