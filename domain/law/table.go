package law

import (
	"errors"
	"io/fs"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/table"
)

// Source says on what a row rests.
type Source = table.Source

// row is a row of a file of the law.
type row struct{ *table.Row }

// The first and the last day of what has no bound.
const (
	Always  = table.Always
	Forever = table.Forever
)

// readTable gives each row of a file to add. What is wrong with a file of the law has a code of its own.
func readTable(files fs.FS, file string, columns []string, add func(*row)) error {
	return coded(table.Read(files, file, columns, func(r *table.Row) { add(&row{r}) }))
}

func mistake(file string, line int, format string, args ...any) error {
	return coded(table.Mistake(file, line, format, args...))
}

func coded(err error) error {
	var wrong *table.Error
	if errors.As(err, &wrong) {
		return &domain.Error{Kind: domain.Invalid, Code: "law.wrong_file", Field: wrong.Where(), Msg: wrong.Reason}
	}
	return err
}

// overlap tells whether two intervals share a day.
func overlap(a, b calendar.Range) bool { return a.From <= b.To && b.From <= a.To }
