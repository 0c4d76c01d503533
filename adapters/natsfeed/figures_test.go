package natsfeed_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natsfeed"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// shown are figures that a test sets.
type shown struct {
	mu    sync.Mutex
	sheet figures.Sheet
	more  chan struct{}
	asked []figures.Query
	basis string
}

func (s *shown) reader() (natsfeed.Figures, domain.Ordinal, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s, s.sheet.Position, nil
}

func (s *shown) changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.more == nil {
		s.more = make(chan struct{})
	}
	return s.more
}

func (s *shown) set(change func(*figures.Sheet)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.sheet)
	if s.more != nil {
		close(s.more)
	}
	s.more = nil
}

func (s *shown) Figures(_ context.Context, q figures.Query) (figures.Sheet, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, q)
	sheet := s.sheet
	sheet.Month, sheet.Calendar, sheet.Figures = q.Month, q.Calendar, nil
	for _, f := range s.sheet.Figures {
		if q.Month == (calendar.Month{Year: 2024, Month: 4}) && (len(q.Indicators) == 0 || slices.Contains(q.Indicators, f.Indicator)) {
			sheet.Figures = append(sheet.Figures, f)
		}
	}
	return sheet, nil
}

func (s *shown) Touched(context.Context, domain.Ordinal, domain.Ordinal, []string) ([]string, error) {
	return []string{"probe.acts"}, nil
}

func (s *shown) Earliest(context.Context, domain.Ordinal, domain.Ordinal) (calendar.Date, error) {
	return calendar.Of(2024, 4, 1), nil
}

func (s *shown) Reached(context.Context, domain.Ordinal, domain.Ordinal) ([]area.Code, error) {
	return []area.Code{"178", "06550"}, nil
}

func (s *shown) Basis(context.Context) (string, error) { return s.basis, nil }

var kept = natsfeed.Kept{Today: func() time.Time { return time.Date(2024, 4, 20, 0, 0, 0, 0, time.UTC) }}

