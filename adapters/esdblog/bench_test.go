package esdblog_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

// pair is the log, and the bare client, on one server.
func pair(b *testing.B) (*esdblog.Log, *esdb.Client) {
	b.Helper()
	url := os.Getenv(realServer)
	if url == "" {
		n, err := esdbtest.Start(esdbtest.NewStore(), esdbtest.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(n.Stop)
		url = n.URL()
	}
	l, err := esdblog.Open(b.Context(), esdblog.Options{URL: url})
	if err != nil {
		b.Fatal(err)
	}
	config, err := esdb.ParseConnectionString(url)
	if err != nil {
		b.Fatal(err)
	}
	config.Logger = esdb.NoopLogging()
	c, err := esdb.NewClient(config)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close(); _ = c.Close() })
	return l, c
}

// inTurns takes the two by turns, so that both meet the same machine, and reports how many times longer ours takes:
// the median of one call alone, or of the time for as many calls by many callers at once.
func inTurns(b *testing.B, callers int, raw, ours func(context.Context) error) {
	b.Helper()
	var took [2][]time.Duration
	for b.Loop() {
		for i, call := range []func(context.Context) error{raw, ours} {
			began := time.Now()
			var all sync.WaitGroup
			for range callers {
				all.Go(func() {
					if err := call(b.Context()); err != nil {
						b.Error(err)
					}
				})
			}
			all.Wait()
			took[i] = append(took[i], time.Since(began))
		}
	}
	var median [2]float64
	for i := range took {
		slices.Sort(took[i])
		median[i] = float64(took[i][len(took[i])/2].Nanoseconds()) / 1000
	}
	b.ReportMetric(median[0], "raw-µs")
	b.ReportMetric(median[1], "ours-µs")
	b.ReportMetric(median[1]/median[0], "ratio")
}

// stored is an event as the adapter stores one, for the bare client.
func stored(d domain.Draft) esdb.EventData {
	return esdb.EventData{EventID: d.ID, EventType: d.Type, ContentType: esdb.ContentTypeJson, Data: d.Data, Metadata: fmt.Appendf(nil,
		`{"$correlationId":%q,"$causationId":%q,"command":%q,"fingerprint":"0123456789abcdef0123456789abcdef","actor":{"id":"nguyen.thi.lan","role":"caseworker","unit":"06550"},"occurred":"2024-04-01","recorded":"2024-04-02T03:04:05.678901Z","schema":1}`,
		d.Meta.Correlation, d.Meta.Causation, d.Meta.Command)}
}

func BenchmarkAppend(b *testing.B) {
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			l, c := pair(b)
			inTurns(b, callers, func(ctx context.Context) error {
				_, err := c.AppendToStream(ctx, newCase().String(), esdb.AppendToStreamOptions{ExpectedRevision: esdb.NoStream{}}, stored(drafts(1)[0]))
				return err
			}, func(ctx context.Context) error {
				_, err := l.Append(ctx, newCase(), domain.Tail{}, drafts(1)...)
				return err
			})
		})
	}
}

// BenchmarkRead20 reads cases of 20 events.
func BenchmarkRead20(b *testing.B) {
	l, c := pair(b)
	ids := make([]domain.StreamID, 200)
	for i := range ids {
		ids[i] = newCase()
		if _, err := l.Append(b.Context(), ids[i], domain.Tail{}, drafts(20)...); err != nil {
			b.Fatal(err)
		}
	}
	next := 0
	inTurns(b, 1, func(ctx context.Context) error {
		next++
		read, err := c.ReadStream(ctx, ids[next%len(ids)].String(), esdb.ReadStreamOptions{From: esdb.Start{}}, math.MaxInt64)
		if err != nil {
			return err
		}
		defer read.Close()
		for range 20 {
			if _, err := read.Recv(); err != nil {
				return err
			}
		}
		return nil
	}, func(ctx context.Context) error {
		n := 0
		for _, err := range l.Read(ctx, ids[next%len(ids)], 0) {
			if err != nil {
				return err
			}
			n++
		}
		if n != 20 {
			return fmt.Errorf("%d events", n)
		}
		return nil
	})
}

// BenchmarkFollow replays 20,000 events; raw is the bare client's filtered subscription.
func BenchmarkFollow(b *testing.B) {
	const events = 20_000
	l, c := pair(b)
	for range events / 500 {
		if _, err := l.Append(b.Context(), newCase(), domain.Tail{}, drafts(500)...); err != nil {
			b.Fatal(err)
		}
	}
	inTurns(b, 1, func(ctx context.Context) error {
		s, err := c.SubscribeToAll(ctx, esdb.SubscribeToAllOptions{From: esdb.Start{}, MaxSearchWindow: 1000,
			Filter: &esdb.SubscriptionFilter{Type: esdb.StreamFilterType, Regex: "^suite-"}})
		if err != nil {
			return err
		}
		defer s.Close()
		for n := 0; n < events; {
			e := s.Recv()
			if e.SubscriptionDropped != nil {
				return e.SubscriptionDropped.Error
			}
			if e.EventAppeared != nil {
				n++
			}
		}
		return nil
	}, func(ctx context.Context) error {
		n := 0
		for _, err := range l.Follow(ctx, 0) {
			if err != nil {
				return err
			}
			if n++; n == events {
				break
			}
		}
		return nil
	})
}
