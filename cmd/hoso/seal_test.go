package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natsserver"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/projections/figures"
	"hoso/projections/seal"
)

// sealedOffice is a directory with seven events, the report of April published and sealed: its checkpoint covers 12 events and is
// event 13. Two more events follow, which are not sealed.
func sealedOffice(t *testing.T) (data string, keys []string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	if out := must(t, closing24(data, "2024-04", "20/BC")...); !strings.Contains(out, "niêm phong nhật ký đến vị trí 12;") {
		t.Fatal(out)
	}
	later := `{"command":"person.register","case":"NLD-3","occurred":"2024-04-30","data":{"name":"Vi Thị Thơm","born":"1991"}}
{"command":"unemployment.file","case":"TN 03/2024","occurred":"2024-05-02","data":{"person":"NLD-3","commune":"06550","sex":"female","birth_year":1991,"channel":"direct","residence":"own","months_paid":14}}
`
	if r := hosoWith(t.Context(), later, "import", "--data", data, "-"); r.code != 0 {
		t.Fatal(r.out, r.err)
	}
	must(t, "figures", "--data", data, "--month", "2024-04") // the views see all
	e := &env{clock: clock}
	a, err := e.open(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	seeds, err := a.signing.SealKeys(t.Context())
	if err != nil || len(seeds) != 1 {
		t.Fatal(len(seeds), err)
	}
	return data, []string{seal.PublicKey(seeds[0])}
}

// verdict runs hoso verify and reads what it prints; the exit code has to say the same.
func verdict(t *testing.T, args ...string) seal.Verdict {
	t.Helper()
	r := hoso(t, append([]string{"verify", "--format", "json"}, args...)...)
	var v seal.Verdict
	if err := json.Unmarshal([]byte(r.out), &v); err != nil {
		t.Fatalf("hoso verify %s: %v\n%+v", strings.Join(args, " "), err, r)
	}
	if want := map[bool]int{true: 0, false: 3}[v.OK]; r.code != want || v.OK != (r.err == "") {
		t.Errorf("exit code %d, want %d: %s%s", r.code, want, r.out, r.err)
	}
	return v
}

func codes(v seal.Verdict) (all []string) {
	for _, p := range v.Problems {
		all = append(all, p.Code)
	}
	return all
}

func TestVerify(t *testing.T) {
	t.Parallel()
	data, keys := sealedOffice(t)
	v := verdict(t, "--data", data)
	if !v.OK || v.Events != 15 || v.Position != 15 || v.Sealed != 12 || v.Checkpoints != 1 || v.Reports != 1 || v.Figures < 100 || v.Problems == nil {
		t.Errorf("%+v", v)
	}
	if out := must(t, "verify", "--data", data, "--key", keys[0], "--checkpoint", filepath.Join(data, "checkpoint")); !strings.HasSuffix(out, "Mọi thứ còn như cũ.\n") {
		t.Error(out)
	}
	// The views, and the directory's own copy of the last checkpoint, hold nothing that is not in the log.
	if err := os.RemoveAll(filepath.Join(data, "views")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(data, "checkpoint")); err != nil {
		t.Fatal(err)
	}
	if again := verdict(t, "--data", data); !again.OK || again.Root != v.Root || again.Checkpoints != 1 || again.Reports != 1 {
		t.Errorf("%+v", again)
	}
	// A copy is the same log.
	other := filepath.Join(t.TempDir(), "other")
	must(t, "copy", "--from", data, "--to", other)
	if copied := verdict(t, "--data", other); !copied.OK || copied.Root != v.Root || copied.Checkpoints != 1 || copied.Reports != 1 {
		t.Errorf("%+v", copied)
	}
	// Another office's key.
	stranger := seal.PublicKey([32]byte{1})
	if got := codes(verdict(t, "--data", data, "--key", stranger)); !slices.Equal(got, []string{"seal.unknown_key"}) {
		t.Error(got)
	}
	fails(t, 2, "usage", "verify", "--data", data, "--key", "nothing")
	fails(t, 2, "usage", "verify", "--data", data, "--checkpoint", "nothing")
}

// TestALogRewrittenOnDisk does to the embedded server's stream what somebody could do who has the machine.
func TestALogRewrittenOnDisk(t *testing.T) {
	t.Parallel()
	type change = func([]*nats.Msg) []*nats.Msg
	for name, c := range map[string]struct {
		change change
		alone  []string // found by the log's own checkpoints
		all    []string // and with the checkpoint that lies in the directory, and the views
	}{
		"nothing is changed": {func(m []*nats.Msg) []*nats.Msg { return m }, nil, nil},
		"a bit flipped": {func(m []*nats.Msg) []*nats.Msg { m[3].Data[len(m[3].Data)-4] ^= 1; return m }, []string{"log.changed"},
			[]string{"log.changed", "views.differ"}},
		"a meta datum": {func(m []*nats.Msg) []*nats.Msg {
			h := m[3].Header
			h["Hoso-Meta"] = []string{strings.Replace(h["Hoso-Meta"][0], "canbo-", "canbi-", 1)}
			return m
		}, []string{"log.changed"}, []string{"log.changed", "views.differ"}},
		"a header that nobody can read": {func(m []*nats.Msg) []*nats.Msg { m[3].Header["Hoso-Id"] = []string{"x"}; return m },
			[]string{"log.unreadable"}, []string{"log.unreadable", "log.truncated", "log.truncated"}},
		"one removed": {func(m []*nats.Msg) []*nats.Msg { return renumbered(slices.Delete(m, 4, 5)) },
			[]string{"seal.ahead", "log.changed"}, []string{"seal.ahead", "log.changed", "log.truncated", "views.differ"}},
		"one inserted": {func(m []*nats.Msg) []*nats.Msg {
			h := nats.Header{}
			for k, v := range m[2].Header {
				h[k] = v
			}
			h["Hoso-Id"] = []string{uuid.NewString()}
			added := &nats.Msg{Subject: "hoso.case.unemployment." + uuid.NewString(), Header: h, Data: m[2].Data}
			return renumbered(slices.Insert(m, 5, added))
		}, []string{"log.changed"}, []string{"log.changed", "views.differ"}},
		"two reordered":    {func(m []*nats.Msg) []*nats.Msg { m[0], m[1] = m[1], m[0]; return m }, []string{"log.changed"}, []string{"log.changed", "views.differ"}},
		"cut off":          {func(m []*nats.Msg) []*nats.Msg { return m[:7] }, nil, []string{"log.truncated", "log.truncated"}},
		"the last is gone": {func(m []*nats.Msg) []*nats.Msg { return m[:14] }, nil, []string{"log.truncated"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, _ := sealedOffice(t)
			rewritten(t, data, c.change)
			told := func(v seal.Verdict) []string {
				return slices.DeleteFunc(codes(v), func(c string) bool { return c == "report.not_checked" })
			}
			for range 2 { // looking does not wipe out what there is to be seen
				if got := told(verdict(t, "--data", data)); !slices.Equal(got, c.all) {
					t.Errorf("%v, want %v", got, c.all)
				}
			}
			if err := os.RemoveAll(filepath.Join(data, "views")); err != nil {
				t.Fatal(err)
			}
			if slices.Contains(c.all, "log.truncated") && name == "cut off" {
				if got := told(verdict(t, "--data", data)); !slices.Equal(got, []string{"log.truncated"}) {
					t.Errorf("with the directory's checkpoint: %v", got)
				}
				fails(t, 3, "seal.inconsistent", "seal", "--data", data) // nor is it sealed any more
			}
			if err := os.Remove(filepath.Join(data, "checkpoint")); err != nil {
				t.Fatal(err)
			}
			if got := told(verdict(t, "--data", data)); !slices.Equal(got, c.alone) {
				t.Errorf("by its own checkpoints: %v, want %v", got, c.alone)
			}
		})
	}
}

// TestViewsThatDisagree changes the views file behind the program's back.
func TestViewsThatDisagree(t *testing.T) {
	t.Parallel()
	for change, want := range map[string][]string{
		"UPDATE seal_tiles SET hashes = substr(hashes, 1, 32) || zeroblob(32) || substr(hashes, 65)":                                                                              {"views.differ", "report.not_checked"},
		"UPDATE figures_contributions SET quantity = quantity + 1":                                                                                                                {"report.differs"},
		"INSERT INTO events SELECT ordinal + 3, cursor + 3, id, command, case_type, case_id, version + 3, type, occurred, recorded, latest, actor FROM events WHERE ordinal > 12": {"log.truncated", "report.not_checked"},
	} {
		data, _ := sealedOffice(t)
		files, err := filepath.Glob(filepath.Join(data, "views", "*.db"))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		generation := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(files[0]), "views-"), ".db")
		f, err := sqliteviews.Open(t.Context(), filepath.Join(data, "views"), generation)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Write(t.Context(), func(tx *sql.Tx) error { _, err := tx.Exec(change); return err }); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if got := codes(verdict(t, "--data", data)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", change, got, want)
		}
	}
}

