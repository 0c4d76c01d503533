// Package xlsxreport writes a report as a workbook: the annex of figures, a sheet for each section, the numbers of the
// charts, what the checks found, and the events behind every figure.
//
// Totals are live where they add up: a figure is the formula of its breakdown's parts, and beside every figure stands the sum
// of its events and the difference, which is 0. Texts are written as texts, whatever they begin with: only what this
// package makes is a formula.
package xlsxreport

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"hoso/projections/report"
)

// workbook is a workbook while it is written.
type workbook struct {
	*excelize.File
	report report.Report
	styles styles
	behind map[string]events // by indicator
	full   int
}

// Write writes a report. The same report and events give the same bytes.
func Write(w io.Writer, r report.Report, behind report.Behind) error {
	return write(w, r, behind, full)
}

func write(w io.Writer, r report.Report, behind report.Behind, full int) error {
	b := &workbook{File: excelize.NewFile(), report: r, behind: map[string]events{}, full: full}
	defer b.Close()
	if err := b.begin(); err != nil {
		return err
	}
	names := b.names()
	for _, name := range names {
		if _, err := b.NewSheet(name); err != nil {
			return err
		}
	}
	if err := b.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	if err := b.listEvents(behind); err != nil { // first: the annex says where they stand
		return err
	}
	if err := b.annex(names[0]); err != nil {
		return err
	}
	for n, s := range r.Sections {
		if err := b.section(names[n+1], n, s); err != nil {
			return err
		}
	}
	if err := b.charts(names[len(names)-2]); err != nil {
		return err
	}
	if err := b.findings(names[len(names)-1]); err != nil {
		return err
	}
	b.SetActiveSheet(0)
	return b.pack(w)
}

// begin names the workbook. Its times are the day of the document, or of a draft the last of its period.
func (b *workbook) begin() error {
	day := b.report.Paper.Date
	if day.IsZero() {
		day = b.report.To
	}
	at := day.String() + "T00:00:00Z"
	err := b.SetDocProps(&excelize.DocProperties{Title: "Báo cáo " + b.report.Subject(), Creator: b.report.Office, LastModifiedBy: "hoso", Created: at, Modified: at, Language: "vi-VN"})
	if err != nil {
		return err
	}
	if err := b.SetDefaultFont("Times New Roman"); err != nil { // columns are measured in its digits
		return err
	}
	return b.makeStyles()
}

// names are those of the sheets: the annex, a sheet for each section, the charts, the checks. Sheets of events come last.
func (b *workbook) names() []string {
	names := []string{"Phụ lục số liệu"}
	for n, s := range b.report.Sections {
		names = append(names, sheetName(fmt.Sprintf("%d. %s", n+1, s.Title)))
	}
	return append(names, "Biểu đồ", "Kiểm tra và lưu ý")
}

// sheetName makes a name of a title: 31 letters at most, and none that a workbook refuses. Its number makes it the only one.
func sheetName(title string) string {
	s := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(title, "")))
	s = strings.Join(strings.Fields(s), " ")
	for len(utf16.Encode([]rune(s))) > 31 {
		letters := []rune(s)
		s = string(letters[:len(letters)-1])
	}
	return strings.TrimRight(s, "' ")
}

// pack writes the package's files in the order of their names, all with the same time.
func (b *workbook) pack(w io.Writer) error {
	var made bytes.Buffer
	if err := b.Write(&made); err != nil {
		return err
	}
	from, err := zip.NewReader(bytes.NewReader(made.Bytes()), int64(made.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(from.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	to := zip.NewWriter(w)
	for _, f := range from.File {
		h := zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		out, err := to.CreateHeader(&h)
		if err != nil {
			return err
		}
		in, err := f.Open()
		if err != nil {
			return err
		}
		if _, err := io.Copy(out, in); err != nil { //nolint:gosec // what this program has just made
			return err
		}
		if err := in.Close(); err != nil {
			return err
		}
	}
	return to.Close()
}
