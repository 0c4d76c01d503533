package natslog_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/natslog"
	"hoso/adapters/natsserver"
	"hoso/domain"
)

// The kill test starts this test program again as a process that writes and prints what was acknowledged, and ends it
// with SIGKILL in the middle of its work, many times over the same directory.

const killEnv = "NATSLOG_WRITE_TO"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killEnv); dir != "" {
		if err := writeUntilKilled(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

const (
	killRounds   = 15
	killWriters  = 96
	killCommands = 5 // of a case, then the writer goes on with a new one
)

// sizeOf says how many events the n-th command of a case has: one, or as many as shows half a command.
func sizeOf(n int) int { return []int{1, 2, 1, 7, 1}[n%killCommands] }

// writeUntilKilled prints a line for each acknowledged event: case, version, id.
func writeUntilKilled(dir string) error {
	ctx := context.Background()
	srv, err := natsserver.Open(ctx, dir)
	if err != nil {
		return err
	}
	nc, err := srv.Connect()
	if err != nil {
		return err
	}
	l, err := natslog.Open(ctx, nc, natslog.Options{Fault: srv.Fault})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	failed := make(chan error)
	for range killWriters {
		go func() {
			for {
				if err := writeCase(ctx, l); err != nil {
					failed <- err
				}
			}
		}()
	}
	return <-failed
}

func writeCase(ctx context.Context, l domain.EventLog) error {
	id, tail := newCase(), domain.Tail{}
	for n := range killCommands {
		command := uuid.New()
		drafts := make([]domain.Draft, sizeOf(n))
		for i := range drafts {
			drafts[i] = draft()
			drafts[i].Meta.Command = command
			drafts[i].Meta.Actor.ID = fmt.Sprint(len(drafts)) // how many belong together
		}
		next, err := l.Append(ctx, id, tail, drafts...)
		if err != nil {
			return err
		}
		var lines []byte
		for i, d := range drafts {
			lines = fmt.Appendln(lines, id, tail.Version+1+uint64(i), d.ID)
		}
		if _, err := os.Stdout.Write(lines); err != nil { // one call: lines are whole, and not mixed
			return err
		}
		tail = next
	}
	return nil
}

type place struct {
	stream  string
	version uint64
}

func TestKilledWriterLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes for some seconds")
	}
	dir := t.TempDir()
	acknowledged := map[place]string{}
	for round := range killRounds {
		killOne(t, dir, acknowledged)
		events := readAll(t, dir)
		for at, id := range acknowledged {
			if events[at].ID.String() != id {
				t.Fatalf("round %d: %v was acknowledged as %s, the log has %s", round, at, id, events[at].ID)
			}
		}
		t.Logf("round %d: %d acknowledged, %d in the log", round, len(acknowledged), len(events))
	}
	if len(acknowledged) < 1000 {
		t.Errorf("only %d events were acknowledged: this shows little", len(acknowledged))
	}
}

// killOne lets a writer work for a moment and adds what it printed.
func killOne(t *testing.T, dir string, acknowledged map[place]string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), killEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		_ = cmd.Process.Kill()
		t.Fatalf("the writer said %q", lines.Text())
	}
	timer := time.AfterFunc(50*time.Millisecond+rand.N(350*time.Millisecond), func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	for lines.Scan() {
		var at place
		var id string
		if n, _ := fmt.Sscan(lines.Text(), &at.stream, &at.version, &id); n == 3 && len(id) == 36 {
			acknowledged[at] = id
		}
	}
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != -1 { // -1: ended by a signal
		t.Fatalf("the writer ended by itself: %v", err)
	}
}

// readAll opens the directory and checks all that is in it.
func readAll(t *testing.T, dir string) map[place]domain.Recorded {
	t.Helper()
	l, shut := openLog(t, dir)
	defer shut()
	return checked(t, l, follow(t, l))
}

// follow returns all events of the log.
func follow(t *testing.T, l domain.EventLog) (all []domain.Recorded) {
	t.Helper()
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if head > 0 {
		for e, err := range l.Follow(t.Context(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, e)
			if e.Position >= head {
				break
			}
		}
	}
	return all
}

// checked checks what a follower was given: versions without gaps, ids once, commands whole, and that reading case by
// case gives the same.
func checked(t *testing.T, l domain.EventLog, order []domain.Recorded) map[place]domain.Recorded {
	t.Helper()
	events := map[place]domain.Recorded{}
	ends := map[domain.StreamID]uint64{}
	ids := map[uuid.UUID]bool{}
	commands := map[uuid.UUID]int{}
	for i, e := range order {
		if e.Version != ends[e.Stream]+1 || ids[e.ID] {
			t.Fatalf("%s: version %d after %d, id seen: %v", e.Stream, e.Version, ends[e.Stream], ids[e.ID])
		}
		ends[e.Stream], ids[e.ID] = e.Version, true
		commands[e.Meta.Command]++
		if i > 0 && commands[e.Meta.Command] > 1 && order[i-1].Meta.Command != e.Meta.Command {
			t.Fatalf("position %d: another command's event in the middle of a command", e.Position)
		}
		events[place{e.Stream.String(), e.Version}] = e
	}
	for _, e := range order {
		if want := e.Meta.Actor.ID; fmt.Sprint(commands[e.Meta.Command]) != want {
			t.Fatalf("%s: %d events of a command of %s", e.Stream, commands[e.Meta.Command], want)
		}
	}
	readEach(t, l, ends, events)
	return events
}

// readEach reads every case by itself.
func readEach(t *testing.T, l domain.EventLog, ends map[domain.StreamID]uint64, events map[place]domain.Recorded) {
	t.Helper()
	var all sync.WaitGroup
	limit := make(chan struct{}, 8)
	for id, end := range ends {
		all.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			n := uint64(0)
			for e, err := range l.Read(t.Context(), id, 0) {
				if err != nil {
					t.Error(err)
					return
				}
				n++
				if events[place{id.String(), n}].ID != e.ID {
					t.Errorf("%s: version %d read is not the one followed", id, n)
				}
			}
			if n != end {
				t.Errorf("%s: %d events read, %d followed", id, n, end)
			}
		})
	}
	all.Wait()
}
