package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"hoso/adapters/filelog"
	"hoso/adapters/natsdocuments"
	"hoso/domain"
	"hoso/projections/documents"
	"hoso/projections/seal"
)

// sweepOrphans is how often bytes without an event are looked for, and sweepErased how soon after an erasure those of the
// person go.
const (
	sweepOrphans = 6 * time.Hour
	sweepErased  = time.Second
)

// keepSwept takes out of the store of documents what nobody can read and what no case has, until the context ends. What stands
// in the way is said once, until it goes or something else does.
func (a *app) keepSwept(ctx context.Context, e *env) {
	said := ""
	orphans := time.NewTicker(sweepOrphans)
	defer orphans.Stop()
	sweep := func(what func(context.Context) (int, error)) {
		if a.runner.Ready() != nil {
			return // the views do not know all of the log yet
		}
		_, err := what(ctx)
		if code := domain.CodeOf(err); err != nil && ctx.Err() == nil && code != said {
			e.complain(err)
			said = code
		}
		if err == nil {
			said = ""
		}
	}
	for first := true; ; first = false {
		_, changed := a.runner.Changed()
		sweep(a.sweeper.Erased)
		if first {
			sweep(a.sweeper.Orphans)
		}
		select {
		case <-changed:
		case <-orphans.C:
			sweep(a.sweeper.Orphans)
		case <-ctx.Done():
			return
		}
		select {
		case <-time.After(sweepErased):
		case <-ctx.Done():
			return
		}
	}
}

// documentCheck holds documents against their hashes while the log is verified.
type documentCheck struct{ documents.Verifier }

func (a *app) lookAtDocuments() *documentCheck {
	return &documentCheck{documents.Verifier{Store: a.papers, Codec: a.catalog.Codec(a.keys)}}
}

func (c *documentCheck) look(ctx context.Context) func(domain.Ordinal, domain.Recorded) error {
	return func(at domain.Ordinal, r domain.Recorded) error { return c.Look(ctx, at, r) }
}

var documentFaults = map[string]string{
	documents.ErrMissing.Code:       "nội dung không còn trong kho",
	documents.ErrDamaged.Code:       "nội dung trong kho khác với mã băm trong sự kiện",
	domain.ErrDocumentUnsealed.Code: "nội dung trong kho không phải của hồ sơ và người này",
}

// tell adds to a verdict what was found.
func (c *documentCheck) tell(v *seal.Verdict) {
	v.Documents = c.Seen - c.Erased - len(c.Found)
	for _, f := range c.Found {
		v.Add(f.Code, f.Position, "hồ sơ %s, tài liệu của việc số %d: %s", f.Case, f.Version, documentFaults[f.Code])
	}
}

// exportedDocuments yields the sealed documents for a backup. One that is dropped meanwhile is left out, and so is one that is
// damaged, with a warning: hoso verify tells of both.
func (a *app) exportedDocuments(ctx context.Context) (iter.Seq2[filelog.Key, error], error) {
	store, err := natsdocuments.Open(a.nats, natsdocuments.Options{})
	if err != nil {
		return nil, err
	}
	return func(yield func(filelog.Key, error) bool) {
		for one, err := range store.All(ctx) {
			var sealed []byte
			if err == nil {
				sealed, err = store.Get(ctx, one.Name)
			}
			switch {
			case errors.Is(err, documents.ErrMissing):
				continue
			case errors.Is(err, documents.ErrDamaged):
				a.warn(fmt.Sprintf("tài liệu %.12s… bị hỏng, không có trong bản sao lưu này; hãy chạy hoso verify [%s]", one.Name, domain.CodeOf(err)))
				continue
			}
			if !yield(filelog.Key{Name: one.Name, Value: sealed}, err) || err != nil {
				return
			}
		}
	}, nil
}

var errStrangeDocument = &domain.Error{Kind: domain.Rejected, Code: "backup.damaged",
	Msg: "bản sao lưu có tài liệu không khớp với tên của nó; hãy dùng bản khác"}

// restoreDocuments puts the documents of a backup into the store; it may be done again.
func (a *app) restoreDocuments(ctx context.Context, f *filelog.File) (n int, err error) {
	store, err := natsdocuments.Open(a.nats, natsdocuments.Options{Fault: a.fault})
	if err != nil {
		return 0, err
	}
	for d, err := range f.Documents() {
		if err != nil {
			return n, err
		}
		if d.Name != documents.NameOf(d.Value) {
			return n, errStrangeDocument
		}
		if _, err := store.Put(ctx, d.Value); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// documents copies what the target does not have yet. The events are there already: the bytes of each lay in the source before.
func (c copyCommand) documents(ctx context.Context, e *env, from, to *app) (copied int, err error) {
	source, err := natsdocuments.Open(from.nats, natsdocuments.Options{})
	if err != nil {
		return 0, err
	}
	o := natsdocuments.Options{AcceptUnsafe: c.AcceptUnsafe, Fault: to.fault}
	if to.dir == "" {
		o.Replicas = c.Replicas
	}
	target, err := natsdocuments.Open(to.nats, o)
	if err != nil {
		return 0, err
	}
	there := map[string]bool{}
	for one, err := range target.All(ctx) {
		if err != nil {
			return 0, err
		}
		there[one.Name] = true
	}
	bar := e.progress("Chép tài liệu", -1)
	defer bar.done()
	for one, err := range source.All(ctx) {
		if err == nil && there[one.Name] {
			continue
		}
		var sealed []byte
		if err == nil {
			sealed, err = source.Get(ctx, one.Name)
		}
		switch {
		case errors.Is(err, documents.ErrMissing): // it was dropped meanwhile
			continue
		case errors.Is(err, documents.ErrDamaged):
			e.warn(fmt.Sprintf("tài liệu %.12s… ở nguồn bị hỏng, không chép; hãy chạy hoso verify [%s]", one.Name, domain.CodeOf(err)))
			continue
		case err == nil:
			_, err = target.Put(ctx, sealed)
		}
		if err != nil {
			return copied, err
		}
		copied++
		bar.set(e, int64(copied))
	}
	return copied, nil
}
