package web

import (
	"context"

	"hoso/projections/closing"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/register"
)

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

func (v Views) cited() cited { return cited{v.Figures, v.Register, v.Periods} }

// office is where months are closed, over the views of a request.
func (a *Ask) office() closing.Office {
	against := a.Against
	if against == nil {
		against = func(context.Context) error { return nil }
	}
	return closing.Office{Catalog: a.Catalog, Source: a.Views.cited(), Periods: a.Views.Periods, Names: a.Names, Handler: a.Handler, Against: against}
}
