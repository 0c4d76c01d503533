package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"hoso/adapters/yamlfigures"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/projections/seal"
)

// load measures the loading and folding of a case of twenty events, among many others. Raw is the same messages by one
// direct batch get, not decoded.
func (c benchCommand) load(ctx context.Context, a *app) (measured, error) {
	var cases []domain.StreamID
	for range 200 {
		id := domain.StreamID{Type: "unemployment", ID: uuid.New()}
		for _, step := range claim() {
			step.ID, step.Case = uuid.New(), id
			if _, err := a.handler.Handle(ctx, step); err != nil {
				return measured{}, err
			}
		}
		cases = append(cases, id)
	}
	js, err := jetstream.New(a.nats)
	if err != nil {
		return measured{}, err
	}
	var raw, ours []time.Duration
	for start := time.Now(); time.Since(start) < c.For; {
		for _, id := range cases {
			begun := time.Now()
			got, err := jetstreamext.GetBatch(ctx, js, "hoso", 20, jetstreamext.GetBatchSubject("hoso.case."+id.Type+"."+id.ID.String()))
			if err != nil {
				return measured{}, err
			}
			for _, err := range got {
				if err != nil {
					return measured{}, err
				}
			}
			raw = append(raw, time.Since(begun))
			begun = time.Now()
			if _, _, err := a.handler.Replay(ctx, id, func(domain.Recorded) bool { return true }); err != nil {
				return measured{}, err
			}
			ours = append(ours, time.Since(begun))
		}
	}
	m := measured{Unit: "ms, p50", RawIs: "the same messages by one direct batch get of the client library, ms, p50"}
	m.spread(raw)
	m.Raw = m.P50
	m.spread(ours)
	m.Result = m.P50
	return m, nil
}

// sampled fills a directory with the sample of the report of April 2024.
func sampled(ctx context.Context, e *env, a *app) error {
	plan, _, err := yamlfigures.Parse(yamlfigures.LangSonApril2024, catalog.All(), catalog.Agreed)
	if err != nil {
		return err
	}
	return a.fill(ctx, e, plan, 1)
}

// replay measures the rebuilding of all views from the sample's log, the median of five. Raw is following the log
// without looking at the events.
func (c benchCommand) replay(ctx context.Context, e *env, a *app) (measured, error) {
	if err := sampled(ctx, e, a); err != nil {
		return measured{}, err
	}
	head, err := a.log.Head(ctx)
	if err != nil {
		return measured{}, err
	}
	var raw, ours []time.Duration
	events := 0
	for n := range 5 {
		begun := time.Now()
		if events, err = await(ctx, a.log, head); err != nil {
			return measured{}, err
		}
		raw = append(raw, time.Since(begun))
		took, err := a.rebuild(ctx, head, filepath.Join(a.dir, "again-"+strconv.Itoa(n)))
		if err != nil {
			return measured{}, err
		}
		ours = append(ours, took)
	}
	m := measured{Unit: "events/s", RawIs: "following the log without decoding, events/s"}
	m.spread(raw)
	m.Raw = float64(events) / m.P50 * 1000
	m.spread(ours)
	m.Result = float64(events) / m.P50 * 1000
	return m, nil
}

// verify measures the reading of the whole log with the tree, every version, every checkpoint and the hashes in the views, the
// median of five. Raw is following the log without looking at the events.
func (c benchCommand) verify(ctx context.Context, e *env, a *app) (measured, error) {
	if err := sampled(ctx, e, a); err != nil {
		return measured{}, err
	}
	if err := a.catchUp(ctx, e); err != nil {
		return measured{}, err
	}
	if _, err := a.seal(ctx, false); err != nil {
		return measured{}, err
	}
	keys, err := a.signing.SealKeys(ctx)
	if err != nil {
		return measured{}, err
	}
	head, err := a.log.Head(ctx)
	if err != nil {
		return measured{}, err
	}
	growHeap() // as hoso verify does
	var raw, ours []time.Duration
	events := 0
	for range 5 {
		begun := time.Now()
		if events, err = await(ctx, a.log, head); err != nil {
			return measured{}, err
		}
		raw = append(raw, time.Since(begun))
		begun = time.Now()
		v, err := seal.Verify(ctx, a.log, seal.Options{Trust: seal.TrustOf(keys), Views: a.views})
		if err != nil {
			return measured{}, err
		}
		if !v.OK || v.Checkpoints != 1 {
			return measured{}, errNotVerified
		}
		ours = append(ours, time.Since(begun))
	}
	m := measured{Unit: "events/s", RawIs: "following the log without looking at the events, events/s"}
	m.spread(raw)
	m.Raw = float64(events) / m.P50 * 1000
	m.spread(ours)
	m.Result = float64(events) / m.P50 * 1000
	return m, nil
}

// rebuild makes all views anew in a directory.
func (a *app) rebuild(ctx context.Context, head domain.Cursor, dir string) (time.Duration, error) {
	file, runner, err := a.openViews(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	begun := time.Now()
	err = runner.CatchUp(ctx, head)
	return time.Since(begun), err
}

// start measures the opening of a directory that holds the sample, views up to date. Raw is the same once more: there
// is nothing below it.
func (c benchCommand) start(ctx context.Context, e *env, a **app) (measured, error) {
	if err := sampled(ctx, e, *a); err != nil {
		return measured{}, err
	}
	if err := (*a).catchUp(ctx, e); err != nil {
		return measured{}, err
	}
	var took []time.Duration
	for range 5 {
		dir := (*a).dir
		(*a).close()
		begun := time.Now()
		again, err := e.openCaughtUp(ctx, alone(dir))
		if err != nil {
			return measured{}, err
		}
		*a = again
		took = append(took, time.Since(begun))
	}
	m := measured{Unit: "ms, median of 5", RawIs: "none"}
	m.spread(took)
	m.Result = m.P50
	return m, nil
}

// memory measures the resident memory of the process with the sample recorded and the views built.
func (c benchCommand) memory(ctx context.Context, e *env, a *app) (measured, error) {
	if err := sampled(ctx, e, a); err != nil {
		return measured{}, err
	}
	if err := a.catchUp(ctx, e); err != nil {
		return measured{}, err
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return measured{}, &domain.Error{Kind: domain.Unavailable, Code: "bench.no_proc", Msg: "chỉ đo được bộ nhớ trên Linux", Err: err}
	}
	m := measured{Unit: "MB, highest resident", RawIs: "none"}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			if err != nil {
				return measured{}, err
			}
			m.Result = kb / 1024
		}
	}
	return m, nil
}
