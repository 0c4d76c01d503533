package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/httpapi"
	"hoso/adapters/natsfeed"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// watched is the figure that the acts of live change, in the month in which claim() happens.
const watched = "unemployment.claims"

var watchedMonth = calendar.Month{Year: 2024, Month: 4}

// sight is what a watcher saw and when: the figure's value or, on the pages, the position to which they were loaded again.
type sight struct {
	value int64
	at    time.Time
}

// live measures how long after an act was sent off everybody who watches has seen what it changes: the figure in the server-sent
// events of the API (live), the dashboard loaded again after its line told of a change (live-page), the figure in the bucket on
// NATS (live-feed). Each act is waited for by all, and the next one comes at a random moment. Raw is the acknowledgement of the same acts.
func (c benchCommand) live(ctx context.Context, e *env, a *app, name string) (measured, error) {
	bearer, err := a.benchCaller(ctx, right.Caseworker, right.Statistician)
	if err != nil {
		return measured{}, err
	}
	at := listenFlags{Listen: "127.0.0.1:0"}
	if name == "live-feed" {
		at.NATSListen, at.FeedSince = "127.0.0.1:0", watchedMonth.String()
	}
	address, stop, err := a.serveFor(ctx, e, at)
	if err != nil {
		return measured{}, err
	}
	defer stop()
	watching, leave := context.WithCancel(ctx)
	defer leave()
	r := &rig{address: address, bearer: bearer, app: a, seen: make(chan sight, 64*c.Watchers), failed: make(chan error, c.Watchers)}
	sees := map[string]func(context.Context) error{"live": r.api, "live-page": r.pages, "live-feed": r.bucket}[name]
	for range c.Watchers {
		go func() {
			if err := sees(watching); err != nil && watching.Err() == nil {
				r.failed <- err
			}
		}()
	}
	sent, acknowledged, err := r.acts(ctx, c, name == "live-page")
	if err != nil {
		return measured{}, err
	}
	m := measured{Unit: fmt.Sprintf("ms, p95, %d watchers", c.Watchers), RawIs: "the acts' own acknowledgement, ms, p95"}
	m.spread(acknowledged)
	m.Raw = m.P95
	m.spread(sent)
	m.Result = m.P95
	return m, nil
}

// rig is a server with those who watch it.
type rig struct {
	address *url.URL
	bearer  string
	app     *app
	seen    chan sight
	failed  chan error
}

