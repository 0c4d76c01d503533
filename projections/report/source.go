package report

import (
	"context"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// Source is where a report gets what it cites. Its answers are as of the query's position.
type Source interface {
	Figures(context.Context, figures.Query) (figures.Sheet, error)
	Series(context.Context, figures.Query) ([]figures.Series, error)
	Doubles(context.Context, figures.Query) ([]figures.Doubt, error)
	Leavers(context.Context, figures.Query) ([]figures.Doubt, error)
	// Documents returns what was issued in a range of days, by day.
	Documents(context.Context, figures.Query, calendar.Range) ([]Document, error)
	// Works returns what is planned for a month, in the order of planning.
	Works(context.Context, figures.Query, calendar.Month) ([]Work, error)
}

// Document is a document of the register.
type Document struct {
	Number  string        `json:"number"`
	Issued  calendar.Date `json:"issued"`
	Kind    string        `json:"kind"`
	Subject string        `json:"subject"`
}

// Work is something that the office means to do.
type Work struct {
	What string `json:"what"`
}

// sheets are the figures of a report under each calendar that it uses, and those of the month after.
type sheets struct {
	ctx    context.Context
	source Source
	query  figures.Query
	of     map[calendar.Calendar]*page
}

// page is a sheet with its figures by id.
type page struct {
	figures.Sheet
	by   map[string]figures.Figure
	next map[string]figures.Figure
}

// under returns the figures under a calendar. All sheets of a report are of the same position.
func (s *sheets) under(c calendar.Calendar) (*page, error) {
	if p, ok := s.of[c]; ok {
		return p, nil
	}
	q := s.query
	q.Calendar = c
	sheet, err := s.source.Figures(s.ctx, q)
	if err != nil {
		return nil, err
	}
	if s.query.AsOf == 0 {
		s.query.AsOf = sheet.Position // so that the others say the same, whatever is recorded meanwhile
	}
	q.AsOf, q.Month = s.query.AsOf, q.Month.Add(1)
	next, err := s.source.Figures(s.ctx, q)
	if err != nil {
		return nil, err
	}
	p := &page{sheet, byID(sheet), byID(next)}
	s.of[c] = p
	return p, nil
}

func byID(s figures.Sheet) map[string]figures.Figure {
	by := map[string]figures.Figure{}
	for _, f := range s.Figures {
		by[f.Indicator] = f
	}
	return by
}

// missing says that a report cites what nobody counts.
func missing(id string) error {
	return &domain.Error{Kind: domain.NotFound, Code: "report.figure_missing", Field: id, Msg: "mẫu báo cáo nêu chỉ tiêu không có trong bảng số liệu"}
}
