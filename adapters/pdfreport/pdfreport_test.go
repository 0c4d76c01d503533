package pdfreport

import (
	"bytes"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationserifregular"

	"hoso/projections/report"
	"hoso/projections/report/reporttest"
)

func write(t *testing.T, r report.Report) []byte {
	t.Helper()
	var first []byte
	for range 4 { // maps of the library have no order
		var b bytes.Buffer
		if err := Write(&b, r); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		}
		if !bytes.Equal(first, b.Bytes()) {
			t.Fatal("the same report gave different bytes")
		}
	}
	return first
}

func TestDocument(t *testing.T) {
	t.Parallel()
	got := write(t, reporttest.Sample())
	if !bytes.HasPrefix(got, []byte("%PDF-")) || bytes.Count(got, []byte("/Type /Page\n")) != 3 {
		t.Errorf("a PDF of 3 pages has %d", bytes.Count(got, []byte("/Type /Page\n")))
	}
	if !bytes.Contains(got, []byte("D:20240503000000")) {
		t.Error("the document's time is that of the report")
	}
}

func TestAnyTextCanBeWritten(t *testing.T) {
	t.Parallel()
	if got := write(t, reporttest.Hostile()); len(got) < 10_000 {
		t.Error(len(got))
	}
}

// TestLinesFit breaks texts at spaces, and words that are longer than a line wherever the line ends; nothing is lost.
func TestLinesFit(t *testing.T) {
	t.Parallel()
	d := &document{Fpdf: fpdf.New("P", "mm", "A4", "")}
	d.AddUTF8FontFromBytes("serif", "", liberationserifregular.TTF)
	d.SetFont("serif", "", 14)
	for _, s := range []string{"", "một", strings.Repeat("Nghiêng ngả ", 50), strings.Repeat("dài", 300), "a " + strings.Repeat("W", 90) + " b"} {
		for _, width := range []float64{4, 30, 165} {
			lines := d.lines(s, width, 0)
			for _, l := range lines {
				if d.GetStringWidth(l) > width && len([]rune(l)) > 1 {
					t.Errorf("%q is wider than %v mm", l, width)
				}
			}
			if got, want := strings.Join(strings.Fields(strings.Join(lines, "")), ""), strings.Join(strings.Fields(s), ""); got != want {
				t.Errorf("lines of %q lost something: %q", want, got)
			}
		}
	}
}

func TestTheSameOnEveryMachine(t *testing.T) {
	t.Parallel()
	reporttest.Same(t, "pdf", write(t, reporttest.Sample()))
}
