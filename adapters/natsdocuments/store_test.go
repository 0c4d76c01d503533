package natsdocuments_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natscluster/clustertest"
	"hoso/adapters/natsdocuments"
	"hoso/adapters/natsserver"
	"hoso/domain"
	"hoso/projections/documents"
	"hoso/projections/documents/documentstest"
)

func serve(t testing.TB, dir string) (*natsserver.Server, *nats.Conn) {
	t.Helper()
	srv, err := natsserver.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	nc, err := srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return srv, nc
}

func open(t testing.TB, nc *nats.Conn) *natsdocuments.Store {
	t.Helper()
	s, err := natsdocuments.Open(nc, natsdocuments.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContract(t *testing.T) {
	t.Parallel()
	_, nc := serve(t, t.TempDir())
	documentstest.Run(t, open(t, nc))
}

// TestContractOnACluster also has the server that leads the documents killed: what was acknowledged is there.
func TestContractOnACluster(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts a cluster")
	}
	c := clustertest.Start(t, clustertest.Options{})
	nc := c.Connect(t, c.Account(t))
	s, err := natsdocuments.Open(nc, natsdocuments.Options{Replicas: 3})
	if err != nil {
		t.Fatal(err)
	}
	documentstest.Run(t, s)
	b := bytes.Repeat([]byte("kept on three servers "), 50_000)
	name, err := s.Put(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	leader := c.Leader(t.Context(), nc, "hoso-documents")
	if leader == nil {
		t.Fatal("the documents have no leader")
	}
	leader.Kill()
	for {
		got, err := s.Get(t.Context(), name)
		if domain.KindOf(err) == domain.Unavailable && t.Context().Err() == nil {
			continue // an election
		}
		if err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
		return
	}
}

func TestWhoOnlyReadsMakesNothing(t *testing.T) {
	t.Parallel()
	_, nc := serve(t, t.TempDir())
	s := open(t, nc)
	name := documents.NameOf([]byte("x"))
	if _, err := s.Get(t.Context(), name); !errors.Is(err, documents.ErrMissing) {
		t.Errorf("get: %v", err)
	}
	for range s.All(t.Context()) {
		t.Error("something is there")
	}
	if err := s.Drop(t.Context(), name); err != nil {
		t.Error(err)
	}
	js, _ := jetstream.New(nc)
	if _, err := js.Stream(t.Context(), "hoso-documents"); !errors.Is(err, jetstream.ErrStreamNotFound) {
		t.Errorf("a stream was made: %v", err)
	}
}

func TestDocumentsOutliveTheServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	srv, nc := serve(t, dir)
	b := bytes.Repeat([]byte("sealed "), 100_000)
	name, err := open(t, nc).Put(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
	srv.Close()
	_, nc = serve(t, dir)
	if got, err := open(t, nc).Get(t.Context(), name); err != nil || !bytes.Equal(got, b) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// Bytes that were exchanged, or of which a part is gone, are never given out.
func TestDamageIsFound(t *testing.T) {
	t.Parallel()
	_, nc := serve(t, t.TempDir())
	s := open(t, nc)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(subject string) error{
		"a part exchanged": func(subject string) error {
			_, err := js.PublishMsg(t.Context(), &nats.Msg{Subject: subject + "1", Data: []byte("other"), Header: nats.Header{"Hoso-Parts": {"3"}}})
			return err
		},
		"a part that says nothing": func(subject string) error {
			_, err := js.Publish(t.Context(), subject+"0", []byte("other"))
			return err
		},
		"more parts than may be": func(subject string) error {
			_, err := js.PublishMsg(t.Context(), &nats.Msg{Subject: subject + "0", Data: []byte("other"), Header: nats.Header{"Hoso-Parts": {"99999999"}}})
			return err
		},
		"a part lost": func(subject string) error {
			stream, err := js.Stream(t.Context(), "hoso-documents")
			if err != nil {
				return err
			}
			return stream.Purge(t.Context(), jetstream.WithPurgeSubject(subject+"2"))
		},
	} {
		name, err := s.Put(t.Context(), bytes.Repeat([]byte(what), (512<<10)/len(what)+100))
		if err == nil {
			err = spoil("hoso.document." + name + ".")
		}
		if err != nil {
			t.Fatal(what, err)
		}
		if _, err := s.Get(t.Context(), name); !errors.Is(err, documents.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestStreamsThatCouldLoseDocuments(t *testing.T) {
	t.Parallel()
	_, nc := serve(t, t.TempDir())
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*jetstream.StreamConfig){
		"storage":      func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage },
		"max_bytes":    func(c *jetstream.StreamConfig) { c.MaxBytes = 1000 },
		"deny_purge":   func(c *jetstream.StreamConfig) { c.DenyPurge = true },
		"allow_atomic": func(c *jetstream.StreamConfig) { c.AllowAtomicPublish = false },
	} {
		cfg := jetstream.StreamConfig{Name: "hoso-documents", Subjects: []string{"hoso.document.*.*"}, Storage: jetstream.FileStorage, Discard: jetstream.DiscardNew, AllowAtomicPublish: true}
		spoil(&cfg)
		if _, err := js.CreateStream(t.Context(), cfg); err != nil {
			t.Fatal(name, err)
		}
		if _, err := open(t, nc).Put(t.Context(), []byte("x")); domain.CodeOf(err) != "documents.misconfigured" || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		if err := js.DeleteStream(t.Context(), "hoso-documents"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := open(t, nc).Put(t.Context(), []byte("x")); err != nil {
		t.Errorf("as it should be: %v", err)
	}
}

// BenchmarkPut is beside the raw limit: the same bytes as single messages of the same size.
func BenchmarkPut(b *testing.B) {
	_, nc := serve(b, b.TempDir())
	s := open(b, nc)
	for name, size := range map[string]int{"100KB": 100 << 10, "1MB": 1 << 20, "10MB": 10 << 20} {
		b.Run(name, func(b *testing.B) {
			sealed := make([]byte, size)
			for n := 0; b.Loop(); n++ {
				sealed[0], sealed[1], sealed[2] = byte(n), byte(n>>8), byte(n>>16)
				if _, err := s.Put(b.Context(), sealed); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(size))
		})
		b.Run(name+" raw", func(b *testing.B) {
			js, err := jetstream.New(nc)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := js.CreateOrUpdateStream(b.Context(), jetstream.StreamConfig{Name: "raw", Subjects: []string{"raw"}, MaxMsgs: 100}); err != nil {
				b.Fatal(err)
			}
			part := make([]byte, min(size, 256<<10))
			for b.Loop() {
				for sent := 0; sent < size; sent += len(part) {
					if _, err := js.Publish(b.Context(), "raw", part); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.SetBytes(int64(size))
		})
	}
}

func BenchmarkGet(b *testing.B) {
	_, nc := serve(b, b.TempDir())
	s := open(b, nc)
	for name, size := range map[string]int{"100KB": 100 << 10, "10MB": 10 << 20} {
		b.Run(name, func(b *testing.B) {
			kept, err := s.Put(b.Context(), make([]byte, size))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := s.Get(b.Context(), kept); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(size))
		})
	}
}
