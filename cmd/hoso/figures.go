package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/report"
)

// question is what the commands about figures have in common.
type question struct {
	storeFlags
	Month    string `required:"" help:"Tháng, YYYY-MM." placeholder:"2024-04"`
	Area     string `help:"Mã đơn vị hành chính, tính cả các đơn vị bên dưới; không nêu là toàn bộ." placeholder:"CODE"`
	Calendar string `help:"Lịch báo cáo: calendar (tháng dương lịch) hoặc 15-14 (từ ngày 15 tháng trước)." enum:"calendar,15-14" default:"calendar"`
	AsOf     string `help:"Theo những gì đã biết tới một vị trí, ngày hoặc thời điểm." placeholder:"POSITION|TIME"`
}

// query reads the flags. They are checked before the data directory is opened, except the position.
func (q question) query() (figures.Query, error) {
	month, err := calendar.ParseMonth(q.Month)
	if err != nil {
		return figures.Query{}, wrongFlag("month", err.Error())
	}
	if q.Area != "" && !area.Known(area.Code(q.Area)) {
		return figures.Query{}, wrongFlag("area", "không có đơn vị hành chính mang mã này")
	}
	return figures.Query{Month: month, Calendar: calendar.Calendar(q.Calendar), Area: area.Code(q.Area)}, nil
}

func wrongFlag(name, message string) error {
	return &domain.Error{Kind: domain.Usage, Code: "usage", Msg: "--" + name + ": " + message}
}

// ask opens the data, with the views up to date, and completes the query.
func (q question) ask(ctx context.Context, e *env) (*app, figures.Query, error) {
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
	Format string `help:"table, json hoặc csv." enum:"table,json,csv" default:"table"`
}

// Run prints the figures of a month.
func (c figuresCommand) Run(ctx context.Context, e *env) error {
	a, query, err := c.ask(ctx, e)
	if err != nil {
		return err
	}
	defer a.close()
	sheet, err := a.figures.Figures(ctx, query)
	if err != nil {
		return err
	}
	switch c.Format {
	case "json":
		return writeJSON(e.out, sheet)
	case "csv":
		return writeCSV(e.out, sheet)
	}
	_, err = io.WriteString(e.out, report.FigureTable(sheet.Figures, sheet.Month.Year))
	return err
}

func writeJSON(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

// writeCSV writes numbers for programs (8510800000, 57.72); a figure's parts follow it with by and key set.
func writeCSV(w io.Writer, sheet figures.Sheet) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"indicator", "label", "unit", "kind", "by", "key", "value", "ytd", "last_year", "change_pct", "month_before", "month_change_pct", "plan", "plan_pct"}}
	for _, f := range sheet.Figures {
		rows = append(rows, []string{f.Indicator, f.Label, f.Unit, string(f.Kind), "", "", f.Value.String(), f.YTD.String(), f.LastYear.String(), f.ChangePct.String(),
			f.MonthBefore.String(), f.MonthPct.String(), f.Plan.String(), f.PlanPct.String()})
		for _, p := range f.Breakdown {
			rows = append(rows, []string{f.Indicator, f.Label, f.Unit, string(f.Kind), p.By, p.Key, p.Value.String(), p.YTD.String(), "", "", "", "", "", ""})
		}
	}
	return out.WriteAll(rows)
}
