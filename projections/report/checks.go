package report

import (
	"fmt"
	"slices"
	"strings"

	"hoso/domain"
	"hoso/projections/figures"
	"hoso/projections/periods"
)

// Finding is something that does not fit together: what, where and by how much. It warns and changes no figure.
type Finding struct {
	Code      string `json:"code"` // stable
	Indicator string `json:"indicator"`
	Message   string `json:"message"`
	By        int64  `json:"by"` // in the indicator's smallest unit
}

// Fails tells whether a report with such a finding cannot be published: the figures contradict each other, while other
// findings may be as life is.
func (f Finding) Fails() bool {
	return slices.Contains([]string{"check.month_above_year", "check.stock_negative", "check.balance_broken", "check.year_is_not_its_months",
		"check.year_is_not_its_reports", "check.left_before_entering"}, f.Code)
}

// ricePerPerson is the norm of relief in kg for a person and month, for at most so many months (NĐ 20/2021 Đ12.1).
const (
	ricePerPerson = 15
	riceMonths    = 3
)

// check runs all checks over the figures of the report's main calendar. Of what a report does not cite nothing is said.
// More decisions than claims in a month are no finding: January's decisions come from December's claims.
func (b *builder) check(p *page, said []periods.Published, late []figures.Late) ([]Finding, error) {
	var all []Finding
	for _, f := range p.Figures {
		if !b.cited[f.Indicator] {
			continue
		}
		all = append(all, remainders(f)...)
		all = append(all, aboveYear(f)...)
		if f.Kind == domain.Stock && f.Value.Quantity < 0 {
			all = append(all, finding("stock_negative", f, f.Value.Quantity, "số tồn âm"))
		}
	}
	all = append(all, b.balances(p)...)
	all = append(all, b.rice(p)...)
	all = append(all, b.fused(p)...)
	twice, err := b.numbersTwice(p)
	if err != nil {
		return nil, err
	}
	all = append(all, twice...)
	months, err := b.months(p)
	if err != nil {
		return nil, err
	}
	all = append(all, yearsOfMonths(p, months)...)
	all = append(all, b.yearsOfReports(p, said, late, months)...)
	doubts, err := b.doubts(p)
	return append(all, doubts...), err
}

func finding(code string, f figures.Figure, by int64, format string, args ...any) Finding {
	return Finding{"check." + code, f.Indicator, f.Label + ": " + fmt.Sprintf(format, args...) + " (" + plus(by, f) + ").", by}
}

// plus writes a difference with its sign.
func plus(by int64, f figures.Figure) string {
	parts := max(f.Value.Parts, 1)
	sign := "+"
	if by < 0 {
		sign, by = "−", -by
	}
	return "chênh " + sign + Quantity(by, f.Unit, parts)
}

// remainders finds breakdowns that do not add up to their figure: the rest is shown as "khác". Persons who are counted
// once may stand under two values, so their parts need not add up.
func remainders(f figures.Figure) (all []Finding) {
	if f.Kind == domain.Distinct {
		return nil
	}
	for _, p := range f.Breakdown {
		if p.Key == figures.Other && p.Value.Quantity != 0 {
			all = append(all, finding("breakdown_remainder", f, p.Value.Quantity, "chia theo %s không khớp, phần còn lại ghi là khác", keyName(p.By)))
		}
	}
	return all
}

func aboveYear(f figures.Figure) []Finding {
	if f.Kind == domain.Flow && f.YTD.Known() && f.Value.Quantity > f.YTD.Quantity {
		return []Finding{finding("month_above_year", f, f.Value.Quantity-f.YTD.Quantity, "trong tháng lớn hơn lũy kế")}
	}
	return nil
}

// balances checks every stock that has a declared balance: its change over the month is what entered less what left.
func (b *builder) balances(p *page) (all []Finding) {
	for _, t := range b.catalog.Types {
		for _, balance := range t.Balances {
			f := p.by[balance.Stock]
			if !b.cited[balance.Stock] {
				continue
			}
			want := f.MonthBefore.Quantity
			for _, id := range balance.Enter {
				want += p.by[id].Value.Quantity
			}
			for _, id := range balance.Leave {
				want -= p.by[id].Value.Quantity
			}
			if by := f.Value.Quantity - want; by != 0 {
				all = append(all, finding("balance_broken", f, by, "số tồn cuối tháng không bằng đầu tháng cộng vào trừ ra"))
			}
		}
	}
	return all
}

