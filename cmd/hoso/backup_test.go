package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/filelog"
	"hoso/adapters/natskeys"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/person"
)

func backup(t *testing.T, data string, args ...string) (name string, b backedUp) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "one.hoso")
	out := must(t, append([]string{"backup", "--data", data, name, "--format", "json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &b); err != nil || b.File != name {
		t.Fatal(out, err)
	}
	return name, b
}

func kekOf(data string) string { return filepath.Join(data, "keys", "kek") }

// TestBackupAndRestore: what comes back is what was there, proofs and published reports included.
func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	data, public := sealedOffice(t)
	was, want := verdict(t, "--data", data), must(t, append(askFigures, "--data", data)...)
	name, made := backup(t, data)
	if made.Events != 15 {
		t.Errorf("%+v", made)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Error("others may read the backup", err)
	}
	for what, flags := range map[string][]string{"the key file at once": {"--key-file", kekOf(data)}, "the key file later": nil} {
		again := filepath.Join(t.TempDir(), "again")
		must(t, append([]string{"restore", name, "--data", again}, flags...)...)
		if flags == nil {
			fails(t, 1, "keys.kek_missing", "verify", "--data", again)
			if err := os.MkdirAll(filepath.Join(again, "keys"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(kekOf(again), []byte(read(t, kekOf(data))), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if v := verdict(t, "--data", again, "--key", public[0], "--checkpoint", filepath.Join(again, "checkpoint")); !v.OK || v.Root != was.Root || v.Reports != 1 || v.Checkpoints != was.Checkpoints {
			t.Errorf("%s: %+v", what, v)
		}
		if got := must(t, append(askFigures, "--data", again)...); got != want {
			t.Errorf("%s: figures differ\n%s", what, got)
		}
		if out := must(t, "import", "--data", again, file(t, "small.jsonl")); !strings.Contains(out, "ghi mới 0, đã có 7") {
			t.Errorf("%s: an import knows other people: %s", what, out)
		}
		fails(t, 2, "restore.not_empty", "restore", name, "--data", again)
	}
	withKey, _ := backup(t, data, "--with-key-file")
	again := filepath.Join(t.TempDir(), "again")
	must(t, "restore", withKey, "--data", again)
	if got := must(t, append(askFigures, "--data", again)...); got != want {
		t.Errorf("with the key in the backup: figures differ\n%s", got)
	}

	fails(t, 2, "backup.exists", "backup", "--data", data, name)
	fails(t, 2, "backup.inside", "backup", "--data", data, filepath.Join(data, "one.hoso"))
	fails(t, 2, "data.none", "backup", "--data", filepath.Join(t.TempDir(), "none"), filepath.Join(t.TempDir(), "one.hoso"))
	fails(t, 2, "usage", "restore", filepath.Join(t.TempDir(), "none"), "--data", filepath.Join(t.TempDir(), "x"))
	// What is wrong is told before anything is made.
	bad := filepath.Join(t.TempDir(), "bad")
	half := filepath.Join(t.TempDir(), "half.hoso")
	content := read(t, name)
	if err := os.WriteFile(half, []byte(content[:len(content)/2]), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, 3, "backup.incomplete", "restore", half, "--data", bad)
	stranger := office(t, "")
	fails(t, 1, "keys.kek_wrong", "restore", name, "--data", bad, "--key-file", kekOf(stranger))
	if _, err := os.Stat(bad); err == nil {
		t.Error("a refused restoring made something")
	}
	// A directory takes many.
	dir := t.TempDir()
	must(t, "backup", "--data", data, dir)
	if files, _ := filepath.Glob(filepath.Join(dir, "hoso-20240502-013000.hoso")); len(files) != 1 {
		t.Error("no backup in the directory")
	}
}

// TestWhatIsMadeFromNothingElse is in the backup too, also while it is written to; views are not.
func TestWhatIsMadeFromNothingElse(t *testing.T) {
	t.Parallel()
	data := office(t, "")
	open := func(dir string) *sql.DB {
		db, err := sql.Open("sqlite", filepath.Join(dir, "access", "readings.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	if err := os.MkdirAll(filepath.Join(data, "access"), 0o700); err != nil {
		t.Fatal(err)
	}
	writer := open(data)
	for _, s := range []string{"PRAGMA journal_mode = wal", "CREATE TABLE readings (n INTEGER)", "INSERT INTO readings VALUES (7)"} {
		if _, err := writer.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	name, _ := backup(t, data)
	again := filepath.Join(t.TempDir(), "again")
	must(t, "restore", name, "--data", again, "--key-file", kekOf(data))
	var n int
	if err := open(again).QueryRow("SELECT sum(n) FROM readings").Scan(&n); err != nil || n != 7 {
		t.Errorf("%d, %v", n, err)
	}
	if info, err := os.Stat(filepath.Join(again, "access", "readings.db")); err != nil || info.Mode().Perm() != 0o600 {
		t.Error("others may read it", err)
	}
	if left, _ := filepath.Glob(filepath.Join(data, ".backup-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := os.Stat(filepath.Join(again, "views")); err == nil {
		t.Error("views were restored")
	}
}

// TestABackupIsNoWayOut: names in it lead to nowhere but the folders that are known.
func TestABackupIsNoWayOut(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"../x.db", "access/../../x.db", "/tmp/x.db", "nats/x.db", "access/x", "access/sub/x.db", "access/", "keys/kek", "x.db"} {
		data := office(t, "")
		name := filepath.Join(t.TempDir(), "one.hoso")
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		e := &env{clock: clock}
		a, err := e.openSource(t.Context(), alone(data))
		if err != nil {
			t.Fatal(err)
		}
		_, err = filelog.Write(t.Context(), f, filelog.Source{Made: clock(), Log: a.log, Keys: exported(natskeys.Export(t.Context(), a.nats)),
			Files: map[string]io.Reader{bad: strings.NewReader("bad")}}, nil)
		a.close()
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		again := filepath.Join(t.TempDir(), "sub", "again")
		fails(t, 3, "backup.unknown_file", "restore", name, "--data", again)
		fails(t, 1, "restore.unfinished", append(askFigures, "--data", again)...)
	}
}

// TestABackupHoldsNobodysData: neither it nor what is restored from it, in any form.
func TestABackupHoldsNobodysData(t *testing.T) {
	t.Parallel()
	data, private := peopled(t, 30)
	name, _ := backup(t, data)
	again := filepath.Join(t.TempDir(), "again")
	must(t, "restore", name, "--data", again)
	for _, dir := range []string{filepath.Dir(name), again} {
		for path, content := range everything(t, dir) {
			if found := find(content, append(private, read(t, kekOf(data)))); found != "" {
				t.Errorf("%s holds %s", path, found)
			}
		}
	}
	seen := false
	for _, content := range everything(t, filepath.Dir(name)) {
		seen = seen || strings.Contains(string(content), "unemployment.filed")
	}
	if !seen {
		t.Error("the search does not see the events: it proves nothing")
	}
}

// peopled is a directory with some people, and what is private of them.
func peopled(t *testing.T, n int) (data string, private []string) {
	t.Helper()
	var b strings.Builder
	for i := range n {
		name, number := fmt.Sprintf("Lương Thị Sao %c%c", 'A'+i%26, 'a'+i/26), fmt.Sprintf("02018%07d", 1234567+i*1013)
		private = append(private, name, number)
		fmt.Fprintf(&b, `{"command":"person.register","case":"NLD-%[1]d","occurred":"2024-04-01","data":{"identity":"%[2]s","name":"%[3]s"}}
{"command":"unemployment.file","case":"TN-%[1]d","occurred":"2024-04-02","data":{"person":"NLD-%[1]d","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}
`, i, number, name)
	}
	data = filepath.Join(t.TempDir(), "data")
	if r := hosoWith(t.Context(), b.String(), "import", "--data", data, "-"); r.code != 0 {
		t.Fatal(r.out, r.err)
	}
	must(t, append(askFigures, "--data", data)...)
	return data, private
}

// TestBackupOfALiveDirectory takes backups while others write. Each is a log as it was at a moment, and everything that was
// acknowledged before it began is in it, with its key.
func TestBackupOfALiveDirectory(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), strings.Repeat("long", 30), "data") // longer than the path of a socket may be
	e := &env{args: []string{"serve"}, out: os.Stderr, err: os.Stderr, clock: clock}
	a, err := e.openNew(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	other := filepath.Join(t.TempDir(), "none.hoso")
	fails(t, 1, "data.held", "backup", "--data", data, other) // held, and nobody answers yet
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{}, 2)
	go func() { a.control(ctx, e); done <- struct{}{} }()
	acknowledged := make(chan uint64)
	go func() {
		defer func() { done <- struct{}{} }()
		for n := uint64(1); ; n++ {
			id := domain.StreamID{Type: "person", ID: uuid.New()}
			_, err := a.handler.Handle(ctx, domain.Request{ID: uuid.New(), Case: id, Occurred: calendar.On(clock()), Actor: domain.Actor{ID: "lan"},
				Command: person.Register{Name: domain.Hide("Hoàng Văn Sáng"), Reference: uuid.New()}})
			if err != nil {
				return
			}
			for waiting := true; waiting; waiting = false {
				select {
				case acknowledged <- n:
				case <-ctx.Done():
					return
				default:
				}
			}
		}
	}()
	var last string
	for range 5 {
		before := <-acknowledged
		var made backedUp
		for last = ""; last == ""; { // the socket is there a moment after control was called
			name := filepath.Join(t.TempDir(), "one.hoso")
			r := hoso(t, "backup", "--data", data, name, "--format", "json")
			if r.code == 0 {
				if err := json.Unmarshal([]byte(r.out), &made); err != nil {
					t.Fatal(err)
				}
				last = name
			} else if !strings.Contains(r.err, "[data.held]") {
				t.Fatal(r.err)
			}
		}
		if after := <-acknowledged; made.Events < before || made.Events > after+1 || made.Keys < int(made.Events) {
			t.Errorf("%+v, after %d and before %d", made, before, after)
		}
	}
	stop()
	<-done
	<-done
	again := filepath.Join(t.TempDir(), "again")
	must(t, "restore", last, "--data", again, "--key-file", kekOf(data))
	b, err := e.openCaughtUp(t.Context(), alone(again))
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	codec, n := b.catalog.Codec(b.keys), 0
	head, err := b.log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range b.log.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if registered, ok := decoded(t, codec, r).(person.Registered); ok {
			if name, known := registered.Name.Reveal(); !known || name != "Hoàng Văn Sáng" {
				t.Fatalf("event %d does not open", r.Position)
			}
			n++
		}
		if r.Position == head {
			break
		}
	}
	if n == 0 {
		t.Error("no person was restored")
	}
}

func decoded(t *testing.T, codec *domain.Codec, r domain.Recorded) domain.Event {
	t.Helper()
	e, err := codec.Decode(r.Type, r.Schema, r.Data)
	if err == nil {
		e, err = codec.Open(t.Context(), e)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestKilledBackupsAndRestorings: killed at any moment, each says that it is not whole, and comes to its end when it is run again.
func TestKilledBackupsAndRestorings(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	data := filepath.Join(t.TempDir(), "data")
	input := filepath.Join(t.TempDir(), "claims.jsonl")
	if err := os.WriteFile(input, []byte(claims(3000)), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "--data", data, input)
	want := must(t, append(askFigures, "--data", data)...)
	killed := func(most time.Duration, args ...string) (whole bool) {
		c := process(t, args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		select {
		case <-time.After(time.Duration(rand.Int64N(int64(most)))):
			_ = c.Process.Kill()
			<-ended
			return false
		case err := <-ended:
			if err != nil {
				t.Fatalf("hoso %s: %v", args[0], err)
			}
			return true
		}
	}
	name := filepath.Join(t.TempDir(), "one.hoso")
	torn := 0
	for range 8 {
		if killed(1500*time.Millisecond, "backup", "--data", data, name) {
			break
		}
		torn++
		if _, err := os.Stat(name); err == nil {
			break // it was killed after its work
		}
		if _, err := os.Stat(name + part); err == nil {
			if r := hoso(t, "restore", name+part, "--data", filepath.Join(t.TempDir(), "x")); r.code == 0 || !strings.Contains(r.err, "backup.") {
				// whole it may be: killed between the last byte and the new name
				if r.code != 0 {
					t.Error(r.err)
				}
			}
		}
	}
	if _, err := os.Stat(name); err != nil {
		must(t, "backup", "--data", data, name)
	}

	again := filepath.Join(t.TempDir(), "again")
	restore := []string{"restore", name, "--data", again, "--key-file", kekOf(data)}
	for range 8 {
		if killed(3*time.Second, restore...) {
			break
		}
		torn++
		_, err := os.Stat(filepath.Join(again, restoringName))
		if err != nil {
			continue
		}
		for _, args := range [][]string{append(askFigures, "--data", again), {"serve", "--listen", "127.0.0.1:0", "--data", again},
			{"backup", "--data", again, filepath.Join(t.TempDir(), "two.hoso")}, {"copy", "--from", again, "--to", filepath.Join(t.TempDir(), "x")}} {
			fails(t, 1, "restore.unfinished", args...)
		}
	}
	if r := hoso(t, restore...); r.code != 0 && !strings.Contains(r.err, "[restore.not_empty]") { // or it is whole already
		t.Fatal(r.err)
	}
	t.Logf("killed %d times", torn)
	if got := must(t, append(askFigures, "--data", again)...); got != want {
		t.Errorf("figures differ\n--- got\n%s\n--- want\n%s", got, want)
	}
	a, b := verdict(t, "--data", data), verdict(t, "--data", again)
	if !b.OK || a.Root != b.Root {
		t.Errorf("%+v, want %+v", b, a)
	}
}

// TestBackupsAndAnErasure: a backup from before it needs the key-encryption key of its time; when that is destroyed nobody reads
// the erased person in it any more.
func TestBackupsAndAnErasure(t *testing.T) {
	t.Parallel()
	data, _ := peopled(t, 3)
	before, _ := backup(t, data)
	was := filepath.Join(t.TempDir(), "kek")
	must(t, "keys", "rotate", "--data", data, "--old-key", was)
	after, _ := backup(t, data)
	fails(t, 1, "keys.kek_wrong", "restore", before, "--data", filepath.Join(t.TempDir(), "x"), "--key-file", kekOf(data))
	fails(t, 1, "keys.kek_wrong", "restore", after, "--data", filepath.Join(t.TempDir(), "x"), "--key-file", was)
	must(t, "restore", before, "--data", filepath.Join(t.TempDir(), "x"), "--key-file", was)
	must(t, "restore", after, "--data", filepath.Join(t.TempDir(), "x"), "--key-file", kekOf(data))
	must(t, "keys", "rotate", "--data", data, "--destroy-old-key")
	if files, _ := filepath.Glob(filepath.Join(data, "keys", "*")); !slices.Equal(files, []string{kekOf(data)}) {
		t.Errorf("the directory of the key holds %v", files)
	}
	fails(t, 2, "usage", "keys", "rotate", "--data", data)
	must(t, append(askFigures, "--data", data)...)
}

// TestKilledRotations: killed at any moment, nothing is lost and nobody uses half of it.
func TestKilledRotations(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	data := filepath.Join(t.TempDir(), "data")
	input := filepath.Join(t.TempDir(), "claims.jsonl")
	if err := os.WriteFile(input, []byte(claims(3000)), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "--data", data, input)
	old := filepath.Join(t.TempDir(), "kek")
	unfinished := 0
	for range 6 {
		c := process(t, "keys", "rotate", "--data", data, "--old-key", old)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		select {
		case <-time.After(time.Duration(200+rand.IntN(2500)) * time.Millisecond):
			_ = c.Process.Kill()
			<-ended
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			old += "+"
		}
		switch r := hoso(t, "import", "--data", data, input); {
		case r.code == 0 && strings.Contains(r.out, "ghi mới 0, đã có 12.000"):
			if _, err := os.Stat(old); err == nil && read(t, old) != read(t, kekOf(data)) { // it came to its end when it was killed
				old += "+"
			}
		case strings.Contains(r.err, "[keys.rotation_unfinished]"):
			unfinished++
		default:
			t.Fatal(r.out, r.err)
		}
	}
	t.Logf("unfinished %d times", unfinished)
	must(t, "keys", "rotate", "--data", data, "--destroy-old-key")
	if out := must(t, "import", "--data", data, input); !strings.Contains(out, "ghi mới 0, đã có 12.000") {
		t.Error(out)
	}
}
