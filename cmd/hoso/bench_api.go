package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/httpapi"
	"hoso/domain"
	"hoso/domain/person"
	"hoso/domain/right"
	"hoso/domain/unemployment"
)

// connections is how many connections the load generator of the benchmark holds.
const connections = 256

// api measures durable commands through the HTTP API of a real server, authenticated, over 256 connections in this very
// process, so that the load generator's share of the machine is in the number. Each connection works through claims of its
// own, one command after the other. Raw is the same bytes in atomic batches, past everything.
func (c benchCommand) api(ctx context.Context, e *env, a *app) (measured, error) {
	js, err := rawStream(ctx, a)
	if err != nil {
		return measured{}, err
	}
	raw, err := rawBatches(ctx, js, connections, c.For)
	if err != nil {
		return measured{}, err
	}
	bearer, err := a.benchCaller()
	if err != nil {
		return measured{}, err
	}
	address, stop, err := a.serveFor(ctx, e)
	if err != nil {
		return measured{}, err
	}
	defer stop()
	took, elapsed, err := c.load256(ctx, address, bearer)
	if err != nil {
		return measured{}, err
	}
	m := measured{Unit: "commands/s", Result: perSecond(len(took), elapsed), Raw: raw, RawIs: "the same bytes in atomic batches of 256, messages/s"}
	m.spread(took)
	return m, nil
}

// benchCaller makes somebody who may act, and returns the token.
func (a *app) benchCaller() (string, error) {
	token := uuid.NewString()
	a.known = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") == "Bearer "+token {
				r = r.WithContext(right.With(r.Context(), right.Caller{Account: "bench", Grants: []right.Grant{{Role: right.Caseworker}}}))
			}
			next.ServeHTTP(w, r)
		})
	}
	return token, nil
}

// serveFor serves at some free port until it is stopped, and returns the address.
func (a *app) serveFor(ctx context.Context, e *env) (*url.URL, func(), error) {
	serving, cancel := context.WithCancel(ctx)
	said, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		quiet := *e
		quiet.out = w
		err := a.serve(serving, &quiet, listenFlags{Listen: "127.0.0.1:0"}, sealingFlags{SealEvents: 1000, SealEvery: 10 * time.Minute})
		w.CloseWithError(io.EOF)
		ended <- err
	}()
	stop := func() { cancel(); <-ended }
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		cancel()
		return nil, nil, <-ended
	}
	for _, word := range strings.Fields(line) {
		if u, err := url.Parse(word); err == nil && u.Host != "" {
			return u, stop, a.readySoon(ctx)
		}
	}
	stop()
	return nil, nil, fmt.Errorf("it did not say where it serves: %s", line)
}

func (a *app) readySoon(ctx context.Context) error {
	for a.runner.Ready() != nil {
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// load256 sends commands from all connections for a time.
func (c benchCommand) load256(ctx context.Context, address *url.URL, bearer string) ([]time.Duration, time.Duration, error) {
	clients := make([]*loader, connections)
	for n := range clients {
		var err error
		if clients[n], err = newLoader(ctx, address, bearer, fmt.Sprintf("bench-%d", n)); err != nil {
			return nil, 0, err
		}
		defer clients[n].conn.Close()
	}
	var wg sync.WaitGroup
	errs := make([]error, connections)
	start := time.Now()
	for n, l := range clients {
		wg.Go(func() { errs[n] = l.run(start.Add(c.For)) })
	}
	wg.Wait()
	elapsed := time.Since(start)
	var all []time.Duration
	for n, l := range clients {
		if errs[n] != nil {
			return nil, 0, errs[n]
		}
		all = append(all, l.took...)
	}
	return all, elapsed, nil
}

// loader is one connection.
type loader struct {
	conn   net.Conn
	in     *bufio.Reader
	host   string
	bearer string
	who    string // the reference of a person
	took   []time.Duration
}

func newLoader(ctx context.Context, address *url.URL, bearer, who string) (*loader, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address.Host)
	if err != nil {
		return nil, err
	}
	l := &loader{conn: conn, in: bufio.NewReader(conn), host: address.Host, bearer: bearer, who: who}
	return l, l.send(person.Register{Name: domain.Hide("Người thử")}, who)
}

func (l *loader) run(until time.Time) error {
	for time.Now().Before(until) {
		id := uuid.NewString()
		for _, step := range claim() {
			begun := time.Now()
			if begun.After(until) {
				return nil
			}
			if err := l.send(step.Command, id); err != nil {
				return err
			}
			l.took = append(l.took, time.Since(begun))
		}
	}
	return nil
}

// send gives a command and waits for its answer, which has to be a receipt.
func (l *loader) send(c domain.Command, id string) error {
	caseType, verb, _ := strings.Cut(c.CommandName(), ".")
	data, err := domain.MarshalCommand(unnamed(c), l.who)
	if err != nil {
		return err
	}
	body := `{"occurred":"2024-04-01","data":` + string(data) + `}`
	request := fmt.Appendf(nil, "POST %s/cases/%s/%s/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s",
		httpapi.Prefix, caseType, id, verb, l.host, l.bearer, uuid.NewString(), len(body), body)
	if _, err := l.conn.Write(request); err != nil {
		return err
	}
	answer, err := http.ReadResponse(l.in, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusCreated {
		return fmt.Errorf("%s: %s %s", c.CommandName(), answer.Status, b.String())
	}
	return nil
}

// unnamed takes the person out of a command, so that it is named by reference.
func unnamed(c domain.Command) domain.Command {
	if f, ok := c.(unemployment.File); ok {
		f.Person = domain.PersonID{}
		return f
	}
	return c
}
