package report

import (
	"context"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/register"
)

// Source is where a report gets what it cites. Its answers are as of the query's position.
type Source interface {
	Figures(context.Context, figures.Query) (figures.Sheet, error)
	Series(context.Context, figures.Query) ([]figures.Series, error)
	Doubles(context.Context, figures.Query) ([]figures.Doubt, error)
	Leavers(context.Context, figures.Query) ([]figures.Doubt, error)
	Register(context.Context, register.Query) (register.Register, error)
	Publications(ctx context.Context, s period.Series, asOf domain.Ordinal) ([]periods.Published, error)
	Late(ctx context.Context, q figures.Query, since map[calendar.Month]domain.Ordinal) ([]figures.Late, error)
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
	by       map[string]figures.Figure
	next     map[string]figures.Figure
	register *register.Register // of the year so far and the month after; nil until it is asked for
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
	p := &page{sheet, byID(sheet), byID(next), nil}
	s.of[c] = p
	return p, nil
}

// registerOf returns the documents of the year so far and the works of the month after.
func (s *sheets) registerOf(p *page) (*register.Register, error) {
	if p.register == nil {
		r, err := s.source.Register(s.ctx, register.Query{Area: s.query.Area, AsOf: s.query.AsOf,
			Issued: p.Calendar.YearToDate(p.Month), Month: p.Month.Add(1)})
		if err != nil {
			return nil, err
		}
		p.register = &r
	}
	return p.register, nil
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
