package report

import (
	"fmt"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// Report is a report of one month, ready to be written in any form.
type Report struct {
	Spec     string            `json:"spec"`
	Title    string            `json:"title"`
	Office   string            `json:"office"`
	Place    string            `json:"place"`
	Month    calendar.Month    `json:"month"`
	Calendar calendar.Calendar `json:"calendar"`
	From     calendar.Date     `json:"from"`
	To       calendar.Date     `json:"to"`
	Position domain.Ordinal    `json:"position"`
	Sections []Narrated        `json:"sections"`
	Annex    []figures.Figure  `json:"annex"`
	Remarks  []string          `json:"remarks"`
}

// Narrated is a section in words.
type Narrated struct {
	Title     string   `json:"title"`
	Sentences []string `json:"sentences"`
}

// Build writes the sentences of a report. A figure that the sheet lacks is an error: it is never left out silently.
func Build(spec Spec, sheet figures.Sheet) (Report, error) {
	r := Report{
		Spec: spec.Name, Title: spec.Title, Office: spec.Office, Place: place(sheet), Month: sheet.Month, Calendar: sheet.Calendar,
		From: sheet.From, To: sheet.To, Position: sheet.Position, Annex: sheet.Figures, Remarks: remarks(sheet),
	}
	by := map[string]figures.Figure{}
	for _, f := range sheet.Figures {
		by[f.Indicator] = f
	}
	for _, s := range spec.Sections {
		n := Narrated{Title: s.Title}
		for _, l := range s.Lines {
			f, ok := by[l.Indicator]
			money, hasMoney := by[l.Money]
			if !ok || l.Money != "" && !hasMoney {
				return Report{}, &domain.Error{Kind: domain.NotFound, Code: "report.figure_missing", Field: l.Indicator,
					Msg: "mẫu báo cáo nêu chỉ tiêu không có trong bảng số liệu"}
			}
			n.Sentences = append(n.Sentences, sentence(l, f, money, sheet))
		}
		r.Sections = append(r.Sections, n)
	}
	return r, nil
}

func place(sheet figures.Sheet) string {
	if u, ok := area.Find(sheet.Area, sheet.To); ok {
		return u.Name
	}
	return "Toàn bộ địa bàn"
}

// sentence states the figure with its unit, then the change against the same period, the breakdown in brackets, and
// the cumulative figure with the year taken from the period.
func sentence(l Line, f, money figures.Figure, sheet figures.Sheet) string {
	var b strings.Builder
	b.WriteString(l.Say + " " + quantity(f.Value, f.Unit))
	if f.Kind == domain.Stock {
		fmt.Fprintf(&b, " (tính đến ngày %s)", sheet.To.Vietnamese())
	}
	if l.Money != "" {
		b.WriteString(", kinh phí " + quantity(money.Value, money.Unit))
	}
	b.WriteString(compared(f, sheet))
	if l.By != "" {
		b.WriteString(parts(l, f, money))
	}
	if f.YTD.Known() && f.Kind == domain.Flow {
		fmt.Fprintf(&b, "; lũy kế từ đầu năm %d: %s", sheet.Month.Year, quantity(f.YTD, f.Unit))
		if l.Money != "" && money.YTD.Known() {
			b.WriteString(", kinh phí " + quantity(money.YTD, money.Unit))
		}
	}
	return b.String() + "."
}

// compared says by how much the figure rose or fell; nothing where last year is not known. "tăng x%" and "bằng x%"
// are different measures: only the first is used.
func compared(f figures.Figure, sheet figures.Sheet) string {
	if !f.ChangePct.Known() {
		return ""
	}
	when := fmt.Sprintf("cùng kỳ năm %d", sheet.Month.Year-1)
	switch q := f.ChangePct.Quantity; {
	case q > 0:
		return ", tăng " + Percent(q) + " so với " + when
	case q < 0:
		return ", giảm " + Percent(-q) + " so với " + when
	}
	return ", bằng " + when
}

func parts(l Line, f, money figures.Figure) string {
	var all []string
	for _, p := range f.Breakdown {
		if p.By != l.By || p.Value.Quantity == 0 {
			continue
		}
		s := valueName(p.By, p.Key) + " " + quantity(p.Value, f.Unit)
		for _, m := range money.Breakdown {
			if m.By == p.By && m.Key == p.Key {
				s += " với " + quantity(m.Value, money.Unit)
			}
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return ""
	}
	return " (" + strings.Join(all, "; ") + ")"
}

func quantity(n figures.Number, unit string) string {
	if !n.Known() {
		return "(chưa có số liệu)"
	}
	return Quantity(n.Quantity, unit, n.Parts)
}
