package desk

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"hoso/projections/report"
)

// remembered keeps the latest reports. One is of a position of the log, so it never becomes wrong: a page that many look at is
// built once for each change. The figures in it are remembered below, see package figures.
type remembered struct {
	mu    sync.Mutex
	of    map[string]report.Report
	order []string // the oldest first
}

// rememberedAnswers is how many are kept.
const rememberedAnswers = 64

// get returns the answer to a question, made where it is not there. What it returns is shared: nobody changes it. Whether who
// asks may have it was asked before.
func (r *remembered) get(question string, answer func() (report.Report, error)) (report.Report, error) {
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
		r.of = map[string]report.Report{}
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

// linked returns the report of a month with its links.
func (d *Desk) linked(ctx context.Context, spec report.Spec, a asked) (report.Report, error) {
	return d.papers.get(spec.Name+" "+a.key(), func() (report.Report, error) {
		return report.BuildLinked(ctx, d.Catalog, spec, cited{a.Figures, a.Register, a.Periods}, a.Query)
	})
}
