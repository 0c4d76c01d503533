package httpapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain"
	"hoso/projections/desk"
	"hoso/projections/figures"
)

// Question is what all requests about figures have in common.
type Question struct {
	Month    string `path:"month" maxLength:"7" doc:"YYYY-MM"`
	Calendar string `query:"calendar" enum:"calendar,15-14" doc:"Lịch báo cáo · reporting calendar"`
	Area     string `query:"area" maxLength:"200" doc:"Mã hoặc tên đơn vị, tính cả các đơn vị bên dưới · code or name of a unit, with all below it"`
	Tree     string `query:"tree" enum:"then,now" doc:"Theo đơn vị khi đó hay hiện nay · units as they were, or as they are"`
	AsOf     string `query:"as_of" maxLength:"40" doc:"As known at a position (17), a day (2024-04-30) or a time (RFC 3339)"`
	Wait
}

func (q Question) of(indicators ...string) desk.Question {
	return desk.Question{Month: q.Month, Calendar: q.Calendar, Area: q.Area, Tree: q.Tree, AsOf: q.AsOf,
		Indicators: indicators, After: domain.Ordinal(q.WaitFor)}
}

type figuresInput struct {
	Question
	By        string   `query:"by" enum:"district,commune" doc:"Chia theo đơn vị · divide by units"`
	Indicator []string `query:"indicator" maxItems:"200" doc:"Only these"`
}

func (in figuresInput) of() desk.Question {
	q := in.Question.of(in.Indicator...)
	q.By = in.By
	return q
}

// At says up to which position an answer is.
type At struct {
	Position string `header:"Hoso-Position"`
}

func atPosition(n domain.Ordinal) At { return At{strconv.FormatUint(uint64(n), 10)} }

type sheetOutput struct {
	At
	Body figures.Sheet
}

type seriesOutput struct {
	Body struct {
		Series []figures.Series `json:"series"`
	}
}

type explainInput struct {
	Question
	Indicator string `path:"indicator" maxLength:"100"`
	Number    string `query:"number" enum:"value,ytd,last_year,change_pct,month_before,month_change_pct,plan,plan_pct" doc:"Which number of the figure; without it the value"`
	By        string `query:"by" maxLength:"100" doc:"A part of it: kind=fixed, district=178"`
	After     string `query:"after" maxLength:"100" doc:"next of the page before"`
	Limit     int    `query:"limit" minimum:"1" maximum:"10000" default:"1000"`
}

type explainOutput struct {
	At
	Body figures.Explanation
}

type compareInput struct {
	Question
	From      string   `query:"from" maxLength:"40" doc:"The earlier moment: a position, a day or a time. The later one is as_of, or now"`
	Published bool     `query:"published" doc:"Instead of from: when the month's report was published"`
	Spec      string   `query:"spec" maxLength:"60" doc:"Which report"`
	Issue     int      `query:"issue" minimum:"1" doc:"Which publication; without it the latest"`
	By        string   `query:"by" maxLength:"100" doc:"A part: kind=fixed, district=178"`
	Indicator []string `query:"indicator" maxItems:"200" doc:"Only these"`
	Number    string   `query:"number" enum:"value,ytd,last_year,month_before,plan" doc:"Which number of the figures; without it the value"`
}

type compareOutput struct{ Body figures.Comparison }

func (s *server) figures() {
	operation(s, huma.Operation{
		OperationID: "figures", Method: http.MethodGet, Path: "/figures/{month}", Tags: []string{"figures"},
		Summary: "Số liệu của một tháng · Figures of a month", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *figuresInput) (*sheetOutput, error) {
		sheet, err := s.Figures(ctx, in.of())
		return &sheetOutput{atPosition(sheet.Position), sheet}, err
	})
	operation(s, huma.Operation{
		OperationID: "series", Method: http.MethodGet, Path: "/series/{month}", Tags: []string{"figures"},
		Summary: "Các tháng của năm tới tháng đó · Months of the year up to a month", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *figuresInput) (*seriesOutput, error) {
		out := &seriesOutput{}
		var err error
		out.Body.Series, err = s.Series(ctx, in.of())
		return out, err
	})
	operation(s, huma.Operation{
		OperationID: "explain", Method: http.MethodGet, Path: "/figures/{month}/{indicator}/events", Tags: []string{"figures"},
		Summary:     "Các sự kiện làm nên một con số · The events behind a figure",
		Description: "The quantities of all pages add up to the value.", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *explainInput) (*explainOutput, error) {
		x, err := s.Explain(ctx, in.of(), desk.Number{Indicator: in.Indicator, Which: figures.Which(in.Number), Part: in.By}, figures.Page{After: in.After, Limit: in.Limit})
		return &explainOutput{atPosition(x.Position), x}, err
	})
	operation(s, huma.Operation{
		OperationID: "compare", Method: http.MethodGet, Path: "/figures/{month}/difference", Tags: []string{"figures"},
		Summary:     "So sánh số liệu ở hai thời điểm · Figures as known at two moments",
		Description: "With the events that make each difference: their quantities add up to it.", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *compareInput) (*compareOutput, error) {
		c, err := s.Compare(ctx, in.of(in.Indicator...), desk.Number{Which: figures.Which(in.Number), Part: in.By},
			desk.Since{AsOf: in.From, Which: desk.Which{Spec: in.Spec, Published: in.Published, Issue: in.Issue}})
		return &compareOutput{c}, err
	})
}
