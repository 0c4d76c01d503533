package report

import (
	"fmt"
	"slices"
	"strings"
	"text/template"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/register"
)

// words are what the texts of a spec may say, each about one indicator unless it says otherwise. A phrase that has nothing to
// say is empty and brings its own comma, so that a sentence stays whole:
//
//	Tiếp nhận {{value "unemployment.claims"}}{{change "unemployment.claims"}}{{ytd "unemployment.claims"}}.
//	Tiếp nhận 451 hồ sơ, giảm 61,25% so với cùng kỳ năm 2023; lũy kế từ đầu năm 2024: 1.372 hồ sơ.
//
//	value ID            the month's figure with its unit                    02 phiên; 4.622 triệu đồng
//	number ID           without its unit                                    4.622
//	ytd ID              the year so far                                     ; lũy kế từ đầu năm 2024: 1.372 hồ sơ
//	year ID, yearnumber ID   the year so far, with and without its unit     1.372 hồ sơ; 1.372
//	change ID           against the same month of last year                 , giảm 57,72% so với cùng kỳ năm 2023
//	against ID          as a share of the same month of last year           , bằng 42,28% cùng kỳ năm 2023
//	monthly ID          against the month before                            , tăng 3,1% so với tháng trước
//	plan ID             against the year's plan                             , đạt 84,6% kế hoạch năm
//	parts ID KEY        its breakdown, with what is left over as "khác"     (cố định 05 phiên; lưu động 02 phiên)
//	part ID KEY VALUE   one part with its unit; partnumber, partyear and partyearnumber likewise
//	campaign CODE       the name of a campaign                              Tết Giáp Thìn 2024
//	keys ID KEY         the values of a breakdown that the year so far has, for range
//	more ID STEP        a lower bound in whole steps                        hơn 400 trẻ em
//	tonnes ID KEY VALUE kilograms of the year so far, in tonnes             236,4 tấn
//	next ID             the figure of the month after, for plans            02 đợt
//	at                  the month's last day                                ngày 30/4/2024
//	month, thisyear     of the report; nextmonth: the month after           4/2024; 2024; 5/2024
//	documents           what was issued in the month; alldocuments: in the year; each with .Number .Issued .Subject
//	works               what is planned for the month after; each with .What
func (b *builder) words(p *page) template.FuncMap {
	w := words{b, p}
	return template.FuncMap{
		"value": w.opens(figures.Value, w.value), "number": w.opens(figures.Value, w.number), "ytd": w.opens(figures.YTD, w.ytd),
		"year": w.opens(figures.YTD, w.year), "yearnumber": w.opens(figures.YTD, w.yearNumber),
		"change": w.opens(figures.ChangePct, w.change), "against": w.opens(figures.ChangePct, w.against), "monthly": w.opens(figures.MonthPct, w.monthly), "plan": w.opens(figures.PlanPct, w.plan),
		"parts": w.parts, "part": w.opensPart(figures.Value, w.part), "partnumber": w.opensPart(figures.Value, w.partNumber),
		"partyear": w.opensPart(figures.YTD, w.partYear), "partyearnumber": w.opensPart(figures.YTD, w.partYearNumber), "keys": w.keys,
		"campaign": campaignName, "tonnes": w.opensPart(figures.YTD, w.tonnes), "next": w.next,
		"more": func(id string, step int64) (string, error) {
			s, err := w.more(id, step)
			return w.mark(Cited{Indicator: id, Number: figures.Value}, s), err
		},
		"at":           func() string { return "ngày " + p.To.Vietnamese() },
		"month":        func() string { return p.Month.Vietnamese() },
		"nextmonth":    func() string { return p.Month.Add(1).Vietnamese() },
		"thisyear":     func() int { return p.Month.Year },
		"documents":    func() ([]register.Document, error) { return w.documents(p.Calendar.Month(p.Month)) },
		"alldocuments": func() ([]register.Document, error) { return w.documents(p.Calendar.YearToDate(p.Month)) },
		"works": func() ([]register.Work, error) {
			r, err := b.registerOf(p)
			if err != nil {
				return nil, err
			}
			return r.Works, nil
		},
	}
}

// words speak about the figures of a page.
type words struct {
	*builder
	page *page
}

func (w words) figure(id string) (figures.Figure, error) {
	f, ok := w.page.by[id]
	if !ok {
		return f, missing(id)
	}
	w.cited[id] = true
	return f, nil
}

// split is figure, for words about a breakdown that has to be declared; an empty value stands for all of them.
func (w words) split(id, key, value string) (figures.Figure, error) {
	i, _ := w.catalog.Indicator(id)
	for _, b := range i.Breakdowns {
		if b.Key == key && (value == "" || value == figures.Other || len(b.Values) == 0 || slices.Contains(b.Values, value)) {
			return w.figure(id)
		}
	}
	return figures.Figure{}, domain.Malformed("report.no_such_part", id, "chỉ tiêu không chia theo %s=%s", key, value)
}

// about makes a word of a function of a figure.
func (w words) about(id string, say func(figures.Figure) string) (string, error) {
	f, err := w.figure(id)
	if err != nil {
		return "", err
	}
	return say(f), nil
}

func (w words) value(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string { return quantity(f.Value, f.Unit) })
}

func (w words) number(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string { return cell(f.Value, f.Unit) })
}

func (w words) year(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string { return quantity(f.YTD, f.Unit) })
}

