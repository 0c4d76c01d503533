package clustertest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Server is one process.
type Server struct {
	Name    string
	Dir     string // its data, and its configuration
	Address string // host:port for clients
	process *exec.Cmd
	ended   chan struct{}
}

// program returns the path of the server, built once.
var program = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "tool", "-n", "nats-server").Output()
	return strings.TrimSpace(string(out)), err
})

func (s *Server) configure(t testing.TB, text string) {
	t.Helper()
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.file("nats.conf"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) file(name string) string { return filepath.Join(s.Dir, name) }

// Start starts the server, or starts it again on what it left.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatalf("build the server: %v", err)
	}
	log, err := os.OpenFile(s.file("log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	c := exec.CommandContext(context.Background(), path, "-c", s.file("nats.conf"))
	c.Stdout, c.Stderr = log, log
	endWithParent(c)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	s.process, s.ended = c, ended
	go func() { _ = c.Wait(); close(ended) }()
	t.Cleanup(func() { _ = c.Process.Kill(); <-ended })
}

// Running tells whether the process is there.
func (s *Server) Running() bool {
	select {
	case <-s.ended:
		return false
	default:
		return s.process != nil
	}
}

// Kill ends the server with SIGKILL and returns when it is gone.
func (s *Server) Kill() {
	_ = s.process.Process.Kill()
	<-s.ended
}

// Signal sends a signal, to stop and continue a server for one.
func (s *Server) Signal(sig os.Signal) error { return s.process.Process.Signal(sig) }

// Log returns what the server said.
func (s *Server) Log() string {
	b, _ := os.ReadFile(s.file("log"))
	return string(b)
}
