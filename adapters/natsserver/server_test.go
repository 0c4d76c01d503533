package natsserver_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natsserver"
	"hoso/domain"
)

func open(t *testing.T, dir string) *natsserver.Server {
	t.Helper()
	s, err := natsserver.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func streams(t *testing.T, s *natsserver.Server) jetstream.JetStream {
	t.Helper()
	nc, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

func TestWhatIsStoredIsThereAfterReopening(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "nats")
	for round := range uint64(3) {
		s := open(t, dir)
		js := streams(t, s)
		if _, err := js.CreateOrUpdateStream(t.Context(), jetstream.StreamConfig{Name: "s", Subjects: []string{"s"}}); err != nil {
			t.Fatal(err)
		}
		ack, err := js.Publish(t.Context(), "s", []byte("x"))
		if err != nil || ack.Sequence != round+1 {
			t.Fatalf("round %d: %v %v", round, ack, err)
		}
		if err := s.Fault(); err != nil {
			t.Fatal(err)
		}
		s.Close()
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestDirectoryThatIsAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := natsserver.Open(t.Context(), path)
	if !errors.Is(err, &domain.Error{Code: "storage.unusable"}) || domain.KindOf(err) != domain.Unavailable {
		t.Errorf("got %v", err)
	}
}

func TestUnreadableStreamIsNotReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	js := streams(t, s)
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "s", Subjects: []string{"s"}}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	meta := filepath.Join(dir, "jetstream", "$G", "streams", "s", "meta.inf")
	if err := os.WriteFile(meta, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := natsserver.Open(t.Context(), dir)
	if !errors.Is(err, &domain.Error{Code: "storage.unusable"}) {
		t.Errorf("got %v", err)
	}
}