// acts records claims for a time, one after the other, and returns how long each watcher waited for each, and each acknowledgement.
func (r *rig) acts(ctx context.Context, c benchCommand, byPosition bool) (seen, acknowledged []time.Duration, err error) {
	l, err := newLoader(ctx, r.address, r.bearer, "bench-live")
	if err != nil {
		return nil, nil, err
	}
	defer l.conn.Close()
	file, err := stepOf(claim()[0].Command, "bench-live")
	if err != nil {
		return nil, nil, err
	}
	begun := time.Now()
	for n := int64(0); n == 0 || time.Since(begun) < c.For; n++ {
		sent := time.Now()
		if err := l.send("unemployment", file, uuid.NewString()); err != nil {
			return nil, nil, err
		}
		told := time.Since(sent)
		goal := n + 1
		if byPosition {
			head, err := r.app.log.Head(ctx)
			if err != nil {
				return nil, nil, err
			}
			if err := r.app.runner.WaitFor(ctx, head); err != nil {
				return nil, nil, err
			}
			goal = int64(r.app.runner.Position())
		}
		waits, err := r.all(ctx, c.Watchers, goal, sent)
		if err != nil {
			return nil, nil, err
		}
		if n > 0 { // the first one also waits until everybody is there
			seen, acknowledged = append(seen, waits...), append(acknowledged, told)
		}
		select {
		case <-time.After(rand.N(300 * time.Millisecond)):
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
	}
	return seen, acknowledged, nil
}

// all waits until so many have seen at least a value.
func (r *rig) all(ctx context.Context, watchers int, goal int64, sent time.Time) (waits []time.Duration, err error) {
	for len(waits) < watchers {
		select {
		case s := <-r.seen:
			if s.value >= goal {
				waits = append(waits, s.at.Sub(sent))
			}
		case err := <-r.failed:
			return nil, err
		case <-time.After(time.Minute):
			return nil, fmt.Errorf("only %d of %d watchers saw %d within a minute", len(waits), watchers, goal)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return waits, nil
}

// ask sends a request that has to be answered.
func (r *rig) ask(ctx context.Context, path string) (*http.Response, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, r.address.String()+path, nil)
	if err != nil {
		return nil, err
	}
	q.Header.Set("Authorization", "Bearer "+r.bearer)
	answer, err := http.DefaultClient.Do(q)
	if err == nil && answer.StatusCode != http.StatusOK {
		_ = answer.Body.Close()
		err = fmt.Errorf("GET %s: %s", path, answer.Status)
	}
	return answer, err
}

// lines reads the data of server-sent events.
func (r *rig) lines(ctx context.Context, path string, data func(event, text string) error) error {
	answer, err := r.ask(ctx, path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	event := ""
	in := bufio.NewScanner(answer.Body)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if name, ok := strings.CutPrefix(in.Text(), "event: "); ok {
			event = name
		}
		if text, ok := strings.CutPrefix(in.Text(), "data: "); ok {
			if err := data(event, text); err != nil {
				return err
			}
		}
	}
	return in.Err()
}

// api watches the figure over the API.
func (r *rig) api(ctx context.Context) error {
	path := httpapi.Prefix + "/changes?cases=false&month=" + watchedMonth.String() + "&indicator=" + watched + "&after=1"
	return r.lines(ctx, path, func(event, text string) error {
		var sheet struct {
			Figures []struct{ Value int64 }
		}
		if err := json.Unmarshal([]byte(text), &sheet); err != nil || event != "figures" || len(sheet.Figures) == 0 {
			return err
		}
		r.seen <- sight{sheet.Figures[0].Value, time.Now()}
		return nil
	})
}

// pages loads the dashboard again whenever its line tells of a change.
func (r *rig) pages(ctx context.Context) error {
	return r.lines(ctx, "/truc-tiep", func(_, text string) error {
		position, err := positionIn(text)
		if err != nil {
			return err
		}
		answer, err := r.ask(ctx, "/?month="+watchedMonth.String())
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			return err
		}
		r.seen <- sight{position, time.Now()}
		return nil
	})
}

func positionIn(text string) (n int64, err error) {
	_, err = fmt.Sscan(text, &n)
	return n, err
}

// bucket watches the figure on NATS.
func (r *rig) bucket(ctx context.Context) error {
	password, _, err := r.app.feedPassword()
	if err != nil {
		return err
	}
	nc, err := nats.Connect("nats://"+r.app.fed.Load().address, nats.UserInfo(natsfeed.FiguresReader, password))
	if err != nil {
		return err
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		return err
	}
	kv, err := js.KeyValue(ctx, natsfeed.Bucket)
	for err != nil && ctx.Err() == nil { // it is made a moment after the server
		time.Sleep(50 * time.Millisecond)
		kv, err = js.KeyValue(ctx, natsfeed.Bucket)
	}
	if err != nil {
		return err
	}
	w, err := kv.Watch(ctx, natsfeed.Key(calendar.Civil, watchedMonth, "", watched))
	if err != nil {
		return err
	}
	defer func() { _ = w.Stop() }()
	for {
		select {
		case entry := <-w.Updates():
			if entry == nil {
				continue
			}
			var v natsfeed.Value
			if err := json.Unmarshal(entry.Value(), &v); err != nil {
				return err
			}
			r.seen <- sight{v.Value.Quantity, time.Now()}
		case <-ctx.Done():
			return nil
		}
	}
}
