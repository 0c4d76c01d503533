// Package yamlreport reads report specifications: which figures stand where, in which words. An office copies a shipped one
// and changes it; the words that its texts may use are listed in projections/report/words.go.
//
// Everything unknown in a file is an error that names file, line and reason.
package yamlreport

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/report"
)

//go:embed specs/*.yaml
var shipped embed.FS

// Files returns the specifications that are shipped.
func Files() fs.FS {
	files, err := fs.Sub(shipped, "specs")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return files
}

// maxBytes bounds a specification.
const maxBytes = 1 << 20

type file struct {
	Name     string    `yaml:"name"`
	Title    string    `yaml:"title"`
	Office   string    `yaml:"office"`
	Superior string    `yaml:"superior"`
	Symbol   string    `yaml:"symbol"`
	Months   months    `yaml:"months"`
	Chosen   bool      `yaml:"only_by_name"`
	Sections []section `yaml:"sections"`
	Charts   []shown   `yaml:"charts"`
	Annex    []string  `yaml:"annex"`
}

type shown struct {
	Show  string   `yaml:"show"`
	Of    []string `yaml:"of"`
	Title string   `yaml:"title"`
}

type months struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

type section struct {
	Title    string  `yaml:"title"`
	Owner    string  `yaml:"owner"`
	Months   months  `yaml:"months"`
	Calendar string  `yaml:"calendar"`
	Text     text    `yaml:"text"`
	Tables   []table `yaml:"tables"`
}

type table struct {
	Title   string   `yaml:"title"`
	Columns []string `yaml:"columns"`
	Rows    []row    `yaml:"rows"`
}

// text and row know on which line of the file they begin.
type text struct {
	says string
	line int
}

type row struct {
	cells []string
	line  int
}

// UnmarshalYAML implements yaml.NodeUnmarshaler.
func (t *text) UnmarshalYAML(n ast.Node) error {
	t.line = n.GetToken().Position.Line
	if n.Type() == ast.LiteralType {
		t.line++ // it begins below its mark
	}
	return yaml.NodeToValue(n, &t.says)
}

// UnmarshalYAML implements yaml.NodeUnmarshaler.
func (r *row) UnmarshalYAML(n ast.Node) error {
	r.line = n.GetToken().Position.Line
	return yaml.NodeToValue(n, &r.cells)
}

// Read reads all specifications of a folder and checks them against the catalogue, in the order of the file names.
func Read(files fs.FS, catalog *domain.Catalog) (report.Specs, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all report.Specs
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, mistake(name, "không đọc được mẫu báo cáo")
		}
		spec, err := Parse(name, data)
		if err != nil {
			return nil, err
		}
		if err := spec.Check(catalog); err != nil {
			where := name
			var wrong *report.Misprint
			if errors.As(err, &wrong) && wrong.Line > 0 {
				where = fmt.Sprintf("%s:%d", name, wrong.Line)
			}
			return nil, &domain.Error{Kind: domain.Invalid, Code: domain.CodeOf(err), Field: where, Msg: err.Error()}
		}
		for _, other := range all {
			if other.Name == spec.Name {
				return nil, mistake(name, "tên %q đã có ở mẫu khác", spec.Name)
			}
		}
		all = append(all, spec)
	}
	if len(all) == 0 {
		return nil, mistake("*.yaml", "không có mẫu báo cáo nào")
	}
	return all, nil
}

func mistake(where, format string, args ...any) error {
	return &domain.Error{Kind: domain.Invalid, Code: "report.wrong_file", Field: where, Msg: fmt.Sprintf(format, args...)}
}

// Parse reads one specification. The name of its file is for errors.
func Parse(name string, data []byte) (report.Spec, error) {
	if len(data) > maxBytes {
		return report.Spec{}, mistake(name, "mẫu báo cáo lớn hơn %d MiB", maxBytes>>20)
	}
	var f file
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return report.Spec{}, mistake(name+lineOf(err), "%s", reason(err))
	}
	if f.Name == "" || f.Title == "" || f.Office == "" || len(f.Sections) == 0 {
		return report.Spec{}, mistake(name, "cần name, title, office và ít nhất một phần trong sections")
	}
	spec := report.Spec{Name: f.Name, Title: f.Title, Office: f.Office, Superior: f.Superior, Symbol: f.Symbol, Chosen: f.Chosen, Annex: f.Annex}
	var err error
	if spec.Months, err = f.Months.parse(); err != nil {
		return spec, mistake(name, "%s", err)
	}
	for _, c := range f.Charts {
		spec.Charts = append(spec.Charts, report.Shown(c))
	}
	for _, s := range f.Sections {
		section := report.Section{Title: s.Title, Owner: s.Owner, Text: s.Text.says, Line: s.Text.line}
		if section.Months, err = s.Months.parse(); err != nil {
			return spec, mistake(name, "phần %q: %s", s.Title, err)
		}
		if s.Calendar != "" {
			if section.Calendar, err = calendar.ParseCalendar(s.Calendar); err != nil {
				return spec, mistake(name, "phần %q: %s", s.Title, err)
			}
		}
		for _, t := range s.Tables {
			if len(t.Columns) == 0 {
				return spec, mistake(name, "phần %q: bảng không có cột", s.Title)
			}
			filled := report.Table{Title: t.Title, Columns: t.Columns}
			for _, r := range t.Rows {
				filled.Rows, filled.Lines = append(filled.Rows, r.cells), append(filled.Lines, r.line)
			}
			section.Tables = append(section.Tables, filled)
		}
		spec.Sections = append(spec.Sections, section)
	}
	return spec, nil
}

func (m months) parse() (all report.Months, err error) {
	if m.From != "" {
		if all.From, err = calendar.ParseMonth(m.From); err != nil {
			return all, err
		}
	}
	if m.To != "" {
		if all.To, err = calendar.ParseMonth(m.To); err != nil {
			return all, err
		}
	}
	if !all.From.IsZero() && !all.To.IsZero() && all.To.First() < all.From.First() {
		return all, errors.New("khoảng tháng ngược")
	}
	return all, nil
}

var at = regexp.MustCompile(`^\[(\d+):\d+\] `)

// lineOf finds the line in an error of the YAML library.
func lineOf(err error) string {
	if m := at.FindStringSubmatch(err.Error()); m != nil {
		return ":" + m[1]
	}
	return ""
}

func reason(err error) string {
	first, _, _ := strings.Cut(err.Error(), "\n")
	return at.ReplaceAllString(first, "")
}
