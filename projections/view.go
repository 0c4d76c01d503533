package projections

import (
	"context"
	"fmt"

	"hoso/domain"
)

// View is something that readers can ask, kept up to date from the log.
type View interface {
	// Name is the prefix of the view's tables.
	Name() string
	// Version changes whenever the same events would give other rows: a change of it makes a new generation.
	Version() string
	// Schema returns CREATE … IF NOT EXISTS statements, and others that may be run twice.
	Schema() []string
	// Apply adds the effects of a batch: one or more events in the log's order, following the last batch without a
	// gap. It keeps nothing in memory from one call to the next but by Kept, because the transaction may be rolled back
	// and the same events may come again, in other batches. An error stops the runner.
	Apply(ctx context.Context, tx *Tx, batch []Event) error
}

// Filled is what a view adds that leaves out, while a file is filled for the first time, what follows from its other rows and
// what only readers need: sums, lists, indexes. Made of all rows at once they cost a small part of what they cost row by row.
// Until then nothing is answered: [Runner.Ready] gives ErrCatchingUp.
type Filled interface {
	// Fill makes what Apply left out while [Tx.Filling]. It is called once in the life of a file, when the views have caught
	// up, and Apply keeps all of it up to date from then on.
	Fill(ctx context.Context, tx *Tx) error
}

// Event is an event of the log with its number and decoded. What is private in it is still sealed.
type Event struct {
	Ordinal domain.Ordinal
	domain.Recorded
	Event domain.Event
}

// Act returns what happened and on which date.
func (e Event) Act() domain.Act { return domain.Act{Event: e.Event, Occurred: e.Meta.Occurred} }

// Fault says which event a view could not apply. It stops the runner.
type Fault struct {
	View    string // empty where the event could not be decoded
	Ordinal domain.Ordinal
	Type    string
	Stream  domain.StreamID
	Err     error
}

// Error names view, event and cause.
func (f *Fault) Error() string {
	what := "view " + f.View + " cannot apply"
	if f.View == "" {
		what = "cannot decode"
	}
	return fmt.Sprintf("%s event %d, %s of %s: %v", what, f.Ordinal, f.Type, f.Stream, f.Err)
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

func fault(view string, e Event, err error) error {
	return &Fault{view, e.Ordinal, e.Type, e.Stream, err}
}
