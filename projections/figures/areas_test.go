package figures_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

// mergers is a life across both mergers: one act a line, 1, 2, 4, 8… đồng each, so that a sum tells which ones are in it.
func mergers(t tb) *world {
	w := newWorld(t)
	for n, act := range []struct {
		on string
		in area.Code
	}{
		{"2024-04-10", "06040"}, // 1: Đại Đồng, which was divided between Thất Khê and Đội Cấn
		{"2025-01-10", "06040"}, // 2: thị trấn Thất Khê
		{"2025-07-10", "06040"}, // 4: xã Thất Khê
		{"2024-04-10", "06550"}, // 8: Hữu Khánh, now in xã Lộc Bình
		{"2025-06-10", "06529"}, // 16: thị trấn Lộc Bình
		{"2025-07-10", "06529"}, // 32: xã Lộc Bình
		{"2025-07-11", "06550"}, // 64: Hữu Khánh in an old case, after its end
		{"2024-04-11", "06622"}, // 128: Bính Xá, divided between xã Đình Lập and Kiên Mộc
		{"2024-04-12", "188"},   // 256: huyện Lộc Bình itself
		{"2024-04-13", "20"},    // 512: the province itself
		{"2024-04-14", "24"},    // 1024: elsewhere
		{"2024-04-15", "06247"}, // 2048: Yên Trạch of Cao Lộc, now in Đông Kinh with parts of the city
	} {
		w.must(caseNumber(n), act.on, probe.Note{Area: act.in, Amount: 1 << n, Enters: 1})
	}
	return w
}

