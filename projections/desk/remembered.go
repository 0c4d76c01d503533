package desk

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"hoso/projections/figures"
	"hoso/projections/report"
)

// remembered keeps the latest answers. An answer is of a position of the log, so it never becomes wrong: a screen that many look
// at is counted once for each change.
type remembered[T any] struct {
	mu    sync.Mutex
	of    map[string]T
	order []string // the oldest first
}

// rememberedAnswers is how many are kept.
const rememberedAnswers = 64

// get returns the answer to a question, made where it is not there. What it returns is shared: nobody changes it. Whether who
// asks may have it was asked before.
func (r *remembered[T]) get(question string, answer func() (T, error)) (T, error) {
	r.mu.Lock()
	v, ok := r.of[question]
	r.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := answer()
	if err != nil {
		return v, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of == nil {
		r.of = map[string]T{}
	}
	if _, ok := r.of[question]; !ok {
		r.of[question] = v
		if r.order = append(r.order, question); len(r.order) > rememberedAnswers {
			delete(r.of, r.order[0])
			r.order = slices.Delete(r.order, 0, 1)
		}
	}
	return v, nil
}

// key names a question about figures to the views that answer it. Without a position it is about where they are now.
func (a asked) key() string { return fmt.Sprintf("%p %d %+v", a.DB, a.At(), a.Query) }

// sheet returns the figures of a month.
func (d *Desk) sheet(ctx context.Context, a asked) (figures.Sheet, error) {
	return d.sheets.get(a.key(), func() (figures.Sheet, error) { return a.Figures.Figures(ctx, a.Query) })
}

// linked returns the report of a month with its links.
func (d *Desk) linked(ctx context.Context, spec report.Spec, a asked) (report.Report, error) {
	return d.papers.get(spec.Name+" "+a.key(), func() (report.Report, error) {
		return report.BuildLinked(ctx, d.Catalog, spec, cited{a.Figures, a.Register, a.Periods}, a.Query)
	})
}