func (w words) yearNumber(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string { return cell(f.YTD, f.Unit) })
}

func (w words) ytd(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string {
		if !f.YTD.Known() {
			return ""
		}
		return fmt.Sprintf("; lũy kế từ đầu năm %d: %s", w.page.Month.Year, quantity(f.YTD, f.Unit))
	})
}

func (w words) change(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string { return compared(f.ChangePct, w.lastYear()) })
}

func (w words) monthly(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string { return compared(f.MonthPct, "tháng trước") })
}

func (w words) lastYear() string { return fmt.Sprintf("cùng kỳ năm %d", w.page.Month.Year-1) }

// compared says by how much a figure rose or fell; nothing where there is nothing to compare with, or the base is zero.
func compared(change figures.Number, with string) string {
	switch q := change.Quantity; {
	case !change.Known():
		return ""
	case q > 0:
		return ", tăng " + Percent(q) + " so với " + with
	case q < 0:
		return ", giảm " + Percent(-q) + " so với " + with
	}
	return ", bằng " + with
}

// against says "bằng 142,28%", which is the same as "tăng 42,28%" and never mixed up with it: one is the figure divided by
// its base, the other the difference divided by it.
func (w words) against(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string {
		if !f.ChangePct.Known() {
			return ""
		}
		return ", bằng " + Percent(100_00+f.ChangePct.Quantity) + " " + w.lastYear()
	})
}

func (w words) plan(id string) (string, error) {
	return w.about(id, func(f figures.Figure) string {
		if !f.PlanPct.Known() {
			return ""
		}
		return ", đạt " + Scaled(f.PlanPct.Quantity, f.PlanPct.Parts) + "% kế hoạch năm"
	})
}

func (w words) parts(id, key string) (string, error) {
	f, err := w.split(id, key, "")
	var all []string
	for _, p := range f.Breakdown {
		if p.By == key && p.Value.Quantity != 0 {
			all = append(all, valueName(key, p.Key)+" "+w.mark(Cited{Indicator: id, Number: figures.Value, Part: key + "=" + p.Key}, quantity(p.Value, f.Unit)))
		}
	}
	if len(all) == 0 {
		return "", err
	}
	return " (" + strings.Join(all, "; ") + ")", err
}

// partOf finds a part. One that nothing was counted under is 0.
func partOf(f figures.Figure, key, value string) figures.Part {
	for _, p := range f.Breakdown {
		if p.By == key && p.Key == value {
			return p
		}
	}
	zero := figures.Part{By: key, Key: value}
	if f.Value.Known() {
		zero.Value = figures.Number{Parts: f.Value.Parts}
	}
	if f.YTD.Known() {
		zero.YTD = figures.Number{Parts: f.YTD.Parts}
	}
	return zero
}

func (w words) part(id, key, value string) (string, error) {
	f, err := w.split(id, key, value)
	return quantity(partOf(f, key, value).Value, f.Unit), err
}

func (w words) partNumber(id, key, value string) (string, error) {
	f, err := w.split(id, key, value)
	return cell(partOf(f, key, value).Value, f.Unit), err
}

func (w words) partYear(id, key, value string) (string, error) {
	f, err := w.split(id, key, value)
	return quantity(partOf(f, key, value).YTD, f.Unit), err
}

func (w words) partYearNumber(id, key, value string) (string, error) {
	f, err := w.split(id, key, value)
	return cell(partOf(f, key, value).YTD, f.Unit), err
}

func (w words) keys(id, key string) ([]string, error) {
	f, err := w.split(id, key, "")
	var all []string
	for _, p := range f.Breakdown {
		if p.By == key && (p.YTD.Quantity != 0 || p.Value.Quantity != 0) {
			all = append(all, p.Key)
		}
	}
	return all, err
}

func (w words) more(id string, step int64) (string, error) {
	if step < 1 {
		return "", domain.Malformed("report.bad_step", id, "bước làm tròn phải từ 1")
	}
	return w.about(id, func(f figures.Figure) string {
		rest := f.Value.Quantity % step
		if rest == 0 || f.Value.Quantity < step {
			return quantity(f.Value, f.Unit)
		}
		f.Value.Quantity -= rest
		return "hơn " + quantity(f.Value, f.Unit)
	})
}

// tonnes writes kilograms in tonnes with at most one decimal, half up.
func (w words) tonnes(id, key, value string) (string, error) {
	f, err := w.split(id, key, value)
	return Scaled((partOf(f, key, value).YTD.Quantity+50)/100, 10) + " tấn", err
}

func (w words) next(id string) (string, error) {
	f, ok := w.page.next[id]
	if !ok {
		return "", missing(id)
	}
	w.cited[id] = true
	if f.Value.Quantity == 0 {
		return "", nil
	}
	return w.mark(Cited{Indicator: id, Number: figures.Value, Next: true}, quantity(f.Value, f.Unit)), nil
}

func (w words) documents(days calendar.Range) (all []register.Document, err error) {
	r, err := w.registerOf(w.page)
	if err != nil {
		return nil, err
	}
	w.listed = true
	for _, d := range r.Documents {
		if days.Has(d.Issued) {
			all = append(all, d)
		}
	}
	return all, nil
}

func quantity(n figures.Number, unit string) string {
	if !n.Known() {
		return "(chưa có số liệu)"
	}
	return Quantity(n.Quantity, unit, n.Parts)
}
