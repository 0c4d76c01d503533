package law

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Source says on what a row rests. What nobody has read in its source yet is marked, and must not be the oracle of a test.
type Source struct {
	Document string // document and article
	Verified bool
}

// row is a row of a file. Its methods read one column each; the first mistake is kept and told by [row.err].
type row struct {
	file    string
	line    int
	columns []string
	cells   []string
	wrong   error
}

// readTable gives each row of a CSV file to add. The columns have to be exactly these, in any order; lines that begin
// with # are comments.
func readTable(files fs.FS, file string, columns []string, add func(*row)) error {
	f, err := files.Open(file)
	if err != nil {
		return mistake(file, 0, "không mở được tệp tham số")
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.Comment = '#'
	in.FieldsPerRecord = -1
	var header []string
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			return mistake(file, syntax.Line, "không phải CSV đúng: %s", syntax.Err)
		}
		if err != nil {
			return mistake(file, 0, "không đọc được tệp tham số")
		}
		line, _ := in.FieldPos(0)
		if header == nil {
			header = cells
			header[0] = strings.TrimPrefix(header[0], "\ufeff")
			if want := slices.Sorted(slices.Values(columns)); !slices.Equal(slices.Sorted(slices.Values(header)), want) {
				return mistake(file, line, "các cột phải là: %s", strings.Join(columns, ", "))
			}
			continue
		}
		r := &row{file: file, line: line, columns: header, cells: cells}
		if len(cells) != len(header) {
			return mistake(file, line, "có %d ô, cần %d", len(cells), len(header))
		}
		if add(r); r.wrong != nil {
			return r.wrong
		}
	}
	if header == nil {
		return mistake(file, 1, "tệp trống")
	}
	return nil
}

func mistake(file string, line int, format string, args ...any) error {
	where := file
	if line > 0 {
		where += ":" + strconv.Itoa(line)
	}
	return &domain.Error{Kind: domain.Invalid, Code: "law.wrong_file", Field: where, Msg: fmt.Sprintf(format, args...)}
}

// fail keeps the row's first mistake.
func (r *row) fail(format string, args ...any) {
	if r.wrong == nil {
		r.wrong = mistake(r.file, r.line, format, args...)
	}
}

// text returns a cell, which must not be empty.
func (r *row) text(column string) string {
	s := r.optional(column)
	if s == "" {
		r.fail("cột %s trống", column)
	}
	return s
}

func (r *row) optional(column string) string {
	return strings.TrimSpace(r.cells[slices.Index(r.columns, column)])
}

// oneOf returns a cell that is one of these.
func (r *row) oneOf(column string, values ...string) string {
	s := r.optional(column)
	if !slices.Contains(values, s) {
		r.fail("cột %s phải là một trong: %s", column, strings.Join(values, ", "))
	}
	return s
}

// number returns a whole number from low to high.
func (r *row) number(column string, low, high int64) int64 {
	n, err := strconv.ParseInt(r.optional(column), 10, 64)
	if err != nil || n < low || n > high {
		r.fail("cột %s phải là số nguyên từ %d đến %d", column, low, high)
	}
	return n
}

func (r *row) date(column string) calendar.Date {
	d, err := calendar.ParseDate(r.optional(column))
	if err != nil {
		r.fail("cột %s: %s", column, err)
	}
	return d
}

// The first and the last day of what has no bound.
const (
	Always  calendar.Date = 18000101
	Forever calendar.Date = 99981231
)

// valid reads the columns from and to: both days belong to the interval, an empty cell is no bound.
func (r *row) valid() calendar.Range {
	days := calendar.Range{From: Always, To: Forever}
	if r.optional("from") != "" {
		days.From = r.date("from")
	}
	if r.optional("to") != "" {
		days.To = r.date("to")
	}
	if days.To < days.From {
		r.fail("ngày hết hiệu lực trước ngày có hiệu lực")
	}
	return days
}

// source reads the columns source and verified.
func (r *row) source() Source {
	return Source{r.text("source"), r.oneOf("verified", "yes", "no") == "yes"}
}

// overlap tells whether two intervals share a day.
func overlap(a, b calendar.Range) bool { return a.From <= b.To && b.From <= a.To }
