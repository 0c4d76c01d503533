package esdbtest

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Options say what server a node is. The zero value is a recent one without TLS and users.
type Options struct {
	Version        string           // "24.10.0" where it is empty
	TLS            *tls.Certificate // served with TLS where it is set
	User, Password string           // asked for where they are set; only with TLS, as the client sends them
	Denied         bool             // the user may do nothing
	MaxAppendSize  int              // 1 MiB where it is 0, the server's default
}

// Node is one server of a database.
type Node struct {
	store   *Store
	options Options
	faults  faults
	cluster *Cluster // nil for a single node
	passed  atomic.Uint64

	mu    sync.Mutex
	addr  string
	lines *lines
	srv   *grpc.Server
}

// Start starts a single node on a free port of the loopback interface.
func Start(store *Store, options Options) (*Node, error) {
	n := &Node{store: store, options: options}
	return n, n.listen("127.0.0.1:0")
}

func (n *Node) listen(addr string) error {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.addr, n.lines = l.Addr().String(), &lines{Listener: l, open: map[net.Conn]bool{}}
	options := []grpc.ServerOption{
		grpc.MaxRecvMsgSize(32 << 20),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: time.Second, PermitWithoutStream: true}),
		grpc.ChainUnaryInterceptor(func(ctx context.Context, in any, _ *grpc.UnaryServerInfo, h grpc.UnaryHandler) (any, error) {
			if err := n.admit(ctx); err != nil {
				return nil, err
			}
			return h(ctx, in)
		}),
		grpc.ChainStreamInterceptor(func(srv any, s grpc.ServerStream, _ *grpc.StreamServerInfo, h grpc.StreamHandler) error {
			if err := n.admit(s.Context()); err != nil {
				return err
			}
			return h(srv, s)
		}),
	}
	if n.options.TLS != nil {
		options = append(options, grpc.Creds(credentials.NewServerTLSFromCert(n.options.TLS)))
	}
	n.srv = grpc.NewServer(options...)
	streams.RegisterStreamsServer(n.srv, &streamsServer{node: n})
	gossip.RegisterGossipServer(n.srv, &gossipServer{node: n})
	serverfeatures.RegisterServerFeaturesServer(n.srv, &featuresServer{node: n})
	go func(srv *grpc.Server, l net.Listener) { _ = srv.Serve(l) }(n.srv, n.lines)
	return nil
}

// Address is "127.0.0.1:port".
func (n *Node) Address() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.addr
}

// URL is the connection string.
func (n *Node) URL() string {
	if n.options.TLS == nil {
		return "esdb://" + n.Address() + "?tls=false"
	}
	return fmt.Sprintf("esdb://%s:%s@%s?tls=true", n.options.User, n.options.Password, n.Address())
}

// Passed is how many events reads of $all have sent so far, subscriptions not counted.
func (n *Node) Passed() uint64 { return n.passed.Load() }

// Drop cuts all connections; the node goes on.
func (n *Node) Drop() {
	n.mu.Lock()
	l := n.lines
	n.mu.Unlock()
	l.cut()
}

// Stop ends the node; connections to it are refused. The store keeps what was written.
func (n *Node) Stop() {
	n.mu.Lock()
	srv := n.srv
	n.mu.Unlock()
	srv.Stop()
}

// Restart starts the node again where it was.
func (n *Node) Restart() error {
	n.Stop()
	var err error
	for range 50 { // the port may be free a moment later
		if err = n.listen(n.Address()); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// admit is what every call passes: faults, and who calls [server: Constants.cs Headers, RpcExceptions.cs].
func (n *Node) admit(ctx context.Context) error {
	if n.faults.now().NotReady {
		return status.Error(codes.Unavailable, "Server Is Not Ready")
	}
	if err := n.faults.wait(ctx); err != nil {
		return err
	}
	if n.options.User == "" {
		return nil
	}
	md, _ := metadata.FromIncomingContext(ctx)
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(n.options.User+":"+n.options.Password))
	method, _ := grpc.Method(ctx)
	if got := md.Get("authorization"); (len(got) != 1 || got[0] != want) && method[:len("/event_store.client.streams")] == "/event_store.client.streams" {
		return status.Error(codes.Unauthenticated, "")
	}
	return nil
}

// version returns the parts of the server's version.
func (n *Node) version() (text string, major, minor int) {
	text = n.options.Version
	if text == "" {
		text = "24.10.0"
	}
	_, _ = fmt.Sscanf(text, "%d.%d", &major, &minor)
	return text, major, minor
}

// since tells whether the server has what came with a version [changes].
func (n *Node) since(major, minor int) bool {
	_, a, b := n.version()
	return a > major || a == major && b >= minor
}

// leads is nil where this node may answer a call that requires the leader. Otherwise it names the leader, in the
// trailers [server: RpcExceptions.LeaderInfo].
func (n *Node) leads(ctx context.Context) error {
	md, _ := metadata.FromIncomingContext(ctx)
	if required := md.Get("requires-leader"); n.cluster == nil || len(required) == 0 || required[0] != "true" {
		return nil
	}
	leader := n.cluster.Leader()
	if leader == n {
		return nil
	}
	if leader == nil {
		return status.Error(codes.Unknown, "No leader info available in response")
	}
	host, port, err := net.SplitHostPort(leader.Address())
	if err != nil {
		return err
	}
	return exception(ctx, codes.NotFound, "Leader info available", "not-leader", "leader-endpoint-host", host, "leader-endpoint-port", port)
}

// exception is an error with trailers [server: RpcExceptions.cs].
func exception(ctx context.Context, code codes.Code, message, name string, more ...string) error {
	_ = grpc.SetTrailer(ctx, metadata.Pairs(append([]string{"exception", name}, more...)...)) // fails only outside of a call
	return status.Error(code, message)
}

func deleted(ctx context.Context, name string) error {
	return exception(ctx, codes.FailedPrecondition, "Event stream '"+name+"' is deleted.", "stream-deleted", "stream-name", name)
}

func tooLarge(ctx context.Context, limit int) error {
	return exception(ctx, codes.InvalidArgument, fmt.Sprintf("Maximum Append Size of %d Exceeded.", limit),
		"maximum-append-size-exceeded", "maximum-append-size", strconv.Itoa(limit))
}
