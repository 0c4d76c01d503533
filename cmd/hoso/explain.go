package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"hoso/domain"
	"hoso/projections/figures"
	"hoso/projections/report"
)

type explainCommand struct {
	question
	Indicator string `required:"" help:"Mã chỉ tiêu." placeholder:"ID"`
	Number    string `help:"Số nào của chỉ tiêu: value (trong tháng), ytd (lũy kế), last_year (cùng kỳ), month_before (tháng trước), change_pct, month_change_pct, plan, plan_pct." enum:"value,ytd,last_year,month_before,change_pct,month_change_pct,plan,plan_pct" default:"value"`
	By        string `help:"Một phần của số đó: một giá trị phân tổ (kind=fixed), hoặc một dòng chia theo đơn vị (district=178, commune=06040)." placeholder:"KEY=VALUE"`
	Limit     int    `help:"Nhiều nhất bao nhiêu sự kiện mỗi trang; không nêu là tất cả." placeholder:"N"`
	After     string `help:"Trang tiếp theo: giá trị next của trang trước." placeholder:"NEXT"`
	Format    string `help:"table, json hoặc csv." enum:"table,json,csv" default:"table"`
}

// Run prints the events behind a figure. Their quantities add up to it. People are not named: the cases are.
func (c explainCommand) Run(ctx context.Context, e *env) error {
	if c.Limit < 0 {
		return wrongFlag("limit", "cần số từ 0")
	}
	a, x, err := c.opened(ctx, e)
	if err != nil {
		return err
	}
	switch c.Format {
	case "json":
		return writeJSON(e.out, x)
	case "csv":
		return csv.NewWriter(e.out).WriteAll(append([][]string{{"indicator", "number", "position", "id", "case", "type", "occurred", "recorded", "quantity", "stated"}}, listOf(x)...))
	}
	return a.explain(e.out, x)
}

// opened opens the number, and returns what knows its labels.
func (c explainCommand) opened(ctx context.Context, e *env) (*app, figures.Explanation, error) {
	if c.remote() {
		a, err := c.labels()
		if err != nil {
			return nil, figures.Explanation{}, err
		}
		x, err := c.remoteExplain(ctx)
		restoreExplanation(a.catalog, &x)
		return a, x, err
	}
	a, query, err := c.ask(ctx, e)
	if err != nil {
		return nil, figures.Explanation{}, err
	}
	defer a.close()
	query.Indicators = []string{c.Indicator}
	o := figures.Opening{Query: query, Number: figures.Which(c.Number), Part: c.By}
	x, err := a.figures.Open(ctx, o, figures.Page{After: c.After, Limit: c.Limit})
	return a, x, err
}

// listOf are the rows of a list for programs, those of both terms one after the other.
func listOf(x figures.Explanation) (rows [][]string) {
	for _, term := range []*figures.Explanation{x.Over, x.Under} {
		if term != nil {
			rows = append(rows, listOf(*term)...)
		}
	}
	for _, n := range x.Events {
		id, whose := n.ID.String(), n.Case.String()
		if n.Withheld { // programs find nothing there, and the event is counted all the same
			id, whose = "", ""
		}
		rows = append(rows, []string{x.Indicator, string(x.Number), strconv.FormatUint(uint64(n.Position), 10), id, whose, n.Type,
			n.Occurred.String(), n.Recorded.Format(time.RFC3339Nano), n.Quantity.String(), n.Stated.String()})
	}
	return rows
}

// numberLabels say in words which number of a figure it is.
var numberLabels = map[figures.Which]string{
	figures.Value: "", figures.YTD: " (lũy kế từ đầu năm)", figures.LastYear: " (cùng kỳ năm trước)", figures.ChangePct: " (% so với cùng kỳ năm trước)",
	figures.MonthBefore: " (tháng trước)", figures.MonthPct: " (% so với tháng trước)", figures.Plan: " (kế hoạch năm)", figures.PlanPct: " (% kế hoạch năm)",
}

func (a *app) explain(w io.Writer, x figures.Explanation) error {
	i, _ := a.catalog.Indicator(x.Indicator)
	value := said(x.Value, i)
	percent := x.Number == figures.ChangePct || x.Number == figures.MonthPct || x.Number == figures.PlanPct
	if percent && x.Value.Known() {
		value = exact(x.Value) + "%"
	}
	part := ""
	if x.Part != "" {
		part = ", " + x.Part
	}
	fmt.Fprintf(w, "%s%s, tháng %d/%d%s: %s (vị trí %s)\n", i.Label.Vi, part, x.Month.Month, x.Month.Year, numberLabels[x.Number], value, report.Number(int64(x.Position)))
	if x.Over != nil && x.Under != nil {
		over, under := "Tử số", "Mẫu số"
		if percent {
			over, under = "Số được so sánh", "So với"
		}
		fmt.Fprintf(w, "\n%s:\n", over)
		if err := a.explain(w, *x.Over); err != nil {
			return err
		}
		fmt.Fprintf(w, "\n%s:\n", under)
		return a.explain(w, *x.Under)
	}
	if err := a.list(w, x.Events); err != nil {
		return err
	}
	if x.Next != "" {
		fmt.Fprintln(w, "Trang sau: --after "+x.Next)
	}
	return nil
}

// list prints events as a table. What a statement says stands beside it where it does not count.
func (a *app) list(w io.Writer, events []figures.Entry) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "Vị trí\tNgày\tHồ sơ\tViệc\tSố lượng")
	for _, n := range events {
		quantity := exact(n.Quantity)
		if n.Stated.Known() && n.Stated != n.Quantity {
			quantity += " (công bố " + exact(n.Stated) + ")"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", report.Number(int64(n.Position)), n.Occurred.Vietnamese(), report.Whose(n), a.catalog.EventLabel(n.Type).Vi, quantity)
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
