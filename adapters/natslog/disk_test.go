//go:build linux

package natslog_test

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hoso/adapters/natslog"
	"hoso/adapters/natsserver"
	"hoso/domain"
)

// mount makes a small file system of its own.
func mount(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("NOT TESTED: how a full or read-only disk is told; mounting a tmpfs needs root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func remount(t *testing.T, dir string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, options); err != nil {
		t.Fatal(err)
	}
}

// big returns an event of 64 KiB that does not compress.
func big() domain.Draft {
	d := draft()
	noise := make([]byte, 48<<10)
	_, _ = rand.Read(noise)
	d.Data = fmt.Appendf(nil, "%q", base64.StdEncoding.EncodeToString(noise))
	return d
}

// fill appends from several callers until somebody is refused, and returns what was acknowledged and the refusals.
func fill(t *testing.T, l *natslog.Log, callers int) (acknowledged []domain.StreamID, refused []error) {
	t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for {
				id := newCase()
				_, err := l.Append(t.Context(), id, domain.Tail{}, big())
				mu.Lock()
				if err != nil {
					refused = append(refused, err)
					mu.Unlock()
					return
				}
				acknowledged = append(acknowledged, id)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return acknowledged, refused
}

func isAll(t *testing.T, errs []error, code string) {
	t.Helper()
	for _, err := range errs {
		if !errors.Is(err, &domain.Error{Code: code}) || domain.KindOf(err) != domain.Unavailable {
			t.Errorf("got %v, want %s", err, code)
		}
	}
}

func allThere(t *testing.T, l *natslog.Log, cases []domain.StreamID) {
	t.Helper()
	for _, id := range cases {
		n := 0
		for _, err := range l.Read(t.Context(), id, 0) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != 1 {
			t.Fatalf("%s was acknowledged and has %d events", id, n)
		}
	}
}

// TestDiskNearlyFull: writes are refused before the disk is full, reading goes on, and writing too once there is space.
func TestDiskNearlyFull(t *testing.T) {
	t.Parallel()
	dir := mount(t, "64m")
	l, shut := openLog(t, filepath.Join(dir, "nats"))
	t.Cleanup(shut)
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 36<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	acknowledged, refused := fill(t, l, 1)
	isAll(t, refused, "storage.full")
	if len(acknowledged) == 0 {
		t.Error("nothing was written")
	}
	allThere(t, l, acknowledged)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	id := newCase()
	for began := time.Now(); ; {
		_, err := l.Append(t.Context(), id, domain.Tail{}, draft())
		if err == nil {
			break
		}
		if isAll(t, []error{err}, "storage.full"); time.Since(began) > 10*time.Second {
			t.Fatal("writing does not go on though there is space")
		}
	}
	allThere(t, l, append(acknowledged, id))
}

// TestDiskFull runs into the full disk itself: something else takes the space all at once.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	for _, callers := range []int{1, 64} {
		t.Run(fmt.Sprint(callers), func(t *testing.T) {
			dir := mount(t, "48m")
			data := filepath.Join(dir, "nats")
			srv, err := natsserver.Open(t.Context(), data)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(srv.Close)
			nc, err := srv.Connect()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(nc.Close)
			// The watch on free space is blind here: only what the server runs into counts.
			blind := func() error {
				if err := srv.Fault(); err != nil && !strings.Contains(err.Error(), "MiB left") {
					return err
				}
				return nil
			}
			l, err := natslog.Open(t.Context(), nc, natslog.Options{Fault: blind})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(l.Close)
			began := time.Now()
			acknowledged, refused := fill(t, l, callers)
			t.Logf("%d acknowledged, then in %v: %v", len(acknowledged), time.Since(began), refused[0])
			isAll(t, refused, "storage.full")
			allThere(t, l, acknowledged) // reading goes on
			l.Close()
			nc.Close()
			srv.Close()

			_, err = natsserver.Open(t.Context(), data)
			isAll(t, []error{err}, "storage.full")
			remount(t, dir, 0, "size=128m")
			l, shut := openLog(t, data)
			t.Cleanup(shut)
			allThere(t, l, acknowledged)
			if _, err := l.Append(t.Context(), newCase(), domain.Tail{}, big()); err != nil {
				t.Errorf("with space again: %v", err)
			}
		})
	}
}

// TestDiskReadOnly takes the right to write away before and after the start.
func TestDiskReadOnly(t *testing.T) {
	t.Parallel()
	dir := mount(t, "64m")
	data := filepath.Join(dir, "nats")
	l, shut := openLog(t, data)
	id := newCase()
	if _, err := l.Append(t.Context(), id, domain.Tail{}, draft()); err != nil {
		t.Fatal(err)
	}
	shut()
	remount(t, dir, syscall.MS_RDONLY, "")
	_, err := natsserver.Open(t.Context(), data)
	isAll(t, []error{err}, "storage.read_only")
	_, err = natsserver.Open(t.Context(), filepath.Join(dir, "new"))
	isAll(t, []error{err}, "storage.read_only")
	remount(t, dir, 0, "")
	l, shut = openLog(t, data)
	t.Cleanup(shut)
	allThere(t, l, []domain.StreamID{id})
}