func TestAFigureCanBeWatched(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := &shown{sheet: figures.Sheet{Position: 3, Figures: []figures.Figure{
		{Indicator: "probe.acts", Value: figures.Number{Quantity: 7, Parts: 1}, YTD: figures.Number{Quantity: 9, Parts: 1}},
		{Indicator: "probe.rate", Value: figures.Number{Quantity: 6230, Parts: 100}},
		{Indicator: "probe.never", Value: figures.Number{Parts: 1}},
	}}}
	fill := func(s *natsfeed.Server) (stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		f, done := feeder(t, s), make(chan struct{})
		go func() { defer close(done); _ = f.Fill(ctx, at.reader, at.changed, kept) }()
		return func() { cancel(); <-done }
	}
	s := listen(t, dir)
	stop := fill(s)
	_, js := outside(t, s, natsfeed.FiguresReader)
	var kv jetstream.KeyValue
	eventually(t, func() (ok bool) {
		var err error
		kv, err = js.KeyValue(t.Context(), natsfeed.Bucket)
		return err == nil
	})
	const key = "calendar.2024-04.all.probe.acts"
	w, err := kv.Watch(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	next := func() (v natsfeed.Value) {
		t.Helper()
		for {
			select {
			case e := <-w.Updates():
				if e == nil {
					continue
				}
				if err := json.Unmarshal(e.Value(), &v); err != nil {
					t.Fatal(err)
				}
				return v
			case <-time.After(10 * time.Second):
				t.Fatal("nothing is told")
			}
		}
	}
	if v := next(); v.Value.String() != "7" || v.YTD.String() != "9" || v.LastYear.Known() || v.Position != 3 {
		t.Errorf("%+v", v)
	}
	first := revision(t, kv, 3)
	rate := revision(t, kv, 3, "calendar.2024-04.06550.probe.rate")
	if asked := at.asks(); len(asked) != 3*2*14 || first == 0 { // everything and two units, two calendars, months
		t.Errorf("%d cells were counted", len(asked))
	}
	at.set(func(s *figures.Sheet) { s.Position, s.Figures[0].Value.Quantity = 4, 8 })
	if v := next(); v.Value.String() != "8" || v.Position != 4 {
		t.Errorf("%+v", v)
	}
	// While nobody fills it, figures change; afterwards the bucket is right again.
	stop()
	at.set(func(s *figures.Sheet) { s.Position, s.Figures[0].Value.Quantity = 9, 5 })
	stop = fill(s)
	defer stop()
	if v := next(); v.Value.String() != "5" || v.Position != 9 {
		t.Errorf("%+v", v)
	}
	revision(t, kv, 9)
	if e, err := kv.Get(t.Context(), "calendar.2024-04.06550.probe.rate"); err != nil || e.Revision() != rate || !strings.Contains(string(e.Value()), `"value":62.3,`) {
		t.Errorf("it was written again, or is another: %v %v", e, err)
	}
	for _, q := range at.asks() { // after the new start, too
		if !slices.Equal(q.Indicators, []string{"probe.acts"}) {
			t.Errorf("it counts what nothing happened to: %+v", q)
		}
	}
	if _, err := kv.Get(t.Context(), "calendar.2024-04.all.probe.never"); err == nil {
		t.Error("what was never anything has a key")
	}
}

// revision waits until the bucket is complete up to a position, and returns the revision of a key; of none that of the mark.
func revision(t *testing.T, kv jetstream.KeyValue, at domain.Ordinal, key ...string) (n uint64) {
	t.Helper()
	eventually(t, func() bool {
		e, err := kv.Get(t.Context(), "position")
		var mark struct{ Position domain.Ordinal }
		if err == nil {
			n, err = e.Revision(), json.Unmarshal(e.Value(), &mark)
		}
		return err == nil && mark.Position == at
	})
	for _, k := range key {
		e, err := kv.Get(t.Context(), k)
		if err != nil {
			t.Fatal(k, err)
		}
		n = e.Revision()
	}
	return n
}

// asks returns what was asked since it was asked last.
func (s *shown) asks() []figures.Query {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

// Where figures are made otherwise, another program's view say, everything is counted anew, and what is no figure any more goes.
func TestAnotherBasisIsCountedAnew(t *testing.T) {
	t.Parallel()
	acts := figures.Figure{Indicator: "probe.acts", Value: figures.Number{Quantity: 7, Parts: 1}}
	gone := figures.Figure{Indicator: "probe.gone", Value: figures.Number{Quantity: 2, Parts: 1}}
	at := &shown{basis: "one", sheet: figures.Sheet{Position: 3, Figures: []figures.Figure{acts, gone}}}
	s := listen(t, t.TempDir())
	f := feeder(t, s)
	var filling sync.WaitGroup
	fill := func(k natsfeed.Kept) (stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		filling.Go(func() { _ = f.Fill(ctx, at.reader, at.changed, k) })
		return func() { cancel(); filling.Wait() }
	}
	stop := fill(kept)
	_, js := outside(t, s, natsfeed.FiguresReader)
	var kv jetstream.KeyValue
	eventually(t, func() (ok bool) {
		var err error
		kv, err = js.KeyValue(t.Context(), natsfeed.Bucket)
		return err == nil
	})
	first := revision(t, kv, 3, "calendar.2024-04.178.probe.acts")
	revision(t, kv, 3, "calendar.2024-04.178.probe.gone")
	stop()
	at.basis = "two"
	at.set(func(s *figures.Sheet) { s.Figures = []figures.Figure{acts} })
	stop = fill(kept)
	eventually(t, func() bool { _, err := kv.Get(t.Context(), "calendar.2024-04.178.probe.gone"); return err != nil })
	if again := revision(t, kv, 3, "calendar.2024-04.178.probe.acts"); again != first {
		t.Error("what is the same number was written again")
	}
	stop()
	at.asks()
	later := kept // a month has passed, and the first one is none of the bucket's any more
	later.Today = func() time.Time { return kept.Today().AddDate(0, 1, 0) }
	stop = fill(later)
	eventually(t, func() bool {
		e, err := kv.Get(t.Context(), "position")
		return err == nil && strings.Contains(string(e.Value()), `"last":"2024-06"`)
	})
	for _, q := range at.asks() {
		if q.Month != (calendar.Month{Year: 2024, Month: 6}) {
			t.Errorf("a new month has %s counted", q.Month)
		}
	}
	stop()
}
