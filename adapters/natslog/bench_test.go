package natslog_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natslog"
	"hoso/adapters/natsserver"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
	"hoso/domain/merit"
)

// draft is an event of the size that a case's usually has.
func draft() domain.Draft {
	return domain.Draft{
		ID: uuid.New(), Type: "suite.happened", Schema: 1,
		Meta: domain.Meta{
			Actor:   domain.Actor{ID: "nguyen.thi.lan", Role: "caseworker", Unit: "06550"},
			Command: uuid.New(), Fingerprint: "0123456789abcdef0123456789abcdef", Correlation: uuid.New(), Causation: uuid.New(),
			Occurred: 20240401, Recorded: time.Date(2024, 4, 2, 3, 4, 5, 678901000, time.UTC),
		},
		Data: fmt.Appendf(nil, `{"person":%q,"commune":"06550","amount":1950000,"months":3}`, uuid.New()),
	}
}

func newCase() domain.StreamID { return domain.StreamID{Type: "suite", ID: uuid.New()} }

func openBench(b *testing.B) (*natslog.Log, *nats.Conn) {
	b.Helper()
	srv, err := natsserver.Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	nc, err := srv.Connect()
	if err != nil {
		b.Fatal(err)
	}
	l, err := natslog.Open(b.Context(), nc, natslog.Options{Fault: srv.Fault})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close(); nc.Close(); srv.Close() })
	return l, nc
}

// BenchmarkAppend appends one event to a new case, from so many callers; raw is the client library's own publish.
func BenchmarkAppend(b *testing.B) {
	b.Run("raw", func(b *testing.B) {
		_, nc := openBench(b)
		js, err := jetstream.New(nc)
		if err != nil {
			b.Fatal(err)
		}
		data := make([]byte, 400)
		callers(b, 1, func(ctx context.Context) error {
			_, err := js.Publish(ctx, "hoso.case.raw."+uuid.NewString(), data, jetstream.WithExpectLastSequencePerSubject(0))
			return err
		})
	})
	for _, n := range []int{1, 8, 64, 256, 1024} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			l, _ := openBench(b)
			callers(b, n, func(ctx context.Context) error {
				_, err := l.Append(ctx, newCase(), domain.Tail{}, draft())
				return err
			})
		})
	}
}

// BenchmarkHandle sends commands through the whole kernel: decide, seal nothing, encode, append.
func BenchmarkHandle(b *testing.B) {
	for _, n := range []int{1, 256, 1024} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			l, _ := openBench(b)
			h := domain.NewHandler(domain.NewCatalog(merit.Type(law.Shipped())), l, domaintest.Keys(), time.Now)
			callers(b, n, startAllowance(h))
		})
	}
}

func startAllowance(h *domain.Handler) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := h.Handle(ctx, domain.Request{
			ID: uuid.New(), Case: domain.StreamID{Type: "merit", ID: uuid.New()}, Occurred: 20240403,
			Actor:   domain.Actor{ID: "lan", Role: "caseworker", Unit: "06550"},
			Command: merit.StartAllowance{Person: domain.PersonID{UUID: uuid.New()}, Commune: "06550", Category: "a", From: calendar.Month{Year: 2024, Month: 4}, Level: 2_000_000},
		})
		return err
	}
}

// callers runs call b.N times from n goroutines and reports the median and the rate.
func callers(b *testing.B, n int, call func(context.Context) error) {
	b.Helper()
	b.ResetTimer()
	start := time.Now()
	took := make([]time.Duration, b.N)
	next := make(chan int)
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			for i := range next {
				began := time.Now()
				if err := call(b.Context()); err != nil {
					b.Error(err)
				}
				took[i] = time.Since(began)
			}
		})
	}
	for i := range b.N {
		next <- i
	}
	close(next)
	all.Wait()
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "calls/s")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "max-µs")
}

// BenchmarkRead20 reads a case of 20 events out of 1,000 such cases.
func BenchmarkRead20(b *testing.B) {
	l, _ := openBench(b)
	callers(b, 1, load20(l, casesOf20(b, l)))
}

func casesOf20(b *testing.B, l domain.EventLog) []domain.StreamID {
	b.Helper()
	cases := make([]domain.StreamID, 1000)
	var all sync.WaitGroup
	for i := range cases {
		cases[i] = newCase()
		all.Go(func() {
			drafts := make([]domain.Draft, 20)
			for j := range drafts {
				drafts[j] = draft()
			}
			if _, err := l.Append(b.Context(), cases[i], domain.Tail{}, drafts...); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	return cases
}

func load20(l domain.EventLog, cases []domain.StreamID) func(context.Context) error {
	var i atomic.Int64
	return func(ctx context.Context) error {
		n := 0
		for _, err := range l.Read(ctx, cases[int(i.Add(1))%len(cases)], 0) {
			if err != nil {
				return err
			}
			n++
		}
		if n != 20 {
			return fmt.Errorf("%d events", n)
		}
		return nil
	}
}

// BenchmarkFollow replays 100,000 events; raw is the client library's ordered consumer, without decoding.
func BenchmarkFollow(b *testing.B) {
	const events = 100_000
	l, nc := openBench(b)
	var all sync.WaitGroup
	for range events / 100 {
		all.Go(func() {
			drafts := make([]domain.Draft, 100)
			for j := range drafts {
				drafts[j] = draft()
			}
			if _, err := l.Append(b.Context(), newCase(), domain.Tail{}, drafts...); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	replay := func(name string, once func(context.Context) int) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ctx, cancel := context.WithCancel(b.Context())
				if n := once(ctx); n != events {
					b.Fatal(n)
				}
				cancel()
			}
			b.ReportMetric(events*float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
	replay("raw", func(ctx context.Context) (n int) {
		js, err := jetstream.New(nc)
		if err != nil {
			b.Fatal(err)
		}
		c, err := js.OrderedConsumer(ctx, "hoso", jetstream.OrderedConsumerConfig{})
		if err != nil {
			b.Fatal(err)
		}
		it, err := c.Messages(jetstream.PullMaxMessages(5000))
		if err != nil {
			b.Fatal(err)
		}
		defer it.Stop()
		for n < events {
			if _, err := it.Next(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		return n
	})
	replay("ours", func(ctx context.Context) (n int) {
		for _, err := range l.Follow(ctx, 0) {
			if err != nil {
				b.Fatal(err)
			}
			if n++; n == events {
				break
			}
		}
		return n
	})
}
