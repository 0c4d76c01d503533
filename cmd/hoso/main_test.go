package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files")

// TestMain lets the test binary be the program itself, for tests that need more than one process.
func TestMain(m *testing.M) {
	if os.Getenv("HOSO_TEST_MAIN") != "" {
		if v := os.Getenv("HOSO_TEST_VIEWS"); v != "" {
			os.Exit(run(context.Background(), &env{args: os.Args[1:], in: os.Stdin, out: os.Stdout, err: os.Stderr, clock: time.Now, vary: varied(v)}))
		}
		main()
	}
	os.Exit(m.Run())
}

// clock says 2/5/2024, 8:30 in Vietnam.
func clock() time.Time { return time.Date(2024, 5, 2, 1, 30, 0, 0, time.UTC) }

// result is what one run of the program left.
type result struct {
	out, err string
	code     int
}

// hoso runs the program in this process.
func hoso(t *testing.T, args ...string) result {
	t.Helper()
	return hosoWith(t.Context(), "", args...)
}

func hosoWith(ctx context.Context, stdin string, args ...string) result {
	var out, err bytes.Buffer
	code := run(ctx, &env{args: args, in: strings.NewReader(stdin), out: &out, err: &err, clock: clock})
	return result{out.String(), err.String(), code}
}

// must is hoso where nothing may go wrong.
func must(t *testing.T, args ...string) string {
	t.Helper()
	r := hoso(t, args...)
	if r.code != 0 {
		t.Fatalf("hoso %s: exit code %d\n%s%s", strings.Join(args, " "), r.code, r.out, r.err)
	}
	return r.out
}

// process is the program as a process of its own.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, args...)
	c.Env = append(os.Environ(), "HOSO_TEST_MAIN=1")
	return c
}

// file copies a file of testdata to where lists of refused lines may stand beside it.
func file(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// golden compares with a file of testdata. Ids differ between offices, so they are numbered as they come.
func golden(t *testing.T, name, got string) {
	t.Helper()
	seen := map[string]string{}
	got = uuids.ReplaceAllStringFunc(got, func(id string) string {
		if seen[id] == "" {
			seen[id] = "<id " + strconv.Itoa(len(seen)+1) + ">"
		}
		return seen[id]
	})
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := read(t, path); got != want {
		t.Errorf("%s differs (go test -update writes it anew)\n--- got\n%s\n--- want\n%s", path, got, want)
	}
}

// firstAccount is how many events the first start of hoso serve records: the administrator's account, its right, its password.
const firstAccount = 3
