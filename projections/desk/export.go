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
}

// Export yields events in the log's order. The caller has to have the right to audit. The first error ends it.
func (d *Desk) Export(ctx context.Context, e Export) (iter.Seq2[Exported, error], error) {
	if err := may(ctx, right.Audit, right.Target{CaseType: e.Type}); err != nil {
		return nil, err
	}
	if _, known := d.Catalog.Type(e.Type); e.Type != "" && !known {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "case.unknown_type", Field: "type", Msg: "không có loại hồ sơ này"}
	}
	from, err := d.reading(ctx, e.Until)
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
	return d.events(ctx, start, e), nil
}

func (d *Desk) events(ctx context.Context, start domain.Cursor, e Export) iter.Seq2[Exported, error] {
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
			n++
			if e.Type == "" || r.Stream.Type == e.Type {
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
