package projections_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/projections"
	"hoso/projections/internal/probe"
)

// tally is the smallest view: one row for each event. It cannot apply an act over 13.
type tally struct{ version string }

var errThirteen = errors.New("thirteen")

func (tally) Name() string      { return "tally" }
func (v tally) Version() string { return v.version }
func (tally) Schema() []string {
	return []string{`CREATE TABLE IF NOT EXISTS tally (ordinal INTEGER PRIMARY KEY, amount INTEGER)`}
}
func (tally) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	for _, e := range batch {
		amount := e.Event.(probe.Noted).Amount
		if amount == 13 {
			return errThirteen
		}
		if err := tx.Exec(ctx, "INSERT INTO tally VALUES (?,?)", int64(e.Ordinal), amount); err != nil {
			return err
		}
	}
	return nil
}

var codec = probe.Catalog().Codec(domaintest.Keys())

var stream = domain.StreamID{Type: "probe", ID: uuid.MustParse("5f0c7a52-7d0b-4c8e-9a55-2a0d5f3b9c11")}

// noted appends acts to a case, recorded at a given second.
func noted(t *testing.T, log domain.EventLog, second int64, amounts ...int64) domain.Cursor {
	t.Helper()
	var tail domain.Tail
	for e, err := range log.Read(t.Context(), stream, 0) {
		if err != nil {
			t.Fatal(err)
		}
		tail = domain.Tail{Version: e.Version, Position: e.Position}
	}
	for _, a := range amounts {
		name, schema, data, err := codec.Encode(t.Context(), probe.Noted{Area: "20", Amount: a})
		if err != nil {
			t.Fatal(err)
		}
		tail, err = log.Append(t.Context(), stream, tail, domain.Draft{ID: uuid.New(), Type: name, Schema: schema, Data: data,
			Meta: domain.Meta{Occurred: calendar.Date(20240401), Recorded: time.Unix(second, 0).UTC()}})
		if err != nil {
			t.Fatal(err)
		}
	}
	return tail.Position
}

func open(t *testing.T, dir string, log domain.EventLog, v projections.View) (*projections.Runner, *sqliteviews.File) {
	t.Helper()
	f, err := sqliteviews.Open(t.Context(), dir, projections.Generation(v))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	r, err := projections.New(t.Context(), log, codec, f, v)
	if err != nil {
		t.Fatal(err)
	}
	r.Patience = 20 * time.Millisecond
	return r, f
}

func total(t *testing.T, f *sqliteviews.File) (n, sum int64) {
	t.Helper()
	if err := f.DB().QueryRow("SELECT count(*), coalesce(sum(amount), 0) FROM tally").Scan(&n, &sum); err != nil {
		t.Fatal(err)
	}
	return n, sum
}

