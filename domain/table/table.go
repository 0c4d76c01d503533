// Package table reads the CSV files that the program takes its facts from: numbers of the law, administrative units.
// A wrong file is an error with file, line and reason, so that a clerk who changed it can mend it.
package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// Error is a mistake in a file. Line is 0 where it is not a line's.
type Error struct {
	File   string
	Line   int
	Reason string
}

// Error returns "file:line: reason".
func (e *Error) Error() string { return e.Where() + ": " + e.Reason }

// Where returns the file, and the line where there is one.
func (e *Error) Where() string {
	if e.Line == 0 {
		return e.File
	}
	return e.File + ":" + strconv.Itoa(e.Line)
}

// Mistake returns an error about a line.
func Mistake(file string, line int, format string, args ...any) *Error {
	return &Error{file, line, fmt.Sprintf(format, args...)}
}

// Read gives each row of a CSV file to add. The columns have to be exactly these, in any order; lines that begin with #
// are comments.
func Read(files fs.FS, file string, columns []string, add func(*Row)) error {
	f, err := files.Open(file)
	if err != nil {
		return Mistake(file, 0, "không mở được tệp tham số")
	}
	defer f.Close()
	text := bufio.NewReader(f)
	if mark, _ := text.Peek(3); string(mark) == "\ufeff" { // some editors write it, also before a comment
		_, _ = text.Discard(len(mark))
	}
	in := csv.NewReader(text)
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
			return Mistake(file, syntax.Line, "không phải CSV đúng: %s", syntax.Err)
		}
		if err != nil {
			return Mistake(file, 0, "không đọc được tệp tham số")
		}
		line, _ := in.FieldPos(0)
		if header == nil {
			header = cells
			if want := slices.Sorted(slices.Values(columns)); !slices.Equal(slices.Sorted(slices.Values(header)), want) {
				return Mistake(file, line, "các cột phải là: %s", strings.Join(columns, ", "))
			}
			continue
		}
		if len(cells) != len(header) {
			return Mistake(file, line, "có %d ô, cần %d", len(cells), len(header))
		}
		r := &Row{File: file, Line: line, columns: header, cells: cells}
		if add(r); r.wrong != nil {
			return r.wrong
		}
	}
	if header == nil {
		return Mistake(file, 1, "tệp trống")
	}
	return nil
}
