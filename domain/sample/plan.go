package sample

import (
	"fmt"
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Plan is what a figures file states: the figures that the case actions have to add up to.
type Plan struct {
	Province area.Code
	Targets  []Target
}

// Target is one stated figure.
type Target struct {
	Where     string // in the file, for errors: "months.2024-04"
	Indicator string
	Days      calendar.Range // of a flow; a stock has To only
	Value     int64          // in the indicator's smallest parts
	By        map[string]map[string]int64
}

// String names the target in errors.
func (t Target) String() string { return t.Where + "." + t.Indicator }

// Check finds what no case action can add up to: an unknown indicator, a negative value, a breakdown that does not
// add up or that the indicator does not have.
func (p Plan) Check(catalog *domain.Catalog) error {
	for _, t := range p.Targets {
		ind, ok := catalog.Indicator(t.Indicator)
		if !ok {
			return domain.Malformed("figures.unknown_indicator", t.Where, "không có chỉ tiêu %q", t.Indicator)
		}
		if t.Value < 0 {
			return domain.Malformed("figures.negative", t.String(), "số liệu không được âm")
		}
		if ind.Measure == domain.Ratio {
			return domain.Malformed("figures.ratio", t.String(), "tỷ số được tính từ chỉ tiêu khác; hãy nêu các chỉ tiêu đó")
		}
		for _, key := range slices.Sorted(maps.Keys(t.By)) {
			if err := checkBreakdown(ind, t, key); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkBreakdown(ind domain.Indicator, t Target, key string) error {
	i := slices.IndexFunc(ind.Breakdowns, func(b domain.Breakdown) bool { return b.Key == key })
	if i < 0 {
		return domain.Malformed("figures.unknown_breakdown", t.String(), "chỉ tiêu không chia theo %q", key)
	}
	sum := int64(0)
	for _, value := range slices.Sorted(maps.Keys(t.By[key])) {
		if allowed := ind.Breakdowns[i].Values; len(allowed) > 0 && !slices.Contains(allowed, value) {
			return domain.Malformed("figures.unknown_breakdown", t.String(), "%s không có giá trị %q", key, value)
		}
		n := t.By[key][value]
		if n < 0 {
			return domain.Malformed("figures.negative", t.String(), "số liệu %s=%s không được âm", key, value)
		}
		sum += n
	}
	if sum != t.Value {
		return domain.Malformed("figures.breakdown_does_not_add_up", t.String(), "các phần theo %q cộng lại là %d, không phải %d", key, sum, t.Value)
	}
	return nil
}

// span is a stated figure with the days that are its own: a range less the shorter ranges stated inside it.
type span struct {
	Target
	days []calendar.Range
}

func (s span) has(d calendar.Date) bool {
	return slices.ContainsFunc(s.days, func(r calendar.Range) bool { return r.Has(d) })
}

// spans makes the stated ranges of one indicator disjoint. Where a year to date and one of its months are both
// stated, the month keeps its figure and the rest of the range gets the difference.
func spans(targets []Target) ([]span, error) {
	slices.SortStableFunc(targets, func(a, b Target) int { return length(a.Days) - length(b.Days) })
	var out []span
	for _, t := range targets {
		s := span{t, []calendar.Range{t.Days}}
		var inside []*span
		for i := range out {
			inner := &out[i]
			if inner.Days.To < t.Days.From || t.Days.To < inner.Days.From {
				continue
			}
			if inner.Days == t.Days {
				return nil, domain.Malformed("figures.stated_twice", t.String(), "số liệu của cùng kỳ đã nêu ở %s", inner.Where)
			}
			if inner.Days.From < t.Days.From || inner.Days.To > t.Days.To {
				return nil, domain.Malformed("figures.overlap", t.String(), "kỳ này chồng một phần lên %s", inner.Where)
			}
			inside = append(inside, inner)
		}
		if err := s.withoutAll(inside); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func length(r calendar.Range) int { return r.From.DaysUntil(r.To) }

// withoutAll takes shorter ranges out. What a shorter one does not say about how it divides, follows from the longer one:
// it is dealt out of the parts that are left when all others have theirs.
func (s *span) withoutAll(inside []*span) error {
	for _, inner := range inside {
		if err := s.without(*inner); err != nil {
			return err
		}
	}
	for _, inner := range inside {
		for _, key := range slices.Sorted(maps.Keys(s.By)) {
			if inner.By[key] == nil && inner.Value > 0 {
				if err := s.deal(inner, key); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (s *span) without(inner span) error {
	s.days = outside(s.days, inner.days)
	if s.Value -= inner.Value; s.Value < 0 || (s.Value > 0 && len(s.days) == 0) {
		return domain.Malformed("figures.part_exceeds_whole", s.String(), "không khớp với phần đã nêu ở %s", inner.Where)
	}
	by := map[string]map[string]int64{}
	for key, values := range s.By {
		by[key] = maps.Clone(values)
		for value, n := range inner.By[key] {
			if by[key][value] -= n; by[key][value] < 0 {
				return domain.Malformed("figures.part_exceeds_whole", s.String(), "%s=%s nhỏ hơn phần đã nêu ở %s", key, value, inner.Where)
			}
		}
	}
	s.By = by
	return nil
}

// deal divides an inner range by a key, in proportion to what is left of each part.
func (s *span) deal(inner *span, key string) error {
	values, parts := slices.Sorted(maps.Keys(s.By[key])), map[string]int64{}
	total, left := int64(0), inner.Value
	for _, n := range s.By[key] {
		total += n
	}
	if total < left {
		return domain.Malformed("figures.part_exceeds_whole", s.String(), "các phần theo %q nhỏ hơn phần đã nêu ở %s", key, inner.Where)
	}
	for _, value := range values {
		have := s.By[key][value]
		n := int64(0)
		if total > 0 {
			n = int64(float64(have) / float64(total) * float64(left))
		}
		n = min(max(n, left-(total-have)), have, left) // enough that the values to come can take the rest
		parts[value] = n
		s.By[key][value] -= n
		total, left = total-have, left-n
	}
	inner.By = maps.Clone(inner.By)
	if inner.By == nil {
		inner.By = map[string]map[string]int64{}
	}
	inner.By[key] = parts
	return nil
}

// outside returns the days that do not lie in others.
func outside(days, others []calendar.Range) []calendar.Range {
	var rest []calendar.Range
	for _, r := range days {
		for _, cut := range others {
			if cut.To < r.From || r.To < cut.From {
				continue
			}
			if r.From < cut.From {
				rest = append(rest, calendar.Range{From: r.From, To: cut.From.AddDays(-1)})
			}
			r.From = cut.To.AddDays(1)
		}
		if r.From <= r.To {
			rest = append(rest, r)
		}
	}
	return rest
}

// impossible says that the stated figures cannot all be true at once.
func impossible(t Target, format string, args ...any) error {
	return domain.Malformed("figures.impossible", t.String(), "%s", fmt.Sprintf(format, args...))
}