func TestAReadWaitsForItsWrite(t *testing.T) {
	t.Parallel()
	log := memlog.New()
	noted(t, log, 1, 1, 2)
	r, f := open(t, t.TempDir(), log, tally{"1"})
	if err := r.Ready(); !errors.Is(err, projections.ErrCatchingUp) {
		t.Errorf("ready before the first run: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- r.Run(ctx) }()
	r.Patience = time.Minute
	at := noted(t, log, 2, 3)
	if err := r.WaitFor(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	if n, sum := total(t, f); n != 3 || sum != 6 {
		t.Errorf("%d events, sum %d", n, sum)
	}
	if h := r.Health(t.Context()); h.Position != 3 || !h.CaughtUp || !h.Complete || h.Err != nil {
		t.Errorf("health %+v", h)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	r.Patience = time.Millisecond
	if err := r.WaitFor(t.Context(), at+1); domain.CodeOf(err) != "views.catching_up" || domain.KindOf(err) != domain.Unavailable {
		t.Errorf("waiting for what never comes: %v", err)
	}
}

func TestAnEventThatCannotBeAppliedStopsTheViewsAndIsNamed(t *testing.T) {
	t.Parallel()
	log, dir := memlog.New(), t.TempDir()
	last := noted(t, log, 1, 1, 2, 13, 4)
	r, f := open(t, dir, log, tally{"1"})
	for range 2 { // and again after a restart
		err := r.CatchUp(t.Context(), last)
		var fault *projections.Fault
		if !errors.As(err, &fault) || !errors.Is(err, errThirteen) {
			t.Fatalf("ended with %v", err)
		}
		if fault.View != "tally" || fault.Ordinal != 3 || fault.Type != "probe.noted" || fault.Stream != stream {
			t.Errorf("fault %v", fault)
		}
		if n, sum := total(t, f); n != 2 || sum != 3 {
			t.Errorf("%d events, sum %d: those before the bad one are kept, none after it", n, sum)
		}
		if h := r.Health(t.Context()); h.Err == nil || h.Complete || h.Position != 2 {
			t.Errorf("health %+v", h)
		}
		if err := r.WaitFor(t.Context(), last); domain.CodeOf(err) != "views.stopped" {
			t.Errorf("waiting for a view that stopped: %v", err)
		}
	}
}

// mindful is a tally that remembers how many events it was given.
type mindful struct {
	tally
	seen *[]int
}

func (v mindful) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	given := projections.Kept(tx, v, func() *int { return new(int) })
	*given += len(batch)
	*v.seen = append(*v.seen, *given)
	return v.tally.Apply(ctx, tx, batch)
}

// What a view remembers never says what the file does not: the batch with the bad event is rolled back, and what was
// remembered of it is forgotten. Then the events come again one by one.
func TestWhatAViewRemembersIsForgottenWithItsBatch(t *testing.T) {
	t.Parallel()
	log, dir := memlog.New(), t.TempDir()
	first := noted(t, log, 1, 1, 2)
	var seen []int
	r, _ := open(t, dir, log, mindful{tally{"1"}, &seen})
	if err := r.CatchUp(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	last := noted(t, log, 2, 4, 13)
	if err := r.CatchUp(t.Context(), last); !errors.Is(err, errThirteen) {
		t.Fatalf("ended with %v", err)
	}
	if n := len(seen); n < 2 || seen[n-2] != 1 || seen[n-1] != 2 { // 4 alone, applied; 13 alone, refused
		t.Errorf("after the roll-back the view remembers %v", seen)
	}
}

func TestAnEventThatNobodyKnowsStopsTheViews(t *testing.T) {
	t.Parallel()
	log := memlog.New()
	noted(t, log, 1, 1)
	other := domain.StreamID{Type: "future", ID: uuid.New()}
	tail, err := log.Append(t.Context(), other, domain.Tail{}, domain.Draft{ID: uuid.New(), Type: "future.began", Schema: 1, Data: []byte("{}"),
		Meta: domain.Meta{Occurred: 20240401, Recorded: time.Unix(1, 0).UTC()}})
	if err != nil {
		t.Fatal(err)
	}
	r, f := open(t, t.TempDir(), log, tally{"1"})
	err = r.CatchUp(t.Context(), tail.Position)
	if err == nil || !strings.Contains(err.Error(), "cannot decode event 2, future.began of "+other.String()) {
		t.Errorf("ended with %v", err)
	}
	if n, _ := total(t, f); n != 1 {
		t.Errorf("%d events applied", n)
	}
}

func TestViewsOfAnotherLogAreMadeAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, amounts := range [][]int64{{1, 2, 3}, {10, 20}, {5}} {
		log := memlog.New()
		last := noted(t, log, 1, amounts...)
		r, f := open(t, dir, log, tally{"1"})
		if err := r.CatchUp(t.Context(), last); err != nil {
			t.Fatal(err)
		}
		var want int64
		for _, a := range amounts {
			want += a
		}
		if n, sum := total(t, f); n != int64(len(amounts)) || sum != want {
			t.Errorf("%v: %d events, sum %d", amounts, n, sum)
		}
		_ = f.Close()
	}
}

func TestAnOldGenerationStaysUntilTheNewOneHasCaughtUp(t *testing.T) {
	t.Parallel()
	log, dir := memlog.New(), t.TempDir()
	last := noted(t, log, 1, 1, 13)
	files := func() int {
		all, _ := filepath.Glob(filepath.Join(dir, "views-*.db"))
		return len(all)
	}
	r, _ := open(t, dir, log, tally{"1"})
	_ = r.CatchUp(t.Context(), last)
	r, _ = open(t, dir, log, tally{"2"})
	if err := r.CatchUp(t.Context(), last); err == nil || files() != 2 {
		t.Errorf("before: %d files, %v", files(), err)
	}
	r, _ = open(t, dir, log, harmless{tally{"3"}})
	if err := r.CatchUp(t.Context(), last); err != nil || files() != 1 {
		t.Errorf("after: %d files, %v", files(), err)
	}
}

// A generation that something speaks against follows the log and is not taken; the next start asks again.
func TestAGenerationIsComparedBeforeItIsTaken(t *testing.T) {
	t.Parallel()
	log, dir := memlog.New(), t.TempDir()
	last := noted(t, log, 1, 1, 2)
	old, oldFile := open(t, dir, log, tally{"1"})
	if projections.Readable(t.Context(), oldFile.DB(), tally{"1"}) {
		t.Error("half a generation can be read")
	}
	if err := old.CatchUp(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	if !projections.Readable(t.Context(), oldFile.DB(), tally{"1"}) || projections.Readable(t.Context(), oldFile.DB(), tally{"2"}) ||
		!projections.Readable(t.Context(), oldFile.DB(), lenient{tally{"2"}}) || projections.Readable(t.Context(), oldFile.DB(), tally{"1"}, stranger{}) {
		t.Error("what can be read of the generation of version 1")
	}
	wrong, asked := errors.New("wrong"), 0
	files := func() int {
		all, _ := filepath.Glob(filepath.Join(dir, "views-*.db"))
		return len(all)
	}
	for _, answer := range []error{wrong, wrong, nil} {
		r, f := open(t, dir, log, tally{"2"})
		r.Compare = func(context.Context) error {
			asked++
			if n, _ := total(t, f); n < 2 {
				t.Errorf("compared with %d events", n)
			}
			return answer
		}
		for range 2 { // not again in one that was taken
			last = noted(t, log, 2, 3)
			if err := r.CatchUp(t.Context(), last); err != nil {
				t.Fatal(err)
			}
			if err := r.Ready(); !errors.Is(err, answer) || !errors.Is(r.Health(t.Context()).Against, answer) {
				t.Errorf("ready: %v, want %v", err, answer)
			}
		}
		if want := map[error]int{wrong: 2, nil: 1}[answer]; files() != want {
			t.Errorf("%d files after %v", files(), answer)
		}
	}
	if asked != 5 {
		t.Errorf("compared %d times", asked)
	}
}

// lenient can read rows of any version.
type lenient struct{ tally }

func (lenient) Reads(string) bool { return true }

// stranger is a view that the file never had.
type stranger struct{ lenient }

func (stranger) Name() string { return "stranger" }

// harmless applies everything.
type harmless struct{ tally }

func (harmless) Apply(context.Context, *projections.Tx, []projections.Event) error { return nil }

func TestAsKnownAt(t *testing.T) {
	t.Parallel()
	log := memlog.New()
	at := func(s string) int64 {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v.Unix()
	}
	noted(t, log, at("2024-04-30T16:59:59Z"), 1) // the last second of April in Vietnam
	noted(t, log, at("2024-05-02T00:00:00Z"), 2)
	noted(t, log, at("2024-05-01T00:00:00Z"), 3, 3) // another process, whose clock is behind
	last := noted(t, log, at("2024-05-03T00:00:00Z"), 4)
	r, f := open(t, t.TempDir(), log, tally{"1"})
	if err := r.CatchUp(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]domain.Ordinal{
		"": 0, "1": 1, "5": 5, "2024-04-30": 1, "2024-05-01": 1, "2024-05-02": 4, "2024-05-02T07:00:00+07:00": 4,
		"2024-05-01T00:00:00Z": 1, "2030-01-01": 5,
	} {
		if got, err := projections.AsOf(t.Context(), f.DB(), in); err != nil || got != want {
			t.Errorf("as of %q: %d %v, want %d", in, got, err, want)
		}
	}
	for in, code := range map[string]string{
		"0": "asof.before_first", "2024-04-29": "asof.before_first", "6": "asof.beyond_end", "yesterday": "asof.malformed", "2024-02-30": "asof.malformed",
	} {
		if _, err := projections.AsOf(t.Context(), f.DB(), in); domain.CodeOf(err) != code {
			t.Errorf("as of %q: %v, want %s", in, err, code)
		}
	}
	tx, err := f.DB().BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if n, err := projections.OrdinalOf(t.Context(), tx, last); n != 5 || err != nil {
		t.Errorf("ordinal of the last cursor: %d %v", n, err)
	}
	if _, err := projections.OrdinalOf(t.Context(), tx, last+1); !errors.Is(err, projections.ErrCatchingUp) {
		t.Errorf("ordinal of an event to come: %v", err)
	}
}

func TestAnySince(t *testing.T) {
	t.Parallel()
	log, dir := memlog.New(), t.TempDir()
	last := noted(t, log, 1, 1, 2)
	r, f := open(t, dir, log, tally{"1"})
	if err := r.CatchUp(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		after domain.Ordinal
		types []string
		want  bool
	}{{0, []string{"probe.noted"}, true}, {1, []string{"probe.never", "probe.noted"}, true}, {2, []string{"probe.noted"}, false}, {0, []string{"probe.never"}, false}, {0, nil, false}} {
		if got, err := projections.AnySince(t.Context(), f.DB(), c.after, c.types...); got != c.want || err != nil {
			t.Errorf("%v after %d: %t, %v", c.types, c.after, got, err)
		}
	}
}

func TestProgressEndsAtTheEndOfTheLog(t *testing.T) {
	t.Parallel()
	log := memlog.New()
	last := noted(t, log, 1, 1, 2, 3)
	r, _ := open(t, t.TempDir(), log, tally{"1"})
	var seen projections.Progress
	r.Progress = func(p projections.Progress) { seen = p }
	if err := r.CatchUp(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	if want := (projections.Progress{Position: 3, From: 0, At: last, To: last}); seen != want {
		t.Errorf("progress %+v, want %+v", seen, want)
	}
}
