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
	fmt.Fprintf(&b, "%s\n%s\n\n", strings.ToUpper(r.Office), r.Place)
	fmt.Fprintf(&b, "BÁO CÁO THÁNG %d/%d\n%s\n", r.Month.Month, r.Month.Year, r.Title)
	fmt.Fprintf(&b, "Kỳ số liệu: %s – %s%s · vị trí nhật ký: %s\n", r.From.Vietnamese(), r.To.Vietnamese(), calendarNote(r.Calendar), Number(int64(r.Position)))
	for i, s := range r.Sections {
		fmt.Fprintf(&b, "\n%d. %s\n", i+1, s.Title)
		for _, sentence := range s.Sentences {
			b.WriteString(wrap("- "+sentence, "  ") + "\n")
		}
	}
	b.WriteString("\nPHỤ LỤC SỐ LIỆU\n")
	b.WriteString(Table(r.Annex, r.Month.Year))
	if len(r.Remarks) > 0 {
		b.WriteString("\nLƯU Ý\n")
		for _, s := range r.Remarks {
			b.WriteString(wrap("- "+s, "  ") + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func calendarNote(c calendar.Calendar) string {
	if c == calendar.Fifteenth {
		return " (lịch 15–14)"
	}
	return ""
}

// Table lays out figures as the annex of a report: indicator, unit, month, year to date, same month of last year,
// change. What is not known, or does not exist for a measure, is a dash.
func Table(all []figures.Figure, year int) string {
	rows := [][]string{{"Chỉ tiêu", "ĐVT", "Trong tháng", "Lũy kế", fmt.Sprintf("Cùng kỳ %d", year-1), "So sánh"}}
	for _, f := range all {
		rows = append(rows, row(f.Label, unit(f.Unit), cell(f.Value, f.Unit), cell(f.YTD, f.Unit), cell(f.LastYear, f.Unit), change(f.ChangePct)))
		for _, p := range f.Breakdown {
			if p.Value.Quantity != 0 {
				rows = append(rows, row("  "+keyName(p.By)+": "+valueName(p.By, p.Key), "", cell(p.Value, f.Unit), "", "", ""))
			}
		}
	}
	return align(rows)
}

func row(cells ...string) []string { return cells }

func unit(u string) string {
	if u == "VND" {
		return "triệu đồng"
	}
	return u
}

func cell(n figures.Number, unit string) string {
	switch {
	case !n.Known():
		return "–"
	case unit == "VND":
		return Million(n.Quantity)
	}
	return Scaled(n.Quantity, n.Parts)
}

func change(n figures.Number) string {
	if !n.Known() {
		return "–"
	}
	if n.Quantity > 0 {
		return "+" + Percent(n.Quantity)
	}
	return Percent(n.Quantity)
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
		for i, c := range r {
			pad := strings.Repeat(" ", widths[i]-columns(c))
			switch {
			case i < 2:
				b.WriteString(c + pad + "  ")
			case i == len(r)-1:
				b.WriteString(pad + c)
			default:
				b.WriteString(pad + c + "  ")
			}
		}
		b.WriteByte('\n')
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