func TestTheTrees(t *testing.T) {
	t.Parallel()
	w := mergers(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	for _, c := range []struct {
		month   string
		area    area.Code
		tree    figures.Tree
		amount  string // of the month, the year to date, the month of last year
		present string // by then, and a year before
		divided string
	}{
		{"2024-04", "06040", "", "1 1 0", "1 0", ""},
		{"2025-01", "06040", "", "2 2 -", "1 -", "Xã Đại Đồng"},
		{"2025-07", "06040", "", "4 4 -", "2 -", "Xã Đại Đồng"},
		{"2026-03", "06040", "", "0 0 -", "2 -", "Xã Đại Đồng"},
		{"2026-03", "06040", "now", "0 0 0", "2 1", "Xã Đại Đồng"},
		{"2025-07", "06040", "now", "4 6 0", "2 0", "Xã Đại Đồng"},
		{"2024-04", "188", "", "264 264 0", "2 0", ""},
		{"2025-06", "188", "", "16 16 0", "3 2", ""},
		{"2025-07", "188", "now", "96 112 0", "5 2", ""},
		{"2025-07", "06529", "", "32 32 -", "4 -", ""}, // an act of July under Hữu Khánh's code is Hữu Khánh's, its stock xã Lộc Bình's
		{"2025-07", "06529", "now", "96 112 0", "4 1", ""},
		{"2024-04", "06529", "now", "8 8 0", "1 0", ""},
		{"2024-04", "06613", "now", "0 0 0", "0 0", "Xã Bính Xá"},
		{"2024-04", "189", "now", "128 128 0", "1 0", ""},
		{"2024-04", "183", "", "2048 2048 0", "1 0", ""},
		{"2024-04", "183", "now", "0 0 0", "0 0", "Phường Kỳ Lừa, Phường Đông Kinh, Xã Khánh Khê, Xã Tân Đoàn"},
		{"2024-04", "20", "", "2953 2953 0", "6 0", ""},
		{"2024-04", "20", "now", "2953 2953 0", "6 0", ""},
		{"2024-04", "", "now", "3977 3977 0", "7 0", ""},
	} {
		s := ask(t, w, f, figures.Query{Month: month(c.month), Area: c.area, Tree: c.tree, Indicators: []string{"probe.amount", "probe.present"}})
		show := func(all ...figures.Number) string {
			var words []string
			for _, n := range all {
				if words = append(words, n.String()); !n.Known() {
					words[len(words)-1] = "-"
				}
			}
			return strings.Join(words, " ")
		}
		var divided []string
		for _, d := range s.Divided {
			divided = append(divided, d.Name)
		}
		amount, present := s.Figures[0], s.Figures[1]
		if got := show(amount.Value, amount.YTD, amount.LastYear); got != c.amount {
			t.Errorf("%s %s %s: amount %s, want %s", c.month, c.area, c.tree, got, c.amount)
		}
		if got := show(present.Value, present.LastYear); got != c.present {
			t.Errorf("%s %s %s: present %s, want %s", c.month, c.area, c.tree, got, c.present)
		}
		if got := strings.Join(divided, ", "); got != c.divided {
			t.Errorf("%s %s %s: divided %q, want %q", c.month, c.area, c.tree, got, c.divided)
		}
	}
}

func TestFiguresByUnit(t *testing.T) {
	t.Parallel()
	w := mergers(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	for _, c := range []struct {
		month string
		area  area.Code
		by    string
		tree  figures.Tree
		want  []string // value and year to date of what is not zero
		lines int
	}{
		{"2024-04", "20", "district", "", []string{
			"180 Huyện Tràng Định 1 1", "183 Huyện Cao Lộc 2048 2048", "188 Huyện Lộc Bình 264 264", "189 Huyện Đình Lập 128 128",
			"20 Tỉnh Lạng Sơn (ghi ở cấp tỉnh) 512 512"}, 12},
		{"2024-04", "20", "district", "now", []string{
			"180 Huyện Tràng Định 1 1", "188 Huyện Lộc Bình 264 264", "189 Huyện Đình Lập 128 128",
			"20 Tỉnh Lạng Sơn (ghi ở cấp tỉnh) 512 512", "178+183 Chưa tách được: Thành phố Lạng Sơn, Huyện Cao Lộc 2048 2048"}, 13},
		{"2024-04", "188", "commune", "", []string{"06550 Xã Hữu Khánh 8 8", "188 Huyện Lộc Bình (ghi ở cấp huyện) 256 256"}, 22},
		{"2024-04", "", "commune", "now", []string{
			"05977 Phường Đông Kinh 2048 2048", "06529 Xã Lộc Bình 8 8",
			"188 Huyện Lộc Bình (ghi ở cấp huyện) 256 256", "20 Tỉnh Lạng Sơn (ghi ở cấp tỉnh) 512 512", "24 Tỉnh/thành phố 24 (ghi ở cấp tỉnh) 1024 1024",
			"06004+06040 Chưa tách được: Xã Quốc Khánh, Xã Thất Khê 1 1", "06613+06625 Chưa tách được: Xã Đình Lập, Xã Kiên Mộc 128 128"}, 70},
		{"2025-07", "20", "commune", "", []string{
			"06040 Thị trấn Thất Khê (đến 30/6/2025) 0 2", "06040 Xã Thất Khê 4 4", "06529 Thị trấn Lộc Bình (đến 30/6/2025) 0 16",
			"06529 Xã Lộc Bình 32 32", "06550 Xã Hữu Khánh (đến 30/6/2025) 64 64"}, 68},
		{"2025-08", "20", "district", "", []string{
			"180 Huyện Tràng Định (đến 30/6/2025) 0 2", "188 Huyện Lộc Bình (đến 30/6/2025) 0 80", "20 Tỉnh Lạng Sơn (không có cấp huyện) 0 36"}, 3},
	} {
		s := ask(t, w, f, figures.Query{Month: month(c.month), Area: c.area, Tree: c.tree, By: c.by, Indicators: []string{"probe.amount"}})
		var got []string
		for _, p := range s.Figures[0].Areas {
			if p.Value.Quantity != 0 || p.YTD.Quantity != 0 {
				got = append(got, fmt.Sprint(p.Area, " ", p.Name, " ", p.Value, " ", p.YTD))
			}
		}
		if !slices.Equal(got, c.want) || len(s.Figures[0].Areas) != c.lines {
			t.Errorf("%s %s by %s %s: %d lines, want %d\n got %s\nwant %s", c.month, c.area, c.by, c.tree,
				len(s.Figures[0].Areas), c.lines, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

func TestUnitsThatAreNotThere(t *testing.T) {
	t.Parallel()
	w := mergers(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	r := figures.NewReader(w.catalog, f.DB())
	for _, c := range []struct {
		q    figures.Query
		code string
		says string
	}{
		{figures.Query{Month: month("2026-03"), Area: "06550"}, "figures.no_such_area", "Xã Lộc Bình (06529)"},
		{figures.Query{Month: month("2024-04"), Area: "06550", Tree: figures.Now}, "figures.no_such_area", "Xã Lộc Bình (06529)"},
		{figures.Query{Month: month("2026-03"), Area: "188"}, "figures.no_such_area", "tree=now"},
		{figures.Query{Month: month("2024-04"), Area: "99999"}, "figures.no_such_area", "mã này"},
		{figures.Query{Month: month("2024-04"), Tree: "later"}, "figures.no_such_tree", "then, now"},
		{figures.Query{Month: month("2024-04"), By: "province"}, "figures.no_such_level", "district"},
		{figures.Query{Month: month("2024-04"), Area: "06550", By: "district"}, "figures.level_above_area", "Hữu Khánh"},
	} {
		_, err := r.Figures(t.Context(), c.q)
		var e *domain.Error
		if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(e.Msg, c.says) {
			t.Errorf("%+v: %v", c.q, err)
		}
	}
}

var (
	changingAreas = rapid.SampledFrom([]area.Code{"20", "188", "189", "06040", "06025", "06550", "06529", "06622", "06625", "06613", "06247", "05977", "24"})
	changingDays  = rapid.SampledFrom([]calendar.Date{20240401, 20241231, 20250101, 20250614, 20250615, 20250630, 20250701, 20250714, 20250715, 20260301})
)

func TestTheUnitsOfAFigureAddUpToIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for n := range rapid.IntRange(1, 12).Draw(t, "acts") {
			act := note(t)
			act.Area = changingAreas.Draw(t, "in")
			w.must(caseNumber(n), changingDays.Draw(t, "on").String(), act)
		}
		f := views(t, temporary(t), w.log, w)
		defer f.Close()
		r := figures.NewReader(w.catalog, f.DB())
		q := figures.Query{
			Month:    rapid.SampledFrom([]calendar.Month{month("2024-04"), month("2025-01"), month("2025-07"), month("2026-03")}).Draw(t, "month"),
			Calendar: rapid.SampledFrom([]calendar.Calendar{calendar.Civil, calendar.Fifteenth}).Draw(t, "calendar"),
			Area:     rapid.SampledFrom([]area.Code{"", "20", "188", "189"}).Draw(t, "area"),
			Tree:     rapid.SampledFrom([]figures.Tree{figures.Then, figures.Now}).Draw(t, "tree"),
			By:       rapid.SampledFrom([]string{"district", "commune"}).Draw(t, "by"),
			AsOf:     domain.Ordinal(rapid.IntRange(0, 1).Draw(t, "as of")),
		}
		s, err := r.Figures(t.Context(), q)
		if domain.CodeOf(err) == "figures.no_such_area" {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, figure := range s.Figures {
			var value, year int64
			for _, p := range figure.Areas {
				value, year = value+p.Value.Quantity, year+p.YTD.Quantity
			}
			if (figure.Kind == domain.Flow || figure.Kind == domain.Stock) && (value != figure.Value.Quantity || year != figure.YTD.Quantity) {
				t.Fatalf("%s is %v and %v, its units add up to %d and %d: %+v", figure.Indicator, figure.Value, figure.YTD, value, year, figure.Areas)
			}
			for n, p := range figure.Areas {
				if strings.Contains(p.Name, "(") || strings.Contains(p.Area, "+") {
					continue // a line that is no unit of the month
				}
				if n%40 != 0 && p.Value.Quantity == 0 && p.YTD.Quantity == 0 {
					continue // of those with nothing in them, a few
				}
				one := q
				one.Area, one.By, one.Indicators = area.Code(p.Area), "", []string{figure.Indicator}
				if alone := ask(t, w, f, one).Figures[0]; alone.Value != p.Value || alone.YTD != p.YTD {
					t.Fatalf("%s of %s: %v and %v alone, %v and %v in the list", figure.Indicator, p.Name, alone.Value, alone.YTD, p.Value, p.YTD)
				}
			}
		}
	})
}
