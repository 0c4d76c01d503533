package natslog_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"hoso/adapters/natscluster/clustertest"
	"hoso/domain"
	"hoso/domain/domaintest"
	"hoso/domain/law"
	"hoso/domain/merit"
)

// BenchmarkCluster measures on three servers on this machine, sync always, three replicas: what counts is the ratio to
// raw, the client library's own calls on the same servers, since all share the machine's processors and its disk.
func BenchmarkCluster(b *testing.B) {
	c := clustertest.Start(b, clustertest.Options{})
	open := func(b *testing.B) (domain.EventLog, *nats.Conn) {
		a := account{c, c.Account(b)}
		l, shut := a.Open(b)
		b.Cleanup(shut)
		// The stream's first leader is being elected.
		for _, err := l.Append(b.Context(), newCase(), domain.Tail{}, draft()); err != nil; time.Sleep(10 * time.Millisecond) {
			_, err = l.Append(b.Context(), newCase(), domain.Tail{}, draft())
		}
		return l, c.Connect(b, a.login)
	}
	b.Run("publish-raw", func(b *testing.B) {
		_, nc := open(b)
		js, _ := jetstream.New(nc)
		data := make([]byte, 400)
		callers(b, 1, func(ctx context.Context) error {
			_, err := js.Publish(ctx, "hoso.case.raw."+uuid.NewString(), data, jetstream.WithExpectLastSequencePerSubject(0))
			return err
		})
	})
	b.Run("batch-256-raw", func(b *testing.B) {
		_, nc := open(b)
		js, _ := jetstream.New(nc)
		n := 0
		for start := time.Now(); b.Loop(); {
			batch := make([]*nats.Msg, 256)
			for i := range batch {
				batch[i] = &nats.Msg{Subject: "hoso.case.raw." + uuid.NewString(), Data: make([]byte, 400), Header: nats.Header{"Nats-Expected-Last-Subject-Sequence": {"0"}}}
			}
			if _, err := jetstreamext.PublishMsgBatch(b.Context(), js, batch); err != nil {
				b.Fatal(err)
			}
			n += len(batch)
			b.ReportMetric(float64(n)/time.Since(start).Seconds(), "calls/s")
		}
	})
	for _, n := range []int{1, 2, 4, 8, 16, 64, 256, 1024} {
		b.Run(fmt.Sprintf("append-%d", n), func(b *testing.B) {
			l, _ := open(b)
			callers(b, n, func(ctx context.Context) error {
				_, err := l.Append(ctx, newCase(), domain.Tail{}, draft())
				return err
			})
		})
	}
	for _, n := range []int{1, 256, 1024} {
		b.Run(fmt.Sprintf("handle-%d", n), func(b *testing.B) {
			l, _ := open(b)
			h := domain.NewHandler(domain.NewCatalog(merit.Type(law.Shipped())), l, domaintest.Keys(), time.Now)
			callers(b, n, startAllowance(h))
		})
	}
	b.Run("load", func(b *testing.B) {
		l, nc := open(b)
		cases := casesOf20(b, l)
		js, err := jetstream.New(nc)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("20-raw", func(b *testing.B) {
			i := 0
			callers(b, 1, func(ctx context.Context) error {
				i++
				id := cases[i%len(cases)]
				got, err := jetstreamext.GetBatch(ctx, js, "hoso", 20, jetstreamext.GetBatchSubject("hoso.case."+id.Type+"."+id.ID.String()))
				if err != nil {
					return err
				}
				n := 0
				for _, err := range got {
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
		})
		b.Run("20", func(b *testing.B) { callers(b, 1, load20(l, cases)) })
		b.Run("20-from-8", func(b *testing.B) { callers(b, 8, load20(l, cases)) })
	})
}
