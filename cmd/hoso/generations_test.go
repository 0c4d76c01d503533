package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoso/domain/calendar"
	"hoso/domain/merit"
	"hoso/projections"
	"hoso/projections/figures"
)

// other is the view of figures of some other program.
type other struct {
	figures.View
	version string
	forgets bool   // payments in cash
	gate    string // a file without which it applies one batch only
	applied *int
}

func (o other) Version() string { return o.View.Version() + o.version }

func (o other) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	for *o.applied++; o.gate != "" && *o.applied > 1; {
		if _, err := os.Stat(o.gate); err == nil {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	if !o.forgets {
		return o.View.Apply(ctx, tx, batch)
	}
	var kept []projections.Event
	for _, e := range batch {
		if paid, ok := e.Event.(merit.AllowancePaid); !ok || paid.Channel != "cash" {
			kept = append(kept, e)
		}
	}
	return o.View.Apply(ctx, tx, kept)
}

// alien is a view of figures whose rows this program's readers cannot read, nor its rows another one's.
type alien struct{ projections.View }

func (alien) Version() string { return "0" }

// varied reads which views a program has: a version, then forgets, alien or a gate.
func varied(how string) func([]projections.View) []projections.View {
	version, rest, _ := strings.Cut(how, " ")
	return func(views []projections.View) []projections.View {
		o := other{View: views[0].(figures.View), version: version, applied: new(int)}
		switch rest {
		case "alien":
			views[0] = alien{o}
			return views
		case "forgets":
			o.forgets = true
		default:
			o.gate = rest
		}
		views[0] = o
		return views
	}
}

func varying(t *testing.T, how string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	code := run(t.Context(), &env{args: args, in: strings.NewReader(""), out: &out, err: &err, clock: clock, vary: varied(how)})
	return result{out.String(), err.String(), code}
}

// serving runs the program of some views until a probe of /healthz is satisfied.
func serving(t *testing.T, how, data string, until func(health, int) bool) *exec.Cmd {
	t.Helper()
	t.Setenv("HOSO_TEST_VIEWS", how)
	c, _, ask := overseen(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	for end := time.Now().Add(20 * time.Second); ; {
		h, code := ask()
		if until(h, code) {
			return c
		}
		if time.Now().After(end) {
			t.Fatalf("it never came to it: %d %+v", code, h)
		}
	}
}

func generations(t *testing.T, data string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(data, "views", "views-*.db"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A program with other views builds them beside the old ones, which answer until then, whatever becomes of it meanwhile.
func TestAnOldGenerationAnswersUntilTheNewOneIsTaken(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	data, gate := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "gate")
	input := filepath.Join(t.TempDir(), "claims.jsonl")
	if err := os.WriteFile(input, []byte(claims(1500)), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "--data", data, input)
	want := must(t, "figures", "--data", data, "--month", "2024-04")
	if err := os.RemoveAll(filepath.Join(data, "views")); err != nil {
		t.Fatal(err)
	}
	ready := func(h health, code int) bool {
		return h.Status == "ok" && code == http.StatusOK && h.Reading >= 6000 && h.Position >= 6000
	}
	c := serving(t, "", data, ready)
	_ = c.Process.Kill() // so that the old file was not closed either
	_ = c.Wait()
	for range 3 { // killed in the middle of building
		c = serving(t, "-new "+gate, data, func(h health, code int) bool {
			return h.Status == "rebuilding" && code == http.StatusOK && h.Reading >= 6000 && h.Position > 0 && h.Position < 6000
		})
		_ = c.Process.Kill()
		_ = c.Wait()
		if n := len(generations(t, data)); n != 2 {
			t.Errorf("%d generations after a kill", n)
		}
	}
	if err := os.WriteFile(gate, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c = serving(t, "-new "+gate, data, ready)
	_ = c.Process.Kill()
	_ = c.Wait()
	if n := len(generations(t, data)); n != 1 {
		t.Errorf("%d generations after the new one was taken", n)
	}
	if r := varying(t, "-new", "figures", "--data", data, "--month", "2024-04"); r.out != want || r.err != "" {
		t.Errorf("the new generation says something else:\n%s%s", r.out, r.err)
	}
	// Rows that cannot be read are not read: nothing is answered until the new ones are there.
	if err := os.Remove(gate); err != nil {
		t.Fatal(err)
	}
	if r := varying(t, "-x alien", "import", "--data", data, input); r.code != 0 {
		t.Fatal(r.err)
	}
	c = serving(t, "-new "+gate, data, func(h health, code int) bool {
		return h.Status == "catching_up" && code == http.StatusServiceUnavailable && h.Reading == 0 && h.Position > 0
	})
	_ = c.Process.Kill()
	_ = c.Wait()
}

// A generation that counts a published month otherwise is not taken.
func TestAGenerationThatContradictsAReportIsNotTaken(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	lines := `{"command":"person.register","case":"NCC-1","occurred":"2024-03-01","data":{"name":"Nông Thị Lan"}}
{"command":"merit.start_allowance","case":"TC-1","occurred":"2024-03-01","data":{"person":"NCC-1","commune":"06550","category":"h","from":"2024-01","level":2000000}}
{"command":"merit.pay_allowance","case":"TC-1","occurred":"2024-03-05","data":{"month":"2024-03","channel":"cash"}}
`
	if r := hosoWith(t.Context(), lines, "import", "--data", data, "-"); r.code != 0 {
		t.Fatal(r.out, r.err)
	}
	shut := func(month string) []string {
		return []string{"close", "--data", data, "--area", "20", "--month", month, "--number", month + "/BC", "--signer", "Giám đốc",
			"--signed", "2024-05-02", "--by", "lan", "--approver", "minh"}
	}
	must(t, shut("2024-03")...)

	// While it serves, the old generation answers.
	c := serving(t, "-wrong forgets", data, func(h health, code int) bool {
		return h.Status == "failing" && code == http.StatusServiceUnavailable && h.Reading == 8 && h.Position == 9+firstAccount && // the publication was sealed

			strings.Contains(h.Views, "2024-03/BC") && strings.Contains(h.Views, "0 người thay vì 1 người")
	})
	_ = c.Process.Kill()
	_ = c.Wait()
	if n := len(generations(t, data)); n != 2 {
		t.Fatalf("%d generations", n)
	}

	// Who asks once is warned and answered by the new one; nobody publishes with it.
	r := varying(t, "-wrong forgets", "figures", "--data", data, "--month", "2024-03")
	golden(t, "contradiction.txt", r.err)
	if r.code != 0 || len(generations(t, data)) != 2 {
		t.Errorf("%d, %d generations\n%s", r.code, len(generations(t, data)), r.out)
	}
	if r := varying(t, "-wrong forgets", shut("2024-04")...); r.code == 0 || !strings.HasSuffix(r.err, "[views.contradict]\n") {
		t.Errorf("published: %d %s", r.code, r.err)
	}

	// The program of yesterday goes on as if nothing had been.
	if r := hoso(t, "figures", "--data", data, "--month", "2024-03"); r.code != 0 || r.err != "" || len(generations(t, data)) != 1 {
		t.Errorf("%d %s, %d generations", r.code, r.err, len(generations(t, data)))
	}

	// Or the office takes the new count: it publishes the month once more, with a reason.
	again := append(shut("2024-03"), "--reissue", "cách tính đã đổi", "--number", "99/BC")
	if r := varying(t, "-wrong forgets", again...); r.code != 0 {
		t.Fatal(r.err)
	}
	if r := varying(t, "-wrong forgets", "figures", "--data", data, "--month", "2024-03"); r.code != 0 || r.err != "" || len(generations(t, data)) != 1 {
		t.Errorf("reissued: %d %s, %d generations", r.code, r.err, len(generations(t, data)))
	}
}

// A damaged file of views is made anew, and whoever is there is told.
func TestADamagedFileOfViewsIsRebuilt(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	want := must(t, "figures", "--data", data, "--month", "2024-04")
	path := generations(t, data)[0]
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(b[4096*2:], bytes.Repeat([]byte{0xff}, 4096))
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r := hoso(t, "figures", "--data", data, "--month", "2024-04")
	if r.code != 0 || r.out != want || strings.Count(r.err, "\n") != 1 || !strings.HasSuffix(r.err, "[views.damaged]\n") {
		t.Errorf("%d %s\n%s", r.code, r.err, r.out)
	}
	if r := hoso(t, "figures", "--data", data, "--month", "2024-04"); r.err != "" {
		t.Errorf("and again: %s", r.err)
	}
}

// What answers before the new generation is taken is the old file, also to its end when it is deleted meanwhile.
func TestTheOlderGenerationAnswersFigures(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	must(t, "figures", "--data", data, "--month", "2024-04") // until here the old views follow
	e := &env{out: io.Discard, err: io.Discard, clock: clock, vary: varied("-new")}
	a, err := e.open(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	if _, err := a.reading(); !errors.Is(err, projections.ErrCatchingUp) {
		t.Errorf("without an older generation: %v", err)
	}
	if err := a.before(t.Context()); err != nil {
		t.Fatal(err)
	}
	q := figures.Query{Month: calendar.Month{Year: 2024, Month: 4}}
	answer := func() (readers, string) {
		t.Helper()
		r, err := a.reading()
		if err != nil {
			t.Fatal(err)
		}
		s, err := r.figures.Figures(t.Context(), q)
		if err != nil || s.Position != 7 {
			t.Fatal(s.Position, err)
		}
		b, _ := json.Marshal(s)
		return r, string(b)
	}
	old, was := answer()
	tx, err := old.views.BeginTx(t.Context(), nil) // a read under way
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := a.catchUp(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	taken, is := answer()
	if taken.views == old.views || is != was || len(generations(t, data)) != 1 {
		t.Errorf("the same file %t, %d generations\n%s\n%s", taken.views == old.views, len(generations(t, data)), was, is)
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM events").Scan(&n); err != nil || n != 7 {
		t.Errorf("the read under way: %d, %v", n, err)
	}
}
