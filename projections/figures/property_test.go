package figures_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

var (
	someDays  = rapid.SampledFrom([]calendar.Date{20230414, 20230415, 20231214, 20231215, 20240101, 20240314, 20240315, 20240401, 20240414, 20240415, 20240430, 20240501})
	someAreas = rapid.SampledFrom([]area.Code{"20", "178", "05971", "05974", "24"})
	queries   = rapid.Custom(func(t *rapid.T) figures.Query {
		q := figures.Query{
			Month:    rapid.SampledFrom([]calendar.Month{month("2024-04"), month("2024-01"), month("2024-05")}).Draw(t, "month"),
			Calendar: rapid.SampledFrom([]calendar.Calendar{"", calendar.Civil, calendar.Fifteenth}).Draw(t, "calendar"),
			Area:     rapid.SampledFrom([]area.Code{"", "20", "178", "05971"}).Draw(t, "area"),
			Tree:     rapid.SampledFrom([]figures.Tree{"", figures.Then, figures.Now}).Draw(t, "tree"),
		}
		if q.Tree == figures.Now && q.Area == "05971" {
			q.Area = "06187" // what it has become
		}
		return q
	})
)

// life is a random history: acts on few days, by few people, corrected and voided at random.
func life(t *rapid.T) *world {
	w := newWorld(t)
	for range rapid.IntRange(1, 25).Draw(t, "commands") {
		id := caseNumber(rapid.IntRange(1, 3).Draw(t, "case"))
		version := uint64(rapid.IntRange(1, 5).Draw(t, "version"))
		var c domain.Command
		switch rapid.SampledFrom([]string{"note", "note", "note", "correct", "void"}).Draw(t, "command") {
		case "note":
			c = note(t)
		case "correct":
			changes, _ := json.Marshal(map[string]any{"amount": rapid.Int64Range(-50, 50).Draw(t, "to"), "kind": rapid.SampledFrom([]string{"a", "b"}).Draw(t, "kind")})
			c = correct(version, rapid.SampledFrom([]calendar.Date{0, 20240415, 20240401}).Draw(t, "moved"), string(changes))
		case "void":
			c = void(version)
		}
		if err := w.do(id, someDays.Draw(t, "day").String(), c); err != nil && domain.KindOf(err) != domain.Rejected {
			t.Fatal(err)
		}
	}
	return w
}

func note(t *rapid.T) probe.Note {
	n := probe.Note{
		Area:   someAreas.Draw(t, "area"),
		Kind:   rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "kind"),
		Where:  rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "where"),
		Amount: rapid.Int64Range(-100, 100).Draw(t, "amount"),
		Enters: rapid.Int64Range(-1, 1).Draw(t, "enters"),
	}
	for range rapid.IntRange(0, 2).Draw(t, "persons") {
		n.Persons = append(n.Persons, somebody(rapid.IntRange(1, 3).Draw(t, "person")))
	}
	if rapid.Bool().Draw(t, "states") {
		n.Stated = i64(rapid.Int64Range(0, 2).Draw(t, "stated"))
	}
	return n
}

func temporary(t *rapid.T) string {
	dir, err := os.MkdirTemp("", "figures")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func TestEveryFigureIsTheSumOfItsEventsAndOfItsParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := life(t)
		f := views(t, temporary(t), w.log, w)
		defer f.Close()
		r := figures.NewReader(w.catalog, f.DB())
		q := queries.Draw(t, "query")
		for _, figure := range ask(t, w, f, q).Figures {
			partsAddUp(t, figure)
			q.Indicators = []string{figure.Indicator}
			x, err := r.Explain(context.Background(), q, figures.Page{})
			if err != nil {
				t.Fatal(err)
			}
			if x.Value != figure.Value {
				t.Fatalf("%s: the figure says %v, its explanation %v", figure.Indicator, figure.Value, x.Value)
			}
			if figure.Kind == domain.Ratio {
				over, under := sum(x.Over.Events), sum(x.Under.Events)
				if over != x.Over.Value.Quantity || under != x.Under.Value.Quantity {
					t.Fatalf("%s: %d of %v divided by %d of %v", figure.Indicator, over, x.Over.Value, under, x.Under.Value)
				}
				continue
			}
			if got := sum(x.Events); got != figure.Value.Quantity {
				t.Fatalf("%s: figure %v, events add up to %d: %+v", figure.Indicator, figure.Value, got, x.Events)
			}
			if paged := pages(t, r, q); !slices.Equal(paged, x.Events) {
				t.Fatalf("%s in pages: %+v\nat once: %+v", figure.Indicator, paged, x.Events)
			}
		}
	})
}

func sum(events []figures.Entry) (n int64) {
	for _, e := range events {
		n += e.Quantity.Quantity
	}
	return n
}

