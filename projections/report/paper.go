package report

import (
	"fmt"
	"strings"

	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// Paper is what a report bears as an official document (NĐ 30/2020 Đ8) beside its body. What is not known yet, since the
// report is a draft, is left open in print.
type Paper struct {
	Symbol     string        `json:"symbol,omitempty"` // BC-SNV
	Number     string        `json:"number,omitempty"` // given out by the register
	Seat       string        `json:"seat,omitempty"`   // where it is made: Lạng Sơn
	Date       calendar.Date `json:"date,omitzero"`
	Standing   string        `json:"standing,omitempty"`   // on whose behalf: KT. GIÁM ĐỐC
	Role       string        `json:"role,omitempty"`       // of who signs: PHÓ GIÁM ĐỐC
	Signer     string        `json:"signer,omitempty"`     // the name
	Recipients []string      `json:"recipients,omitempty"` // empty: the body above, and the file
}

// paperOf starts the paper of a report. Its seat is the province that the figures are of or lie in.
func paperOf(spec Spec, sheet figures.Sheet) Paper {
	p := Paper{Symbol: spec.Symbol}
	u := sheet.Unit
	for above, ok := area.InUse().Above(u); ok && u.Level != area.Province; above, ok = area.InUse().Above(u) {
		u = above
	}
	if u.Name == "" {
		if all := area.InUse().Below(area.Unit{}, area.Province, sheet.To); len(all) == 1 {
			u = all[0]
		}
	}
	if u.Level == area.Province {
		p.Seat = strings.TrimPrefix(strings.TrimPrefix(u.Name, "Tỉnh "), "Thành phố ")
	}
	return p
}

// NumberLine is the document's number and symbol: "Số: 123/BC-SNV".
func (p Paper) NumberLine() string {
	if strings.Contains(p.Number, "/") {
		return "Số: " + p.Number // with its symbol
	}
	return "Số: " + or(p.Number, "……") + "/" + or(p.Symbol, "BC-……")
}

// DateLine is where and when it was made: "Lạng Sơn, ngày 08 tháng 4 năm 2024". A draft leaves the day open, and of the
// month knows no more than the report's.
func (p Paper) DateLine(r Report) string {
	seat := or(p.Seat, "……")
	if p.Date.IsZero() {
		return fmt.Sprintf("%s, ngày …… tháng …… năm %d", seat, r.To.Year())
	}
	month := fmt.Sprint(int(p.Date.Month()))
	if p.Date.Month() < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("%s, ngày %02d tháng %s năm %d", seat, p.Date.Day(), month, p.Date.Year())
}

// Above is the body above the office, with the province's name where it says no more than "of the province".
func (r Report) Above() string {
	above := r.Superior
	if rest, ok := strings.CutPrefix(above, "Ủy ban nhân dân"); ok {
		above = "UBND" + rest // as letterheads have it
	}
	if strings.HasSuffix(strings.ToLower(above), "tỉnh") && r.Paper.Seat != "" {
		above += " " + r.Paper.Seat
	}
	return above
}

// Subject is what the report is about, with its month: the line under BÁO CÁO.
func (r Report) Subject() string {
	return fmt.Sprintf("%s tháng %d năm %d", r.Title, r.Month.Month, r.Month.Year)
}

// Period says which days the figures are of and up to which position of the log they were known.
func (r Report) Period() string {
	return fmt.Sprintf("%s. Kỳ số liệu: %s – %s%s; vị trí nhật ký: %s.", r.Place, r.From.Vietnamese(), r.To.Vietnamese(), calendarNote(r.Calendar), Number(int64(r.Position)))
}

// Note says which days a section is of where they are not the report's.
func (s Told) Note(r Report) string { return sectionNote(s, r) }

// SentTo lists who gets the document, with the marks that end the lines of such a list.
func (r Report) SentTo() []string {
	to := r.Paper.Recipients
	if len(to) == 0 {
		if r.Superior != "" {
			to = []string{r.Above() + " (để báo cáo)"}
		}
		to = append(to, "Lưu: VT")
	}
	lines := make([]string, len(to))
	for n, who := range to {
		lines[n] = "- " + who + ";"
	}
	last := len(lines) - 1
	lines[last] = strings.TrimSuffix(lines[last], ";") + "."
	return lines
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// SignerRole is the office of who signs; of the head of the office where nobody else does.
func (p Paper) SignerRole() string { return or(p.Role, "GIÁM ĐỐC") }
