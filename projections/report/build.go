package report

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/register"
	"hoso/projections/report/chart"
)

// Report is a report of one month, ready to be written in any form.
type Report struct {
	Spec     string            `json:"spec"`
	Title    string            `json:"title"`
	Office   string            `json:"office"`
	Superior string            `json:"superior,omitempty"`
	Place    string            `json:"place"`
	Month    calendar.Month    `json:"month"`
	Calendar calendar.Calendar `json:"calendar"`
	From     calendar.Date     `json:"from"`
	To       calendar.Date     `json:"to"`
	Position domain.Ordinal    `json:"position"`
	Sections []Told            `json:"sections"`
	Annex    []figures.Figure  `json:"annex"`
	Adjusted []Adjusted        `json:"adjusted,omitempty"` // earlier months, since they were published
	Charts   []chart.Chart     `json:"charts,omitempty"`
	Paper    Paper             `json:"paper,omitzero"`
	Findings []Finding         `json:"findings"` // what does not fit together
	Remarks  []string          `json:"remarks"`  // how the figures are meant

	figures []figures.Figure // all, also those that it does not cite
	late    []figures.Late
}

// Told is a section in words and tables.
type Told struct {
	Title     string            `json:"title"`
	Owner     string            `json:"owner,omitempty"`
	Calendar  calendar.Calendar `json:"calendar"`
	Sentences []string          `json:"sentences,omitempty"`
	Tables    []Table           `json:"tables,omitempty"`
}

// builder makes one report.
type builder struct {
	*sheets
	catalog *domain.Catalog
	spec    Spec
	cited   map[string]bool
	listed  bool // documents were
	linked  bool // numbers in texts are marked
}

// Build writes a report. The query's calendar is for the sections that have none of their own. A figure that the catalogue
// lacks is an error: it is never left out silently.
func Build(ctx context.Context, catalog *domain.Catalog, spec Spec, source Source, q figures.Query) (Report, error) {
	return build(ctx, catalog, spec, source, q, false)
}

func build(ctx context.Context, catalog *domain.Catalog, spec Spec, source Source, q figures.Query, linked bool) (Report, error) {
	if q.Calendar == "" {
		q.Calendar = calendar.Civil
	}
	q.Indicators = nil
	b := &builder{&sheets{ctx, source, q, map[calendar.Calendar]*page{}}, catalog, spec, map[string]bool{}, false, linked}
	p, err := b.under(q.Calendar)
	if err != nil {
		return Report{}, err
	}
	r := Report{
		Spec: spec.Name, Title: spec.Title, Office: spec.Office, Superior: spec.Superior, Place: place(p.Sheet), Month: p.Month, Calendar: p.Calendar,
		From: p.From, To: p.To, Position: p.Position,
	}
	for _, s := range spec.Sections {
		if !s.Months.Has(q.Month) {
			continue
		}
		told, err := b.tell(s)
		if err != nil {
			return Report{}, err
		}
		r.Sections = append(r.Sections, told)
	}
	for _, f := range p.Figures {
		if slices.ContainsFunc(spec.Annex, func(of string) bool { return covers(of, f.Indicator) }) {
			r.Annex = append(r.Annex, f)
			b.cited[f.Indicator] = true
		}
	}
	if r.Charts, err = b.charts(p); err != nil {
		return Report{}, err
	}
	r.Paper = paperOf(spec, p.Sheet)
	said, err := b.source.Publications(b.ctx, b.series(), b.query.AsOf)
	if err != nil {
		return Report{}, err
	}
	r.Remarks = b.remarks(p.Divided, said)
	if r.late, r.Adjusted, err = b.adjust(p, said); err != nil {
		return Report{}, err
	}
	r.figures = p.Figures
	r.Findings, err = b.check(p, said, r.late)
	return r, err
}

// covers tells whether an indicator is meant by an id, or by "merit.*".
func covers(of, id string) bool {
	if field, all := strings.CutSuffix(of, "*"); all {
		return strings.HasPrefix(id, field)
	}
	return of == id
}

func place(sheet figures.Sheet) string {
	if sheet.Unit.Name != "" {
		return sheet.Unit.Name
	}
	if u, ok := area.Find(sheet.Area, sheet.To); ok {
		return u.Name
	}
	return "Toàn bộ địa bàn"
}

