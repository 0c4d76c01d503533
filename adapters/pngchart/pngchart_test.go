package pngchart

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"

	"hoso/projections/report/chart"
	"hoso/projections/report/reporttest"
)

// letters are all that Vietnamese is written with, and what stands between.
const letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"

func TestTheFontHasAllLetters(t *testing.T) {
	t.Parallel()
	f, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	var b sfnt.Buffer
	for _, r := range letters + strings.ToUpper(letters) + "0123456789.,;:–-−…%<>&\"'()/·" {
		if n, err := f.GlyphIndex(&b, r); err != nil || n == 0 {
			t.Errorf("%c has no glyph: %v", r, err)
		}
	}
}

// The drawing has no font, so it takes letters to be wider than they are, or as wide.
func TestNoTextIsWiderThanTheDrawingTakesItToBe(t *testing.T) {
	t.Parallel()
	f, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 1000, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range letters + strings.ToUpper(letters) + "0123456789.,;:–-−…%<>&\"'()/·ABC xyzwWfj@" {
		if real, taken := font.MeasureString(face, string(r)).Ceil(), chart.Width(string(r), 1000); real > taken+1 {
			t.Errorf("%c is %d wide and taken to be %d", r, real, taken)
		}
	}
}

func TestPaintsTheSameBytes(t *testing.T) {
	t.Parallel()
	c := chart.Chart{ID: "x", Kind: chart.Line, Title: "Thử", Unit: "người", Series: []string{"a"}, Points: []chart.Point{
		{Label: "Thành phố Lạng Sơn", Values: []chart.Value{{Quantity: 3, Text: "3"}}}, {Label: "Huyện Đình Lập", Values: []chart.Value{{Quantity: 9, Text: "9"}}}}}
	one, err := Paint(c.Draw())
	if err != nil {
		t.Fatal(err)
	}
	two, err := Paint(c.Draw())
	if err != nil || !bytes.Equal(one, two) {
		t.Fatal("two pictures of one chart differ", err)
	}
	reporttest.Same(t, "png", one)
	picture, err := png.Decode(bytes.NewReader(one))
	if err != nil || picture.Bounds().Dx() != 720*Scale {
		t.Fatal(picture.Bounds(), err)
	}
}
