package natsfeed_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/memlog"
	"hoso/adapters/natsfeed"
	"hoso/projections/figures"
)

// TestAReaderCannotFillTheServer makes as many durable consumers as the server takes, of each kind, and looks whether they go, and
// whether the feed goes on meanwhile, also after a new start.
func TestAReaderCannotFillTheServer(t *testing.T) {
	t.Parallel()
	log, s := memlog.New(), listen(t, t.TempDir())
	write(t, log, 0, 5)
	at := &shown{sheet: figures.Sheet{Position: 1, Figures: []figures.Figure{{Indicator: "probe.acts", Value: figures.Number{Quantity: 7, Parts: 1}}}}}
	feed := func() (stop func()) {
		f := feeder(t, s)
		f.Forget = 5 * time.Second
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{}, 2)
		go func() { _ = f.Events(ctx, log); done <- struct{}{} }()
		go func() { _ = f.Fill(ctx, at.reader, at.changed, kept); done <- struct{}{} }()
		return func() { cancel(); <-done; <-done }
	}
	stop := feed()
	for name, stream := range map[string]string{natsfeed.EventsReader: natsfeed.Stream, natsfeed.FiguresReader: "KV_" + natsfeed.Bucket} {
		_, js := outside(t, s, name)
		var of jetstream.Stream
		eventually(t, func() (ok bool) {
			var err error
			of, err = js.Stream(t.Context(), stream)
			return err == nil && of.CachedInfo().State.Msgs > 0 && of.CachedInfo().Config.ConsumerLimits.InactiveThreshold > 0
		})
		if _, err := of.CreateConsumer(t.Context(), jetstream.ConsumerConfig{Durable: "stays", InactiveThreshold: 24 * time.Hour}); err == nil {
			t.Errorf("%s: a consumer may stay as long as it likes", name)
		}
		made, refused := 0, error(nil)
		for ; refused == nil && made <= 2*natsfeed.MaxReaders; made++ {
			_, refused = of.CreateConsumer(t.Context(), jetstream.ConsumerConfig{Durable: fmt.Sprint("d", made), MemoryStorage: made%2 == 0})
		}
		if refused == nil || made > natsfeed.MaxReaders+1 {
			t.Errorf("%s: %d durable consumers were made, and then: %v", name, made, refused)
		}
	}
	stop() // and a new start among all of them
	stop = feed()
	write(t, log, 5, 5)
	at.set(func(s *figures.Sheet) { s.Position, s.Figures[0].Value.Quantity = 2, 8 })
	_, numbers := outside(t, s, natsfeed.FiguresReader)
	kv, err := numbers.KeyValue(t.Context(), natsfeed.Bucket)
	if err != nil {
		t.Fatal(err)
	}
	revision(t, kv, 2)
	for name, stream := range map[string]string{natsfeed.EventsReader: natsfeed.Stream, natsfeed.FiguresReader: "KV_" + natsfeed.Bucket} {
		_, js := outside(t, s, name)
		eventually(t, func() bool {
			of, err := js.Stream(t.Context(), stream)
			return err == nil && of.CachedInfo().State.Consumers == 0
		})
	}
	_, events := outside(t, s, natsfeed.EventsReader)
	isTheLog(t, log, events, 10)
	stop()
}
