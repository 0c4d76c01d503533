package transfer_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/transfer"
)

// stores are the two manners that the contract of a log allows.
var stores = []func() *memlog.Store{memlog.NewStore, memlog.NewIdempotentStore}

// TestCopyAnyLog: whatever is in the source, however much of it is in the target already, and whatever happens on the way,
// the copy is the source, and copying again adds nothing.
func TestCopyAnyLog(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := memlog.New()
		filled(t, from, rapid.IntRange(0, 12).Draw(t, "commands"))
		want := all(t, from)
		there := rapid.IntRange(0, len(want)).Draw(t, "already there") // also half of a command
		to := &target{EventLog: logOf(t, rapid.SampledFrom(stores).Draw(t, "store")(), want[:there])}

		copied, err := uint64(0), context.Canceled
		var sum transfer.Summary
		for range 1000 {
			ctx, cancel := context.WithCancel(t.Context())
			failed := 0
			to.wrong = func() wrong {
				w := wrong{done: rapid.Bool().Draw(t, "takes effect")}
				switch n := rapid.IntRange(0, 5).Draw(t, "goes wrong"); {
				case n == 0:
					w.kill = cancel
				case n <= 2 && failed < 3: // Copy itself tries again
					failed++
					w.err = errLost
				}
				return w
			}
			sum, err = transfer.Copy(ctx, from, to, transfer.Options{})
			cancel()
			copied += sum.Copied
			if err == nil {
				break
			}
			same(t, "what is there so far", all(t, to.EventLog), want[:len(all(t, to.EventLog))])
		}
		if err != nil {
			t.Fatalf("the copy was never complete: %v", err)
		}
		same(t, "events", all(t, to.EventLog), want)
		for _, ds := range to.appends {
			for i := 1; i < len(ds); i++ {
				if ds[i].Meta.Command != ds[0].Meta.Command {
					t.Fatalf("two commands in one append")
				}
			}
		}
		if copied > uint64(len(want)-there) || sum.Events != uint64(len(want)) || sum.More != 0 {
			t.Fatalf("copied %d of %d events, %d were there: %+v", copied, len(want), there, sum)
		}
		got, err := transfer.Digest(t.Context(), to.EventLog)
		if err != nil || got != sum.Sum {
			t.Fatalf("digest %+v, %v; want %+v", got, err, sum.Sum)
		}
		to.wrong = func() wrong { t.Fatalf("a complete copy was written to"); return wrong{} }
		again, err := transfer.Copy(t.Context(), from, to, transfer.Options{})
		if err != nil || again.Copied != 0 || again.Sum != sum.Sum {
			t.Fatalf("copied again: %+v, %v", again, err)
		}
	})
}

func TestCommandsAreCopiedWhole(t *testing.T) {
	t.Parallel()
	from, to := memlog.New(), &target{EventLog: memlog.New(), wrong: func() wrong { return wrong{} }}
	one, other := domain.StreamID{Type: "loan", ID: uuid.New()}, domain.StreamID{Type: "loan", ID: uuid.New()}
	for i, n := range []int{3, 1, 5} {
		add(t, from, one, n, i)
	}
	add(t, from, other, 2, 9)
	if _, err := transfer.Copy(t.Context(), from, to, transfer.Options{}); err != nil {
		t.Fatal(err)
	}
	var sizes []int
	for _, ds := range to.appends {
		sizes = append(sizes, len(ds))
	}
	same(t, "events of each append", sizes, []int{3, 1, 5, 2})
}

func TestCopyTakesWhatHasComeSince(t *testing.T) {
	t.Parallel()
	from, to := memlog.New(), memlog.New()
	one, other := domain.StreamID{Type: "loan", ID: uuid.New()}, domain.StreamID{Type: "person", ID: uuid.New()}
	for i := range 3 {
		add(t, from, one, 2, i)
		add(t, from, other, 1, i)
		sum, err := transfer.Copy(t.Context(), from, to, transfer.Options{})
		if n := uint64(3 * (i + 1)); err != nil || sum.Copied != 3 || sum.Events != n || sum.Cases != 2 {
			t.Fatalf("%+v, %v", sum, err)
		}
	}
	want, _ := transfer.Digest(t.Context(), from)
	add(t, to, one, 4, 9) // people work on the target from now on
	sum, err := transfer.Copy(t.Context(), from, to, transfer.Options{})
	if err != nil || sum.More != 4 || sum.Copied != 0 || sum.Sum != want {
		t.Errorf("%+v, %v", sum, err)
	}
	add(t, from, other, 1, 9) // and somebody on the source
	before := all(t, to)
	_, err = transfer.Copy(t.Context(), from, to, transfer.Options{})
	code(t, err, "copy.different")
	same(t, "the target", all(t, to), before)
}

