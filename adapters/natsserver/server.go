package natsserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// maxPending is how much may wait for one connection inside this process: the views may fall far behind while they
// rebuild, and are then better served late than cut off.
const maxPending = 256 << 20

// Server is a running server. Close it to release the directory.
type Server struct {
	srv    *server.Server
	faults *faults
}

// Option changes how a server runs.
type Option func(*faults)

// WithLogger gives the server's warnings and errors to a logger; without it they are dropped, faults excepted.
func WithLogger(l *slog.Logger) Option { return func(f *faults) { f.log = l } }

// Open starts a server that keeps its data in dir, which is made where it does not exist (mode 0700), and returns
// when everything stored there can be read and written. The directory belongs to this server alone until Close;
// holding it against other processes is the caller's work.
//
// A directory that cannot be used gives a domain.Error of kind Unavailable: storage.read_only, storage.full, or
// storage.unusable. So does a stream on disk that the server could not read: it is never replaced by an empty one.
func Open(ctx context.Context, dir string, options ...Option) (*Server, error) {
	f := newFaults(dir)
	for _, o := range options {
		o(f)
	}
	if err := probe(dir); err != nil {
		return nil, explain(err)
	}
	srv, err := server.NewServer(&server.Options{
		ServerName:            "hoso",
		DontListen:            true,
		NoSigs:                true,
		JetStream:             true,
		StoreDir:              dir,
		SyncAlways:            true,
		JetStreamMaxMemory:    64 << 20,          // nothing of ours is kept in memory alone
		JetStreamMaxStore:     math.MaxInt64 / 4, // the disk is the limit, see [Server.Fault]
		StreamMaxBufferedSize: 512 << 20,         // the largest command, and others beside it
		StreamMaxBufferedMsgs: 100_000,
		MaxPending:            maxPending,
	})
	if err != nil {
		return nil, unusable(err)
	}
	srv.SetLoggerV2(f, false, false, false)
	s := &Server{srv, f}
	if err := s.start(ctx, dir); err != nil {
		s.Close()
		return nil, explain(err)
	}
	f.open.Store(true)
	go f.watchSpace()
	return s, nil
}

// start waits for the server to have read its directory.
func (s *Server) start(ctx context.Context, dir string) error {
	go s.srv.Start()
	for !s.srv.ReadyForConnections(50 * time.Millisecond) {
		if err := s.faults.first(); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("start the embedded server: %w", context.Cause(ctx))
		}
	}
	if err := s.faults.first(); err != nil {
		return err
	}
	if !s.srv.JetStreamEnabled() {
		return errors.New("JetStream did not start")
	}
	return s.complete(dir)
}

// complete tells which streams lie on disk that the server did not load: it skips what it cannot read, with a
// warning, and the next program would create an empty one in its place.
func (s *Server) complete(dir string) error {
	account := s.srv.GlobalAccount().GetName()
	found, err := filepath.Glob(filepath.Join(dir, server.JetStreamStoreDir, account, "streams", "*"))
	if err != nil {
		return err
	}
	info, err := s.srv.JszAccount(&server.JSzOptions{Account: account, Streams: true})
	if err != nil {
		return err
	}
	loaded := map[string]bool{}
	for _, stream := range info.Streams {
		loaded[stream.Name] = true
	}
	for _, path := range found {
		if name := filepath.Base(path); !loaded[name] && isStream(path) {
			return fmt.Errorf("stream %q is on disk and cannot be read: %s", name, s.faults.warnings())
		}
	}
	return nil
}

func isStream(path string) bool {
	_, err := os.Stat(filepath.Join(path, server.JetStreamMetaFile))
	return err == nil
}

// Connect opens a connection through memory. It comes back by itself whenever it was cut, for ever; meanwhile a
// publish fails at once instead of waiting in a buffer whose fate nobody knows. The caller closes it.
func (s *Server) Connect() (*nats.Conn, error) {
	nc, err := nats.Connect("", nats.InProcessServer(s.srv), nats.Name("hoso"), reconnectForEver,
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { s.faults.warn("connection: " + err.Error()) }))
	if err != nil {
		return nil, fmt.Errorf("connect to the embedded server: %w", err)
	}
	return nc, nil
}

func reconnectForEver(o *nats.Options) error {
	o.AllowReconnect = true
	o.MaxReconnect = -1
	o.ReconnectWait = 50 * time.Millisecond
	o.ReconnectBufSize = -1
	return nil
}

// Fault returns why nothing can be written now, as a domain.Error of kind Unavailable, or nil. A disk that is nearly
// full heals when space is made; after a write that went wrong the server has to be opened again.
func (s *Server) Fault() error { return s.faults.now() }

// Close stops the server and returns when its files are closed. It may be called twice.
func (s *Server) Close() {
	s.faults.stop()
	s.srv.Shutdown()
	s.srv.WaitForShutdown()
}
