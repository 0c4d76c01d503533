package natslog

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// saysCut says whether an error tells, in one line, that events are gone, and what to do.
func saysCut(err error) bool {
	return errors.Is(err, &domain.Error{Kind: domain.Unavailable, Code: "log.history_cut"}) &&
		strings.Contains(err.Error(), "sao lưu") && !strings.Contains(err.Error(), "\n")
}

// TestHistoryThatWasCut: a stream out of which something was taken is refused, also where its settings are now as they
// should be, and also by who accepts what is unsafe.
func TestHistoryThatWasCut(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for name, cut := range map[string]func(jetstream.Stream) error{
		"all":        func(s jetstream.Stream) error { return s.Purge(t.Context()) },
		"the first":  func(s jetstream.Stream) error { return s.Purge(t.Context(), jetstream.WithPurgeSequence(4)) },
		"the middle": func(s jetstream.Stream) error { return s.DeleteMsg(t.Context(), 3) },
		"the last":   func(s jetstream.Stream) error { return s.DeleteMsg(t.Context(), 6) },
	} {
		l, s := loose(t, nc, js)
		if _, err := l.Append(t.Context(), aCase(), domain.Tail{}, events(6)...); err != nil {
			t.Fatal(err)
		}
		l.Close()
		if err := cut(s); err != nil {
			t.Fatal(err)
		}
		for _, settings := range []string{"loose", "as they should be"} {
			o := Options{AcceptUnsafe: true}
			_, _, checked := Check(t.Context(), nc, o)
			l, opened := Open(t.Context(), nc, o)
			if opened == nil {
				l.Close()
			}
			if !saysCut(checked) || !saysCut(opened) {
				t.Errorf("%s is gone, settings %s: %v; %v", name, settings, checked, opened)
			}
			if _, err := js.UpdateStream(t.Context(), wanted(1)); err != nil {
				t.Fatal(err)
			}
		}
		if err := js.DeleteStream(t.Context(), streamName); err != nil {
			t.Fatal(err)
		}
	}
}

// loose opens a log on a stream that lets itself be cut.
func loose(t *testing.T, nc *nats.Conn, js jetstream.JetStream) (*Log, jetstream.Stream) {
	t.Helper()
	cfg := wanted(1)
	cfg.DenyPurge, cfg.DenyDelete = false, false
	s := makeStream(t, js, cfg)
	l, err := Open(t.Context(), nc, Options{AcceptUnsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l, s
}

// TestHistoryThatIsCutMeanwhile: nobody waits for events that are gone.
func TestHistoryThatIsCutMeanwhile(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	l, s := loose(t, nc, js)
	if _, err := l.Append(t.Context(), aCase(), domain.Tail{}, events(6)...); err != nil {
		t.Fatal(err)
	}
	if err := s.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Head(t.Context()); !saysCut(err) {
		t.Errorf("head: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, after := range []domain.Cursor{0, 5} {
		for e, err := range l.Follow(ctx, after) {
			if !saysCut(err) {
				t.Errorf("after %d: %+v, %v", after, e, err)
			}
			break
		}
	}
	// Who has seen all of it waits for more, and gets it.
	go func() { _, _ = l.Append(ctx, aCase(), domain.Tail{}, events(1)...) }()
	for e, err := range l.Follow(ctx, 6) {
		if err != nil || e.Position != 7 {
			t.Errorf("%+v, %v", e, err)
		}
		break
	}
}
