package tablefile_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hoso/adapters/tablefile"
	"hoso/domain"
)

func TestTablesComeBackAsTheyAre(t *testing.T) {
	t.Parallel()
	want := [][]string{{"Hồ sơ", "Ngày xảy ra"}, {"TN-1", "03/4/2024"}, nil, {"TN-2", "Đặng, \"Thị\"\nHòa"}}
	for name, content := range map[string][]byte{
		"csv": tablefile.CSV(want), "semicolons": []byte("Hồ sơ;Ngày xảy ra\nTN-1;03/4/2024\n\"\"\nTN-2;\"Đặng, \"\"Thị\"\"\nHòa\"\n\n"),
		"xlsx": workbook(t, want),
	} {
		got, err := tablefile.Read(content)
		if name == "csv" { // an empty line is none
			got = slices.Insert(got, 2, nil)
		}
		if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func workbook(t *testing.T, rows [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		for k, cell := range row {
			at, _ := excelize.CoordinatesToCellName(k+1, i+1)
			if err := f.SetCellStr("Sheet1", at, cell); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileFiles(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	for _, name := range []string{"xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/workbook.xml"} {
		w, _ := z.Create(name)
		for range 300 {
			_, _ = w.Write(make([]byte, 1<<20))
		}
	}
	_ = z.Close()
	for name, content := range map[string][]byte{
		"a zip bomb": bomb.Bytes(), "half a workbook": workbook(t, [][]string{{"a"}})[:200], "no table": []byte("\x00\x01\x02"), "another encoding": []byte("H\xf4 s\xf5"),
		"nothing": nil, "a quote that never ends": []byte("a,b\n\"c"), "too many columns": []byte(strings.Repeat("a,", 300) + "a"), "a cell like a book": []byte(strings.Repeat("a", 20_000)),
		"too many rows": []byte(strings.Repeat("a\n", 100_002)), "too many bytes": make([]byte, tablefile.MaxBytes+1),
	} {
		if rows, err := tablefile.Read(content); domain.KindOf(err) != domain.Invalid {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
}

func TestNoCellBeginsAFormula(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{"=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1"} {
		if got := string(tablefile.CSV([][]string{{cell}})); !strings.Contains(got, "'"+cell[:1]) {
			t.Errorf("%q is written %q", cell, got)
		}
	}
	if got := tablefile.Safe("Đặng Thị Hòa"); got != "Đặng Thị Hòa" {
		t.Error(got)
	}
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	b, err := tablefile.Template("unemployment.file", []string{"Hồ sơ", "Giới tính"}, []string{"", "nữ, nam"}, [][]string{nil, {"female", "male"}})
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := tablefile.Read(b); err != nil || len(rows) != 1 || !slices.Equal(rows[0], []string{"Hồ sơ", "Giới tính"}) {
		t.Errorf("%q, %v", rows, err)
	}
}
