package web

import (
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

// get returns the answer to a question, made where it is not there. What it returns is shared: nobody changes it.
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

// asked names a question about figures to the views that answer it. Without a position it is about where they are now.
func (a *Ask) asked(q figures.Query) string {
	if q.AsOf == 0 {
		q.AsOf = a.Views.At()
	}
	return fmt.Sprintf("%p %+v", a.Views.DB, q)
}

// sheet returns the figures of a month.
func (a *Ask) sheet(q figures.Query) (figures.Sheet, error) {
	key := a.asked(q)
	return a.sheets.get(key, func() (figures.Sheet, error) { return a.Views.Figures.Figures(a.Context(), q) })
}

// linked returns the report of a month with its links.
func (a *Ask) linked(spec report.Spec, q figures.Query) (report.Report, error) {
	key := a.asked(q)
	return a.papers.get(spec.Name+" "+key, func() (report.Report, error) {
		return report.BuildLinked(a.Context(), a.Catalog, spec, a.Views.cited(), q)
	})
}
