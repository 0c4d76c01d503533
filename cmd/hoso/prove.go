package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"slices"

	"hoso/domain"
	"hoso/domain/period"
	"hoso/projections"
	"hoso/projections/closing"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/report"
	"hoso/projections/seal"
)

type proveCommand struct {
	storeFlags
	Case      string `arg:"" optional:"" name:"CASE" help:"<loại>-<uuid>, một uuid, hoặc <loại>/<tham chiếu>."`
	Report    string `help:"Thay cho hồ sơ: báo cáo đã phát hành của tháng này." placeholder:"2024-04"`
	Indicator string `help:"Với --report: cả các sự kiện làm nên chỉ tiêu này." placeholder:"ID"`
	Issue     int    `help:"Với --report: lần phát hành thứ mấy; không nêu là lần mới nhất." placeholder:"N"`
	Spec      string `help:"Với --report: tên mẫu báo cáo; không nêu là mẫu dùng cho tháng đó." placeholder:"NAME"`
	Area      string `help:"Với --report: mã hoặc tên đơn vị hành chính của báo cáo." placeholder:"CODE|NAME"`
	Calendar  string `help:"Với --report: lịch báo cáo." enum:"calendar,15-14" default:"calendar"`
	Out       string `required:"" help:"Tệp chứng minh." type:"path" placeholder:"FILE"`
}

// Run writes a proof that the events of a case, a published report, or the events behind a figure of it are in the sealed log.
func (c proveCommand) Run(ctx context.Context, e *env) error {
	if (c.Case == "") == (c.Report == "") || c.Indicator != "" && c.Report == "" {
		return wrongFlag("report", "hãy nêu một hồ sơ, hoặc --report với tháng của báo cáo đã phát hành")
	}
	var a *app
	var err error
	p := proving{Bundle: seal.Bundle{}, events: map[domain.Ordinal]domain.Recorded{}}
	if c.Report != "" {
		q := question{storeFlags: c.storeFlags, Month: c.Report, Area: c.Area, Calendar: c.Calendar, Tree: string(figures.Then)}
		var query figures.Query
		if a, query, err = q.ask(ctx, e); err != nil {
			return err
		}
		defer a.close()
		err = p.report(ctx, a, c, query)
	} else {
		if a, err = e.openCaughtUp(ctx, c.storeFlags); err != nil {
			return err
		}
		defer a.close()
		if p.Case, err = a.find(ctx, c.Case); err == nil {
			err = p.take(ctx, a, p.Case, nil)
		}
	}
	if err != nil {
		return err
	}
	if len(p.events) == 0 {
		return errNoCase
	}
	b, err := a.seals.Prove(ctx, p.Bundle, p.events)
	if err != nil {
		return err
	}
	content, err := b.Write()
	if err != nil {
		return err
	}
	err = e.output(c.Out, func(w io.Writer) error { _, err := w.Write(content); return err })
	if err != nil || c.Out == "-" {
		return err
	}
	fmt.Fprintf(e.out, "Đã ghi %s: %s sự kiện. Kiểm tra: hoso verify %s --key KHÓA\n", c.Out, report.Number(int64(len(b.Events))), c.Out)
	return nil
}

// proving gathers the events of a bundle.
type proving struct {
	seal.Bundle
	events map[domain.Ordinal]domain.Recorded
}

// take adds the events of a case; of another one only those at certain positions.
func (p *proving) take(ctx context.Context, a *app, id domain.StreamID, only map[domain.Ordinal]bool) error {
	tx, err := a.views.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for r, err := range a.log.Read(ctx, id, 0) {
		if err != nil {
			return err
		}
		at, err := projections.OrdinalOf(ctx, tx, r.Position)
		if err != nil {
			return err
		}
		if only == nil || only[at] {
			p.events[at] = r
		}
	}
	return nil
}

// report adds the case of a published report, and of one figure the events behind it.
func (p *proving) report(ctx context.Context, a *app, c proveCommand, query figures.Query) error {
	spec, err := a.specs.Find(c.Spec, query.Month)
	if err != nil {
		return err
	}
	all, err := a.periods.Publications(ctx, closing.SeriesOf(spec, query), 0)
	if err != nil {
		return err
	}
	published, err := periods.Find(all, query.Month, c.Issue)
	if err != nil {
		return err
	}
	p.Case = published.Case
	if err := p.take(ctx, a, p.Case, nil); err != nil || c.Indicator == "" {
		return err
	}
	query.AsOf, query.Indicators = published.Position, []string{c.Indicator}
	x, err := a.figures.Explain(ctx, query, figures.Page{})
	if err != nil {
		return err
	}
	if x.Over != nil {
		return wrongFlag("indicator", "tỷ lệ được chứng minh bằng tử số "+x.Over.Indicator+" và mẫu số "+x.Under.Indicator)
	}
	stated := slices.ContainsFunc(published.Figures, func(f period.Figure) bool {
		return f.Indicator == c.Indicator && f.Value != nil && *f.Value == x.Value.Quantity
	})
	if !stated {
		return &domain.Error{Kind: domain.NotFound, Code: "prove.not_published", Field: c.Indicator, Msg: "báo cáo không nêu số liệu này"}
	}
	p.Figure = &seal.Figure{Issue: published.Issue, Indicator: c.Indicator, Value: x.Value.Quantity, Parts: []seal.Part{}}
	behind := map[domain.StreamID]map[domain.Ordinal]bool{}
	for _, e := range x.Events {
		if behind[e.Case] == nil {
			behind[e.Case] = map[domain.Ordinal]bool{}
		}
		behind[e.Case][e.Position] = true
		p.Figure.Parts = append(p.Figure.Parts, seal.Part{Position: e.Position, Occurred: e.Occurred, Quantity: e.Quantity.Quantity})
	}
	for id, only := range behind {
		if err := p.take(ctx, a, id, only); err != nil {
			return err
		}
	}
	return nil
}
