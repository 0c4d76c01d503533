package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hoso/domain/calendar"
	"hoso/projections/figures"
)

const width = 100

// WriteText writes the report for a terminal.
func WriteText(w io.Writer, r Report) error {
	var b strings.Builder
	if r.Superior != "" {
		fmt.Fprintf(&b, "%s\n", strings.ToUpper(r.Superior))
	}
	fmt.Fprintf(&b, "%s\n%s\n\n", strings.ToUpper(r.Office), r.Place)
	fmt.Fprintf(&b, "BÁO CÁO THÁNG %d/%d\n%s\n", r.Month.Month, r.Month.Year, r.Title)
	fmt.Fprintf(&b, "Kỳ số liệu: %s – %s%s · vị trí nhật ký: %s\n", r.From.Vietnamese(), r.To.Vietnamese(), calendarNote(r.Calendar), Number(int64(r.Position)))
	for i, s := range r.Sections {
		fmt.Fprintf(&b, "\n%d. %s%s\n", i+1, s.Title, sectionNote(s, r))
		list(&b, s.Sentences)
		if len(s.Sentences)+len(s.Tables) == 0 {
			b.WriteString("- Không có.\n")
		}
		for _, t := range s.Tables {
			if t.Title != "" {
				fmt.Fprintf(&b, "\n%s\n", t.Title)
			}
			b.WriteString(align(append([][]string{t.Columns}, t.Rows...)))
		}
	}
	if len(r.Annex) > 0 {
		b.WriteString("\nPHỤ LỤC SỐ LIỆU\n")
		b.WriteString(FigureTable(r.Annex, r.Month.Year))
	}
	if len(r.Adjusted) > 0 {
		b.WriteString("\nĐIỀU CHỈNH SỐ LIỆU CÁC THÁNG ĐÃ PHÁT HÀNH\n")
		b.WriteString(adjustedTable(r.Adjusted))
	}
	if len(r.Findings) > 0 {
		b.WriteString("\nKIỂM TRA SỐ LIỆU\n")
		for _, f := range r.Findings {
			list(&b, []string{f.Message})
		}
	}
	if len(r.Remarks) > 0 {
		b.WriteString("\nLƯU Ý\n")
		list(&b, r.Remarks)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func list(b *strings.Builder, sentences []string) {
	for _, s := range sentences {
		b.WriteString(wrap("- "+s, "  ") + "\n")
	}
}

// sectionNote says which days a section is about where they are not the report's.
func sectionNote(s Told, r Report) string {
	if s.Calendar == r.Calendar {
		return ""
	}
	days := s.Calendar.Month(r.Month)
	return fmt.Sprintf(" (%s – %s)", days.From.Vietnamese(), days.To.Vietnamese())
}

func calendarNote(c calendar.Calendar) string {
	if c == calendar.Fifteenth {
		return " (lịch 15–14)"
	}
	return ""
}

// FigureTable writes figures for a terminal.
func FigureTable(all []figures.Figure, year int) string {
	g := Annex(all, year)
	rows := [][]string{g.Columns}
	for _, l := range g.Lines {
		cells := l.Cells
		if l.Part {
			cells = append([]string{"  " + cells[0]}, cells[1:]...)
		}
		rows = append(rows, cells)
	}
	return align(rows)
}

func adjustedTable(all []Adjusted) string {
	rows := [][]string{{"Tháng", "Chỉ tiêu", "ĐVT", "Điều chỉnh tháng", "Điều chỉnh lũy kế"}}
	for _, a := range all {
		rows = append(rows, row(a.Month.Vietnamese(), a.Label, UnitName(a.Unit), signed(a.By, a.Unit), signed(a.Year, a.Unit)))
	}
	return align(rows)
}

// signed writes a difference.
func signed(n figures.Number, unit string) string {
	if n.Quantity > 0 {
		return "+" + cell(n, unit)
	}
	return cell(n, unit)
}

// align pads cells to columns: the first two to the left, the numbers to the right.
func align(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, c := range r {
			widths[i] = max(widths[i], columns(c))
		}
	}
	var b strings.Builder
	for n, r := range rows {
		var line strings.Builder
		for i, c := range r {
			pad := strings.Repeat(" ", widths[i]-columns(c))
			if i < 2 {
				line.WriteString(c + pad + "  ")
			} else {
				line.WriteString(pad + c + "  ")
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		if n == 0 {
			total := 2 * (len(widths) - 1)
			for _, w := range widths {
				total += w
			}
			b.WriteString(strings.Repeat("─", total) + "\n")
		}
	}
	return b.String()
}

// columns counts the columns that a Vietnamese text takes in a terminal: a letter with its marks takes one.
func columns(s string) int { return utf8.RuneCountInString(norm.NFC.String(s)) }

// wrap breaks a sentence into lines, the second and later ones indented.
func wrap(s, indent string) string {
	var b strings.Builder
	used := 0
	for i, word := range strings.Fields(s) {
		n := columns(word)
		switch {
		case i == 0:
		case used+1+n > width:
			b.WriteString("\n" + indent)
			used = len(indent)
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
