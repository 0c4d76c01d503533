package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tmpfs mounts a small file system, where this machine permits it.
func tmpfs(t *testing.T, megabytes int) (dir string, remount func(options string)) {
	t.Helper()
	dir = t.TempDir()
	if err := mount(dir, fmt.Sprintf("size=%dm", megabytes), false); err != nil {
		t.Skipf("NOT TESTED: a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { unmount(dir) })
	return dir, func(options string) {
		if err := mount(dir, options, true); err != nil {
			t.Fatal(err)
		}
	}
}

// oneLine fails unless the program failed with one line and this code.
func oneLine(t *testing.T, r result, code string) {
	t.Helper()
	if r.code != 1 || strings.Count(r.err, "\n") != 1 || !strings.HasSuffix(r.err, "["+code+"]\n") {
		t.Errorf("exit code %d, want 1 [%s]\nout %s\nerr %s", r.code, code, r.out, r.err)
	}
}

func TestAReadOnlyDirectory(t *testing.T) {
	dir, remount := tmpfs(t, 256)
	data := filepath.Join(dir, "data")
	small := file(t, "small.jsonl")
	must(t, "import", "--data", data, small)
	before := must(t, "figures", "--data", data, "--month", "2024-04", "--format", "json")
	remount("ro")
	oneLine(t, hoso(t, "import", "--data", data, small), "storage.read_only")
	oneLine(t, hoso(t, "serve", "--data", data, "--listen", "127.0.0.1:0"), "storage.read_only")
	oneLine(t, hoso(t, "import", "--data", filepath.Join(dir, "other"), small), "storage.read_only")
	remount("rw")
	if after := must(t, "figures", "--data", data, "--month", "2024-04", "--format", "json"); after != before {
		t.Error("figures differ")
	}
}

func TestAFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a file system")
	}
	dir, _ := tmpfs(t, 72)
	data := filepath.Join(dir, "data")
	input := filepath.Join(t.TempDir(), "claims.jsonl")
	if err := os.WriteFile(input, []byte(claims(20_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	// The disk fills up by other hands while the import runs, or before.
	ballast := filepath.Join(dir, "ballast")
	stuffed := make(chan error, 1)
	first := hoso(t, "import", "--data", data, file(t, "small.jsonl"))
	if first.code != 0 {
		t.Fatal(first.err)
	}
	go func() {
		f, err := os.Create(ballast)
		for block := make([]byte, 256<<10); err == nil; {
			_, err = f.Write(block)
		}
		_ = f.Close()
		stuffed <- err
	}()
	r := hoso(t, "import", "--data", data, input)
	<-stuffed
	if r.code != 1 || strings.Count(r.err, "\n") != 1 || !strings.Contains(r.err, "[storage.") {
		t.Fatalf("exit code %d\nout %s\nerr %s", r.code, r.out, r.err)
	}
	if !strings.Contains(r.out, "bị từ chối 0") {
		t.Errorf("right lines were refused because the disk was full: %s", r.out)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	written := 0
	if _, rest, ok := strings.Cut(r.out, "ghi mới "); ok {
		number, _, _ := strings.Cut(rest, ",")
		_, _ = fmt.Sscan(strings.ReplaceAll(number, ".", ""), &written)
	}
	again := must(t, "import", "--data", data, file(t, "small.jsonl"))
	if !strings.Contains(again, "đã có 7") {
		t.Errorf("lost what was acknowledged before: %s", again)
	}
	events := 0
	out := must(t, "figures", "--data", data, "--month", "2024-04", "--format", "json")
	_, _ = fmt.Sscanf(position.FindString(out), `"position": %d`, &events)
	if events < written+7 {
		t.Errorf("%d commands were acknowledged, the log holds %d events", written+7, events)
	}
}
