package desk

import (
	"cmp"
	"context"
	"iter"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/figures"
)

// Change is something that happened: an act in a case, or figures that are others now. One of the two is set.
type Change struct {
	Position domain.Ordinal
	Case     *CaseChange
	Figures  *figures.Sheet // those that were asked for and touched
}

// CaseChange says that something was recorded in a case.
type CaseChange struct {
	Position domain.Ordinal  `json:"position"`
	Case     domain.StreamID `json:"case"`
	Version  uint64          `json:"version"`
	Type     string          `json:"type"`
	Occurred calendar.Date   `json:"occurred"`
	Recorded time.Time       `json:"recorded"`
	By       string          `json:"-"` // the account
}

// Watch says what to tell of.
type Watch struct {
	After   domain.Ordinal // tell of everything after this event; 0: from now on
	Cases   bool
	Type    string // of cases; empty: all
	Case    domain.StreamID
	Figures *Question // nil: no figures
}

// pulse is how often at most a watcher is told: figures that change a thousand times a second are counted four times.
const pulse = 250 * time.Millisecond

// atOnce is how many changes are read at a time.
const atOnce = 500

// Changes yields what happens, in the log's order, until the context ends. Cases that the caller may not read are left out;
// a type that is named and may be read nowhere is refused. Who is nobody any more hears so, and nothing after it.
// Between two changes it yields a zero Change at least every so often, so that a broken connection is noticed.
func (d *Desk) Changes(ctx context.Context, w Watch, idle time.Duration) (iter.Seq2[Change, error], error) {
	if _, err := caller(ctx); err != nil {
		return nil, err
	}
	if named := cmp.Or(w.Case.Type, w.Type); w.Cases && named != "" {
		if err := somewhere(ctx, right.ReadCase, named); err != nil {
			return nil, err
		}
	}
	if w.Figures != nil {
		if _, err := d.ask(ctx, *w.Figures); err != nil {
			return nil, err
		}
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return nil, err
	}
	at := w.After
	if at == 0 {
		at = from.At()
	}
	if at > from.At() {
		return nil, domain.Malformed("asof.beyond_end", "after", "vị trí %d chưa có; vị trí cuối cùng là %d", at, from.At())
	}
	return func(yield func(Change, error) bool) {
		for {
			end, changed := d.Views.Changed()
			for at < end {
				last, goOn, err := d.tell(ctx, w, at, end, yield)
				if err != nil {
					yield(Change{}, err)
					return
				}
				if !goOn {
					return
				}
				at = last
			}
			select {
			case <-changed:
				if !rest(ctx, pulse) {
					return
				}
			case <-time.After(idle):
				if _, err := caller(ctx); err != nil {
					yield(Change{}, err)
					return
				}
				if !yield(Change{Position: at}, nil) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}, nil
}

func rest(ctx context.Context, long time.Duration) bool {
	select {
	case <-time.After(long):
		return true
	case <-ctx.Done():
		return false
	}
}

// tell yields the changes of at most atOnce events after a position, and returns the last one's.
func (d *Desk) tell(ctx context.Context, w Watch, after, end domain.Ordinal, yield func(Change, error) bool) (domain.Ordinal, bool, error) {
	if _, err := caller(ctx); err != nil { // any more
		return after, false, err
	}
	if !w.Cases {
		goOn, err := d.tellFigures(ctx, w, after, end, yield)
		return end, goOn, err
	}
	until := min(end, after+atOnce)
	acts, err := d.acts(ctx, after, until)
	if err != nil {
		return after, false, err
	}
	for _, a := range acts {
		ok, err := d.shown(ctx, w, a)
		if err != nil {
			return after, false, err
		}
		if ok && !yield(Change{Position: a.Position, Case: &a}, nil) {
			return until, false, nil
		}
	}
	goOn, err := d.tellFigures(ctx, w, after, until, yield)
	return until, goOn, err
}

func (d *Desk) shown(ctx context.Context, w Watch, a CaseChange) (bool, error) {
	if w.Type != "" && a.Case.Type != w.Type || w.Case.Type != "" && a.Case != w.Case {
		return false, nil
	}
	if somewhere(ctx, right.ReadCase, a.Case.Type) != nil {
		return false, nil //nolint:nilerr // what may be read nowhere is not even looked up
	}
	unit, _, err := d.unitOf(ctx, a.Case)
	if err != nil {
		return false, err
	}
	return mayRead(ctx, a.Case.Type, unit) == nil, nil
}

func (d *Desk) tellFigures(ctx context.Context, w Watch, after, until domain.Ordinal, yield func(Change, error) bool) (bool, error) {
	if w.Figures == nil {
		return true, nil
	}
	a, err := d.ask(ctx, *w.Figures)
	if err != nil {
		return false, err
	}
	touched, err := a.Figures.Touched(ctx, after, until, a.Indicators)
	if err != nil || len(touched) == 0 {
		return true, err
	}
	a.Indicators = touched
	sheet, err := a.Figures.Figures(ctx, a.Query)
	if err != nil {
		return false, err
	}
	return yield(Change{Position: sheet.Position, Figures: &sheet}, nil), nil
}

// acts reads which events there are.
func (d *Desk) acts(ctx context.Context, after, until domain.Ordinal) (all []CaseChange, err error) {
	from, err := d.reading(ctx, 0)
	if err != nil {
		return nil, err
	}
	return readActs(ctx, from.DB, "ordinal > ? AND ordinal <= ? ORDER BY ordinal", int64(after), int64(until))
}
