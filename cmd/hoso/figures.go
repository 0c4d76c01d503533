package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/table"
	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/report"
)

// question is what the commands about figures have in common.
type question struct {
	storeFlags
	serverFlags
	Month    string `required:"" help:"Tháng, YYYY-MM." placeholder:"2024-04"`
	Area     string `help:"Mã hoặc tên đơn vị hành chính, tính cả các đơn vị bên dưới; không nêu là toàn bộ. Tên trùng thì ghi thêm huyện: \"xã Chi Lăng, huyện Chi Lăng\"." placeholder:"CODE|NAME"`
	Tree     string `help:"Theo đơn vị hành chính khi đó (then) hay hiện nay (now: gồm cả các đơn vị đã nhập vào)." enum:"then,now" default:"then"`
	Calendar string `help:"Lịch báo cáo: calendar (tháng dương lịch) hoặc 15-14 (từ ngày 15 tháng trước)." enum:"calendar,15-14" default:"calendar"`
	AsOf     string `help:"Theo những gì đã biết tới một vị trí, ngày hoặc thời điểm." placeholder:"POSITION|TIME"`
}

// query reads the flags. They are checked before the data directory is opened, except the position.
func (q question) query() (figures.Query, error) {
	if err := q.useAreas(); err != nil { // a name is one of the office's own units
		return figures.Query{}, err
	}
	month, err := calendar.ParseMonth(q.Month)
	if err != nil {
		return figures.Query{}, wrongFlag("month", err.Error())
	}
	query := figures.Query{Month: month, Calendar: calendar.Calendar(q.Calendar), Tree: figures.Tree(q.Tree)}
	query.Area, err = q.area(query)
	return query, err
}

// area finds the unit that --area names: a code, or a name of the month; in the tree of now first a name of today.
func (q question) area(query figures.Query) (area.Code, error) {
	if q.Area == "" || area.Known(area.Code(q.Area)) {
		return area.Code(q.Area), nil
	}
	last := query.Calendar.Month(query.Month).To
	days := []calendar.Date{last}
	if query.Tree == figures.Now {
		days = []calendar.Date{table.Forever, last}
	}
	var wrong *area.Unresolved
	for _, on := range days {
		u, err := area.Resolve(q.Area, "", on)
		if err == nil {
			return u.Code, nil
		}
		if errors.As(err, &wrong) && len(wrong.Candidates) > 0 {
			return "", &domain.Error{Kind: domain.Usage, Code: wrong.Code(), Msg: "--area: " + wrong.Error(), En: wrong.English()}
		}
	}
	return "", wrongFlag("area", wrong.Error())
}

func wrongFlag(name, message string) error {
	return &domain.Error{Kind: domain.Usage, Code: "usage", Msg: "--" + name + ": " + message}
}

// ask opens the data, with the views up to date, and completes the query.
func (q question) ask(ctx context.Context, e *env) (*app, figures.Query, error) {
	if q.remote() {
		return nil, figures.Query{}, wrongFlag("server", "lệnh này chỉ chạy trên thư mục dữ liệu, không qua máy chủ")
	}
	query, err := q.query()
	if err != nil {
		return nil, query, err
	}
	a, err := e.openCaughtUp(ctx, q.storeFlags)
	if err != nil {
		return nil, query, err
	}
	if query.AsOf, err = projections.AsOf(ctx, a.views, q.AsOf); err != nil {
		a.close()
	}
	return a, query, err
}

type figuresCommand struct {
	question
	By     string `help:"Chia theo huyện (district) hoặc xã (commune)." enum:",district,commune" default:"" placeholder:"district|commune"`
	Format string `help:"table, json hoặc csv." enum:"table,json,csv" default:"table"`
}

// Run prints the figures of a month.
func (c figuresCommand) Run(ctx context.Context, e *env) error {
	sheet, err := c.sheet(ctx, e)
	if err != nil {
		return err
	}
	switch c.Format {
	case "json":
		return writeJSON(e.out, sheet)
	case "csv":
		return writeCSV(e.out, sheet)
	}
	_, err = io.WriteString(e.out, report.FigureTable(sheet.Figures, sheet.Month.Year)+notCounted(sheet))
	return err
}

func (c figuresCommand) sheet(ctx context.Context, e *env) (figures.Sheet, error) {
	if c.remote() {
		return c.remoteFigures(ctx)
	}
	a, query, err := c.ask(ctx, e)
	if err != nil {
		return figures.Sheet{}, err
	}
	defer a.close()
	query.By = c.By
	return a.figures.Figures(ctx, query)
}

// notCounted says which units lie only partly in the area.
func notCounted(sheet figures.Sheet) string {
	var b strings.Builder
	for _, d := range sheet.Divided {
		when := ""
		if d.Until != 0 {
			when = ", đến " + d.Until.Vietnamese()
		}
		between := make([]string, len(d.Between))
		for n, c := range d.Between {
			between[n] = string(c)
		}
		fmt.Fprintf(&b, "Không tính: %s (%s%s), chỉ một phần thuộc %s; chia giữa %s, tỷ lệ không rõ.\n",
			d.Name, d.Area, when, sheet.Unit.Name, strings.Join(between, ", "))
	}
	return b.String()
}

func writeJSON(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

// writeCSV writes numbers for programs (8510800000, 57.72); a figure's parts follow it with by and key set. A division by
// units has the units' names in a column more.
func writeCSV(w io.Writer, sheet figures.Sheet) error {
	rows := [][]string{{"indicator", "label", "unit", "kind", "by", "key", "value", "ytd", "last_year", "change_pct", "month_before", "month_change_pct", "plan", "plan_pct"}}
	for _, f := range sheet.Figures {
		rows = append(rows, []string{f.Indicator, f.Label, f.Unit, string(f.Kind), "", "", f.Value.String(), f.YTD.String(), f.LastYear.String(), f.ChangePct.String(),
			f.MonthBefore.String(), f.MonthPct.String(), f.Plan.String(), f.PlanPct.String()})
		for _, p := range f.Breakdown {
			rows = append(rows, []string{f.Indicator, f.Label, f.Unit, string(f.Kind), p.By, p.Key, p.Value.String(), p.YTD.String(), "", "", "", "", "", ""})
		}
		for _, p := range f.Areas {
			rows = append(rows, []string{f.Indicator, f.Label, f.Unit, string(f.Kind), sheet.By, p.Key, p.Value.String(), p.YTD.String(), "", "", "", "", "", "", p.Name})
		}
	}
	if sheet.By != "" {
		rows[0] = append(rows[0], "name")
		for n, row := range rows {
			rows[n] = append(row, make([]string, len(rows[0])-len(row))...)
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}
