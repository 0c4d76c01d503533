package xlsxreport

import (
	"bytes"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hoso/projections/figures"
	"hoso/projections/report"
	"hoso/projections/report/reporttest"
)

func open(t *testing.T, r report.Report, behind report.Behind, full int) *excelize.File {
	t.Helper()
	var first []byte
	for range 4 { // maps of the library have no order
		var b bytes.Buffer
		if err := write(&b, r, behind, full); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		}
		if !bytes.Equal(first, b.Bytes()) {
			t.Fatal("the same report gave different bytes")
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	r := reporttest.Sample()
	f := open(t, r, reporttest.Behind(r), full)
	if got := strings.Join(f.GetSheetList(), " | "); got != "Phụ lục số liệu | 1. Bảo hiểm thất nghiệp | 2. Người có công | Biểu đồ | Kiểm tra và lưu ý | Sự việc" {
		t.Error(got)
	}
	for at, want := range map[string]struct{ formula, value string }{
		"D5": {"SUM(D6:D7)", "451"}, "E5": {"SUM(E6:E7)", "1372"}, "D6": {"", "232"},
		"D8": {"", "8510.8"}, // its parts do not add up
		"M5": {"SUM('Sự việc'!$H$2:$H$2)", "451"}, "N5": {"ROUND(D5-M5,6)", "0"},
		"M8": {"SUM('Sự việc'!$H$3:$H$3)", "8510.8"},
		"G5": {"", "-0.6125"}, "D10": {"", "4.48"}, "D11": {"", "–"},
	} {
		formula, err := f.GetCellFormula("Phụ lục số liệu", at)
		if err != nil || formula != want.formula {
			t.Errorf("%s: formula %q, want %q (%v)", at, formula, want.formula, err)
		}
		value, err := f.GetCellValue("Phụ lục số liệu", at, excelize.Options{RawCellValue: true})
		if err != nil || value != want.value {
			t.Errorf("%s: stored %q, want %q (%v)", at, value, want.value, err)
		}
		if formula == "" {
			continue
		}
		if live, err := f.CalcCellValue("Phụ lục số liệu", at, excelize.Options{RawCellValue: true}); err != nil || live != want.value {
			t.Errorf("%s: computed %q, want %q (%v)", at, live, want.value, err)
		}
	}
}

// formulas counts the formulas of a workbook and fails on one that this package does not make.
func formulas(t *testing.T, f *excelize.File) (n int) {
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				at, _ := excelize.CoordinatesToCellName(x+1, y+1)
				formula, err := f.GetCellFormula(sheet, at)
				if err != nil {
					t.Fatal(err)
				}
				if formula == "" {
					continue
				}
				n++
				if !strings.HasPrefix(formula, "SUM(") && !strings.HasPrefix(formula, "ROUND(") {
					t.Errorf("%s!%s holds the formula %q", sheet, at, formula)
				}
			}
		}
	}
	return n
}

func TestTextsStayTexts(t *testing.T) {
	t.Parallel()
	r := reporttest.Hostile()
	f := open(t, r, reporttest.Behind(r), full)
	formulas(t, f)
	if got, _ := f.GetCellValue("Phụ lục số liệu", "B5"); got != r.Annex[0].Label {
		t.Errorf("%q became %q", r.Annex[0].Label, got)
	}
	for _, name := range f.GetSheetList() {
		if len([]rune(name)) > 31 {
			t.Errorf("%q is too long a name", name)
		}
	}
}

// TestEventsFillSheets spreads the events of one figure over sheets; their sum is over all of them.
func TestEventsFillSheets(t *testing.T) {
	t.Parallel()
	r := reporttest.Sample()
	f := open(t, r, func(indicator string) iter.Seq2[figures.Entry, error] {
		return func(yield func(figures.Entry, error) bool) {
			for e := range reporttest.Behind(r)(indicator) {
				for _, q := range []int64{100, 300, 50, 7, -6} {
					if e.Quantity.Quantity = q; indicator == "unemployment.claims" && !yield(e, nil) {
						return
					}
				}
			}
		}
	}, 3)
	formula, _ := f.GetCellFormula("Phụ lục số liệu", "M5")
	if formula != "SUM('Sự việc'!$H$2:$H$3)+SUM('Sự việc 2'!$H$2:$H$3)+SUM('Sự việc 3'!$H$2:$H$2)" {
		t.Error(formula)
	}
	if sum, err := f.CalcCellValue("Phụ lục số liệu", "M5"); err != nil || sum != "451" {
		t.Error(sum, err)
	}
}

func TestAnEventThatCannotBeReadIsNoWorkbook(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	err := Write(&bytes.Buffer{}, reporttest.Sample(), func(string) iter.Seq2[figures.Entry, error] {
		return func(yield func(figures.Entry, error) bool) { yield(figures.Entry{}, broken) }
	})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestTheSameOnEveryMachine(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	r := reporttest.Sample()
	if err := write(&b, r, reporttest.Behind(r), full); err != nil {
		t.Fatal(err)
	}
	reporttest.Same(t, "xlsx", b.Bytes())
}
