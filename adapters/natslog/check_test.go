package natslog

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// streams returns the names of all streams on a server.
func streams(t *testing.T, js jetstream.JetStream) (names []string) {
	t.Helper()
	list := js.StreamNames(t.Context())
	for name := range list.Name() {
		names = append(names, name)
	}
	if list.Err() != nil {
		t.Fatal(list.Err())
	}
	return names
}

// refusedBoth fails unless Check and Open say the same, and nothing is made.
func refusedBoth(t *testing.T, nc *nats.Conn, js jetstream.JetStream, o Options, code, says string) {
	t.Helper()
	before := streams(t, js)
	_, _, checked := Check(t.Context(), nc, o)
	l, opened := Open(t.Context(), nc, o)
	if opened == nil {
		l.Close()
	}
	for _, err := range []error{checked, opened} {
		if !errors.Is(err, &domain.Error{Code: code}) || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want %s with %q", err, code, says)
		}
	}
	if after := streams(t, js); len(after) != len(before) {
		t.Errorf("a refused start left %v", after)
	}
}

func TestSomebodyElsesStreams(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	refusedBoth(t, nc, js, Options{MustExist: true}, "log.missing", "hoso import")
	if exists, unsafe, err := Check(t.Context(), nc, Options{}); exists || unsafe != nil || err != nil {
		t.Errorf("an empty server: %v %v %v", exists, unsafe, err)
	}
	makeStream(t, js, jetstream.StreamConfig{Name: "orders", Subjects: []string{"hoso.>"}})
	refusedBoth(t, nc, js, Options{}, "log.misconfigured", `"orders"`)
	if err := js.DeleteStream(t.Context(), "orders"); err != nil {
		t.Fatal(err)
	}
	makeStream(t, js, jetstream.StreamConfig{Name: streamName, Subjects: []string{"orders.>"}})
	refusedBoth(t, nc, js, Options{AcceptUnsafe: true}, "log.misconfigured", "subjects")
	if err := js.DeleteStream(t.Context(), streamName); err != nil {
		t.Fatal(err)
	}
	makeStream(t, js, wanted(1))
	if _, err := js.Publish(t.Context(), subjectPrefix+"x.y", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	refusedBoth(t, nc, js, Options{AcceptUnsafe: true}, "log.foreign_messages", "vị trí 1")
}

// TestUnsafeStreamCanBeAccepted opens one that could lose events, and leaves it as it is.
func TestUnsafeStreamCanBeAccepted(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	cfg := wanted(1)
	cfg.DenyPurge = false
	makeStream(t, js, cfg)
	o := Options{Replicas: 3} // and fewer replicas than asked for
	exists, unsafe, err := Check(t.Context(), nc, o)
	if !exists || err != nil || !errors.Is(unsafe, &domain.Error{Code: "log.misconfigured"}) ||
		!strings.Contains(unsafe.Error(), "deny_purge") || !strings.Contains(unsafe.Error(), "num_replicas = 1, cần 3") {
		t.Errorf("%v %v %v", exists, unsafe, err)
	}
	if _, err := Open(t.Context(), nc, o); err == nil || err.Error() != unsafe.Error() {
		t.Errorf("opened: %v", err)
	}
	o.AcceptUnsafe, o.MustExist = true, true
	l, err := Open(t.Context(), nc, o)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Append(context.Background(), aCase(), domain.Tail{}, events(2)...); err != nil {
		t.Error(err)
	}
	s, err := js.Stream(t.Context(), streamName)
	if err != nil || s.CachedInfo().Config.DenyPurge || s.CachedInfo().Config.Replicas != 1 {
		t.Errorf("the stream was changed: %+v %v", s.CachedInfo().Config, err)
	}
}
