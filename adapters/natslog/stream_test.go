package natslog

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// TestUnsafeStreamIsRefused makes the stream with one setting changed before the log opens it.
func TestUnsafeStreamIsRefused(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for name, loosen := range map[string]func(*jetstream.StreamConfig){
		"deny_delete":          func(c *jetstream.StreamConfig) { c.DenyDelete = false },
		"deny_purge":           func(c *jetstream.StreamConfig) { c.DenyPurge = false },
		"max_age":              func(c *jetstream.StreamConfig) { c.MaxAge = time.Hour },
		"max_msgs":             func(c *jetstream.StreamConfig) { c.MaxMsgs = 1e6 },
		"max_bytes":            func(c *jetstream.StreamConfig) { c.MaxBytes = 1 << 30 },
		"max_msgs_per_subject": func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject = 10 },
		"max_msg_size":         func(c *jetstream.StreamConfig) { c.MaxMsgSize = 1000 },
		"max_consumers":        func(c *jetstream.StreamConfig) { c.MaxConsumers = 1 },
		"first_seq":            func(c *jetstream.StreamConfig) { c.FirstSeq = 100 },
		"storage":              func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage },
		"retention":            func(c *jetstream.StreamConfig) { c.Retention = jetstream.WorkQueuePolicy },
		"subjects":             func(c *jetstream.StreamConfig) { c.Subjects = []string{"hoso.>"} },
		"allow_direct":         func(c *jetstream.StreamConfig) { c.AllowDirect = false },
		"allow_atomic":         func(c *jetstream.StreamConfig) { c.AllowAtomicPublish = false },
		"allow_msg_ttl":        func(c *jetstream.StreamConfig) { c.AllowMsgTTL = true },
		"persist_mode": func(c *jetstream.StreamConfig) {
			c.PersistMode, c.AllowAtomicPublish = jetstream.AsyncPersistMode, false
		},
	} {
		cfg := wanted(1)
		loosen(&cfg)
		makeStream(t, js, cfg)
		_, err := Open(t.Context(), nc, Options{})
		if !errors.Is(err, &domain.Error{Code: "log.misconfigured"}) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		if err := js.DeleteStream(t.Context(), streamName); err != nil {
			t.Fatal(err)
		}
	}
	openOn(t, nc)
	openOn(t, nc) // on what the first one made
}

// makeStream waits where the server is still removing the files of a stream that was deleted just before.
func makeStream(t *testing.T, js jetstream.JetStream, cfg jetstream.StreamConfig) jetstream.Stream {
	t.Helper()
	const storeFailed jetstream.ErrorCode = 10049
	for began := time.Now(); ; {
		s, err := js.CreateStream(t.Context(), cfg)
		var api *jetstream.APIError
		if err == nil {
			return s
		}
		if !errors.As(err, &api) || api.ErrorCode != storeFailed || time.Since(began) > 10*time.Second {
			t.Fatalf("%s: %v", cfg.Name, err)
		}
	}
}

// breakStream takes an event out of the stream. What denies it cannot be unset, so the stream is copied without that.
func breakStream(t *testing.T, nc *nats.Conn, at domain.Cursor) {
	t.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := js.Stream(t.Context(), streamName)
	if err != nil {
		t.Fatal(err)
	}
	var kept []*jetstream.RawStreamMsg
	for seq := uint64(1); seq <= s.CachedInfo().State.LastSeq; seq++ {
		m, err := s.GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, m)
	}
	if err := js.DeleteStream(t.Context(), streamName); err != nil {
		t.Fatal(err)
	}
	cfg := wanted(1)
	cfg.DenyDelete = false
	s = makeStream(t, js, cfg)
	for _, m := range kept {
		for _, h := range []string{"Nats-Batch-Id", "Nats-Batch-Sequence", "Nats-Batch-Commit", jetstream.ExpectedLastSubjSeqHeader} {
			delete(m.Header, h)
		}
		if _, err := js.PublishMsg(t.Context(), &nats.Msg{Subject: m.Subject, Header: m.Header, Data: m.Data}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.DeleteMsg(t.Context(), uint64(at)); err != nil {
		t.Fatal(err)
	}
}
