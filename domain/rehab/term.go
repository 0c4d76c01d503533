package rehab

import (
	"strconv"
	"strings"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	termOutOfBounds = domain.Rule{Code: "rehab.term_out_of_bounds", Say: domain.Text{
		Vi: "thời hạn %d tháng; luật định %s tháng", En: "a term of %d months; the law says %s months"}}
	termUnknown = domain.Rule{Code: "rehab.term_unknown", Say: domain.Text{
		Vi: "không có quy định thời hạn cho chế độ này vào ngày %s", En: "the law has no term for this regime on %s"}}
	holdingHasNoTerm = domain.Rule{Code: "rehab.term_out_of_bounds", Law: "NĐ 116/2021 Đ44", Say: domain.Text{
		Vi: "người lưu trú chưa có thời hạn", En: "nothing is decided yet for somebody who is held, so there is no term"}}
	reductionOutOfBounds = domain.Rule{Code: "rehab.reduction_out_of_bounds", Say: domain.Text{
		Vi: "giảm %d tháng; luật định %s tháng", En: "%d months taken off; the law says %s months"}}
	halfNotServed = domain.Rule{Code: "rehab.half_not_served", Say: domain.Text{
		Vi: "học viên mới chấp hành %d%% thời hạn, cần từ %d%%", En: "%d %% of the term is served, %d %% is needed"}}
)

// allowTerm looks at the term of a decision or contract by its date: a decision of before the new law keeps its term.
// Under the new law it is another one from the second time on; where nobody says which time it is, either is taken.
func (r rules) allowTerm(regime string, minor bool, times string, decided calendar.Date, months int) error {
	if regime == "holding" {
		if months != 0 {
			return holdingHasNoTerm.Refuse()
		}
		return nil
	}
	keys := []string{""}
	switch {
	case regime != "compulsory":
	case minor:
		keys = []string{"minor"}
	case times != "":
		keys = []string{times}
	default:
		keys = []string{"first", "again"}
	}
	spans := r.terms("rehab_"+regime, keys, decided)
	if len(spans) == 0 {
		return termUnknown.Refuse(decided)
	}
	return within(spans, months, termOutOfBounds)
}

// allowReduction looks at a reduction by its date: so many months for progress, more with merit, and only when the first
// half is served.
func (r rules) allowReduction(s State, e TermReduced, on calendar.Date) error {
	if s.Trainee.Regime != "compulsory" {
		return notCompulsory.Refuse()
	}
	if s.Due <= on {
		return termOver.Refuse(s.Due)
	}
	keys := []string{e.Ground}
	if e.Ground == "" {
		keys = []string{"progress", "merit"}
	}
	if err := within(r.terms("rehab_reduction", keys, on), e.Months, reductionOutOfBounds); err != nil {
		return err
	}
	if need, ok := r.law.Term("rehab_reduction_served", "", on); ok && served(s, on) < need.Min {
		refusal := halfNotServed.Refuse(served(s, on), need.Min)
		refusal.Law = need.Document
		return refusal
	}
	return nil
}

func (r rules) terms(name string, keys []string, on calendar.Date) []law.Term {
	var spans []law.Term
	for _, key := range keys {
		if t, ok := r.law.Term(name, key, on); ok {
			spans = append(spans, t)
		}
	}
	return spans
}

// within refuses what lies in none of the spans, with the article of the first.
func within(spans []law.Term, n int, rule domain.Rule) error {
	var say []string
	for _, t := range spans {
		if t.Has(n) {
			return nil
		}
		span := strconv.Itoa(t.Min)
		if t.Max > t.Min {
			span += "–" + strconv.Itoa(t.Max)
		}
		if len(say) == 0 || say[len(say)-1] != span {
			say = append(say, span)
		}
	}
	refusal := rule.Refuse(n, domain.Text{Vi: strings.Join(say, " hoặc "), En: strings.Join(say, " or ")})
	if len(spans) > 0 {
		refusal.Law = spans[0].Document
	}
	return refusal
}

// served tells how much of the term is behind, in per cent (NĐ 116/2021 Đ58). Counting back from the end leaves out the
// days of escape and counts those before placement, as the end has moved by them.
func served(s State, on calendar.Date) int {
	whole := s.Due.AddMonths(-s.Months).DaysUntil(s.Due)
	if whole <= 0 {
		return 100
	}
	return 100 * (whole - on.DaysUntil(s.Due)) / whole
}
