package natslog_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natslog"
	"hoso/domain"
	"hoso/domain/eventlogtest"
)

// TestContractOnCluster runs the contract on three servers, three replicas of each event.
func TestContractOnCluster(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a cluster")
	}
	c := startCluster(t)
	eventlogtest.Run(t, func(t *testing.T) eventlogtest.Store { return c.account(t) })
}

// cluster is three servers in this process. Every account has its own streams, so that each can be a store.
type cluster struct {
	urls []string
	used atomic.Int64
}

const clusterAccounts = 40

func startCluster(t *testing.T) *cluster {
	t.Helper()
	var accounts strings.Builder
	for i := range clusterAccounts {
		fmt.Fprintf(&accounts, "  a%d { jetstream: enabled, users: [{user: a%d, password: x}] }\n", i, i)
	}
	client, route := ports(t, 3), ports(t, 3)
	c := &cluster{}
	var servers []*server.Server
	for i := range 3 {
		file := filepath.Join(t.TempDir(), "nats.conf")
		text := fmt.Sprintf(`server_name: s%d
listen: 127.0.0.1:%d
jetstream { store_dir: %q, sync_interval: always, max_file: 8GB, max_mem: 256MB }
cluster { name: test, listen: 127.0.0.1:%d, routes: [nats://127.0.0.1:%d, nats://127.0.0.1:%d, nats://127.0.0.1:%d] }
accounts {
%s}
`, i, client[i], t.TempDir(), route[i], route[0], route[1], route[2], accounts.String())
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		options, err := server.ProcessConfigFile(file)
		if err != nil {
			t.Fatal(err)
		}
		options.NoSigs, options.NoLog = true, true
		s, err := server.NewServer(options)
		if err != nil {
			t.Fatal(err)
		}
		go s.Start()
		t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
		servers = append(servers, s)
		c.urls = append(c.urls, fmt.Sprintf("nats://127.0.0.1:%d", client[i]))
	}
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		ready := true
		for _, s := range servers {
			ready = ready && s.ReadyForConnections(time.Second) && s.JetStreamIsCurrent()
		}
		if ready {
			return c
		}
		if time.Since(began) > time.Minute {
			t.Fatal("the cluster did not start")
		}
	}
}

// ports returns ports that are free at the moment.
func ports(t *testing.T, n int) (free []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		free = append(free, l.Addr().(*net.TCPAddr).Port)
	}
	return free
}

// account is a store in an account of its own.
type account struct {
	*cluster
	name string
}

func (c *cluster) account(t *testing.T) account {
	t.Helper()
	i := c.used.Add(1) - 1
	if i >= clusterAccounts {
		t.Fatal("more accounts are needed")
	}
	return account{c, fmt.Sprintf("a%d", i)}
}

// Open opens the log on a connection to one server. A cluster that has just started elects its leaders first.
func (a account) Open(t eventlogtest.TB) (domain.EventLog, func()) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		nc, err := nats.Connect(strings.Join(a.urls, ","), nats.UserInfo(a.name, "x"), nats.MaxReconnects(-1), nats.ReconnectBufSize(-1))
		if err == nil {
			var l *natslog.Log
			if l, err = natslog.Open(t.Context(), nc, natslog.Options{Replicas: 3}); err == nil && a.hasLeader(t, nc) {
				return l, func() { l.Close(); nc.Close() }
			}
			nc.Close()
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("open on the cluster: %v", err)
		}
	}
}

func (a account) hasLeader(t eventlogtest.TB, nc *nats.Conn) bool {
	js, err := jetstream.New(nc)
	if err != nil {
		return false
	}
	s, err := js.Stream(t.Context(), "hoso")
	return err == nil && s.CachedInfo().Cluster != nil && s.CachedInfo().Cluster.Leader != ""
}
