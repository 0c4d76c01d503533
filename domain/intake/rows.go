package intake

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/spelling"
)

// A table of an office (a sheet, a CSV file) becomes lines: one command a row. The first row names the columns, by the label
// or the name of a field, or in any way that the caller then maps.

// Column is what a column of a table holds.
type Column struct {
	Name  string // of the line's field: "command", "case", "occurred", "data.months_paid"
	Label domain.Text
	Field domain.Field // of the command, for data
}

var envelope = []Column{
	{Name: "command", Label: domain.Text{Vi: "Lệnh", En: "Command"}},
	{Name: "case", Label: domain.Text{Vi: "Hồ sơ", En: "Case"}},
	{Name: "occurred", Label: domain.Text{Vi: "Ngày xảy ra", En: "Date"}},
}

// Columns returns the columns of a command's table, in the order of its template.
func Columns(c domain.CommandType) []Column {
	all := slices.Clone(envelope)
	for _, f := range c.Fields() {
		all = append(all, Column{"data." + f.Name, f.Label, f})
	}
	return all
}

// Map tells which column each cell of a table's first row names: its place in Columns, -1 for none. Names are compared by any
// spelling. No column is named twice.
func Map(c domain.CommandType, header []string) []int {
	columns, taken := Columns(c), map[int]bool{}
	at := make([]int, len(header))
	for i, h := range header {
		h = spelling.Fold(strings.TrimRight(strings.TrimSpace(h), "*"))
		at[i] = slices.IndexFunc(columns, func(k Column) bool {
			return h != "" && slices.Contains([]string{spelling.Fold(k.Label.Vi), spelling.Fold(k.Label.En), k.Name, strings.TrimPrefix(k.Name, "data.")}, h)
		})
		if taken[at[i]] {
			at[i] = -1
		}
		taken[at[i]] = true
	}
	return at
}

// LineOf makes the line of a row; empty where the row is. What is no value of its column's type stays as it is written, and is
// refused when the line is parsed.
func LineOf(c domain.CommandType, at []int, row []string) ([]byte, error) {
	columns, data := Columns(c), map[string]any{}
	line := map[string]any{"command": c.Name, "data": data}
	empty := true
	for i, cell := range row {
		cell = strings.TrimSpace(cell)
		if cell == "" || i >= len(at) || at[i] < 0 {
			continue
		}
		k := columns[at[i]]
		name, ofData := strings.CutPrefix(k.Name, "data.")
		switch {
		case ofData:
			data[name], empty = valueOf(k.Field, cell), false
		case name == "occurred":
			line[name], empty = dateOf(cell), false
		case name == "case":
			line[name], empty = cell, false
		default:
			line[name] = cell // a row with nothing but its command is a row of the template
		}
	}
	if empty {
		return nil, nil
	}
	return json.Marshal(line)
}

func valueOf(f domain.Field, cell string) any {
	switch {
	case f.Type == reflect.TypeFor[calendar.Date]():
		return dateOf(cell)
	case f.Type == reflect.TypeFor[calendar.Month]():
		return monthOf(cell)
	case f.Type.Kind() == reflect.Bool:
		return yes[spelling.Fold(cell)]
	case f.Type.Kind() == reflect.Int, f.Type.Kind() == reflect.Int64, f.Type.Kind() == reflect.Uint64:
		if n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "", " ", "", "\u00a0", "").Replace(cell), 10, 64); err == nil {
			return n
		}
	case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.String:
		return strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\n' })
	case len(f.Values) > 0:
		return choice(f, cell)
	}
	return cell
}

var yes = map[string]bool{"co": true, "x": true, "true": true, "1": true, "yes": true, "dung": true}

// choice returns the value that a cell names: itself, or by the word at its place in the field's hint.
func choice(f domain.Field, cell string) string {
	for _, between := range []string{"; ", ", "} {
		words := strings.Split(f.Hint, between)
		if len(words) != len(f.Values) {
			continue
		}
		for i, w := range words {
			if spelling.Fold(w) == spelling.Fold(cell) {
				return f.Values[i]
			}
		}
	}
	return cell
}

// dateOf reads a date as people and spreadsheets write it (03/4/2024, 2024-04-03, the number of a day since 1900); what is
// none stays as it is.
func dateOf(cell string) string {
	if day, ok := calendar.WrittenDay(cell); ok {
		return day
	}
	if t, err := time.Parse(time.DateTime, cell); err == nil {
		return t.Format(time.DateOnly)
	}
	if n, err := strconv.ParseFloat(cell, 64); err == nil && n > 20_000 && n < 80_000 { // 1954 to 2119
		return calendar.Of(1899, 12, 30).AddDays(int(n)).String()
	}
	return cell
}

func monthOf(cell string) string {
	if month, ok := calendar.WrittenMonth(cell); ok {
		return month
	}
	if d, err := calendar.ParseDate(dateOf(cell)); err == nil {
		return d.String()[:7]
	}
	return cell
}

// Table returns the lines of a table, whose line numbers are the numbers of its rows; the first row names the columns.
func Table(c domain.CommandType, at []int, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('\n')
	for _, row := range rows[1:] {
		line, err := LineOf(c, at, row)
		if err != nil {
			return nil, err
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

// CommandOf returns the command that a table is about: that of its column of commands, where all rows say the same one.
func CommandOf(catalog *domain.Catalog, rows [][]string) (c domain.CommandType, ok bool) {
	i := slices.IndexFunc(rows[0], func(h string) bool { return slices.Contains([]string{"lenh", "command"}, spelling.Fold(h)) })
	if i < 0 {
		return c, false
	}
	name := ""
	for _, row := range rows[1:] {
		if i < len(row) && row[i] != "" {
			if name != "" && row[i] != name {
				return c, false
			}
			name = row[i]
		}
	}
	return catalog.Command(name)
}
