package seal_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"hoso/adapters/memlog"
	"hoso/domain"
	dseal "hoso/domain/seal"
	"hoso/domain/transfer"
	"hoso/projections/seal"
)

func must(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func trust(t *testing.T, seeds ...domain.Key) seal.Trust {
	t.Helper()
	text := "# keys of the office\n"
	for _, s := range seeds {
		text += seal.PublicKey(s) + "\n"
	}
	k, err := seal.TrustIn(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func verify(t *testing.T, log domain.EventLog, o seal.Options) seal.Verdict {
	t.Helper()
	v, err := seal.Verify(t.Context(), log, o)
	if err != nil {
		t.Fatal(err)
	}
	if v.OK != (len(v.Problems) == 0) {
		t.Errorf("ok %t with %d problems", v.OK, len(v.Problems))
	}
	return v
}

// told returns the codes of the problems with their positions.
func told(v seal.Verdict) (all []string) {
	for _, p := range v.Problems {
		all = append(all, strings.TrimSpace(p.Code+" "+at(p.Position)))
	}
	return all
}

func at(p domain.Ordinal) string {
	if p == 0 {
		return ""
	}
	b, _ := json.Marshal(p)
	return string(b)
}

// sealed is a log of 12 events: 4, a checkpoint (5), 3, a checkpoint (9), 3 more that are not sealed.
func sealed(t *testing.T) (w *world, first, second dseal.Note) {
	w = newWorld(t)
	w.write(t, 4)
	first = w.seal(t)
	w.write(t, 3)
	second = w.seal(t)
	w.write(t, 3)
	w.catchUp(t, w.log)
	return w, first, second
}

func TestALogThatIsAsItWas(t *testing.T) {
	t.Parallel()
	w, first, second := sealed(t)
	v := verify(t, w.log, seal.Options{Trust: trust(t, w.seed), Notes: []dseal.Note{first, second}, Views: w.file.DB()})
	if !v.OK || v.Events != 12 || v.Position != 12 || v.Sealed != 8 || v.Checkpoints != 2 {
		t.Errorf("%+v", v)
	}
	// A copy keeps positions, roots and checkpoints.
	to := memlog.Open(memlog.NewIdempotentStore())
	if _, err := transfer.Copy(t.Context(), w.log, to, transfer.Options{}); err != nil {
		t.Fatal(err)
	}
	if copied := verify(t, to, seal.Options{Trust: trust(t, w.seed), Notes: []dseal.Note{first, second}}); !reflect.DeepEqual(copied, v) {
		t.Errorf("the copy: %+v", copied)
	}
	empty := verify(t, memlog.New(), seal.Options{Trust: trust(t, w.seed)})
	if !empty.OK || empty.Events != 0 || empty.Root != "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" {
		t.Errorf("empty: %+v", empty)
	}
}

// TestWhatIsDoneToALog does to a copy of the log what somebody could do, and verifies it by its checkpoints alone, with the
// last checkpoint kept outside, and with the views that saw it.
func TestWhatIsDoneToALog(t *testing.T) {
	t.Parallel()
	flip := func(i int) func([]domain.Recorded) []domain.Recorded {
		return func(e []domain.Recorded) []domain.Recorded { e[i].Data[0] ^= 1; return e }
	}
	renumber := func(e []domain.Recorded) []domain.Recorded {
		versions := map[domain.StreamID]uint64{}
		for i := range e {
			versions[e[i].Stream]++
			e[i].Version = versions[e[i].Stream]
		}
		return e
	}
	removed := func(i int) func([]domain.Recorded) []domain.Recorded {
		return func(e []domain.Recorded) []domain.Recorded { return renumber(slices.Delete(e, i, i+1)) }
	}
	inserted := func(i int) func([]domain.Recorded) []domain.Recorded {
		return func(e []domain.Recorded) []domain.Recorded {
			other := e[0]
			other.ID, other.Stream.ID = uuid.New(), uuid.New()
			return renumber(slices.Insert(e, i, other))
		}
	}
	swapped := func(i int) func([]domain.Recorded) []domain.Recorded {
		return func(e []domain.Recorded) []domain.Recorded { e[i], e[i+1] = e[i+1], e[i]; return e }
	}
	cut := func(n int) func([]domain.Recorded) []domain.Recorded {
		return func(e []domain.Recorded) []domain.Recorded { return e[:n] }
	}
	for name, c := range map[string]struct {
		change               func([]domain.Recorded) []domain.Recorded
		alone, note, andView []string
	}{
		"a bit flipped":               {flip(1), s("log.changed 1"), s("log.changed 1"), s("log.changed 1", "views.differ 2")},
		"a bit flipped later":         {flip(6), s("log.changed 5"), s("log.changed 5"), s("log.changed 5", "views.differ 7")},
		"a bit flipped at the end":    {flip(11), nil, nil, s("views.differ 12")},
		"the actor":                   {func(e []domain.Recorded) []domain.Recorded { e[1].Meta.Actor.ID = "minh"; return e }, s("log.changed 1"), s("log.changed 1"), s("log.changed 1", "views.differ 2")},
		"one removed":                 {removed(1), s("seal.ahead 4", "seal.ahead 8", "log.changed 1"), s("seal.ahead 4", "seal.ahead 8", "log.changed 1"), s("seal.ahead 4", "seal.ahead 8", "log.changed 1", "log.truncated 12", "views.differ 2")},
		"one removed, not renumbered": {func(e []domain.Recorded) []domain.Recorded { return slices.Delete(e, 6, 7) }, s("seal.ahead 8", "log.version_gap 10", "log.changed 5"), s("seal.ahead 8", "log.version_gap 10", "log.changed 5"), s("seal.ahead 8", "log.version_gap 10", "log.changed 5", "log.truncated 12", "views.differ 7")},
		"one removed at the end":      {removed(10), nil, nil, s("log.truncated 12", "views.differ 11")},
		"one inserted":                {inserted(5), s("log.changed 5"), s("log.changed 5"), s("log.changed 5", "views.differ 6")},
		"one inserted at the end":     {inserted(12), nil, nil, nil},
		"two reordered":               {swapped(1), s("log.changed 1"), s("log.changed 1"), s("log.changed 1", "views.differ 2")},
		"two of a case reordered":     {func(e []domain.Recorded) []domain.Recorded { e[0], e[3] = e[3], e[0]; return e }, s("log.version_gap 1", "log.version_gap 4", "log.version_gap 6", "log.changed 1"), s("log.version_gap 1", "log.version_gap 4", "log.version_gap 6", "log.changed 1"), s("log.version_gap 1", "log.version_gap 4", "log.version_gap 6", "log.changed 1", "views.differ 1")},
		"cut off before a checkpoint": {cut(7), nil, s("log.truncated 8"), s("log.truncated 8", "log.truncated 8")},
		"cut off after the last one":  {cut(11), nil, nil, s("log.truncated 12")},
		"the checkpoint is taken out": {removed(8), nil, nil, s("log.truncated 12", "views.differ 9")},
		"all of it is gone":           {cut(0), nil, s("log.truncated 1"), s("log.truncated 1", "log.truncated 1")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _, last := sealed(t)
			log := w.altered(t, c.change)
			o := seal.Options{Trust: trust(t, w.seed)}
			for _, want := range [][]string{c.alone, c.note, c.andView} {
				if got := told(verify(t, log, o)); !slices.Equal(got, want) {
					t.Errorf("notes %d, views %t: %v, want %v", len(o.Notes), o.Views != nil, got, want)
				}
				if o.Notes != nil {
					o.Views = w.file.DB()
				}
				o.Notes = []dseal.Note{last}
			}
		})
	}
}

func s(codes ...string) []string { return codes }

func TestForgedCheckpoints(t *testing.T) {
	t.Parallel()
	other := domain.Key{9}
	for name, c := range map[string]struct {
		forge func(t *testing.T, w *world, good seal.Checkpoint)
		want  []string
	}{
		"another key":  {func(t *testing.T, w *world, good seal.Checkpoint) { w.checkpoint(t, good, other) }, s("seal.unknown_key 13")},
		"another root": {func(t *testing.T, w *world, good seal.Checkpoint) { good.Root[0] ^= 1; w.checkpoint(t, good, w.seed) }, s("log.changed 9")},
		"another root, a good later": {func(t *testing.T, w *world, good seal.Checkpoint) {
			good.Root[0] ^= 1
			w.checkpoint(t, good, w.seed)
			w.seal(t)
		}, s("seal.forged 13")},
		"of the future": {func(t *testing.T, w *world, good seal.Checkpoint) { good.Size = 13; w.checkpoint(t, good, w.seed) }, s("seal.ahead 13", "log.changed 9")},
		"a signature of another note": {func(t *testing.T, w *world, good seal.Checkpoint) {
			n, err := seal.Sign(good, w.seed)
			if err != nil {
				t.Fatal(err)
			}
			forged := dseal.Note(strings.Replace(string(n), "\n12\n", "\n11\n", 1))
			w.append(t, w.seals, dseal.Checkpointed{}.EventType(), string(must(t, dseal.Checkpointed{Note: forged})))
		}, s("seal.bad_signature 13")},
		"no note at all": {func(t *testing.T, w *world, _ seal.Checkpoint) {
			w.append(t, w.seals, dseal.Checkpointed{}.EventType(), `{"note":"x"}`)
		}, s("seal.malformed 13")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _, _ := sealed(t)
			good, err := w.reader().At(t.Context(), 12)
			if err != nil {
				t.Fatal(err)
			}
			c.forge(t, w, good)
			if got := told(verify(t, w.log, seal.Options{Trust: trust(t, w.seed)})); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// TestANewKey: after it has signed once, the old one counts no more.
func TestANewKey(t *testing.T) {
	t.Parallel()
	w, _, _ := sealed(t)
	old, next := w.seed, domain.Key{7}
	w.seed = next
	w.seal(t)
	keys := trust(t, old, next)
	if v := verify(t, w.log, seal.Options{Trust: keys}); !v.OK || v.Checkpoints != 3 {
		t.Errorf("%+v", v)
	}
	w.seed = old // stolen
	w.seal(t)
	if got := told(verify(t, w.log, seal.Options{Trust: keys})); !slices.Equal(got, s("seal.old_key 14")) {
		t.Error(got)
	}
}

// TestViewsThatWereChanged: the log is right, and holds against its checkpoints.
func TestViewsThatWereChanged(t *testing.T) {
	t.Parallel()
	w, _, _ := sealed(t)
	for _, change := range []string{
		"UPDATE seal_tiles SET hashes = substr(hashes, 1, 32) || zeroblob(32) || substr(hashes, 65)",
		"UPDATE seal_tiles SET hashes = substr(hashes, 1, 32)",
		"DELETE FROM seal_tiles",
	} {
		if err := w.file.Write(t.Context(), func(tx *sql.Tx) error { _, err := tx.Exec(change); return err }); err != nil {
			t.Fatal(err)
		}
		if v := verify(t, w.log, seal.Options{Trust: trust(t, w.seed), Views: w.file.DB()}); len(v.Problems) != 1 || v.Problems[0].Code != "views.differ" || v.Checkpoints != 2 {
			t.Errorf("%s: %+v", change, v)
		}
	}
}

// TestTheTreeIsThatOfTheLibrary: whatever the batches in which events come, every root and every proof is the one that
// tlog makes from all hashes.
func TestTheTreeIsThatOfTheLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(1, 6).Draw(rt, "batches") {
			w.write(t, rapid.SampledFrom([]int{1, 2, 7, 255, 256, 300}).Draw(rt, "events"))
			w.catchUp(t, w.log)
		}
		var stored []tlog.Hash
		all := tlog.HashReaderFunc(func(at []int64) (got []tlog.Hash, _ error) {
			for _, i := range at {
				got = append(got, stored[i])
			}
			return got, nil
		})
		events := w.events(t)
		for i, e := range events {
			h, err := tlog.StoredHashes(int64(i), e.AppendRecord(nil), all)
			if err != nil {
				rt.Fatal(err)
			}
			stored = append(stored, h...)
		}
		for range 20 {
			n := rapid.IntRange(1, len(events)).Draw(rt, "size")
			want, err := tlog.TreeHash(int64(n), all)
			if err != nil {
				rt.Fatal(err)
			}
			if got, err := w.reader().At(t.Context(), domain.Ordinal(n)); err != nil || got.Root != want {
				rt.Fatalf("root of %d of %d: %v, %v", n, len(events), got, err)
			}
		}
		if v := verify(t, w.log, seal.Options{Views: w.file.DB()}); !v.OK {
			rt.Fatalf("%+v", v)
		}
		if _, err := w.reader().At(t.Context(), domain.Ordinal(len(events)+1)); domain.CodeOf(err) != "seal.beyond_end" {
			rt.Fatal(err)
		}
	})
}

// failing is a log that ends with an error after some events.
type failing struct {
	written
	after int
	err   error
}

func (l failing) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range l.written.Follow(ctx, after) {
			if int(e.Position) > l.after {
				yield(domain.Recorded{}, l.err)
				return
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// TestALogThatCannotBeRead: bytes that nobody understands are a finding, a server that is away is none.
func TestALogThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w, _, last := sealed(t)
	log := w.altered(t, func(e []domain.Recorded) []domain.Recorded { return e })
	for _, err := range []error{errors.New("read event at position 10: Hoso-Id: missing"), &domain.Error{Kind: domain.Unavailable, Code: "log.history_cut"}} {
		v := verify(t, failing{log, 9, err}, seal.Options{Trust: trust(t, w.seed), Notes: []dseal.Note{last}})
		if got := told(v); !slices.Equal(got, s("log.unreadable 10")) || v.Checkpoints != 2 {
			t.Errorf("%v: %v", err, got)
		}
	}
	away := &domain.Error{Kind: domain.Unavailable, Code: "log.unavailable"}
	if _, err := seal.Verify(t.Context(), failing{log, 9, away}, seal.Options{}); !errors.Is(err, away) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := seal.Verify(ctx, log, seal.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestKeysAreRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing\n", "hoso", seal.PublicKey(domain.Key{1}) + "x", strings.Replace(seal.PublicKey(domain.Key{1}), "hoso", "other", 1)} {
		if _, err := seal.TrustIn(text); domain.CodeOf(err) != "seal.bad_key" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestProofs(t *testing.T) {
	t.Parallel()
	w, _, _ := sealed(t)
	events := map[domain.Ordinal]domain.Recorded{}
	for i, e := range w.events(t)[:8] {
		if e.Stream == w.cases[1] {
			events[domain.Ordinal(i+1)] = e
		}
	}
	w.seal(t)
	b, err := w.reader().Prove(t.Context(), seal.Bundle{Case: w.cases[1]}, events)
	if err != nil || b.Earlier == nil || len(b.Events) != 2 {
		t.Fatalf("%+v, %v", b, err)
	}
	file, err := b.Write()
	if err != nil {
		t.Fatal(err)
	}
	again, err := seal.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	keys := trust(t, w.seed)
	v, got := again.Check(keys)
	if !v.OK || v.Events != 2 || v.Position != 12 || v.Checkpoints != 2 || got[2].ID != events[2].ID {
		t.Errorf("%+v %v", v, got)
	}
	if v, _ := again.Check(trust(t, domain.Key{9})); v.OK {
		t.Error("another office's key verifies it")
	}
	// No byte of it can be another: whatever is changed, it is refused or unreadable. White space counts for nothing, nor do the
	// last bits of a text in base64, which stand for no byte.
	for i := range file[:len(file)-1] {
		forged := bytes.Clone(file)
		if forged[i] ^= 1; file[i+1] == '=' || len(bytes.TrimSpace(forged[i:i+1])) == 0 || len(bytes.TrimSpace(file[i:i+1])) == 0 {
			continue
		}
		f, err := seal.Parse(forged)
		if err != nil {
			continue
		}
		if v, _ := f.Check(keys); v.OK && !reflect.DeepEqual(f, again) {
			t.Errorf("byte %d (%q) may be changed:\n%s", i, file[max(0, i-20):i+20], forged[max(0, i-20):i+20])
		}
	}
	for name, c := range map[string]struct {
		change func(*seal.Bundle)
		want   string
	}{
		"an event left out":     {func(b *seal.Bundle) { b.Events = b.Events[1:] }, "proof.version_gap"},
		"an event twice":        {func(b *seal.Bundle) { b.Events = append(b.Events, b.Events[1]) }, "proof.twice"},
		"another position":      {func(b *seal.Bundle) { b.Events[0].Position++ }, "proof.not_in_log"},
		"position zero":         {func(b *seal.Bundle) { b.Events[0].Position = 0 }, "proof.not_in_log"},
		"beyond all":            {func(b *seal.Bundle) { b.Events[0].Position = 1 << 63 }, "proof.not_in_log"},
		"another case":          {func(b *seal.Bundle) { b.Case.ID = uuid.New() }, "proof.no_events"},
		"nothing":               {func(b *seal.Bundle) { b.Events = nil }, "proof.no_events"},
		"no proof":              {func(b *seal.Bundle) { b.Events[0].Proof = nil }, "proof.not_in_log"},
		"a log that was cut":    {func(b *seal.Bundle) { b.Earlier.Proof = nil }, "proof.not_grown"},
		"sealed later only":     {func(b *seal.Bundle) { b.Earlier.Checkpoint = b.Checkpoint; b.Earlier.Proof = nil }, ""},
		"an event of the other": {func(b *seal.Bundle) { b.Events[0].Record = b.Events[1].Record }, "proof.not_in_log"},
	} {
		f, err := seal.Parse(file)
		if err != nil {
			t.Fatal(err)
		}
		c.change(&f)
		v, _ := f.Check(keys)
		if named := slices.ContainsFunc(v.Problems, func(p seal.Problem) bool { return p.Code == c.want }); v.OK != (c.want == "") || v.OK == named {
			t.Errorf("%s: %+v", name, v)
		}
	}
	events[12] = w.events(t)[12] // the last checkpoint itself is covered by none
	events[13] = events[12]
	if _, err := w.reader().Prove(t.Context(), seal.Bundle{}, events); domain.CodeOf(err) != "seal.not_sealed" {
		t.Errorf("got %v", err)
	}
}

func FuzzBundle(f *testing.F) {
	keys := seal.TrustOf([]domain.Key{{1}})
	n, err := seal.Sign(seal.Checkpoint{Size: 1, Root: tlog.RecordHash([]byte("x"))}, domain.Key{1})
	if err != nil {
		f.Fatal(err)
	}
	b, err := seal.Bundle{Format: "hoso proof 1", Checkpoint: n, Events: []seal.Proven{{Position: 1, Record: []byte("x")}}}.Write()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		if bundle, err := seal.Parse(b); err == nil {
			if v, _ := bundle.Check(keys); v.OK {
				t.Errorf("a made-up bundle is good: %s", b)
			}
		}
	})
}
