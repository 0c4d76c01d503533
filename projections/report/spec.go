// Package report turns figures into reports: sentences in the office's register, tables of a form, an annex of figures, and
// what a reader has to know before believing them.
//
//	Spec (what stands where) + Source (figures, documents, plans) ─▶ Report (sentences, tables, findings) ─▶ text
//
// A report cites; it never counts. Whatever is odd about the figures stands among its findings, never hidden, and changes
// no number.
package report

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Spec says which figures stand where in a report. It is data: an office copies one and changes it.
type Spec struct {
	Name     string
	Title    string
	Office   string // who makes the report
	Superior string // the body above it (NĐ 30/2020, annex I)
	Symbol   string // of its documents: BC-SNV
	Months   Months // for which the office makes it
	Chosen   bool   // only by name: a form beside the monthly report
	Sections []Section
	Charts   []Shown
	Annex    []string // indicators in the annex: ids, or all of a field as "merit.*"
}

// Section is a field of work in a report.
type Section struct {
	Title    string
	Owner    string            // who answers for it
	Months   Months            // in which it belongs to the report
	Calendar calendar.Calendar // empty: the one that is asked for
	Text     string            // one sentence a line, with the words of words.go
	Line     int               `json:"-"` // of the file, on which the text begins; 0: unknown
	Tables   []Table
}

// Table is a form's table. Its cells are texts like a section's.
type Table struct {
	Title   string
	Columns []string
	Rows    [][]string
	Lines   []int `json:"-"` // of the file, on which the rows begin
}

// Misprint is a mistake in a text of a spec, with the line of its file where that is known.
type Misprint struct {
	Line int
	Err  error
}

// Error implements error.
func (m *Misprint) Error() string { return m.Err.Error() }

// Unwrap returns what is wrong.
func (m *Misprint) Unwrap() error { return m.Err }

// Months is an interval of months, both ends included. No month is no bound.
type Months struct{ From, To calendar.Month }

// Has tells whether a month lies in the interval.
func (m Months) Has(month calendar.Month) bool {
	return (m.From.IsZero() || month.First() >= m.From.First()) && (m.To.IsZero() || month.First() <= m.To.First())
}

// Specs are the reports that a service knows.
type Specs []Spec

// Find returns a report by name, for any month; without a name, the one that an office makes for the month.
func (all Specs) Find(name string, m calendar.Month) (Spec, error) {
	i := slices.IndexFunc(all, func(s Spec) bool {
		return s.Name == name || name == "" && !s.Chosen && s.Months.Has(m)
	})
	if i < 0 {
		return Spec{}, &domain.Error{Kind: domain.NotFound, Code: "report.no_such_spec", Field: "spec",
			Msg: "không có mẫu báo cáo này, hoặc không có mẫu nào cho tháng " + m.String() + "; các mẫu: " + all.names()}
	}
	return all[i], nil
}

func (all Specs) names() string {
	s := ""
	for i, spec := range all {
		if i > 0 {
			s += ", "
		}
		s += spec.Name
	}
	return s
}
