package desk

import (
	"context"
	"database/sql"
	"io"

	"hoso/domain"
	"hoso/domain/intake"
	"hoso/projections"
	"hoso/projections/amendments"
	"hoso/projections/documents"
	"hoso/projections/figures"
	"hoso/projections/history"
	"hoso/projections/periods"
	"hoso/projections/register"
	"hoso/projections/report"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// Desk answers people and programs.
type Desk struct {
	Catalog *domain.Catalog
	Specs   report.Specs
	Log     domain.EventLog
	Handler *domain.Handler
	Names   intake.Names
	People  intake.People
	Clock   domain.Clock
	Views   *projections.Runner
	Codec   *domain.Codec // makes readable what is private
	Access  AccessLog
	Stored  documents.Store // the bytes of what is attached to cases
	// Reading returns what answers now: an older generation of views while a new one is being built, or an error where
	// nothing does.
	Reading func() (Readers, error)
	// Importer returns a new importer.
	Importer func() *intake.Importer
	// OnPaper returns a new handler that decides as the real one and records nothing.
	OnPaper func() *domain.Handler
	// Paper writes a report as a file of a format.
	Paper func(format string, w io.Writer, r report.Report, behind report.Behind) error

	units   units
	opening opening
	papers  remembered
}

// Readers read one file of views.
type Readers struct {
	DB       *sql.DB
	At       func() domain.Ordinal // answers say what the log said up to here
	Figures  *figures.Reader
	History  *history.Reader
	Work     *worklist.Reader
	Search   *search.Reader
	Register *register.Reader
	Periods  *periods.Reader
	// Amendments knows what waits for approval.
	Amendments *amendments.Reader
}

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

// caughtUp waits until the views hold all that is in the log now.
func (d *Desk) caughtUp(ctx context.Context) error {
	head, err := d.Log.Head(ctx)
	if err != nil {
		return err
	}
	return d.Views.WaitFor(ctx, head)
}

// WaitFor waits until what is answered holds the first so many events of the log; 0 is no wait. See reading.
func (d *Desk) WaitFor(ctx context.Context, after domain.Ordinal) error {
	if after == 0 {
		return nil
	}
	_, err := d.reading(ctx, after)
	return err
}

// reading returns what answers, once it holds the first so many events of the log: those of an own write, for instance.
// Where it does not come so far in time, it is views.catching_up.
func (d *Desk) reading(ctx context.Context, after domain.Ordinal) (Readers, error) {
	from, err := d.Reading()
	if err != nil || from.At() >= after {
		return from, err
	}
	if err := d.Views.WaitForPosition(ctx, after); err != nil {
		return from, err
	}
	if from, err = d.Reading(); err == nil && from.At() < after { // an older generation stands still
		err = projections.ErrCatchingUp
	}
	return from, err
}
