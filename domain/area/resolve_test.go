package area

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hoso/domain/calendar"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text   string
		within Code
		on     calendar.Date
		want   Code
	}{
		{"06550", "", april, "06550"},
		{" 06550 ", LangSon, april, "06550"},
		{"188", "", april, "188"},
		{"24", "", april, "24"},
		{"Hữu Khánh", "", april, "06550"},
		{"xã hữu khánh", "", april, "06550"},
		{"XA HUU KHANH", "", april, "06550"},
		{norm.NFD.String("Hữu Khánh"), "", april, "06550"},
		{"Xã Chi Lăng, huyện Chi Lăng", "", april, "06523"},
		{"xã Chi Lăng (huyện Tràng Định)", "", april, "06034"},
		{"x. chi lang, h. trang dinh, t. lang son", "", april, "06034"},
		{"P. Chi Lăng", "", april, "05983"},
		{"TT Chi Lăng", "", april, "06466"},
		{"Chi Lăng, Tràng Định", "", april, "06034"},
		{"Chi Lăng", "178", april, "05983"},
		{"Chi Lăng", "", later, "06463"},
		{"Xã Chi Lăng, huyện Chi Lăng", "", later, "06463"}, // its old district
		{"Tân Thanh", "", april, "06166"},                   // not Tân Thành
		{"Thuỷ Hùng", "", april, ""},
		{"Thuỵ Hùng, Cao Lộc", "", april, "06208"},
		{"hoà cư", "", april, "06223"},
		{"Quí Hoà", "", april, "06076"},
		{"TP. Lạng Sơn", "", april, "178"},
		{"tỉnh Lạng Sơn", "", april, "20"},
		{"Lạng Sơn", "", later, "20"},
		{"Thất Khê", "", april, "05995"},
		{"Thất Khê", "", may25, "06040"},
		{"Thị trấn NT Thái Bình", "", april, "06616"},
		{"Lộc Bình", "", later, "06529"},
	} {
		u, err := Resolve(c.text, c.within, c.on)
		if u.Code != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q within %q on %s: %s %v, want %s", c.text, c.within, c.on, u.Code, err, c.want)
		}
	}
}

func TestWhatIsAmbiguousIsAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		on   calendar.Date
		want []Code
	}{
		{"Chi Lăng", april, []Code{"05983", "06034", "06466", "06523", "187"}},
		{"xã Chi Lăng", april, []Code{"06034", "06523"}},
		{"xã Hòa Bình", april, []Code{"06103", "06274", "06397", "06508"}},
		{"Tan Thanh", april, []Code{"06166", "06250", "06379", "06442"}},
		{"Lộc Bình", april, []Code{"06529", "188"}},
		{"Chi Lăng, Lộc Bình", april, nil},
		{"Chi Lăng, Chi Lăng", april, []Code{"06466", "06523"}},
		{"Hữu Khánh", later, nil},
		{"06550", later, nil},
		{"", april, nil},
		{"xã", april, nil},
		{",()", april, nil},
	} {
		_, err := Resolve(c.text, "", c.on)
		var e *Unresolved
		if !errors.As(err, &e) {
			t.Errorf("%q was resolved", c.text)
			continue
		}
		if got := codes(e.Candidates); !slices.Equal(got, c.want) || (e.Code() == "area.unknown") != (len(c.want) == 0) {
			t.Errorf("%q on %s: %v %s, want %v", c.text, c.on, got, e.Code(), c.want)
		}
	}
	_, err := Resolve("xã Chi Lăng", "", april)
	const want = "có 2 đơn vị mang tên này: Xã Chi Lăng, Huyện Tràng Định (06034); Xã Chi Lăng, Huyện Chi Lăng (06523); hãy ghi thêm cấp và huyện, hoặc dùng mã"
	if err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// Every unit can be named in one way at least, and by its code.
func TestEveryUnitCanBeNamed(t *testing.T) {
	t.Parallel()
	s := Shipped()
	for _, units := range s.byCode {
		for _, u := range units {
			on := max(u.Valid.From, 20240101)
			for _, text := range []string{string(u.Code), s.Full(u), strings.ToUpper(s.Full(u)), norm.NFD.String(s.Full(u))} {
				if got, err := Resolve(text, "", on); err != nil || !got.Is(u) {
					t.Errorf("%q on %s: %s %v", text, on, got.Name, err)
				}
			}
		}
	}
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{"xã Chi Lăng, huyện Chi Lăng", "06550", "tt", "x.", "\xff", "Hoà Bình (", ",,", "Đ", "thị trấn thị trấn", "̀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, on := range []calendar.Date{april, later} {
			u, err := Resolve(s, LangSon, on)
			if err == nil {
				if again, err := Resolve(string(u.Code), LangSon, on); err != nil || !again.Is(u) {
					t.Fatalf("%q is %+v, and its code is not", s, u)
				}
				continue
			}
			var e *Unresolved
			if !errors.As(err, &e) || len(e.Candidates) == 1 || e.Error() == "" || e.English() == "" {
				t.Fatalf("%q: %v", s, err)
			}
			if len(e.Candidates) == 0 && len(s) > 20 && strings.Contains(e.Error(), s) {
				t.Fatalf("the error quotes %q", s)
			}
		}
	})
}
