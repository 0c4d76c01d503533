package sqliteaccess_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"hoso/adapters/sqliteaccess"
	"hoso/projections/desk"
)

// The environment tells a process of this test's program to record until it is killed.
const recordIn = "SQLITEACCESS_RECORD_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(recordIn); dir != "" {
		recordForEver(dir)
	}
	os.Exit(m.Run())
}

// recordForEver writes a line for each acknowledged reading.
func recordForEver(dir string) {
	ctx := context.Background()
	l, err := sqliteaccess.Open(ctx, dir, key, time.Now)
	for n := 1; err == nil; n++ {
		if err = l.Record(ctx, reading("lan", hoa), reading("lan", binh)); err == nil {
			_, err = fmt.Println(n)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func TestAKilledProcessLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	acknowledged := 0
	for range 5 {
		c := exec.CommandContext(t.Context(), os.Args[0])
		c.Env, c.Stderr = append(os.Environ(), recordIn+"="+dir), os.Stderr
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 20 {
			if !lines.Scan() {
				t.Fatal("the process ended by itself")
			}
			acknowledged++
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // acknowledged before it died
			acknowledged++
		}
		_ = c.Wait()
	}
	l := open(t, dir)
	end, err := l.Verify(t.Context())
	if err != nil || end.Number < uint64(2*acknowledged) || end.Number > uint64(2*acknowledged+2*5) || end.Number%2 != 0 {
		t.Fatalf("%d readings of %d acknowledged pairs, %v", end.Number, acknowledged, err)
	}
	if p, err := l.Find(t.Context(), desk.AccessSearch{Person: binh, Limit: 1}); err != nil || p.Readings[0].Number != end.Number {
		t.Errorf("%+v, %v", p, err)
	}
}
