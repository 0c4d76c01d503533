package main

import (
	"context"
	"errors"
	"io"
	"os"

	"hoso/projections/figures"
	"hoso/projections/register"
	"hoso/projections/report"
)

type reportCommand struct {
	question
	Spec   string `help:"Tên mẫu báo cáo; không nêu là mẫu dùng cho tháng đó." placeholder:"NAME"`
	Format string `help:"text hoặc json." enum:"text,json" default:"text"`
	Out    string `help:"Ghi vào tệp thay vì ra màn hình." type:"path" placeholder:"FILE"`
}

// Run prints the report of a month.
func (c reportCommand) Run(ctx context.Context, e *env) error {
	a, query, err := c.ask(ctx, e)
	if err != nil {
		return err
	}
	defer a.close()
	r, err := a.report(ctx, c.Spec, query)
	if err != nil {
		return err
	}
	return e.output(c.Out, func(w io.Writer) error {
		if c.Format == "json" {
			return writeJSON(w, r)
		}
		return report.WriteText(w, r)
	})
}

func (a *app) report(ctx context.Context, name string, q figures.Query) (report.Report, error) {
	spec, err := a.specs.Find(name, q.Month)
	if err != nil {
		return report.Report{}, err
	}
	return report.Build(ctx, a.catalog, spec, cited{a.figures, a.register}, q)
}

// output writes to a file, or to standard output where none is named ("" or "-").
func (e *env) output(path string, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		return write(e.out)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// cited is what reports cite.
type cited struct {
	*figuresReader
	*registerReader
}

type (
	figuresReader  = figures.Reader
	registerReader = register.Reader
)
