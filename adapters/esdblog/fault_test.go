package esdblog_test

import (
	"testing"
	"time"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

// awaitFault waits until the store's fault has a code, "" for none. Asking never takes long.
func awaitFault(t *testing.T, l *esdblog.Log, want string) {
	t.Helper()
	var err error
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		asked := time.Now()
		err = l.Fault()
		if took := time.Since(asked); took > time.Second {
			t.Fatalf("asking took %v", took)
		}
		if err == nil && want == "" || err != nil && code(err) == want {
			if err != nil && domain.KindOf(err) != domain.Unavailable {
				t.Errorf("%v is of kind %d", err, domain.KindOf(err))
			}
			return
		}
	}
	t.Fatalf("got %v, want %q", err, want)
}

// TestFault: nobody uses the log but who asks for its fault.
func TestFault(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	l := open(t, n.URL())
	for range 3 {
		if err := l.Fault(); err != nil {
			t.Fatal(err)
		}
	}
	n.Stop()
	awaitFault(t, l, "log.no_server")
	stop := stranger(t, n.Address())
	awaitFault(t, l, "log.not_eventstore")
	stop()
	if err := n.Restart(); err != nil {
		t.Fatal(err)
	}
	awaitFault(t, l, "")
	n.Faults(esdbtest.Faults{Silent: true})
	awaitFault(t, l, "log.unanswered")
	n.Faults(esdbtest.Faults{})
	awaitFault(t, l, "")
	n.Faults(esdbtest.Faults{NotReady: true})
	awaitFault(t, l, "log.no_server")
	n.Faults(esdbtest.Faults{})
	awaitFault(t, l, "")
	l.Close()
	awaitFault(t, l, "log.closed")
}

// TestFaultWithoutALeader: the servers are there and nobody leads them.
func TestFaultWithoutALeader(t *testing.T) {
	ours(t)
	c, err := esdbtest.StartCluster(esdbtest.NewStore(), esdbtest.Options{}, 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	l := open(t, c.URL())
	awaitFault(t, l, "")
	leader := c.Leader()
	c.Elect(nil)
	awaitFault(t, l, "log.unanswered")
	c.Elect(leader)
	awaitFault(t, l, "")
}