// rice checks each campaign of the year: 15 kg for each person and month, one to three months.
func (b *builder) rice(p *page) (all []Finding) {
	kg, persons := p.by["relief.rice_kg"], p.by["relief.persons"]
	if !b.cited[kg.Indicator] {
		return nil
	}
	for _, part := range kg.Breakdown {
		if part.By != "campaign" || part.Key == figures.Other {
			continue
		}
		norm := partOf(persons, part.By, part.Key).YTD.Quantity * ricePerPerson
		best := part.YTD.Quantity
		for months := int64(1); months <= riceMonths; months++ {
			if by := part.YTD.Quantity - norm*months; by*by < best*best || months == 1 {
				best = by
			}
		}
		if best != 0 {
			all = append(all, finding("rice_not_norm", kg, best, "đợt %s không đúng 15 kg mỗi nhân khẩu mỗi tháng (NĐ 20/2021 Đ12)", campaignName(part.Key)))
		}
	}
	return all
}

// fused tells of the one number that reports print for two figures (dossiers "received and resolved").
func (b *builder) fused(p *page) []Finding {
	received, resolved := p.by["merit.dossiers_received"], p.by["merit.dossiers_resolved"]
	by := received.Value.Quantity - resolved.Value.Quantity
	if by == 0 || !b.cited["merit.dossiers_resolved"] {
		return nil
	}
	return []Finding{finding("received_not_resolved", resolved, by, "tiếp nhận %s, giải quyết %s; báo cáo nêu số đã giải quyết",
		Number(received.Value.Quantity), Number(resolved.Value.Quantity))}
}

// months returns the months of the year so far for every flow that is cited.
func (b *builder) months(p *page) ([]figures.Series, error) {
	q := b.query
	q.Indicators = nil
	for _, f := range p.Figures {
		if f.Kind == domain.Flow && b.cited[f.Indicator] {
			q.Indicators = append(q.Indicators, f.Indicator)
		}
	}
	if len(q.Indicators) == 0 {
		return nil, nil
	}
	return b.source.Series(b.ctx, q)
}

// yearsOfMonths checks that the year so far is the sum of its months.
func yearsOfMonths(p *page, months []figures.Series) (all []Finding) {
	for _, s := range months {
		f, sum := p.by[s.Indicator], int64(0)
		for _, n := range s.Months {
			sum += n.Quantity
		}
		if by := f.YTD.Quantity - sum; by != 0 {
			all = append(all, finding("year_is_not_its_months", f, by, "lũy kế khác tổng các tháng từ tháng 1"))
		}
	}
	return all
}

// numbersTwice finds documents of a year with one number: numbers run from 01 each year and are given out once (NĐ 30/2020
// Đ15). It is looked at where a report lists documents.
func (b *builder) numbersTwice(p *page) (all []Finding, err error) {
	if !b.listed {
		return nil, nil
	}
	r, err := b.registerOf(p)
	if err != nil {
		return nil, err
	}
	seen := map[string]domain.StreamID{}
	for _, d := range r.Documents {
		key := fmt.Sprint(d.Issued.Year(), " ", d.Issuer, " ", d.Number)
		if first, twice := seen[key]; twice {
			all = append(all, finding("number_twice", p.by["register.documents_issued"], 1, "số %s được cấp hai lần trong năm, xem các hồ sơ %s, %s", d.Number, first, d.Case))
		}
		seen[key] = d.Case
	}
	return all, nil
}

// doubts names the cases of people who stand twice in a stock, or left it before entering: a decision before its filing.
func (b *builder) doubts(p *page) (all []Finding, err error) {
	for _, look := range []struct {
		code, say string
		find      func() ([]figures.Doubt, error)
	}{
		{"twice_active", "có người đang được tính hai lần, xem các hồ sơ %s", func() ([]figures.Doubt, error) { return b.source.Doubles(b.ctx, b.query) }},
		{"left_before_entering", "có người ra trước khi vào (như quyết định trước ngày nộp), xem các hồ sơ %s", func() ([]figures.Doubt, error) { return b.source.Leavers(b.ctx, b.query) }},
	} {
		found, err := look.find()
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			if b.cited[d.Indicator] {
				all = append(all, finding(look.code, p.by[d.Indicator], 1, look.say, caseList(d)))
			}
		}
	}
	return all, nil
}

// caseList names at most five cases.
func caseList(d figures.Doubt) string {
	var names []string
	for i, c := range d.Cases {
		if i == 5 {
			names = append(names, "…")
			break
		}
		names = append(names, c.String())
	}
	return strings.Join(names, ", ")
}
