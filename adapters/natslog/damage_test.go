//go:build linux

package natslog_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/natslog"
	"hoso/adapters/natsserver"
	"hoso/domain"
)

// TestADamagedFile flips one bit in each full file of the stream in turn. Whoever opens or follows the log is told; nobody waits
// for what cannot be read. The last file is left alone: nats-server 2.15.2 reads it when it starts, and may take all memory
// where the damage hits a sequence number in it.
func TestADamagedFile(t *testing.T) {
	if testing.Short() {
		t.Skip("fills several files")
	}
	t.Parallel()
	dir := t.TempDir()
	use := func(do func(*natsserver.Server)) {
		t.Helper()
		srv, err := natsserver.Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		do(srv)
	}
	const events = 400 // of 64 KiB: 8 MiB a file
	use(func(srv *natsserver.Server) {
		l := openOn(t, srv)
		for range events / 8 {
			id := domain.StreamID{Type: "loan", ID: uuid.New()}
			if _, err := l.Append(t.Context(), id, domain.Tail{}, big(), big(), big(), big(), big(), big(), big(), big()); err != nil {
				t.Fatal(err)
			}
		}
	})
	files, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", "hoso", "msgs", "*.blk"))
	if err != nil || len(files) < 3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	slices.Sort(files)
	for _, name := range files[:len(files)-1] {
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		damaged := slices.Clone(whole)
		damaged[len(damaged)/2] ^= 1
		if err := os.WriteFile(name, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		use(func(srv *natsserver.Server) {
			if err := told(t, srv, events); domain.CodeOf(err) != "log.history_cut" {
				t.Errorf("%s: %v", filepath.Base(name), err)
			}
		})
		if err := os.WriteFile(name, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// told opens the log and follows it to its end, and returns what it is told on the way.
func told(t *testing.T, srv *natsserver.Server, events int) error {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	nc, err := srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	l, err := natslog.Open(ctx, nc, natslog.Options{})
	if err != nil {
		return err
	}
	defer l.Close()
	for e, err := range l.Follow(ctx, 0) {
		if err != nil || int(e.Position) == events {
			return err
		}
	}
	return nil
}

func openOn(t *testing.T, srv *natsserver.Server) *natslog.Log {
	t.Helper()
	nc, err := srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	l, err := natslog.Open(t.Context(), nc, natslog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}
