package natslog_test

import (
	"testing"

	"hoso/adapters/natslog"
	"hoso/adapters/natsserver"
	"hoso/domain"
	"hoso/domain/eventlogtest"
)

func TestContract(t *testing.T) {
	eventlogtest.Run(t, func(t *testing.T) eventlogtest.Store { return &directory{path: t.TempDir()} })
}

// directory is a store on the real embedded server.
type directory struct {
	path string
	srv  *natsserver.Server // while it is open
}

func (d *directory) Open(t eventlogtest.TB) (domain.EventLog, func()) {
	t.Helper()
	srv, err := natsserver.Open(t.Context(), d.path)
	if err != nil {
		t.Fatalf("%v", err)
	}
	d.srv = srv
	l, shut := d.Beside(t)
	return l, func() {
		shut()
		srv.Close()
	}
}

// Beside implements eventlogtest.Sharing: a log on a connection of its own, as another process has.
func (d *directory) Beside(t eventlogtest.TB) (domain.EventLog, func()) {
	t.Helper()
	nc, err := d.srv.Connect()
	if err != nil {
		t.Fatalf("%v", err)
	}
	l, err := natslog.Open(t.Context(), nc, natslog.Options{Fault: d.srv.Fault})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return l, func() {
		l.Close()
		nc.Close()
	}
}

// openTwo opens two logs on one server, each on a connection of its own, as two processes would.
func openTwo(t *testing.T) (a, b *natslog.Log) {
	t.Helper()
	srv, err := natsserver.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	var logs [2]*natslog.Log
	for i := range logs {
		nc, err := srv.Connect()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(nc.Close)
		if logs[i], err = natslog.Open(t.Context(), nc, natslog.Options{Fault: srv.Fault}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(logs[i].Close)
	}
	return logs[0], logs[1]
}

// openLog opens server and log on a directory. The returned function may be called twice.
func openLog(t eventlogtest.TB, dir string) (*natslog.Log, func()) {
	t.Helper()
	srv, err := natsserver.Open(t.Context(), dir)
	if err != nil {
		t.Fatalf("%v", err)
	}
	nc, err := srv.Connect()
	if err != nil {
		t.Fatalf("%v", err)
	}
	l, err := natslog.Open(t.Context(), nc, natslog.Options{Fault: srv.Fault})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return l, func() {
		l.Close()
		nc.Close()
		srv.Close()
	}
}
