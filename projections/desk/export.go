package desk

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/history"
)

// Exported is an event of the log. What is private in it is not shown.
type Exported struct {
	Case domain.StreamID `json:"case"`
	history.Event
}

// Export asks for a part of the log.
type Export struct {
	After domain.Ordinal // events after this one; 0: from the beginning
	Until domain.Ordinal // up to this one; 0: all that the views hold when the export begins
	Type  string         // of cases; empty: all
	Wait  domain.Ordinal // until the views hold so many events; 0: do not
}

// Export yields events in the log's order. The caller has to have the right to audit, everywhere; events of case types that
// the caller may not audit are left out. The first error ends it.
func (d *Desk) Export(ctx context.Context, e Export) (iter.Seq2[Exported, error], error) {
	types, err := d.auditable(ctx, e.Type)
	if err != nil {
		return nil, err
	}
	if _, known := d.Catalog.Type(e.Type); e.Type != "" && !known {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "case.unknown_type", Field: "type", Msg: "không có loại hồ sơ này"}
	}
	from, err := d.reading(ctx, max(e.Until, e.Wait))
	if err != nil {
		return nil, err
	}
	if e.Until == 0 {
		e.Until = from.At()
	}
	var start domain.Cursor
	err = from.DB.QueryRowContext(ctx, "SELECT cursor FROM events WHERE ordinal = ?", int64(e.After)).Scan(&start)
	if e.After > from.At() {
		return nil, domain.Malformed("asof.beyond_end", "after", "vị trí %d chưa có; vị trí cuối cùng là %d", e.After, from.At())
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	return d.events(ctx, start, e, types), nil
}

// rechecked is after how many events an export looks again whether it still may.
const rechecked = 1000

// auditable returns the case types that the caller may audit: the one that is named, or all of those.
func (d *Desk) auditable(ctx context.Context, named string) (map[string]bool, error) {
	if err := may(ctx, right.Audit, right.Target{CaseType: named}); err != nil {
		return nil, err
	}
	types := map[string]bool{}
	for _, t := range d.Catalog.Types {
		if named == "" || t.Name == named {
			types[t.Name] = may(ctx, right.Audit, right.Target{CaseType: t.Name}) == nil
		}
	}
	return types, nil
}

func (d *Desk) events(ctx context.Context, start domain.Cursor, e Export, types map[string]bool) iter.Seq2[Exported, error] {
	return func(yield func(Exported, error) bool) {
		n := e.After
		if n >= e.Until {
			return
		}
		for r, err := range d.Log.Follow(ctx, start) {
			if err != nil {
				yield(Exported{}, err)
				return
			}
			if n++; n%rechecked == 0 {
				if types, err = d.auditable(ctx, e.Type); err != nil {
					yield(Exported{}, err)
					return
				}
			}
			if types[r.Stream.Type] {
				if !yield(Exported{r.Stream, history.Told(r, n)}, nil) {
					return
				}
			}
			if n >= e.Until {
				return
			}
		}
	}
}
