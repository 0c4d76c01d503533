package filelog_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/klauspost/compress/s2"

	"hoso/adapters/filelog"
	"hoso/adapters/memlog"
	"hoso/domain"
)

var now = time.Date(2024, 5, 2, 1, 30, 0, 0, time.UTC)

// filled is a log of some events.
func filled(t *testing.T, n int) domain.EventLog {
	t.Helper()
	log := memlog.New()
	id, tail := domain.StreamID{Type: "loan", ID: uuid.New()}, domain.Tail{}
	for i := range n {
		var err error
		tail, err = log.Append(t.Context(), id, tail, domain.Draft{ID: uuid.New(), Type: "loan.granted", Schema: 1,
			Data: []byte(`{"số":"` + strings.Repeat("x", i) + `"}`),
			Meta: domain.Meta{Actor: domain.Actor{ID: "lan", Role: "cán bộ", Unit: "06550"}, Command: uuid.New(), Fingerprint: "f", Occurred: 20240502, Recorded: now}})
		if err != nil {
			t.Fatal(err)
		}
	}
	return log
}

func keys(all ...filelog.Key) iter.Seq2[filelog.Key, error] {
	return func(yield func(filelog.Key, error) bool) {
		for _, k := range all {
			if !yield(k, nil) {
				return
			}
		}
	}
}

var some = []filelog.Key{{Name: "office.check", Value: []byte{0, 1, 0, 2}}, {Name: "person.1", Value: []byte("erased")}}

func written(t *testing.T, log domain.EventLog, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	s := filelog.Source{Made: now, Name: "one", Log: log, Keys: keys(some...), Checkpoint: []byte("note"), KEK: []byte("kek"),
		Files: map[string]io.Reader{"access/a": strings.NewReader(strings.Repeat("a", size)), "access/b": strings.NewReader("")}}
	if _, err := filelog.Write(t.Context(), &b, s, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t *testing.T, content []byte) (*filelog.File, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return filelog.Open(t.Context(), path, nil)
}

func all(t *testing.T, log domain.EventLog, after domain.Cursor) (events []domain.Recorded) {
	t.Helper()
	end, err := log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if end <= after {
		return nil
	}
	for e, err := range log.Follow(t.Context(), after) {
		if err != nil {
			t.Fatal(err)
		}
		if events = append(events, e); e.Position == end {
			break
		}
	}
	return events
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	log := filled(t, 700)
	content := written(t, log, 1<<20+7)
	f, err := opened(t, content)
	if err != nil {
		t.Fatal(err)
	}
	if f.Events != 700 || f.Trailer.Keys != 2 || f.Log != "one" || !f.Made.Equal(now) || string(f.Checkpoint) != "note" || string(f.KEK) != "kek" {
		t.Errorf("%+v", f)
	}
	for _, after := range []domain.Cursor{0, 1, 350, 699, 700} {
		want := all(t, log, 0)[after:]
		for i := range want {
			want[i].Position = after + domain.Cursor(i) + 1
		}
		if d := cmp.Diff(want, all(t, f, after), cmp.Transformer("none", func(e []domain.Recorded) []domain.Recorded { return slices.Clip(e) })); d != "" && len(want) > 0 {
			t.Errorf("after %d: %s", after, d)
		}
	}
	var got []filelog.Key
	for k, err := range f.Keys() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, k)
	}
	if d := cmp.Diff(some, got); d != "" {
		t.Error(d)
	}
	files := map[string]int{}
	for k, err := range f.Files() {
		if err != nil {
			t.Fatal(err)
		}
		files[k.Name] += len(k.Value)
	}
	if d := cmp.Diff(map[string]int{"access/a": 1<<20 + 7, "access/b": 0}, files); d != "" {
		t.Error(d)
	}
	if sum, err := filelog.Check(t.Context(), bytes.NewReader(content), nil); err != nil || sum != f.Trailer {
		t.Errorf("%+v, %v", sum, err)
	}
	for _, err := range f.Follow(t.Context(), 700) {
		if err == nil {
			t.Error("something came after the end")
		}
		break
	}
}

// TestNoPartIsABackup: cut off anywhere, with any byte changed, something behind it, or a frame taken out and everything
// packed anew, it is refused.
func TestNoPartIsABackup(t *testing.T) {
	t.Parallel()
	content := written(t, filled(t, 3), 5)
	refused := func(what string, content []byte, codes ...string) {
		t.Helper()
		_, err := filelog.Check(t.Context(), bytes.NewReader(content), nil)
		if !slices.Contains(codes, domain.CodeOf(err)) {
			t.Errorf("%s: %v, want %v", what, err, codes)
		}
	}
	want, err := filelog.Check(t.Context(), bytes.NewReader(content), nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range content {
		refused("cut off", content[:n], "backup.incomplete")
		changed := bytes.Clone(content)
		changed[n] ^= 1
		got, err := filelog.Check(t.Context(), bytes.NewReader(changed), nil)
		if err == nil && got != want || err != nil && domain.CodeOf(err) == "internal" { // some bits of the packing say nothing
			t.Errorf("byte %d of the file changed: %+v, %v", n, got, err)
		}
	}
	refused("an import file", []byte(`{"command":"person.register"}`+"\n"), "backup.unknown_format")
	refused("something behind it", append(bytes.Clone(content), content...), "backup.damaged")

	var plain bytes.Buffer
	if _, err := plain.ReadFrom(s2.NewReader(bytes.NewReader(content))); err != nil {
		t.Fatal(err)
	}
	pack := func(plain []byte) []byte {
		var b bytes.Buffer
		w := s2.NewWriter(&b, s2.WriterConcurrency(1), s2.WriterBlockSize(4<<10))
		_, err := w.Write(plain)
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if _, err := opened(t, pack(plain.Bytes())); err != nil {
		t.Fatalf("packed anew it is whole, and the test proves nothing: %v", err)
	}
	for n := range plain.Len() {
		changed := bytes.Clone(plain.Bytes())
		changed[n] ^= 1
		if _, err := filelog.Check(t.Context(), bytes.NewReader(pack(changed)), nil); err == nil {
			t.Errorf("byte %d of the content changed: it was taken", n)
		}
	}
}

// TestALogThatFails: what was written until then is no backup.
func TestALogThatFails(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var b bytes.Buffer
	s := filelog.Source{Made: now, Name: "one", Log: filled(t, 3000), Keys: keys()}
	_, err := filelog.Write(ctx, &b, s, func(n uint64, _, _ domain.Cursor) {
		if n > 500 {
			cancel()
		}
	})
	if err == nil {
		t.Fatal("it was not interrupted")
	}
	if _, err := opened(t, b.Bytes()); domain.CodeOf(err) != "backup.incomplete" {
		t.Error(err)
	}
}

// FuzzOpen: whatever a file holds, it is refused or read, and nothing else happens.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("hoso"))
	f.Add([]byte("\xff\x06\x00\x00S2sTwO"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if _, err := filelog.Check(t.Context(), bytes.NewReader(content), nil); err == nil {
			t.Error("a file that nobody wrote was taken")
		}
	})
}
