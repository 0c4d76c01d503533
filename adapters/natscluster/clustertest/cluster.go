package clustertest

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
)

// Options say how the servers are set up. The zero value is a cluster as it should be, on the loopback, without TLS.
type Options struct {
	Servers int    // 0 means 3
	Sync    string // sync_interval; "" means always
	TLS     bool   // the servers show a certificate, and want one of the client
	Tokens  bool   // accounts are signed by an operator (creds files) instead of standing in the configuration
	NoJS    bool   // JetStream is off
	Extra   string // more lines of configuration
}

// Cluster is a number of running servers. They end with the test.
type Cluster struct {
	Servers []*Server
	// CA, Cert and Key are files for a client, where the servers speak TLS.
	CA, Cert, Key string
	options       Options
	dir           string
	logins        logins
	used          atomic.Int64
}

// Start starts the servers and returns when all of them know each other and have a leader.
func Start(t testing.TB, options Options) *Cluster {
	t.Helper()
	if options.Servers == 0 {
		options.Servers = 3
	}
	if options.Sync == "" {
		options.Sync = "always"
	}
	c := &Cluster{options: options, dir: t.TempDir()}
	c.logins = newLogins(t, c.dir, options.Tokens)
	if options.TLS {
		c.certify(t)
	}
	client, route := ports(t, options.Servers), ports(t, options.Servers)
	routes := make([]string, options.Servers)
	for i, port := range route {
		routes[i] = fmt.Sprintf("nats://127.0.0.1:%d", port)
	}
	for i := range options.Servers {
		s := &Server{Name: fmt.Sprintf("s%d", i+1), Dir: filepath.Join(c.dir, fmt.Sprintf("s%d", i+1)), Address: fmt.Sprintf("127.0.0.1:%d", client[i])}
		var cluster string
		if options.Servers > 1 {
			cluster = fmt.Sprintf("cluster { name: test, listen: 127.0.0.1:%d, routes: [%s] }\n", route[i], strings.Join(routes, ", "))
		}
		s.configure(t, cluster+c.configuration(s))
		c.Servers = append(c.Servers, s)
	}
	for _, s := range c.Servers {
		s.Start(t)
	}
	c.AwaitReady(t)
	return c
}

func (c *Cluster) configuration(s *Server) string {
	var b strings.Builder
	fmt.Fprintf(&b, "server_name: %s\nlisten: %s\n", s.Name, s.Address)
	if !c.options.NoJS {
		fmt.Fprintf(&b, "jetstream { store_dir: %q, sync_interval: %s, max_file: 8GB, max_mem: 256MB }\n", s.Dir, c.options.Sync)
	}
	if c.options.TLS {
		fmt.Fprintf(&b, "tls { cert_file: %q, key_file: %q, ca_file: %q, verify: true }\n", c.path("server.pem"), c.path("server-key.pem"), c.CA)
	}
	return b.String() + c.logins.configuration + c.options.Extra + "\n"
}

func (c *Cluster) path(name string) string { return filepath.Join(c.dir, name) }

// AwaitReady returns when every server that should run answers, and they have elected a leader.
func (c *Cluster) AwaitReady(t testing.TB) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := c.ready()
		if err == nil {
			return
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("the servers did not get ready: %v\n%s", err, c.Servers[0].Log())
		}
	}
}

func (c *Cluster) ready() error {
	for _, s := range c.Servers {
		if !s.Running() {
			continue
		}
		nc, err := nats.Connect(s.Address, append(c.clientTLS(), c.logins.System.option())...)
		if err != nil {
			return err
		}
		var answer struct {
			Data struct {
				Meta struct {
					Leader  string `json:"leader"`
					Size    int    `json:"cluster_size"`
					Replica []struct {
						Offline bool `json:"offline"`
						Current bool `json:"current"`
					} `json:"replicas"`
				} `json:"meta_cluster"`
			} `json:"data"`
		}
		m, err := nc.Request("$SYS.REQ.SERVER."+nc.ConnectedServerId()+".JSZ", nil, time.Second)
		nc.Close()
		if err != nil {
			return err
		}
		if err := json.Unmarshal(m.Data, &answer); err != nil {
			return err
		}
		if len(c.Servers) > 1 && !c.options.NoJS && (answer.Data.Meta.Leader == "" || answer.Data.Meta.Size != len(c.Servers)) {
			return fmt.Errorf("%s has no leader", s.Name)
		}
	}
	return nil
}

// Leader returns the server that leads a stream of an account, nil while there is none.
func (c *Cluster) Leader(ctx context.Context, nc *nats.Conn, stream string) *Server {
	m, err := nc.RequestWithContext(ctx, "$JS.API.STREAM.INFO."+stream, nil)
	if err != nil {
		return nil
	}
	var answer struct {
		Cluster struct {
			Leader string `json:"leader"`
		} `json:"cluster"`
	}
	if json.Unmarshal(m.Data, &answer) != nil {
		return nil
	}
	for _, s := range c.Servers {
		if s.Name == answer.Cluster.Leader {
			return s
		}
	}
	return nil
}

// Addresses are the servers' as a client names them, separated by commas.
func (c *Cluster) Addresses() string {
	scheme := "nats://"
	if c.options.TLS {
		scheme = "tls://"
	}
	var all []string
	for _, s := range c.Servers {
		all = append(all, scheme+s.Address)
	}
	return strings.Join(all, ",")
}

// Account returns the login of an account that nobody else was given. Its streams are its own.
func (c *Cluster) Account(t testing.TB) Login {
	t.Helper()
	i := int(c.used.Add(1) - 1)
	if i >= len(c.logins.Accounts) {
		t.Fatal("more accounts are needed")
	}
	return c.logins.Accounts[i]
}

// System is the login of the system account, Plain that of an account without JetStream.
func (c *Cluster) System() Login { return c.logins.System }

// Plain is the login of an account without JetStream.
func (c *Cluster) Plain() Login { return c.logins.Plain }

// Connect opens a connection as natscluster does.
func (c *Cluster) Connect(t interface {
	Fatalf(string, ...any)
	Cleanup(func())
}, as Login) *nats.Conn {
	nc, err := nats.Connect(c.Addresses(), append(c.clientTLS(), as.option(), nats.MaxReconnects(-1), nats.ReconnectBufSize(-1),
		nats.ReconnectWait(50*time.Millisecond), nats.IgnoreAuthErrorAbort(),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))...)
	if err != nil {
		t.Fatalf("connect to the cluster: %v", err)
	}
	t.Cleanup(nc.Close)
	return nc
}

func (c *Cluster) clientTLS() []nats.Option {
	if !c.options.TLS {
		return nil
	}
	return []nats.Option{nats.RootCAs(c.CA), nats.ClientCert(c.Cert, c.Key)}
}

// ports returns ports that are free at the moment.
func ports(t testing.TB, n int) (free []int) {
	t.Helper()
	for range n {
		l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		free = append(free, l.Addr().(*net.TCPAddr).Port)
	}
	return free
}
