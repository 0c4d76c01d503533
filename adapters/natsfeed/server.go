package natsfeed

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"hoso/domain"
)

// Whoever may follow a stream chooses where the messages are delivered: into another stream of the same account, say. So the
// stream and the bucket have an account each, in which nothing else lies, and two names to log in with. Both can read, and
// change nothing.
const (
	EventsReader  = "events"
	FiguresReader = "figures"
)

// Server is a NATS server for the feed alone, which others may connect to. The log and the keys are on another server,
// which listens nowhere: whatever somebody finds out here, they are not there.
type Server struct {
	srv    *server.Server
	writer string
}

// ListenOptions say how the server is reached.
type ListenOptions struct {
	Dir      string      // what it keeps; it may be deleted, and is then made again
	Address  string      // host:port; port 0 is any
	Password string      // of both readers
	TLS      *tls.Config // nil: none
}

// allowed is what a reader may ask: to be told how a stream stands, to follow it, and to read one message.
var allowed = []string{
	"$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.LIST", "$JS.API.STREAM.INFO.*", "$JS.API.STREAM.MSG.GET.*", "$JS.API.DIRECT.GET.>",
	"$JS.API.CONSUMER.CREATE.>", "$JS.API.CONSUMER.INFO.>", "$JS.API.CONSUMER.MSG.NEXT.>", "$JS.API.CONSUMER.DELETE.>", "$JS.ACK.>", "$JS.FC.>",
}

// MaxReaders is how many consumers each of the two accounts may have at once.
const MaxReaders = 250

// bounds keep readers from filling memory with what follows the stream. One account has one stream.
var bounds = map[string]server.JetStreamAccountLimits{"": {MaxMemory: 64 << 20, MaxStore: -1, MaxStreams: 1, MaxConsumers: MaxReaders, MaxAckPending: 10_000, MemoryMaxStreamBytes: -1, StoreMaxStreamBytes: -1}}

// Listen starts the server and returns when it takes connections.
func Listen(ctx context.Context, o ListenOptions) (*Server, error) {
	host, text, err := net.SplitHostPort(o.Address)
	port, err2 := strconv.Atoi(text)
	if err = errors.Join(err, err2); err != nil || port < 0 || port > 65535 {
		return nil, &domain.Error{Kind: domain.Usage, Code: "usage", Msg: "--nats-listen: cần địa chỉ dạng host:port", Err: err}
	}
	if port == 0 {
		port = server.RANDOM_PORT
	}
	if host == "" {
		host = "0.0.0.0"
	}
	s := &Server{writer: rand.Text()}
	events, figures := server.NewAccount("EVENTS"), server.NewAccount("FIGURES")
	reads := func(subjects string) *server.Permissions {
		return &server.Permissions{Publish: &server.SubjectPermission{Allow: allowed}, Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX.>", subjects}}}
	}
	s.srv, err = server.NewServer(&server.Options{
		ServerName: "hoso-feed", Host: host, Port: port, NoSigs: true, JetStream: true, StoreDir: o.Dir, TLSConfig: o.TLS, TLSTimeout: 5, AuthTimeout: 5,
		MaxPayload: 1 << 20, MaxConn: 1000, MaxControlLine: 4 << 10, Accounts: []*server.Account{events, figures},
		Users: []*server.User{
			{Username: writerOf(EventsReader), Password: s.writer, Account: events},
			{Username: writerOf(FiguresReader), Password: s.writer, Account: figures},
			{Username: EventsReader, Password: o.Password, Account: events, Permissions: reads(Subjects + ">")},
			{Username: FiguresReader, Password: o.Password, Account: figures, Permissions: reads("$KV." + Bucket + ".>")},
		},
	})
	if err != nil {
		return nil, cannotListen(o.Address, err)
	}
	go s.srv.Start()
	for !s.srv.ReadyForConnections(50 * time.Millisecond) {
		if err := ctx.Err(); err != nil {
			s.Close()
			return nil, context.Cause(ctx)
		}
		if !s.srv.Running() {
			return nil, cannotListen(o.Address, nil)
		}
	}
	for _, name := range []string{events.Name, figures.Name} {
		account, err := s.srv.LookupAccount(name)
		if err == nil {
			err = account.EnableJetStream(bounds, nil)
		}
		if err != nil {
			s.Close()
			return nil, fmt.Errorf("open the feed's server: %w", err)
		}
	}
	return s, nil
}

func writerOf(reader string) string { return reader + "-writer" }

func cannotListen(address string, err error) error {
	return &domain.Error{Kind: domain.Unavailable, Code: "feed.cannot_listen", Msg: "không mở được máy chủ NATS tại " + address, Err: err}
}

// Address returns where it listens.
func (s *Server) Address() net.Addr { return s.srv.Addr() }

// Feeder returns what writes the feed, through memory, and what closes its connections.
func (s *Server) Feeder() (f *Feeder, done func(), err error) {
	events, err := s.connect(EventsReader)
	if err != nil {
		return nil, nil, err
	}
	figures, err := s.connect(FiguresReader)
	if err != nil {
		events.Close()
		return nil, nil, err
	}
	f, err = New(events, figures, 1)
	return f, func() { events.Close(); figures.Close() }, err
}

func (s *Server) connect(account string) (*nats.Conn, error) {
	return nats.Connect("", nats.InProcessServer(s.srv), nats.Name("hoso"), nats.UserInfo(writerOf(account), s.writer), nats.MaxReconnects(-1), nats.ReconnectWait(50*time.Millisecond))
}

// Close stops the server.
func (s *Server) Close() {
	s.srv.Shutdown()
	s.srv.WaitForShutdown()
}
