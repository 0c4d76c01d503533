package main

import (
	"context"
	"fmt"
	"io"

	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/report"
)

type compareCommand struct {
	question
	Published bool     `help:"So với báo cáo đã phát hành của tháng, thay cho --as-of."`
	Issue     int      `help:"Lần phát hành thứ mấy; không nêu là lần mới nhất." placeholder:"N"`
	Spec      string   `help:"Tên mẫu của báo cáo đã phát hành; không nêu là mẫu dùng cho tháng đó." placeholder:"NAME"`
	To        string   `help:"So với những gì đã biết tới vị trí hay thời điểm này; không nêu là hiện nay." placeholder:"POSITION|TIME"`
	Indicator []string `help:"Mã chỉ tiêu; nêu được nhiều; không nêu là tất cả." placeholder:"ID"`
	Number    string   `help:"Số nào của chỉ tiêu: value (trong tháng), ytd (lũy kế), last_year (cùng kỳ), month_before (tháng trước), plan." enum:"value,ytd,last_year,month_before,plan" default:"value"`
	By        string   `help:"Một phần của số đó: kind=fixed, district=178, commune=06040; cần nêu chỉ tiêu." placeholder:"KEY=VALUE"`
	Format    string   `help:"table hoặc json." enum:"table,json" default:"table"`
}

// Run prints what was known at --as-of, or when the month's report was published, beside what is known at --to, with the
// events that make the difference.
func (c compareCommand) Run(ctx context.Context, e *env) error {
	reported := c.Published || c.Issue != 0
	switch {
	case c.AsOf == "" && !reported:
		return wrongFlag("as-of", "cần vị trí hay thời điểm để so sánh, hoặc --published để so với báo cáo đã phát hành")
	case c.AsOf != "" && reported:
		return wrongFlag("published", "không dùng cùng --as-of")
	}
	a, x, err := c.compared(ctx, e, reported)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(e.out, x)
	}
	return a.differences(e.out, x, c.By)
}

// compared compares, and returns what knows the labels.
func (c compareCommand) compared(ctx context.Context, e *env, reported bool) (_ *app, x figures.Comparison, err error) {
	if c.remote() {
		return c.remoteCompare(ctx, reported)
	}
	a, query, err := c.ask(ctx, e)
	if err != nil {
		return nil, x, err
	}
	defer a.close()
	to, err := projections.AsOf(ctx, a.views, c.To)
	if err != nil {
		return nil, x, err
	}
	from := query.AsOf
	if reported {
		p, err := a.published(ctx, c.Spec, query, c.Issue)
		if err != nil {
			return nil, x, err
		}
		from = p.Position
	}
	query.AsOf, query.Indicators = 0, c.Indicator
	x, err = a.figures.Difference(ctx, figures.Opening{Query: query, Number: figures.Which(c.Number), Part: c.By}, from, to)
	return a, x, err
}

// differences prints what differs, and how many figures do not.
func (a *app) differences(w io.Writer, x figures.Comparison, part string) error {
	if part != "" {
		part = ", " + part
	}
	fmt.Fprintf(w, "Tháng %d/%d%s%s: đã biết tới vị trí %s và tới vị trí %s\n", x.Month.Month, x.Month.Year, part, numberLabels[x.Number],
		report.Number(int64(x.Was)), report.Number(int64(x.Now)))
	same := 0
	for _, d := range x.Differences {
		if d.Same() {
			same++
			continue
		}
		fmt.Fprintln(w)
		if err := a.difference(w, d); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\nKhông đổi: %s chỉ tiêu.\n", report.Number(int64(same)))
	return err
}

func (a *app) difference(w io.Writer, d figures.Difference) error {
	i, _ := a.catalog.Indicator(d.Indicator)
	sign := ""
	if d.By.Quantity > 0 {
		sign = "+"
	}
	fmt.Fprintf(w, "%s: %s → %s (%s%s)\n", d.Label, said(d.Was, i), said(d.Now, i), sign, exact(d.By))
	if d.Over != nil && d.Under != nil {
		fmt.Fprint(w, "Tử số: ")
		if err := a.difference(w, *d.Over); err != nil {
			return err
		}
		fmt.Fprint(w, "Mẫu số: ")
		return a.difference(w, *d.Under)
	}
	if len(d.Events) == 0 {
		return nil
	}
	return a.list(w, d.Events)
}
