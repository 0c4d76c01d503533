package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

func number(q int64, text string) Value { return Value{Quantity: q, Text: text} }

func samples() []Chart {
	missing := Value{Missing: true}
	return []Chart{
		{ID: "month", Kind: Columns, Title: "Bảo hiểm thất nghiệp tháng 4/2024 so với cùng kỳ", Unit: "người", Series: []string{"Tháng 4/2024", "Tháng 4/2023"}, Points: []Point{
			{"Hồ sơ đề nghị hưởng trợ cấp thất nghiệp", []Value{number(451, "451"), number(1164, "1.164")}},
			{"Lượt người được tư vấn", []Value{number(1485, "1.485"), number(3512, "3.512")}},
			{"Người có quyết định hưởng trợ cấp thất nghiệp", []Value{number(269, "269"), missing}},
			{"Người tiếp tục hưởng", []Value{number(0, "0"), number(1, "1")}},
		}},
		{ID: "year", Kind: Columns, Title: "Học viên tuyển sinh, lũy kế năm 2024", Unit: "học viên", Series: []string{"Năm 2024"},
			Mark: &Mark{"Kế hoạch năm", number(9000, "9.000")}, Points: []Point{
				{"1/2024", []Value{number(0, "0")}}, {"2/2024", []Value{number(420, "420")}}, {"3/2024", []Value{number(4100, "4.100")}}, {"4/2024", []Value{number(5901, "5.901")}},
			}},
		{ID: "money", Kind: Line, Title: "Kinh phí qua 12 tháng", Unit: "triệu đồng", Series: []string{"Kinh phí"}, Points: months(
			"8.510,8", "8.210", "", "7.900,4", "9.100", "9.050", "8.800", "8.750,5", "0", "8.510,8", "8.600", "22.570")},
		{ID: "below", Kind: Columns, Title: "Điều chỉnh", Unit: "người", Series: []string{"Năm 2024", "Năm 2023"}, Points: []Point{
			{"Thêm", []Value{number(20, "20"), number(-4, "-4")}}, {"Bớt", []Value{number(-37, "-37"), number(12, "12")}},
		}},
		{ID: "districts", Kind: Ranks, Title: "Hồ sơ theo huyện", Unit: "hồ sơ", Series: []string{"Tháng 4/2024"}, Points: []Point{
			{"Thành phố Lạng Sơn", []Value{number(120, "120")}}, {"Huyện Hữu Lũng", []Value{number(77, "77")}},
			{"Chưa tách được: Huyện Cao Lộc, Huyện Lộc Bình, Huyện Đình Lập, Huyện Văn Lãng", []Value{number(3, "3")}},
			{"Huyện <Bình> & \"Gia\"", []Value{number(0, "0")}}, {"Huyện Tràng Định", []Value{{Missing: true}}},
		}},
		{ID: "empty", Kind: Line, Title: "Không có gì", Unit: "người", Series: []string{"x"}},
	}
}

func months(texts ...string) (points []Point) {
	for n, t := range texts {
		p := Point{Label: fmt.Sprintf("%d/2024", n+1)}
		if t == "" {
			p.Values = []Value{{Missing: true}}
		} else {
			whole, _, _ := strings.Cut(strings.ReplaceAll(t, ".", ""), ",")
			var q int64
			fmt.Sscan(whole, &q)
			p.Values = []Value{number(q, t)}
		}
		points = append(points, p)
	}
	return points
}

func TestDrawings(t *testing.T) {
	t.Parallel()
	for _, c := range samples() {
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			got := c.Draw().SVG()
			file := filepath.Join("testdata", c.ID+".svg")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs from the golden file; run with -update and look at it", file)
			}
			wellFormed(t, got)
			holds(t, c)
		})
	}
}

func wellFormed(t interface{ Fatalf(string, ...any) }, svg string) {
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("the drawing is no XML: %v\n%s", err, svg)
		}
	}
}