func (b *builder) tell(s Section) (Told, error) {
	c := s.Calendar
	if c == "" {
		c = b.query.Calendar
	}
	p, err := b.under(c)
	if err != nil {
		return Told{}, err
	}
	t := Told{Owner: s.Owner, Calendar: c}
	if t.Title, err = b.fill(p, s.Title, s.Title, 0); err != nil {
		return t, err
	}
	text, err := b.fill(p, s.Title, s.Text, s.Line)
	if err != nil {
		return t, err
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			t.Sentences = append(t.Sentences, line)
		}
	}
	for _, table := range s.Tables {
		filled := Table{Title: table.Title, Columns: table.Columns}
		for n, row := range table.Rows {
			cells, line := make([]string, len(row)), 0
			if n < len(table.Lines) {
				line = table.Lines[n]
			}
			for i, cell := range row {
				if cells[i], err = b.fill(p, s.Title+": "+row[min(1, len(row)-1)], cell, line); err != nil {
					return t, err
				}
			}
			filled.Rows = append(filled.Rows, cells)
		}
		t.Tables = append(t.Tables, filled)
	}
	return t, nil
}

// fill makes a text of a spec true for a page. The text begins on a line of the spec's file; 0: nobody knows.
func (b *builder) fill(p *page, where, text string, line int) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	t, err := template.New(where).Funcs(b.words(p)).Parse(text)
	if err == nil {
		var out strings.Builder
		if err = t.Execute(&out, nil); err == nil {
			return out.String(), nil
		}
	}
	m := &Misprint{}
	if within, found := strings.CutPrefix(err.Error(), "template: "+where+":"); found && line > 0 {
		if _, err := fmt.Sscanf(within, "%d", &m.Line); err == nil {
			m.Line += line - 1
		}
	}
	var own *domain.Error
	if errors.As(err, &own) {
		m.Err = fmt.Errorf("%s: %w", where, own)
	} else {
		said := strings.TrimLeft(strings.TrimPrefix(err.Error(), "template: "+where), ":0123456789")
		m.Err = &domain.Error{Kind: domain.Invalid, Code: "report.bad_text", Field: b.spec.Name, Msg: "mẫu báo cáo có câu không đọc được: " + where + ":" + said}
	}
	return "", m
}

// Check reads all texts of a spec and looks whether the catalogue has what they name: a mistake is found when the program
// starts, not at the end of the month.
func (s Spec) Check(catalog *domain.Catalog) error {
	b := &builder{&sheets{context.Background(), nothing{catalog}, figures.Query{Calendar: calendar.Civil}, map[calendar.Calendar]*page{}}, catalog, s, map[string]bool{}, false, false}
	for _, section := range s.Sections {
		if _, err := b.tell(section); err != nil {
			return err
		}
		for _, table := range section.Tables {
			for _, row := range table.Rows {
				if len(row) != len(table.Columns) {
					return domain.Malformed("report.bad_table", s.Name, "bảng %q có dòng %d ô, cần %d", table.Title, len(row), len(table.Columns))
				}
			}
		}
	}
	if err := s.checkCharts(catalog); err != nil {
		return err
	}
	for _, of := range s.Annex {
		if !slices.ContainsFunc(visible(catalog), func(i domain.Indicator) bool { return covers(of, i.ID) }) {
			return missing(of)
		}
	}
	return nil
}

func visible(catalog *domain.Catalog) (all []domain.Indicator) {
	for _, t := range catalog.Types {
		for _, i := range t.Indicators {
			if !i.Hidden {
				all = append(all, i)
			}
		}
	}
	return all
}

// nothing is a source in which nothing has happened.
type nothing struct{ catalog *domain.Catalog }

func (n nothing) Figures(_ context.Context, q figures.Query) (figures.Sheet, error) {
	s := figures.Sheet{Month: q.Month, Calendar: q.Calendar}
	for _, i := range visible(n.catalog) {
		f := figures.Figure{Indicator: i.ID, Unit: i.Unit, Kind: i.Measure}
		for _, b := range i.Breakdowns {
			f.Breakdown = append(f.Breakdown, figures.Part{By: b.Key, Key: figures.Other, Value: figures.Number{Quantity: 1, Parts: 1}})
		}
		s.Figures = append(s.Figures, f)
	}
	return s, nil
}
func (nothing) Series(context.Context, figures.Query) ([]figures.Series, error) { return nil, nil }
func (nothing) Doubles(context.Context, figures.Query) ([]figures.Doubt, error) { return nil, nil }
func (nothing) Leavers(context.Context, figures.Query) ([]figures.Doubt, error) { return nil, nil }
func (nothing) Publications(context.Context, period.Series, domain.Ordinal) ([]periods.Published, error) {
	return nil, nil
}
func (nothing) Late(context.Context, figures.Query, map[calendar.Month]domain.Ordinal) ([]figures.Late, error) {
	return nil, nil
}
func (nothing) Register(_ context.Context, q register.Query) (register.Register, error) {
	return register.Register{Documents: []register.Document{{Issued: q.Issued.To}}, Works: []register.Work{{}}}, nil
}
