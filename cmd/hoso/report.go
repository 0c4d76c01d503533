package main

import (
	"context"
	"io"

	"hoso/projections/closing"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/register"
	"hoso/projections/report"
)

type reportCommand struct {
	question
	Spec      string `help:"Tên mẫu báo cáo; không nêu là mẫu dùng cho tháng đó." placeholder:"NAME"`
	Format    string `help:"text, html, json, docx, xlsx hoặc pdf." enum:"text,html,json,docx,xlsx,pdf" default:"text"`
	Out       string `help:"Ghi vào tệp thay vì ra màn hình." type:"path" placeholder:"FILE"`
	Published bool   `help:"In lại đúng như đã phát hành, không phải như nay được biết."`
	Issue     int    `help:"Lần phát hành thứ mấy; không nêu là lần mới nhất." placeholder:"N"`
}

// Run prints the report of a month: as it is known, or as it was published.
func (c reportCommand) Run(ctx context.Context, e *env) error {
	if c.remote() {
		return c.remoteReport(ctx, e)
	}
	a, query, err := c.ask(ctx, e)
	if err != nil {
		return err
	}
	defer a.close()
	if c.Published || c.Issue != 0 {
		return c.again(ctx, e, a, query)
	}
	r, err := a.report(ctx, c.Spec, query)
	if err != nil {
		return err
	}
	return e.output(c.Out, func(w io.Writer) error {
		return write(c.Format, w, r, report.Events(ctx, a.figures, r, query))
	})
}

// again prints a publication.
func (c reportCommand) again(ctx context.Context, e *env, a *app, query figures.Query) error {
	p, err := a.published(ctx, c.Spec, query, c.Issue)
	if err != nil {
		return err
	}
	r, err := report.Thaw(p.Publication)
	if err != nil {
		return err
	}
	return e.output(c.Out, func(w io.Writer) error {
		if c.Format == "json" {
			_, err := io.WriteString(w, p.Content+"\n")
			return err
		}
		return write(c.Format, w, r, report.Events(ctx, a.figures, r, query))
	})
}

// published finds what the report of a month said: the issue of a number, 0 for the latest.
func (a *app) published(ctx context.Context, name string, query figures.Query, issue int) (periods.Published, error) {
	spec, err := a.specs.Find(name, query.Month)
	if err != nil {
		return periods.Published{}, err
	}
	all, err := a.periods.Publications(ctx, closing.SeriesOf(spec, query), query.AsOf)
	if err != nil {
		return periods.Published{}, err
	}
	return periods.Find(all, query.Month, issue)
}

func (a *app) report(ctx context.Context, name string, q figures.Query) (report.Report, error) {
	spec, err := a.specs.Find(name, q.Month)
	if err != nil {
		return report.Report{}, err
	}
	return report.Build(ctx, a.catalog, spec, a.cited(), q)
}

func (a *app) cited() cited { return cited{a.figures, a.register, a.periods} }

// cited is what reports cite.
type cited struct {
	*figuresReader
	*registerReader
	*periodsReader
}

type (
	figuresReader  = figures.Reader
	registerReader = register.Reader
	periodsReader  = periods.Reader
)
