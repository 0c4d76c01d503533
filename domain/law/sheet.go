package law

import (
	"encoding/csv"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Sheet is a file of the law as it stands, for people who look at it. Rules take their numbers from [Law].
type Sheet struct {
	Name    string // of the file, without its ending
	About   string // what the comments at its head say
	Columns []string
	Rows    [][]string
}

// Sheets returns the files of a folder that [Read] has accepted, by name.
func Sheets(files fs.FS) ([]Sheet, error) {
	names, err := fs.Glob(files, "*.csv")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	all := make([]Sheet, 0, len(names))
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		said := strings.TrimPrefix(string(content), "\ufeff")
		s := Sheet{Name: strings.TrimSuffix(path.Base(name), ".csv")}
		for line := range strings.Lines(said) {
			comment, ok := strings.CutPrefix(line, "#")
			if !ok {
				break
			}
			s.About += " " + strings.TrimSpace(comment)
		}
		s.About = strings.TrimSpace(s.About)
		in := csv.NewReader(strings.NewReader(said))
		in.Comment = '#'
		rows, err := in.ReadAll()
		if err != nil {
			return nil, coded(mistake(name, 0, "không phải CSV đúng"))
		}
		if len(rows) > 0 {
			s.Columns, s.Rows = rows[0], rows[1:]
		}
		all = append(all, s)
	}
	return all, nil
}