// pages asks for an explanation two events at a time.
func pages(t *rapid.T, r *figures.Reader, q figures.Query) []figures.Entry {
	all := []figures.Entry{}
	for p := (figures.Page{Limit: 2}); ; {
		x, err := r.Explain(context.Background(), q, p)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, x.Events...)
		if p.After = x.Next; p.After == "" {
			return all
		}
	}
}

// partsAddUp checks the breakdowns of what is a sum.
func partsAddUp(t *rapid.T, figure figures.Figure) {
	if figure.Kind != domain.Flow && figure.Kind != domain.Stock {
		return
	}
	sums := map[string]int64{"kind": 0, "where": 0}
	for _, p := range figure.Breakdown {
		sums[p.By] += p.Value.Quantity
	}
	for key, sum := range sums {
		if sum != figure.Value.Quantity {
			t.Fatalf("%s is %v, its parts by %s add up to %d", figure.Indicator, figure.Value, key, sum)
		}
	}
}

// The present comes from stored sums and the past from contributions, so this is also the proof that both are equal.
func TestAsOfIsTheFigureOfALogThatEndsThere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := life(t)
		events := recorded(t, w.log)
		if len(events) == 0 {
			return
		}
		n := rapid.IntRange(1, len(events)).Draw(t, "as of")
		cut := memlog.New()
		refill(t, cut, events[:n])
		whole, part := views(t, temporary(t), w.log, w), views(t, temporary(t), cut, w)
		defer whole.Close()
		defer part.Close()
		q := queries.Draw(t, "query")
		then := ask(t, w, part, q)
		q.AsOf = domain.Ordinal(n)
		now := ask(t, w, whole, q)
		a, _ := json.Marshal(then)
		b, _ := json.Marshal(now)
		if string(a) != string(b) {
			t.Fatalf("log of %d events: %s\nas of %d: %s", n, a, n, b)
		}
	})
}

func recorded(t tb, log domain.EventLog) (events []domain.Recorded) {
	head, err := log.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if head == 0 {
		return nil
	}
	for e, err := range log.Follow(context.Background(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if events = append(events, e); e.Position >= head {
			break
		}
	}
	return events
}

// refill copies events into a log.
func refill(t tb, log domain.EventLog, events []domain.Recorded) {
	tails := map[domain.StreamID]domain.Tail{}
	for _, e := range events {
		tail, err := log.Append(context.Background(), e.Stream, tails[e.Stream], e.Draft)
		if err != nil {
			t.Fatal(err)
		}
		tails[e.Stream] = tail
	}
}

var errPowerCut = errors.New("power cut")

// brittle fails a transaction after the views have written in it.
type brittle struct {
	projections.Store
	cut func() bool
}

func (b brittle) Write(ctx context.Context, write func(*sql.Tx) error) error {
	return b.Store.Write(ctx, func(tx *sql.Tx) error {
		if err := write(tx); err != nil {
			return err
		}
		if b.cut() {
			return errPowerCut
		}
		return nil
	})
}

func TestRestartsAndAbortedTransactionsEndEqualToARebuild(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := life(t)
		rebuilt := views(t, temporary(t), w.log, w)
		defer rebuilt.Close()
		dir, log := temporary(t), memlog.New()
		events := recorded(t, w.log)
		tails := map[domain.StreamID]domain.Tail{}
		for len(events) > 0 {
			n := rapid.IntRange(1, len(events)).Draw(t, "events")
			for _, e := range events[:n] {
				tail, err := log.Append(context.Background(), e.Stream, tails[e.Stream], e.Draft)
				if err != nil {
					t.Fatal(err)
				}
				tails[e.Stream] = tail
			}
			events = events[n:]
			crash(t, dir, log, w, rapid.IntRange(1, 4).Draw(t, "writes before the crash"))
		}
		f := views(t, dir, log, w)
		defer f.Close()
		if got, want := dump(t, f), dump(t, rebuilt); got != want {
			t.Fatalf("after restarts:\n%s\nrebuilt:\n%s", got, want)
		}
	})
}

// crash follows the log until the transaction after n others is aborted, at the latest until the log's end.
func crash(t *rapid.T, dir string, log domain.EventLog, w *world, n int) {
	ctx := context.Background()
	view := figures.NewView(w.catalog)
	f, err := sqliteviews.Open(ctx, dir, projections.Generation(view))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	writes := 0
	r, err := projections.New(ctx, log, w.codec, brittle{f, func() bool { writes++; return writes > n }}, view)
	if err != nil {
		t.Fatal(err)
	}
	head, _ := log.Head(ctx)
	if err := r.CatchUp(ctx, head); err != nil && !errors.Is(err, errPowerCut) {
		t.Fatal(err)
	}
}
