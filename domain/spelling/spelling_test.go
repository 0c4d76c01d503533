package spelling

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, alike := range [][]string{
		{"hòa", "hoà", "HÒA", norm.NFD.String("hoà"), "hoa"},
		{"thủy", "thuỷ", "thuy"},
		{"quý", "quí", "Quý", "qui"},
		{"Lý", "Lí", "li"},
		{"Mỹ Kỳ", "mĩ kì", "mi ki"},
		{"Đặng Đình Độ", "đặng đình độ", "dang dinh do", "Ðặng Ðình Ðộ"}, // the last with Eth, as old fonts left it
		{"Lý Thúy Hòa", "LI  THUÝ HOÀ ", "\u00a0lí thuý\thoà"},
		{"Nguyễn Thị Ý", "nguyen thi y"},
		{"Ưng Ơn Âu", "ung on au"},
		{"", " ", "\n"},
	} {
		for _, name := range alike {
			if got, want := Fold(name), Fold(alike[len(alike)-1]); got != want {
				t.Errorf("%q folds to %q, %q to %q", name, got, alike[len(alike)-1], want)
			}
		}
	}
	for _, pair := range [][2]string{{"Thúy", "Thúi"}, {"Tây", "Tai"}, {"Hay", "Hai"}, {"Đạo", "Đào Văn"}} {
		if Fold(pair[0]) == Fold(pair[1]) {
			t.Errorf("%q and %q are other names and fold alike: %q", pair[0], pair[1], Fold(pair[0]))
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Lý Thúy Hòa", "quý", " \t", "Đ", "\xff", "İ", "y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("folding %q again changes %q to %q", s, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Errorf("%q folds to broken text", s)
		}
		for _, r := range once {
			if unicode.Is(unicode.Mn, r) {
				t.Errorf("%q keeps a mark: %q", s, once)
			}
		}
		if Fold(norm.NFD.String(s)) != Fold(norm.NFC.String(s)) {
			t.Errorf("%q folds differently composed and decomposed", s)
		}
	})
}
