package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/httpapi"
	"hoso/adapters/signin"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/person"
	"hoso/domain/right"
	"hoso/domain/unemployment"
	"hoso/projections/access"
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
	bearer, err := a.benchCaller(ctx, right.Caseworker)
	if err != nil {
		return measured{}, err
	}
	address, stop, err := a.serveFor(ctx, e, listenFlags{Listen: "127.0.0.1:0"})
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

// benchCaller makes an account that may act, and returns a token of it.
func (a *app) benchCaller(ctx context.Context, roles ...right.Role) (string, error) {
	const login = "bench"
	ctx = access.Console(ctx)
	if err := a.accounts.Open(ctx, account.Open{Login: login, Name: domain.Hide("Đo tốc độ")}); err != nil {
		return "", err
	}
	for _, role := range roles {
		if _, err := a.accounts.Grant(ctx, login, right.Grant{Role: role}); err != nil {
			return "", err
		}
	}
	one, err := a.accounts.Find(ctx, login)
	if err != nil {
		return "", err
	}
	self, _ := a.accounts.Caller(one)
	text, token := signin.NewToken(login, "bench", right.Scope{}, a.accounts.Today().AddDays(1))
	return text, a.accounts.IssueToken(right.With(ctx, self), login, token)
}

// serveFor serves until it is stopped, and returns the address.
func (a *app) serveFor(ctx context.Context, e *env, at listenFlags) (*url.URL, func(), error) {
	serving, cancel := context.WithCancel(ctx)
	said, w := io.Pipe()
	ended := make(chan error, 1)
	var server sync.WaitGroup
	server.Go(func() {
		quiet := *e
		quiet.out = w
		err := a.serve(serving, &quiet, at, sealingFlags{SealEvents: 1000, SealEvery: 10 * time.Minute})
		w.CloseWithError(io.EOF)
		ended <- err
	})
	stop := func() { cancel(); server.Wait() }
	for lines := bufio.NewScanner(said); lines.Scan(); {
		for word := range strings.FieldsSeq(lines.Text()) {
			if u, err := url.Parse(word); err == nil && u.Host != "" {
				go func() { _, _ = io.Copy(io.Discard, said) }()
				return u, stop, a.readySoon(ctx)
			}
		}
	}
	cancel()
	return nil, nil, <-ended
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

// loader is one connection. What it sends is written out beforehand, and of what it gets it reads no more than it must: the
// machine is the server's.
type loader struct {
	conn  net.Conn
	in    *bufio.Reader
	head  string
	steps []step
	took  []time.Duration
}

// step is a command as it is sent.
type step struct{ verb, body string }

func newLoader(ctx context.Context, address *url.URL, bearer, who string) (*loader, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address.Host)
	if err != nil {
		return nil, err
	}
	l := &loader{conn: conn, in: bufio.NewReader(conn),
		head: " HTTP/1.1\r\nHost: " + address.Host + "\r\nAuthorization: Bearer " + bearer + "\r\nContent-Type: application/json\r\nIdempotency-Key: "}
	for _, r := range claim() {
		s, err := stepOf(r.Command, who)
		if err != nil {
			return nil, err
		}
		l.steps = append(l.steps, s)
	}
	s, err := stepOf(person.Register{Name: domain.Hide("Người thử")}, "")
	if err != nil {
		return nil, err
	}
	return l, l.send("person", s, who)
}

func stepOf(c domain.Command, who string) (step, error) {
	if f, ok := c.(unemployment.File); ok {
		f.Person = domain.PersonID{} // it is named by its reference
		c = f
	}
	data, err := domain.MarshalCommand(c, who)
	_, verb, _ := strings.Cut(c.CommandName(), ".")
	return step{verb, `{"occurred":"2024-04-01","data":` + string(data) + `}`}, err
}

func (l *loader) run(until time.Time) error {
	for {
		id := uuid.NewString()
		for _, s := range l.steps {
			begun := time.Now()
			if begun.After(until) {
				return nil
			}
			if err := l.send("unemployment", s, id); err != nil {
				return err
			}
			l.took = append(l.took, time.Since(begun))
		}
	}
}

// send gives a command and waits for its answer, which has to be a receipt.
func (l *loader) send(caseType string, s step, id string) error {
	request := "POST " + httpapi.Prefix + "/cases/" + caseType + "/" + id + "/" + s.verb + l.head + uuid.NewString() +
		"\r\nContent-Length: " + strconv.Itoa(len(s.body)) + "\r\n\r\n" + s.body
	if _, err := l.conn.Write([]byte(request)); err != nil {
		return err
	}
	status, err := l.in.ReadString('\n')
	if err != nil {
		return err
	}
	length := 0
	for {
		line, err := l.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) == 2 {
			break
		}
		if n, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(n))); err != nil {
				return err
			}
		}
	}
	answer := make([]byte, length)
	if _, err := io.ReadFull(l.in, answer); err != nil {
		return err
	}
	if !strings.HasPrefix(status, "HTTP/1.1 20") {
		return fmt.Errorf("%s: %s%s", s.verb, status, answer)
	}
	return nil
}
