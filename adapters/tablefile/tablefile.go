// Package tablefile reads the tables that offices keep (XLSX, CSV) and writes templates for them.
//
// A file comes from anywhere, so it is read within limits: a workbook that unpacks to more than it may, more rows, columns or
// text than a table has, and nothing is computed: of a formula only the value that the program that wrote it left there is
// read. What goes out never begins a formula, whatever a cell holds.
//
// github.com/xuri/excelize/v2 reads workbooks (BSD-3-Clause, kept up); it is what writes the reports.
package tablefile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"hoso/domain"
)

// The limits of a table.
const (
	MaxBytes    = 20 << 20  // of the file
	maxUnpacked = 200 << 20 // of a workbook
	MaxRows     = 100_000
	MaxColumns  = 200
	maxCell     = 10_000 // bytes
)

var (
	errTooLarge = &domain.Error{Kind: domain.Invalid, Code: "table.too_large", Msg: "bảng quá lớn: nhiều nhất 100.000 dòng, 200 cột, 20 MB, mỗi ô 10.000 ký tự; hãy chia thành nhiều tệp",
		En: "the table is too large: at most 100,000 rows, 200 columns, 20 MB, 10,000 bytes a cell; divide it"}
	errBroken = &domain.Error{Kind: domain.Invalid, Code: "table.unreadable", Msg: "không đọc được bảng này; hãy lưu lại thành XLSX hoặc CSV (UTF-8)",
		En: "this table cannot be read; save it as XLSX or CSV (UTF-8)"}
)

// Read reads the first sheet of a workbook, or a CSV file, by what the content is and not by what its name says. Rows may be
// shorter than the first one.
func Read(content []byte) ([][]string, error) {
	if len(content) > MaxBytes {
		return nil, errTooLarge
	}
	if bytes.HasPrefix(content, []byte("PK")) {
		return readWorkbook(content)
	}
	return readCSV(content)
}

func readWorkbook(content []byte) (rows [][]string, err error) {
	defer func() {
		if recover() != nil { // a workbook made to break its reader
			rows, err = nil, errBroken
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true})
	if err != nil {
		return nil, errBroken
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, errBroken
	}
	in, err := f.Rows(sheets[0])
	if err != nil {
		return nil, errBroken
	}
	defer in.Close()
	for in.Next() {
		row, err := in.Columns()
		if err != nil {
			return nil, errBroken
		}
		if rows, err = grow(rows, row); err != nil {
			return nil, err
		}
	}
	return whole(rows)
}

// readCSV reads commas, semicolons or tabs, whichever the first line has most of.
func readCSV(content []byte) (rows [][]string, err error) {
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return nil, errBroken
	}
	first, _, _ := bytes.Cut(content, []byte("\n"))
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = -1
	for _, comma := range ";\t" {
		if bytes.Count(first, []byte(string(comma))) > bytes.Count(first, []byte(string(in.Comma))) {
			in.Comma = comma
		}
	}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return whole(rows)
		}
		if err != nil {
			return nil, errBroken
		}
		if rows, err = grow(rows, row); err != nil {
			return nil, err
		}
	}
}

func grow(rows [][]string, row []string) ([][]string, error) {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	if len(rows) > MaxRows || len(row) > MaxColumns {
		return nil, errTooLarge
	}
	for _, cell := range row {
		if len(cell) > maxCell {
			return nil, errTooLarge
		}
	}
	return append(rows, row), nil
}

func whole(rows [][]string) ([][]string, error) {
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	if len(rows) == 0 || len(rows[0]) == 0 {
		return nil, errBroken
	}
	return rows, nil
}

// Safe returns a cell that no spreadsheet takes for a formula (OWASP, CSV injection).
func Safe(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// CSV writes rows as a CSV file that spreadsheets open with its letters right.
func CSV(rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString("\xef\xbb\xbf")
	w := csv.NewWriter(&b)
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Safe(cell)
		}
		_ = w.Write(safe) // into memory
	}
	w.Flush()
	return b.Bytes()
}

// Template writes a workbook with a first row, a note and the allowed values for each column.
func Template(sheet string, header, notes []string, values [][]string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return nil, err
	}
	for i, h := range header {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		if err := f.SetCellStr(sheet, name+"1", h); err != nil {
			return nil, err
		}
		_ = f.SetColWidth(sheet, name, name, 22)
		if notes[i] != "" {
			_ = f.AddComment(sheet, excelize.Comment{Cell: name + "1", Author: "hoso", Paragraph: []excelize.RichTextRun{{Text: notes[i]}}})
		}
		if len(values[i]) == 0 || len(strings.Join(values[i], ",")) > 250 { // the format has no room for more
			continue
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = name + "2:" + name + "10000"
		if err := v.SetDropList(values[i]); err != nil {
			return nil, err
		}
		if err := f.AddDataValidation(sheet, v); err != nil {
			return nil, err
		}
	}
	last, _ := excelize.ColumnNumberToName(len(header))
	_ = f.SetCellStyle(sheet, "A1", last+"1", bold)
	_ = f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	var b bytes.Buffer
	err = f.Write(&b)
	return b.Bytes(), err
}
