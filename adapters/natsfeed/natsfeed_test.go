package natsfeed_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/adapters/memlog"
	"hoso/adapters/natsfeed"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

const password = "mật khẩu thử"

func listen(t *testing.T, dir string) *natsfeed.Server {
	t.Helper()
	s, err := natsfeed.Listen(t.Context(), natsfeed.ListenOptions{Dir: dir, Address: "127.0.0.1:0", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func feeder(t *testing.T, s *natsfeed.Server) *natsfeed.Feeder {
	t.Helper()
	f, done, err := s.Feeder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	return f
}

// outside connects as other programs do, over the network.
func outside(t *testing.T, s *natsfeed.Server, name string) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	nc, err := nats.Connect("nats://"+s.Address().String(), nats.UserInfo(name, password))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(300*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	return nc, js
}

// write appends events of some cases.
func write(t *testing.T, log domain.EventLog, from, n int) {
	t.Helper()
	for i := from; i < from+n; i++ {
		stream := domain.StreamID{Type: "probe", ID: uuid.NewSHA1(uuid.Nil, []byte{byte(i % 7)})}
		tail := domain.Tail{}
		for e, err := range log.Read(t.Context(), stream, 0) {
			if err != nil {
				t.Fatal(err)
			}
			tail = domain.Tail{Version: e.Version, Position: e.Position}
		}
		_, err := log.Append(t.Context(), stream, tail, domain.Draft{ID: uuid.NewSHA1(uuid.Max, fmt.Append(nil, i)), Type: "probe.noted", Schema: 1, Data: fmt.Appendf(nil, `{"n":%d}`, i),
			Meta: domain.Meta{Actor: domain.Actor{ID: "lan"}, Command: uuid.New(), Occurred: calendar.Of(2024, 4, 3), Recorded: time.Date(2024, 4, 3, 7, 0, 0, i*1000, time.UTC)}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// told reads the stream to a position, as an outside program does.
func told(t *testing.T, js jetstream.JetStream, until int) []jetstream.Msg {
	t.Helper()
	c, err := js.OrderedConsumer(t.Context(), natsfeed.Stream, jetstream.OrderedConsumerConfig{InactiveThreshold: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	var all []jetstream.Msg
	for len(all) < until {
		m, err := c.Next(jetstream.FetchMaxWait(10 * time.Second))
		if err != nil {
			t.Fatalf("after %d messages: %v", len(all), err)
		}
		all = append(all, m)
	}
	return all
}

// isTheLog looks whether the stream tells each event once, in order.
func isTheLog(t *testing.T, log domain.EventLog, js jetstream.JetStream, n int) {
	t.Helper()
	all := told(t, js, n)
	at := 0
	for e, err := range log.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		m := all[at]
		at++
		if h := m.Headers(); h.Get("ce-id") != e.ID.String() || h.Get("ce-sequence") != fmt.Sprint(at) || string(m.Data()) != string(e.Data) || m.Subject() != "hoso.events.probe."+e.Stream.ID.String() {
			t.Fatalf("message %d is %s %v, want event %s", at, m.Subject(), m.Headers(), e.ID)
		}
		if at == n {
			break
		}
	}
	s, err := js.Stream(t.Context(), natsfeed.Stream)
	if err != nil || s.CachedInfo().State.Msgs != uint64(n) {
		t.Errorf("%v messages, want %d (%v)", s.CachedInfo().State.Msgs, n, err)
	}
}

func TestAnEventAsCloudEvent(t *testing.T) {
	t.Parallel()
	log, s := memlog.New(), listen(t, t.TempDir())
	write(t, log, 0, 1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f := feeder(t, s)
	go func() { _ = f.Events(ctx, log) }()
	_, js := outside(t, s, natsfeed.EventsReader)
	eventually(t, func() bool { _, err := js.Stream(t.Context(), natsfeed.Stream); return err == nil })
	m := told(t, js, 1)[0]
	for name, want := range map[string]string{"ce-specversion": "1.0", "ce-type": "probe.noted", "ce-time": "2024-04-03T07:00:00Z", "ce-sequence": "1", "ce-version": "1", "ce-schema": "1",
		"ce-occurred": "2024-04-03", "content-type": "application/json", "ce-subject": "probe-" + uuid.NewSHA1(uuid.Nil, []byte{0}).String(), "ce-id": uuid.NewSHA1(uuid.Max, []byte("0")).String()} {
		if got := m.Headers()[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
}

// Of accounts others learn that something happened, and not what.
func TestAccountsAreWithheld(t *testing.T) {
	t.Parallel()
	log, s := memlog.New(), listen(t, t.TempDir())
	id := domain.StreamID{Type: "account", ID: uuid.New()}
	if _, err := log.Append(t.Context(), id, domain.Tail{}, domain.Draft{ID: uuid.New(), Type: "account.opened", Schema: 1, Data: []byte(`{"login":"lan"}`),
		Meta: domain.Meta{Actor: domain.Actor{ID: "admin"}, Command: uuid.New(), Occurred: calendar.Of(2024, 4, 3), Recorded: time.Date(2024, 4, 3, 7, 0, 0, 0, time.UTC)}}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f := feeder(t, s)
	go func() { _ = f.Events(ctx, log) }()
	_, js := outside(t, s, natsfeed.EventsReader)
	eventually(t, func() bool { _, err := js.Stream(t.Context(), natsfeed.Stream); return err == nil })
	if m := told(t, js, 1)[0]; len(m.Data()) != 0 || strings.Contains(fmt.Sprint(m.Headers()), "lan") || m.Headers().Get("ce-type") != "account.opened" {
		t.Errorf("%v %s", m.Headers(), m.Data())
	}
}

// Feeders are stopped at random and started again, two at a time, the server too, while events come in.
func TestEveryEventOnceWhateverStops(t *testing.T) {
	t.Parallel()
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		everyEventOnce(t, memlog.New(), func() {})
	})
	t.Run("EventStoreDB", func(t *testing.T) { // the server's connections are cut, too
		t.Parallel()
		n, err := esdbtest.Start(esdbtest.NewStore(), esdbtest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(n.Stop)
		log, err := esdblog.Open(t.Context(), esdblog.Options{URL: n.URL()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(log.Close)
		everyEventOnce(t, log, n.Drop)
	})
}

func everyEventOnce(t *testing.T, log domain.EventLog, cut func()) {
	dir := t.TempDir()
	const rounds, each = 12, 150
	dice := rand.New(rand.NewPCG(3, 4))
	for round := range rounds {
		s, err := natsfeed.Listen(t.Context(), natsfeed.ListenOptions{Dir: dir, Address: "127.0.0.1:0", Password: password})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var feeding sync.WaitGroup
		for range 2 {
			f, done, err := s.Feeder()
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			feeding.Go(func() { _ = f.Events(ctx, log) })
		}
		write(t, log, round*each, each)
		time.Sleep(time.Duration(dice.IntN(30)) * time.Millisecond)
		if dice.IntN(3) == 0 {
			cut()
		}
		if dice.IntN(2) == 0 {
			s.Close() // before those who feed it
		}
		cancel()
		feeding.Wait()
		s.Close()
	}
	s := listen(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f := feeder(t, s)
	go func() { _ = f.Events(ctx, log) }()
	_, js := outside(t, s, natsfeed.EventsReader)
	isTheLog(t, log, js, rounds*each)
}

func TestAnotherLogIsRefused(t *testing.T) {
	t.Parallel()
	s := listen(t, t.TempDir())
	f := feeder(t, s)
	one, other, short := memlog.New(), memlog.New(), memlog.New()
	write(t, one, 0, 5)
	write(t, other, 100, 9)
	write(t, short, 0, 3)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- f.Events(ctx, one) }()
	_, js := outside(t, s, natsfeed.EventsReader)
	eventually(t, func() bool {
		s, err := js.Stream(t.Context(), natsfeed.Stream)
		return err == nil && s.CachedInfo().State.Msgs == 5
	})
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	for _, log := range []domain.EventLog{other, short} {
		if err := f.Events(t.Context(), log); domain.CodeOf(err) != "feed.other_log" {
			t.Error(err)
		}
	}
}

// TestAReaderChangesNothing tries everything that a reader might: each has to fail, and the stream and the bucket are what
// they were.
func TestAReaderChangesNothing(t *testing.T) {
	t.Parallel()
	log, s := memlog.New(), listen(t, t.TempDir())
	write(t, log, 0, 20)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f := feeder(t, s)
	go func() { _ = f.Events(ctx, log) }()
	at := &shown{sheet: figures.Sheet{Position: 1, Figures: []figures.Figure{{Indicator: "probe.acts", Value: figures.Number{Quantity: 7, Parts: 1}}}}}
	go func() { _ = f.Fill(ctx, at.reader, at.changed, kept) }()
	e, events := outside(t, s, natsfeed.EventsReader)
	n, numbers := outside(t, s, natsfeed.FiguresReader)
	var kv jetstream.KeyValue
	eventually(t, func() (ok bool) {
		var err error
		if kv, err = numbers.KeyValue(t.Context(), natsfeed.Bucket); err == nil {
			_, err = kv.Get(t.Context(), "position")
		}
		return err == nil
	})
	isTheLog(t, log, events, 20)
	before := contents(t, events, natsfeed.Stream) + contents(t, numbers, "KV_"+natsfeed.Bucket)
	url := "nats://" + s.Address().String()
	for name, try := range map[string]func() error{
		"publish an event":  func() error { _, err := events.Publish(t.Context(), "hoso.events.probe.x", []byte("x")); return err },
		"put a figure":      func() error { _, err := kv.Put(t.Context(), "position", []byte("9")); return err },
		"delete a figure":   func() error { return kv.Delete(t.Context(), "position") },
		"purge a figure":    func() error { return kv.Purge(t.Context(), "position") },
		"delete the stream": func() error { return events.DeleteStream(t.Context(), natsfeed.Stream) },
		"delete the bucket": func() error { return numbers.DeleteKeyValue(t.Context(), natsfeed.Bucket) },
		"make a stream": func() error {
			_, err := events.CreateStream(t.Context(), jetstream.StreamConfig{Name: "X", Subjects: []string{"x"}})
			return err
		},
		"make a bucket": func() error {
			_, err := numbers.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: "x"})
			return err
		},
		"change the stream": func() error {
			_, err := events.UpdateStream(t.Context(), jetstream.StreamConfig{Name: natsfeed.Stream, Subjects: []string{"y"}})
			return err
		},
		"read the log's stream":  func() error { _, err := events.Stream(t.Context(), "HOSO"); return err },
		"read the other account": func() error { _, err := events.KeyValue(t.Context(), natsfeed.Bucket); return err },
		"ask the system account": func() error { _, err := e.Request("$SYS.REQ.SERVER.PING", nil, 300*time.Millisecond); return err },
		"use a wrong password":   func() error { _, err := nats.Connect(url, nats.UserInfo(natsfeed.EventsReader, "x")); return err },
		"use no password":        func() error { _, err := nats.Connect(url); return err },
		"use the writer's name":  func() error { _, err := nats.Connect(url, nats.UserInfo("events-writer", "")); return err },
	} {
		if err := try(); err == nil {
			t.Errorf("a reader may %s", name)
		}
	}
	// A consumer delivers where its maker says, once somebody listens there. It must reach neither the bucket nor the stream nor
	// the API. In one account for both it did.
	for k, to := range []string{"$KV.hoso-figures.calendar.2024-04.all.probe.acts", "$KV.hoso-figures.position", "hoso.events.probe.forged", "$JS.API.STREAM.DELETE.HOSO_EVENTS",
		"$JS.API.STREAM.PURGE.KV_hoso-figures", "$JS.API.STREAM.MSG.DELETE.KV_hoso-figures", "$JS.API.STREAM.DELETE.KV_hoso-figures", "$JS.API.STREAM.PURGE.HOSO_EVENTS"} {
		for stream, nc := range map[string]*nats.Conn{natsfeed.Stream: e, "KV_" + natsfeed.Bucket: n} {
			for _, empty := range []bool{false, true} { // without data a message is a question that needs none
				_, _ = nc.SubscribeSync(to)
				name := fmt.Sprintf("c%d%t", k, empty)
				ask := fmt.Sprintf(`{"stream_name":%q,"config":{"name":%q,"deliver_subject":%q,"headers_only":%t,"ack_policy":"none","deliver_policy":"all","inactive_threshold":5000000000}}`, stream, name, to, empty)
				_, _ = nc.Request("$JS.API.CONSUMER.CREATE."+stream+"."+name, []byte(ask), time.Second)
			}
		}
	}
	time.Sleep(300 * time.Millisecond)
	if after := contents(t, events, natsfeed.Stream) + contents(t, numbers, "KV_"+natsfeed.Bucket); after != before {
		t.Errorf("a reader's consumers changed something:\n%s\nwas\n%s", after, before)
	}
}

// contents is all that there is.
func contents(t *testing.T, js jetstream.JetStream, stream string) string {
	t.Helper()
	s, err := js.Stream(t.Context(), stream)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintln(stream, s.CachedInfo().State.Msgs, s.CachedInfo().State.LastSeq, s.CachedInfo().Config.Subjects)
}

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never came to it")
		}
	}
}
