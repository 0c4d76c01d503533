package main

import (
	"context"
	"reflect"

	"hoso/domain"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/report"
	"hoso/projections/seal"
)

// verifyReports builds every publication again, from the log at its position.
func (a *app) verifyReports(ctx context.Context, e *env, v *seal.Verdict) error {
	if err := a.catchUp(ctx, e); err != nil {
		if ctx.Err() != nil || domain.KindOf(err) == domain.Unavailable {
			return err
		}
		v.Add("views.stopped", 0, "không tính được số liệu từ nhật ký: %v", err)
		return nil
	}
	all, err := a.periods.All(ctx, 0)
	if err != nil {
		return err
	}
	for _, p := range all {
		if err := a.verifyReport(ctx, p, v); err != nil {
			return err
		}
	}
	return nil
}

// verifyReport compares word by word. Where the specification or the units are not those of that day, which is no fault of the
// log, it compares the figures.
func (a *app) verifyReport(ctx context.Context, p periods.Published, v *seal.Verdict) error {
	what := "báo cáo " + p.Series.Spec + " tháng " + p.Month.Vietnamese() + ", số " + p.Number
	if period.DigestOf(p.Content) != p.Digest {
		v.Add("report.wrong_digest", p.Position, "%s: nội dung không khớp với dấu của nó", what)
		return nil
	}
	if p.Position > v.Position {
		v.Add("report.beyond_end", p.Position, "%s: lập ở vị trí chưa có", what)
		return nil
	}
	again, err := a.publishAgain(ctx, p)
	if err != nil {
		return err
	}
	for n, now := range again {
		if now.Content == p.Content || (now.Spec != p.Spec || now.Areas != p.Areas) && reflect.DeepEqual(now.Figures, p.Figures) {
			v.Reports++
			return a.openFigures(ctx, p, trees[n], what, v)
		}
	}
	v.Add("report.differs", p.Position, "%s: lập lại từ nhật ký thì khác bản đã phát hành", what)
	return nil
}

// trees are those under which a report may have been made.
var trees = []figures.Tree{figures.Then, figures.Now}

// openFigures opens every figure of a publication: the events behind it, all of them up to its position, add up to what it
// said, of the month and of the year to date.
func (a *app) openFigures(ctx context.Context, p periods.Published, tree figures.Tree, what string, v *seal.Verdict) error {
	for _, f := range p.Figures {
		for number, said := range map[figures.Which]*int64{figures.Value: f.Value, figures.YTD: f.YTD} {
			if said == nil {
				continue
			}
			x, err := a.figures.Open(ctx, figures.Opening{Number: number, Query: figures.Query{Month: p.Month, Area: p.Series.Area,
				Calendar: p.Series.Calendar, Tree: tree, AsOf: p.Position, Indicators: []string{f.Indicator}}}, figures.Page{})
			if err != nil {
				return err
			}
			v.Figures++
			if x.Value.Quantity != *said || !addsUp(x, p.Position) {
				v.Add("report.other_sum", p.Position, "%s: %s (%s) nêu %d, các sự kiện không cộng lại bằng số ấy", what, f.Indicator, number, *said)
			}
		}
	}
	return nil
}

// addsUp tells whether the events of an explanation, none after a position, add up to its value; of a ratio those of both terms.
func addsUp(x figures.Explanation, position domain.Ordinal) bool {
	if x.Over != nil || x.Under != nil {
		return x.Over != nil && x.Under != nil && addsUp(*x.Over, position) && addsUp(*x.Under, position)
	}
	sum := int64(0)
	for _, e := range x.Events {
		if e.Position > position {
			return false
		}
		sum += e.Quantity.Quantity
	}
	return sum == x.Value.Quantity
}

// publishAgain returns the publication as it would be made now at its position, under either tree of units: which of them was
// asked for is not written down.
func (a *app) publishAgain(ctx context.Context, p periods.Published) (all []period.Publication, err error) {
	said, err := report.Thaw(p.Publication)
	if err != nil {
		return nil, err
	}
	for _, tree := range trees {
		q := figures.Query{Month: p.Month, Area: p.Series.Area, Calendar: p.Series.Calendar, Tree: tree, AsOf: p.Position}
		spec, err := a.specs.Find(p.Series.Spec, p.Month)
		if err != nil { // the office has it no more
			spec = report.Spec{Name: p.Series.Spec}
		}
		r, err := report.Build(ctx, a.catalog, spec, a.cited(), q)
		if err != nil {
			return nil, err
		}
		now, err := report.Freeze(r, spec, p.Number, p.Signer, said.Paper.Date)
		if err != nil {
			return nil, err
		}
		all = append(all, now)
	}
	return all, nil
}
