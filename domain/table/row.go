package table

import (
	"slices"
	"strconv"
	"strings"

	"hoso/domain/calendar"
)

// Row is a row of a file. Its methods read one column each; the first mistake ends the reading of the file.
type Row struct {
	File    string
	Line    int
	columns []string
	cells   []string
	wrong   error
}

// Source says on what a row rests. What nobody has read in its source yet is marked, and must not be the oracle of a test.
type Source struct {
	Document string // document and article
	Verified bool
}

// Fail keeps the row's first mistake.
func (r *Row) Fail(format string, args ...any) {
	if r.wrong == nil {
		r.wrong = Mistake(r.File, r.Line, format, args...)
	}
}

// Failed tells whether there is a mistake in the row already.
func (r *Row) Failed() bool { return r.wrong != nil }

// Text returns a cell, which must not be empty.
func (r *Row) Text(column string) string {
	s := r.Optional(column)
	if s == "" {
		r.Fail("cột %s trống", column)
	}
	return s
}

// Optional returns a cell, which may be empty.
func (r *Row) Optional(column string) string {
	return strings.TrimSpace(r.cells[slices.Index(r.columns, column)])
}

// OneOf returns a cell that is one of these.
func (r *Row) OneOf(column string, values ...string) string {
	s := r.Optional(column)
	if !slices.Contains(values, s) {
		r.Fail("cột %s phải là một trong: %s", column, strings.Join(values, ", "))
	}
	return s
}

// Number returns a whole number from low to high.
func (r *Row) Number(column string, low, high int64) int64 {
	n, err := strconv.ParseInt(r.Optional(column), 10, 64)
	if err != nil || n < low || n > high {
		r.Fail("cột %s phải là số nguyên từ %d đến %d", column, low, high)
	}
	return n
}

// Date returns a day, YYYY-MM-DD.
func (r *Row) Date(column string) calendar.Date {
	d, err := calendar.ParseDate(r.Optional(column))
	if err != nil {
		r.Fail("cột %s: %s", column, err)
	}
	return d
}

// The first and the last day of what has no bound.
const (
	Always  calendar.Date = 18000101
	Forever calendar.Date = 99981231
)

// Valid reads the columns from and to: both days belong to the interval, an empty cell is no bound.
func (r *Row) Valid() calendar.Range {
	days := calendar.Range{From: Always, To: Forever}
	if r.Optional("from") != "" {
		days.From = r.Date("from")
	}
	if r.Optional("to") != "" {
		days.To = r.Date("to")
	}
	if days.To < days.From {
		r.Fail("ngày hết hiệu lực trước ngày có hiệu lực")
	}
	return days
}

// Source reads the columns source and verified.
func (r *Row) Source() Source {
	return Source{r.Text("source"), r.OneOf("verified", "yes", "no") == "yes"}
}