func TestTwoCopiesAtOnce(t *testing.T) {
	t.Parallel()
	from := memlog.New()
	ids := []domain.StreamID{{Type: "loan", ID: uuid.New()}, {Type: "person", ID: uuid.New()}}
	for i := range 200 {
		add(t, from, ids[i%2], 1+i%3, i)
	}
	for _, store := range stores {
		to := store()
		done := make(chan error, 4)
		for range cap(done) {
			go func() {
				_, err := transfer.Copy(t.Context(), from, memlog.Open(to), transfer.Options{})
				done <- err
			}()
		}
		for range cap(done) {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		same(t, "events", all(t, memlog.Open(to)), all(t, from))
	}
}

// TestWhatAnotherCopyBrought: what came meanwhile is counted whoever brought it, since no log can tell.
func TestWhatAnotherCopyBrought(t *testing.T) {
	t.Parallel()
	from, id := memlog.New(), domain.StreamID{Type: "loan", ID: uuid.New()}
	for i := range 5 {
		add(t, from, id, 2, i)
	}
	for _, store := range stores {
		to := memlog.Open(store())
		if _, err := transfer.Copy(t.Context(), logOf(t, memlog.NewStore(), all(t, from)[:2]), to, transfer.Options{}); err != nil {
			t.Fatal(err)
		}
		sum, err := transfer.Copy(t.Context(), from, to, transfer.Options{Ready: func(ctx context.Context, _ bool) error {
			_, err := transfer.Copy(ctx, from, to, transfer.Options{})
			return err
		}})
		if err != nil || sum.Copied != 8 || sum.Events != 10 {
			t.Errorf("%+v, %v", sum, err)
		}
	}
}

// TestReady: who is told that a copy begins is told once, before anything is written, and can end it.
func TestReady(t *testing.T) {
	t.Parallel()
	from, to, id := memlog.New(), memlog.New(), domain.StreamID{Type: "loan", ID: uuid.New()}
	var told []bool
	copying := func(answer error) error {
		_, err := transfer.Copy(t.Context(), from, to, transfer.Options{Ready: func(_ context.Context, missing bool) error {
			told = append(told, missing)
			if there := len(all(t, to)); answer != nil && there != 0 {
				t.Errorf("%d events were written before", there)
			}
			return answer
		}})
		return err
	}
	if err := copying(nil); err != nil { // of an empty log
		t.Fatal(err)
	}
	add(t, from, id, 2, 1)
	if err := copying(errLost); !errors.Is(err, errLost) || len(all(t, to)) != 0 {
		t.Errorf("%v, %d events", err, len(all(t, to)))
	}
	for range 2 {
		if err := copying(nil); err != nil {
			t.Fatal(err)
		}
	}
	add(t, to, id, 1, 2) // people work on the target
	if err := copying(nil); err != nil {
		t.Fatal(err)
	}
	add(t, from, id, 1, 3)
	if err := copying(nil); domain.CodeOf(err) != "copy.different" {
		t.Error(err)
	}
	same(t, "missing", told, []bool{false, true, true, false, false})
}

func TestCopyTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	from, to := memlog.New(), memlog.New()
	id := domain.StreamID{Type: "loan", ID: uuid.New()}
	for i := range 700 {
		add(t, from, id, 1, i)
	}
	last := map[transfer.Step]transfer.Progress{}
	for range 2 {
		if _, err := transfer.Copy(t.Context(), from, to, transfer.Options{Progress: func(p transfer.Progress) {
			if before := last[p.Step]; before.Events > p.Events && p.Events > 256 || p.At > p.To {
				t.Errorf("%+v after %+v", p, before)
			}
			last[p.Step] = p
		}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []transfer.Step{transfer.Compare, transfer.Write, transfer.VerifySource, transfer.VerifyTarget} {
		if p := last[step]; p.Events != 700 || p.At != p.To {
			t.Errorf("step %d ended at %+v", step, p)
		}
	}
}

// TestACommandTooLargeForOneAppend: older programs took up to 16 MiB of one command.
func TestACommandTooLargeForOneAppend(t *testing.T) {
	t.Parallel()
	source, command := memlog.New(), uuid.New()
	from := &liar{EventLog: source, follow: func(e domain.Recorded) domain.Recorded { e.Meta.Command = command; return e }}
	id := domain.StreamID{Type: "loan", ID: uuid.New()}
	for i := range 3 {
		add(t, source, id, 300, i)
	}
	to := &target{EventLog: memlog.New(), wrong: func() wrong { return wrong{} }}
	if _, err := transfer.Copy(t.Context(), from, to, transfer.Options{}); err != nil {
		t.Fatal(err)
	}
	if len(to.appends) != 2 || len(to.appends[0]) != domain.MaxAppend {
		t.Errorf("%d appends", len(to.appends))
	}
}
