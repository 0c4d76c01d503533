package spelling

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, name   string
		strict, loose bool
	}{
		{"hoà bình", "Hòa Bình", true, true},
		{"THUỶ", norm.NFD.String("thủy"), true, true},
		{"Quí Lí", "Quý Lý", true, true},
		{"Tan Thanh", "Tân Thành", false, true},
		{"Tân Thanh", "Tân Thành", false, true}, // the second word has no mark, and may be anything
		{"Tân Thánh", "Tân Thành", false, false},
		{"Tây", "Tai", false, false},
		{"Ðồng Đăng", "Đồng Đăng", true, true}, // Eth, as old fonts left it
		{"dong dang", "Đồng Đăng", false, true},
		{"Đồng", "Đồng Đăng", false, false},
		{"", "", false, false},
	} {
		if strict, loose := Of(c.typed).Alike(Of(c.name)); strict != c.strict || loose != c.loose {
			t.Errorf("%q for %q: %t, %t; want %t, %t", c.typed, c.name, strict, loose, c.strict, c.loose)
		}
	}
}

func FuzzAlike(f *testing.F) {
	for _, s := range []string{"Hoà Mỹ", "quý", " \t", "Đ", "\xff", "İ", "y", "̀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := Spell(s); Spell(norm.NFD.String(s)) != Spell(norm.NFC.String(s)) {
			t.Errorf("%q: composed and decomposed letters are spelled %q and otherwise", s, once)
		}
		if strict, loose := Of(s).Alike(Of(s)); strict != loose || strict != (Spell(s) != "") {
			t.Errorf("%q is not like itself: %t, %t", s, strict, loose)
		}
	})
}
