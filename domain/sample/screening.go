package sample

import (
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/screening"
)

var screeningLife = Life{
	Prefix: "kham",
	Moves: []Move{
		{Name: "hold", From: []string{""}, To: "held",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return screening.Hold{Area: w.province, Place: w.pick([]string{"Trung tâm y tế", "Trạm y tế", "Trung tâm Bảo trợ xã hội"}), Partner: "Bệnh viện tuyến trên"}
			}},
		// Who is referred was screened, too: see Prepare.
		{Name: "refer", From: []string{"held"}, Lead: 1,
			Sums: []Sum{{Indicator: "children.referred", Typical: 9}},
			Do: func(w *World, c *Case, a *Act) domain.Command {
				r := screening.Record{Commune: w.commune(a.On), Number: fmt.Sprintf("%d/GT", nth(c, a))}
				if a.By["outcome"] == "surgery" {
					r.Surgery = a.Sums["children.referred"]
				} else {
					r.Consult = a.Sums["children.referred"]
				}
				return r
			}},
		{Name: "clear", From: []string{"held"}, Wait: 3, Lead: 1,
			Sums: []Sum{{Indicator: "children.screened", Typical: 24}},
			Do: func(w *World, c *Case, a *Act) domain.Command {
				return screening.Record{Commune: w.commune(a.On), Number: fmt.Sprintf("%d/KT", nth(c, a)), None: a.Sums["children.screened"]}
			}},
	},
	Open:    openForProvince,
	Prepare: settleScreening,
}

const screened, referred = "children.screened", "children.referred"

// settleScreening turns what the figures state about children screened, and about those of them who were referred, into
// two numbers of different children: those referred, and those screened and not referred.
func settleScreening(w *World) error {
	var cleared []span
	for _, s := range w.stated[screened] {
		n, err := w.referredOf(s)
		if err != nil {
			return err
		}
		if n > s.Value {
			return impossible(s.Target, "số trẻ được chỉ định %d nhiều hơn số trẻ được khám %d", n, s.Value)
		}
		s.Value -= n
		s.By = map[string]map[string]int64{"outcome": {"none": s.Value}}
		cleared = append(cleared, s)
	}
	w.stated[screened] = cleared
	return nil
}

// referredOf returns how many of the children of a stated figure were referred, as stated, and otherwise made up.
func (w *World) referredOf(s span) (n int64, err error) {
	all := w.stated[referred]
	by := s.By["outcome"]
	whole := span{s.Target, slices.Clone(s.days)}
	whole.Indicator = referred
	whole.Value = by["surgery"] + by["consult"]
	whole.By = map[string]map[string]int64{"outcome": {"surgery": by["surgery"], "consult": by["consult"]}}
	touched := false
	for i := range all {
		r := &all[i]
		switch {
		case !meet(r.days, s.days):
			continue
		case inside(r.days, s.days):
			n += r.Value
			if by != nil {
				divideAs(r, whole.By["outcome"])
				if err := whole.without(*r); err != nil {
					return 0, err
				}
			}
		case inside(s.days, r.days) && by == nil:
			// The children of a longer time are referred on other days of it.
			if err := r.without(span{Target: s.nothing(), days: s.days}); err != nil {
				return 0, err
			}
		default:
			return 0, impossible(s.Target, "kỳ này chồng một phần lên kỳ của %s; hãy nêu cùng kỳ", r.Target)
		}
		touched = true
	}
	if by != nil {
		n = by["surgery"] + by["consult"]
	} else if !touched && w.free(s.days[0].From, referred) && w.free(s.days[len(s.days)-1].To, referred) {
		n = s.Value / 4
		whole.Value, whole.By = n, nil
	}
	if whole.Value > 0 {
		w.stated[referred] = append(all, whole)
	}
	return n, nil
}

// divideAs gives a figure that does not say how it divides its part of one that does.
func divideAs(r *span, left map[string]int64) {
	if r.By["outcome"] == nil {
		surgery := min(r.Value, left["surgery"])
		r.By = map[string]map[string]int64{"outcome": {"surgery": surgery, "consult": r.Value - surgery}}
	}
}

// nothing is the target with nothing in it.
func (t Target) nothing() Target {
	t.Value, t.By = 0, nil
	return t
}

// meet tells whether two lists of days have a day in common.
func meet(a, b []calendar.Range) bool {
	return slices.ContainsFunc(a, func(x calendar.Range) bool {
		return slices.ContainsFunc(b, func(y calendar.Range) bool { return x.From <= y.To && y.From <= x.To })
	})
}

// inside tells whether all days of one list are in another.
func inside(a, b []calendar.Range) bool {
	return !slices.ContainsFunc(a, func(x calendar.Range) bool {
		return !slices.ContainsFunc(b, func(y calendar.Range) bool { return y.From <= x.From && x.To <= y.To })
	})
}
