package main

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"time"

	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/projections"
	"hoso/projections/crowd"
	"hoso/projections/figures"
)

// asking measures questions about one figure of a month, or the first page of what is behind it, among made-up
// contributions. Raw is the sum of the month's rows by a bare query of the same file.
func (c benchCommand) asking(ctx context.Context, e *env, dir, name string) (measured, error) {
	log, of := crowd.Of(catalog.All(), c.Contributions)
	f, err := crowded(ctx, e, dir, log, of)
	if err != nil {
		return measured{}, err
	}
	defer f.Close()
	reader, rnd := figures.NewReader(of, f.DB()), rand.New(rand.NewPCG(1, 2))
	var raw, ours []time.Duration
	for start := time.Now(); time.Since(start) < c.For; {
		q := crowd.Asks(of, rnd)
		begun := time.Now()
		if err := scan(ctx, f.DB(), q); err != nil {
			return measured{}, err
		}
		raw = append(raw, time.Since(begun))
		begun = time.Now()
		if name == "drill" {
			_, err = reader.Explain(ctx, q, figures.Page{Limit: 100})
		} else {
			_, err = reader.Figures(ctx, q)
		}
		if err != nil {
			return measured{}, err
		}
		ours = append(ours, time.Since(begun))
	}
	m := measured{Unit: "ms, p95", RawIs: "the sum of the month's rows by a bare query, ms, p95"}
	m.spread(raw)
	m.Raw = m.P95
	m.spread(ours)
	m.Result = m.P95
	return m, nil
}

// crowded makes the views of a made-up log.
func crowded(ctx context.Context, e *env, dir string, log crowd.Log, of *domain.Catalog) (*sqliteviews.File, error) {
	view := figures.NewView(of)
	f, err := sqliteviews.Open(ctx, dir, projections.Generation(view))
	if err != nil {
		return nil, unusable(err)
	}
	r, err := projections.New(ctx, log, of.Codec(nil), f, view)
	if err == nil {
		bar := e.progress("Tạo số liệu thử", int64(log.Events))
		r.Progress = func(p projections.Progress) { bar.set(e, int64(p.At)) }
		err = r.CatchUp(ctx, domain.Cursor(log.Events))
		bar.done()
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// scan adds up the rows of a figure's month.
func scan(ctx context.Context, db *sql.DB, q figures.Query) error {
	month := q.Calendar.Month(q.Month)
	var sum sql.NullInt64
	return db.QueryRowContext(ctx, `SELECT sum(quantity) FROM figures_contributions
		WHERE indicator = (SELECT id FROM names WHERE name = ?) AND occurred BETWEEN ? AND ?`, q.Indicators[0], int64(month.From), int64(month.To)).Scan(&sum)
}