// TestSealing: nothing is sealed twice, a new key takes over, and the old one is trusted for what it signed.
func TestSealing(t *testing.T) {
	t.Parallel()
	data, old := sealedOffice(t)
	read := func(args ...string) (s sealed) {
		t.Helper()
		if err := json.Unmarshal([]byte(must(t, append([]string{"seal", "--data", data, "--format", "json"}, args...)...)), &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := read()
	if again := read(); first.Position != 15 || again.Note != first.Note || !slices.Equal(again.Keys, old) {
		t.Errorf("%+v, then %+v", first, again)
	}
	second := read("--new-key")
	if second.Position != 16 || len(second.Keys) != 2 || second.Keys[0] != old[0] {
		t.Errorf("%+v", second)
	}
	if v := verdict(t, "--data", data); !v.OK || v.Checkpoints != 3 {
		t.Errorf("%+v", v)
	}
	if v := verdict(t, "--data", data, "--key", second.Keys[0], "--key", second.Keys[1]); !v.OK {
		t.Errorf("%+v", v)
	}
	if got := codes(verdict(t, "--data", data, "--key", old[0])); !slices.Equal(got, []string{"seal.unknown_key", "seal.unknown_key"}) {
		t.Errorf("with the old key alone: %v", got) // in the log, and in the directory
	}
	fails(t, 3, "seal.nothing", "seal", "--data", office(t, ""))
}

// TestLostSigningKeys: nothing that was signed becomes doubtful, and a new key is made only when somebody asks for it.
func TestLostSigningKeys(t *testing.T) {
	t.Parallel()
	data, old := sealedOffice(t)
	srv, err := natsserver.Open(t.Context(), filepath.Join(data, "nats"))
	if err != nil {
		t.Fatal(err)
	}
	nc, err := srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := js.Stream(t.Context(), "KV_hoso-keys")
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.GetLastMsgForSubject(t.Context(), "$KV.hoso-keys.office.seal.1")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteMsg(t.Context(), m.Sequence); err != nil {
		t.Fatal(err)
	}
	nc.Close()
	srv.Close()

	fails(t, 3, "seal.unknown_key", "seal", "--data", data)
	if v := verdict(t, "--data", data, "--key", old[0]); !v.OK || v.Checkpoints != 1 {
		t.Errorf("%+v", v)
	}
	must(t, "seal", "--data", data, "--new-key")
	var now sealed
	if err := json.Unmarshal([]byte(must(t, "seal", "--data", data, "--format", "json")), &now); err != nil || len(now.Keys) != 1 {
		t.Fatal(now, err)
	}
	if v := verdict(t, "--data", data, "--key", old[0], "--key", now.Keys[0]); !v.OK || v.Checkpoints != 2 {
		t.Errorf("%+v", v)
	}
}

// TestServeSeals: while it serves the log is sealed, and a checkpoint is no reason for another one.
func TestServeSeals(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	c, _ := started(t, "serve", "--data", data, "--listen", "127.0.0.1:0", "--seal-events", "5", "--seal-every", "1s")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for n := 0; n < 10; { // ten looks after it was sealed
		if _, err := os.Stat(filepath.Join(data, "checkpoint")); err == nil {
			n++
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			t.Fatal("it was never sealed")
		}
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, "--data", data); !v.OK || v.Checkpoints == 0 || uint64(v.Sealed)+1 != v.Events || v.Events < 8+firstAccount {
		t.Errorf("%+v", v)
	}
}

// TestReportsUnderOtherSettings: words that were changed since are no fault of the log; figures that were would be.
func TestReportsUnderOtherSettings(t *testing.T) {
	t.Parallel()
	data, _ := sealedOffice(t)
	own := filepath.Join(t.TempDir(), "own")
	must(t, "settings", own)
	specs, err := filepath.Glob(filepath.Join(own, "reports", "*.yaml"))
	if err != nil || len(specs) == 0 {
		t.Fatal(specs, err)
	}
	for _, name := range specs {
		text := strings.Replace(read(t, name), "BÁO CÁO", "BÁO CÁO NHANH", 1)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if v := verdict(t, "--data", data, "--settings", own); !v.OK || v.Reports != 1 {
		t.Errorf("%+v", v)
	}
	for _, name := range specs {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(own, "reports", "none.yaml"), []byte("name: other\ntitle: BÁO CÁO\noffice: SỞ\nsections:\n- title: Một\n  text: Hai\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, "--data", data, "--settings", own); !v.OK || v.Reports != 1 {
		t.Errorf("the office has the specification no more: %+v", v)
	}
}

// TestAddsUp: what behind a published number is not its sum, or came later than it, is found.
func TestAddsUp(t *testing.T) {
	t.Parallel()
	entry := func(at domain.Ordinal, n int64) figures.Entry {
		return figures.Entry{Position: at, Quantity: figures.Number{Quantity: n, Parts: 1}}
	}
	x := func(value int64, events ...figures.Entry) figures.Explanation {
		return figures.Explanation{Value: figures.Number{Quantity: value, Parts: 1}, Events: events}
	}
	good, bad := x(5, entry(1, 2), entry(9, 3)), x(5, entry(1, 2))
	for name, c := range map[string]struct {
		figures.Explanation
		want bool
	}{
		"nothing":              {x(0), true},
		"the sum":              {good, true},
		"one is missing":       {bad, false},
		"one came later":       {x(5, entry(1, 2), entry(11, 3)), false},
		"a ratio":              {figures.Explanation{Over: &good, Under: &good}, true},
		"a ratio, wrong below": {figures.Explanation{Over: &good, Under: &bad}, false},
		"a ratio of one term":  {figures.Explanation{Over: &good}, false},
	} {
		if got := addsUp(c.Explanation, 10); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