// holds checks what is true of every drawing: all lies on it, no texts lie upon each other or upon a bar, and a higher value
// never gets a shorter bar.
func holds(t interface{ Fatalf(string, ...any) }, c Chart) {
	s := c.Draw()
	for _, b := range s.Bars {
		if b.W < 0 || b.H < 0 || !b.box().within(s) {
			t.Fatalf("bar %+v of %q leaves the drawing of %d × %d", b, c.Title, s.Width, s.Height)
		}
		for _, l := range b.Hatch() {
			if min(l.X1, l.X2) < b.X || max(l.X1, l.X2) > b.X+b.W || min(l.Y1, l.Y2) < b.Y || max(l.Y1, l.Y2) > b.Y+b.H {
				t.Fatalf("hatch %+v leaves bar %+v", l, b)
			}
		}
	}
	for _, d := range s.Dots {
		if !d.box().within(s) {
			t.Fatalf("dot %+v leaves the drawing", d)
		}
	}
	for i, text := range s.Texts {
		if !text.box().within(s) {
			t.Fatalf("text %+v leaves the drawing of %d × %d", text, s.Width, s.Height)
		}
		for _, other := range s.Texts[:i] {
			if text.box().meets(other.box()) {
				t.Fatalf("texts lie upon each other in %q: %+v %+v", c.Title, text, other)
			}
		}
		for _, b := range s.Bars {
			if text.box().meets(b.box()) {
				t.Fatalf("text %+v lies upon bar %+v", text, b)
			}
		}
	}
}

func TestAnyChartCanBeDrawn(t *testing.T) {
	t.Parallel()
	quantity := rapid.OneOf(rapid.Int64Range(-50, 50), rapid.Int64(), rapid.SampledFrom([]int64{0, math.MaxInt64, math.MinInt64, 8_510_800_000}))
	rapid.Check(t, func(t *rapid.T) {
		c := Chart{ID: rapid.String().Draw(t, "id"), Kind: rapid.SampledFrom([]Kind{Columns, Line, Ranks}).Draw(t, "kind"),
			Title: rapid.String().Draw(t, "title"), Unit: rapid.String().Draw(t, "unit"), Series: []string{rapid.String().Draw(t, "now")}}
		if c.Kind == Columns && rapid.Bool().Draw(t, "pairs") {
			c.Series = append(c.Series, rapid.String().Draw(t, "before"))
		}
		for range rapid.IntRange(0, 24).Draw(t, "points") {
			p := Point{Label: rapid.String().Draw(t, "label")}
			for range c.Series {
				q := quantity.Draw(t, "quantity")
				p.Values = append(p.Values, Value{q, fmt.Sprint(q), rapid.IntRange(0, 5).Draw(t, "missing") == 0})
			}
			c.Points = append(c.Points, p)
		}
		if c.Kind == Columns && rapid.Bool().Draw(t, "marked") {
			q := quantity.Draw(t, "mark")
			c.Mark = &Mark{rapid.String().Draw(t, "mark's label"), number(q, fmt.Sprint(q))}
		}
		holds(t, c)
		wellFormed(t, c.Draw().SVG())
		if again := c.Draw().SVG(); again != c.Draw().SVG() {
			t.Fatalf("two drawings of one chart differ")
		}
		c.Table()
	})
}

func TestAHigherValueNeverGetsAShorterBar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var values []Value
		for _, q := range rapid.SliceOfN(rapid.Int64(), 1, 20).Draw(t, "quantities") {
			values = append(values, Value{Quantity: q})
		}
		s := scaleOf(values, rapid.IntRange(2, 700).Draw(t, "extent"))
		for _, a := range values {
			if n := s.at(a.Quantity); n < 0 || n > s.extent || a.Quantity != 0 && n == s.at(0) {
				t.Fatalf("%d lies at %d of %d, zero at %d", a.Quantity, n, s.extent, s.at(0))
			}
			for _, b := range values {
				if a.Quantity < b.Quantity && s.at(a.Quantity) > s.at(b.Quantity) {
					t.Fatalf("%d lies above %d", a.Quantity, b.Quantity)
				}
			}
		}
	})
}

func TestWhatCannotBeSeenCanBeRead(t *testing.T) {
	t.Parallel()
	c := samples()[0]
	if got := c.Describe(); !strings.Contains(got, "Biểu đồ cột, đơn vị: người.") || !strings.Contains(got, "cao nhất 3.512 (Lượt người được tư vấn)") {
		t.Error(got)
	}
	head, rows := c.Table()
	if fmt.Sprint(head) != "[ Tháng 4/2024 Tháng 4/2023]" || fmt.Sprint(rows[2]) != "[Người có quyết định hưởng trợ cấp thất nghiệp 269 –]" {
		t.Error(head, rows)
	}
	svg := c.Draw().SVG()
	for _, part := range []string{`role="img"`, `<title id="chart-month-title">`, `<desc id="chart-month-desc">`, `aria-labelledby="chart-month-title chart-month-desc"`} {
		if !strings.Contains(svg, part) {
			t.Error("missing", part)
		}
	}
}
