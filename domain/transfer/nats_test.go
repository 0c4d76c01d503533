package transfer_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/natslog"
	"hoso/adapters/natsserver"
	"hoso/domain"
	"hoso/domain/transfer"
)

// server opens a log on an embedded server.
func server(t *testing.T, dir string) (*natslog.Log, func()) {
	t.Helper()
	srv, err := natsserver.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	nc, err := srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	log, err := natslog.Open(t.Context(), nc, natslog.Options{Fault: srv.Fault})
	if err != nil {
		t.Fatal(err)
	}
	shut := func() {
		log.Close()
		nc.Close()
		srv.Close()
	}
	t.Cleanup(shut)
	return log, shut
}

// TestRealLogs goes from memory to a server, from there to another, and back, interrupted and reopened on the way.
func TestRealLogs(t *testing.T) {
	t.Parallel()
	first := memlog.New()
	ids := []domain.StreamID{{Type: "loan", ID: uuid.New()}, {Type: "loan", ID: uuid.New()}, {Type: "person", ID: uuid.New()}}
	for i := range 300 {
		add(t, first, ids[i%3], 1+i%4, i)
	}
	want, err := transfer.Digest(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}

	dir := t.TempDir()
	second, shut := server(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	_, err = transfer.Copy(ctx, first, second, transfer.Options{Progress: func(p transfer.Progress) {
		if p.Step == transfer.Write && p.Events > 300 {
			cancel()
		}
	}})
	if err == nil {
		t.Fatal("the copy was not interrupted")
	}
	shut()
	second, _ = server(t, dir)
	third, _ := server(t, t.TempDir())
	last := memlog.Open(memlog.NewIdempotentStore())
	for _, step := range [][2]domain.EventLog{{first, second}, {second, third}, {third, last}} {
		for again := range 2 {
			sum, err := transfer.Copy(t.Context(), step[0], step[1], transfer.Options{})
			if err != nil || sum.Sum != want || (again == 1) != (sum.Copied == 0) {
				t.Fatalf("%+v, %v; want %+v", sum, err, want)
			}
		}
	}
	same(t, "events", all(t, last), all(t, first))
}
