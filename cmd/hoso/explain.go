package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"hoso/domain"
	"hoso/projections/figures"
	"hoso/projections/report"
)

type explainCommand struct {
	question
	Indicator string `required:"" help:"Mã chỉ tiêu." placeholder:"ID"`
	Format    string `help:"table hoặc json." enum:"table,json" default:"table"`
}

// Run prints the events behind a figure. Their quantities add up to it.
func (c explainCommand) Run(ctx context.Context, e *env) error {
	a, query, err := c.ask(ctx, e)
	if err != nil {
		return err
	}
	defer a.close()
	query.Indicators = []string{c.Indicator}
	x, err := a.figures.Explain(ctx, query, figures.Page{})
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(e.out, x)
	}
	return a.explain(e.out, x)
}

func (a *app) explain(w io.Writer, x figures.Explanation) error {
	i, _ := a.catalog.Indicator(x.Indicator)
	fmt.Fprintf(w, "%s, tháng %d/%d: %s (vị trí %s)\n", i.Label.Vi, x.Month.Month, x.Month.Year, said(x.Value, i), report.Number(int64(x.Position)))
	if x.Over != nil && x.Under != nil {
		fmt.Fprintln(w, "\nTử số:")
		if err := a.explain(w, *x.Over); err != nil {
			return err
		}
		fmt.Fprintln(w, "\nMẫu số:")
		return a.explain(w, *x.Under)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "Vị trí\tNgày\tHồ sơ\tViệc\tSố lượng")
	for _, n := range x.Events {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", report.Number(int64(n.Position)), n.Occurred.Vietnamese(), n.Case, a.eventLabel(n.Case.Type, n.Type), exact(n.Quantity))
	}
	return t.Flush()
}

// said is a figure with its unit; exact is the same without rounding, for lists that people add up.
func said(n figures.Number, i domain.Indicator) string {
	if !n.Known() {
		return "chưa có số liệu"
	}
	return report.Quantity(n.Quantity, i.Unit, n.Parts)
}

func exact(n figures.Number) string { return report.Scaled(n.Quantity, n.Parts) }

// eventLabel returns what people call an event.
func (a *app) eventLabel(caseType, name string) string {
	switch name {
	case caseType + ".corrected":
		return "Sửa một việc đã ghi"
	case caseType + ".voided":
		return "Hủy một việc đã ghi"
	}
	t, _ := a.catalog.Type(caseType)
	for _, e := range t.Events {
		if e.Name == name {
			return e.Label.Vi
		}
	}
	return name
}
