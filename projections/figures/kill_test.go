package figures_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/projections"
	"hoso/projections/internal/probe"
)

var killRounds = 6

// killed is set in the child process: the directory of its views.
const killed = "FIGURES_TEST_VIEWS"

// fixedLog makes the same log in every process.
func fixedLog(t testing.TB) *world {
	w := &world{tb: t, log: memlog.New(), catalog: probe.Catalog()}
	w.codec = w.catalog.Codec(domaintest.Keys())
	random := rand.New(rand.NewPCG(1, 2))
	tails := map[domain.StreamID]domain.Tail{}
	for n := range 20_000 {
		id := caseNumber(n % 50)
		e := probe.Noted{Area: "05971", Kind: "a", Amount: random.Int64N(1000), Enters: 1, Persons: []domain.PersonID{somebody(n % 100)}}
		name, schema, data, err := w.codec.Encode(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		d := domain.Draft{ID: somebody(n).UUID, Type: name, Schema: schema, Data: data,
			Meta: domain.Meta{Occurred: calendar.Date(20240401).AddDays(random.IntN(60)), Recorded: time.Unix(int64(n), 0).UTC()}}
		tail, err := w.log.Append(t.Context(), id, tails[id], d)
		if err != nil {
			t.Fatal(err)
		}
		tails[id] = tail
	}
	return w
}

// A process that applies the log is killed again and again. What it leaves is continued, and ends equal to a rebuild.
func TestKilledAtAnyMomentTheViewsEndEqualToARebuild(t *testing.T) {
	t.Parallel()
	w := fixedLog(t)
	if dir := os.Getenv(killed); dir != "" {
		_ = apply(t, dir, w.log, w, func(p projections.Progress) { fmt.Println("at", p.Position) }).Close()
		return
	}
	rebuilt := views(t, scratch(t), w.log, w)
	defer rebuilt.Close()
	want := dump(t, rebuilt)
	kills := 0
	for round := range killRounds {
		dir := t.TempDir()
		for range 2 {
			kills += killedAfter(t, dir, rand.IntN(4), time.Duration(rand.IntN(60))*time.Millisecond)
		}
		f := views(t, dir, w.log, w)
		if dump(t, f) != want {
			t.Errorf("round %d: the file of the killed process is not that of a rebuild", round)
		}
		_ = f.Close()
	}
	if kills == 0 {
		t.Error("every process finished before it was killed")
	}
	t.Logf("%d kills in %d rounds", kills, killRounds)
}

// killedAfter starts a process that applies the log, and kills it some time after it wrote some batches. It returns
// how many processes were killed: 0 where this one was faster.
func killedAfter(t *testing.T, dir string, batches int, later time.Duration) int {
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), killed+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range batches {
		lines.Scan()
	}
	time.AfterFunc(later, func() { _ = child.Process.Kill() })
	for lines.Scan() { // the pipe has to be read to its end before Wait
	}
	if child.Wait() == nil {
		return 0
	}
	return 1
}
