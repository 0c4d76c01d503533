package natslog_test

import (
	"testing"
	"time"

	"hoso/adapters/natscluster/clustertest"
	"hoso/adapters/natslog"
	"hoso/domain"
	"hoso/domain/eventlogtest"
)

// TestContractOnCluster runs the contract on three servers, three replicas of each event.
func TestContractOnCluster(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a cluster")
	}
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{})
	eventlogtest.Run(t, func(t *testing.T) eventlogtest.Store { return account{c, c.Account(t)} })
}

// account is a store in an account of its own.
type account struct {
	*clustertest.Cluster
	login clustertest.Login
}

// Open opens the log on a connection to one server. A stream that has just been made elects its leader first.
func (a account) Open(t eventlogtest.TB) (domain.EventLog, func()) {
	t.Helper()
	nc := a.Connect(t, a.login)
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		l, err := natslog.Open(t.Context(), nc, natslog.Options{Replicas: 3})
		if err == nil && a.Leader(t.Context(), nc, "hoso") != nil {
			return l, func() { l.Close(); nc.Close() }
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("open on the cluster: %v", err)
		}
		if err == nil {
			l.Close()
		}
	}
}
