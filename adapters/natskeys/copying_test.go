package natskeys_test

import (
	"os"
	"path/filepath"
	"testing"

	"hoso/adapters/natskeys"
)

// copying reads the note.
func (p *place) copying(t *testing.T) string {
	t.Helper()
	log, err := natskeys.Copying(t.Context(), p.connect(t))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func TestACopyUnderWayIsNoted(t *testing.T) {
	t.Parallel()
	from, to := newPlace(t), newPlace(t)
	people(t, from.open(t), 3)
	nc := to.connect(t)
	set := func(log string) {
		t.Helper()
		if err := natskeys.SetCopying(t.Context(), nc, log); err != nil {
			t.Fatal(err)
		}
	}
	set("nats-1")
	if got := to.copying(t); got != "" {
		t.Errorf("without a bucket: %q", got)
	}
	for range 2 {
		if _, err := natskeys.Copy(t.Context(), from.connect(t), nc, natskeys.CopyOptions{Log: "nats-1"}); err != nil {
			t.Fatal(err)
		}
		if got := to.copying(t); got != "nats-1" {
			t.Errorf("%q", got)
		}
	}
	before := to.messages(t)
	set("nats-1") // again, by another copy
	if n := to.messages(t); n != before {
		t.Errorf("%d messages were written", n-before)
	}
	for _, log := range []string{"nats-2", "", "", "nats-1", ""} {
		set(log)
		if got := to.copying(t); got != log {
			t.Errorf("%q, want %q", got, log)
		}
	}
	if got := from.copying(t); got != "" {
		t.Errorf("in the source: %q", got)
	}
}

// TestWhatIsCheckedBeforeACopy: nothing is made on either side, whatever is found.
func TestWhatIsCheckedBeforeACopy(t *testing.T) {
	t.Parallel()
	from, other, empty := newPlace(t), newPlace(t), newPlace(t)
	a, b, none := from.connect(t), other.connect(t), empty.connect(t)
	refusal(t, natskeys.CheckCopy(t.Context(), none, a), "keys.nothing_to_copy")
	refusal(t, natskeys.CheckKEK(t.Context(), none, from.dir, empty.dir), "keys.nothing_to_copy")
	people(t, from.open(t), 2)
	people(t, other.open(t), 2)
	refusal(t, natskeys.CheckCopy(t.Context(), a, b), "keys.other_office")
	if err := natskeys.CheckCopy(t.Context(), a, none); err != nil {
		t.Error(err)
	}

	refusal(t, natskeys.CheckKEK(t.Context(), a, other.dir, empty.dir), "keys.kek_wrong")
	refusal(t, natskeys.CheckKEK(t.Context(), a, empty.dir, empty.dir), "keys.kek_missing")
	refusal(t, natskeys.CheckKEK(t.Context(), a, from.dir, other.dir), "keys.kek_other")
	for range 2 {
		if err := natskeys.CheckKEK(t.Context(), a, from.dir, empty.dir); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(empty.dir, "kek")); err == nil {
		t.Error("a key file was made")
	}
	if exists, _, err := natskeys.Check(t.Context(), none, natskeys.Options{}); exists || err != nil {
		t.Errorf("a bucket was made: %v", err)
	}
	from.copyTo(t, empty)
	if err := natskeys.CheckCopy(t.Context(), a, none); err != nil {
		t.Error(err)
	}
}
