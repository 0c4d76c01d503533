package main

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"hoso/domain"
	"hoso/domain/unemployment"
)

// append measures commands through Handle, durable, from so many callers, each working through claims of its own: one
// filed, completed by decision, collection, notices and payments, then the next.
//
// The raw limit of one caller is one synchronous publish of as many bytes on a stream with the same settings. That of
// many is the same bytes in atomic batches of as many messages as there are callers, at most a thousand.
func (c benchCommand) append(ctx context.Context, a *app, callers int) (measured, error) {
	js, err := rawStream(ctx, a)
	if err != nil {
		return measured{}, err
	}
	if callers == 1 {
		return c.appendAlone(ctx, a, js)
	}
	raw, err := rawBatches(ctx, js, min(callers, 1000), c.For)
	if err != nil {
		return measured{}, err
	}
	took, elapsed, err := handleFrom(ctx, a, callers, c.For)
	if err != nil {
		return measured{}, err
	}
	m := measured{Unit: "commands/s", Result: perSecond(len(took), elapsed), Raw: raw, RawIs: "the same bytes in atomic batches, messages/s"}
	m.spread(took)
	return m, nil
}

// appendAlone takes the two in turns, so that both meet the same disk.
func (c benchCommand) appendAlone(ctx context.Context, a *app, js jetstream.JetStream) (measured, error) {
	var raw, ours []time.Duration
	for range 6 {
		r, err := rawSingles(ctx, js, c.For/6)
		if err != nil {
			return measured{}, err
		}
		o, _, err := handleFrom(ctx, a, 1, c.For/6)
		if err != nil {
			return measured{}, err
		}
		raw, ours = append(raw, r...), append(ours, o...)
	}
	m := measured{Unit: "ms, p50", RawIs: "one synchronous publish of the same bytes, ms, p50"}
	m.spread(raw)
	m.Raw = m.P50
	m.spread(ours)
	m.Result = m.P50
	return m, nil
}

// handleFrom runs callers for a time and returns how long each command took.
func handleFrom(ctx context.Context, a *app, callers int, length time.Duration) ([]time.Duration, time.Duration, error) {
	var wg sync.WaitGroup
	took, errs := make([][]time.Duration, callers), make([]error, callers)
	start := time.Now()
	for n := range callers {
		wg.Go(func() {
			for time.Since(start) < length && errs[n] == nil {
				id := domain.StreamID{Type: "unemployment", ID: uuid.New()}
				for _, step := range claim() {
					begun := time.Now()
					step.ID, step.Case = uuid.New(), id
					if _, errs[n] = a.handler.Handle(ctx, step); errs[n] != nil {
						return
					}
					took[n] = append(took[n], time.Since(begun))
				}
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(start)
	var all []time.Duration
	for n := range callers {
		if errs[n] != nil {
			return nil, 0, errs[n]
		}
		all = append(all, took[n]...)
	}
	return all, elapsed, nil
}

// claim is twenty commands of one case.
func claim() []domain.Request {
	who := domain.PersonID{UUID: uuid.New()}
	commands := []domain.Command{
		unemployment.File{Person: who, Commune: "06550", Sex: "female", BirthYear: 1990, Channel: "direct", Residence: "own", Paid: 108},
		unemployment.Decide{Level: 3_900_000, Months: 9},
		unemployment.Collect{},
	}
	for month := 1; month <= 9 && len(commands) < 19; month++ {
		commands = append(commands, unemployment.Notify{Month: month}, unemployment.Pay{Month: month, Amount: 3_900_000})
	}
	commands = append(commands, unemployment.Expire{})
	requests := make([]domain.Request, len(commands))
	for i, c := range commands {
		requests[i] = domain.Request{Command: c, Occurred: 20240401, Actor: domain.Actor{ID: "bench", Unit: "188"}}
	}
	return requests
}

// rawStream makes a stream with the settings of the log's, for publishing past it.
func rawStream(ctx context.Context, a *app) (jetstream.JetStream, error) {
	js, err := jetstream.New(a.nats)
	if err != nil {
		return nil, err
	}
	_, err = js.CreateStream(ctx, jetstream.StreamConfig{Name: "raw", Subjects: []string{"raw.>"}, Storage: jetstream.FileStorage,
		Compression: jetstream.S2Compression, AllowDirect: true, AllowAtomicPublish: true})
	return js, err
}

// rawMessage has about the size of an event with its headers.
func rawMessage() *nats.Msg {
	m := nats.NewMsg("raw." + uuid.NewString())
	m.Header.Set("Meta", uuid.NewString()+uuid.NewString()+uuid.NewString()+uuid.NewString()+uuid.NewString())
	m.Header.Set("Nats-Expected-Last-Subject-Sequence", "0")
	m.Data = []byte(`{"person":"` + uuid.NewString() + `","commune":"06550","sex":"female","birth_year":1990,"channel":"direct","residence":"own","months_paid":108}`)
	return m
}

func rawSingles(ctx context.Context, js jetstream.JetStream, length time.Duration) (took []time.Duration, err error) {
	for start := time.Now(); time.Since(start) < length; {
		m := rawMessage()
		begun := time.Now()
		if _, err := js.PublishMsg(ctx, m); err != nil {
			return nil, err
		}
		took = append(took, time.Since(begun))
	}
	return took, nil
}

func rawBatches(ctx context.Context, js jetstream.JetStream, size int, length time.Duration) (float64, error) {
	n, start := 0, time.Now()
	for time.Since(start) < length {
		batch := make([]*nats.Msg, size)
		for i := range batch {
			batch[i] = rawMessage()
		}
		if _, err := jetstreamext.PublishMsgBatch(ctx, js, batch); err != nil {
			return 0, err
		}
		n += size
	}
	return perSecond(n, time.Since(start)), nil
}
