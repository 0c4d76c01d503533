package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"hoso/adapters/httpguard"
	"hoso/domain"
)

type serveCommand struct {
	storeFlags
	listenFlags
	sealingFlags
	metricsFlags
}

// Run serves until the context ends.
func (c serveCommand) Run(ctx context.Context, e *env) error {
	a, err := e.openNew(ctx, c.storeFlags)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.before(ctx); err != nil {
		return err
	}
	stop, err := a.serveMetrics(ctx, e, c.metricsFlags)
	if err != nil {
		return err
	}
	defer stop()
	return a.serve(ctx, e, c.listenFlags, c.sealingFlags)
}

// grace is how long requests under way may take after the program was asked to stop.
const grace = 5 * time.Second

// serve keeps the views up to date and answers requests until the context ends. The address is printed once it
// really listens, so whoever reads the line can connect.
func (a *app) serve(ctx context.Context, e *env, at listenFlags, sealing sealingFlags) error {
	listener, err := at.listen(ctx)
	if err != nil {
		return err
	}
	var views sync.WaitGroup
	following, stop := context.WithCancel(context.WithoutCancel(ctx)) // until the last request is answered
	defer views.Wait()
	defer stop()
	views.Go(func() { a.follow(following, e) })
	views.Go(func() { a.prepareSearch(following, a.warn) })
	views.Go(func() { a.keepSealed(following, e, sealing) })
	views.Go(func() { a.keepSwept(following, e) })
	if err := a.keepFed(following, e, at, &views); err != nil {
		return errors.Join(err, listener.Close())
	}
	views.Go(func() { a.control(following, e) })

	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", a.healthz)
	log := e.logger()
	if err := a.signIn(ctx, e, mux, at); err != nil {
		return errors.Join(err, listener.Close())
	}
	d, err := a.desk(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a.serveAPI(ctx, mux, log, d)
	end := a.serveWeb(mux, log, d)
	requests, drop := context.WithCancel(context.WithoutCancel(ctx)) // of those that never end by themselves
	defer drop()
	server := httpguard.Server(mux, log)
	server.BaseContext = func(net.Listener) context.Context { return requests }
	ended := make(chan struct{})
	defer context.AfterFunc(ctx, func() {
		defer close(ended)
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		end()
		if server.Shutdown(ending) != nil {
			drop()
			_ = server.Close()
		}
	})()
	fmt.Fprintf(e.out, "Đang phục vụ tại %s://%s (dừng: Ctrl-C)\n", at.scheme(), reachable(listener.Addr()))
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-ended // requests under way are answered before the log is closed
	return nil
}

// reachable turns the address that means every interface into one that a browser can open.
func reachable(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsUnspecified() {
		return a.String()
	}
	return net.JoinHostPort("localhost", port)
}

// follow runs the views. A fault is said once and shown by /healthz; what was written before it can still be read.
func (a *app) follow(ctx context.Context, e *env) {
	if err := a.runner.Run(ctx); err != nil && ctx.Err() == nil {
		e.complain(&domain.Error{Kind: domain.Internal, Code: "views.stopped", Msg: "số liệu không cập nhật được nữa", Err: err})
	}
}

// health is the answer of /healthz.
type health struct {
	Status   string         `json:"status"` // ok, rebuilding, catching_up, failing
	Position domain.Ordinal `json:"position"`
	Reading  domain.Ordinal `json:"reading"`  // answers say what the log said up to here; 0: nothing is answered
	Lag      uint64         `json:"lag"`      // how far the views are behind the log, in places of the log
	Complete bool           `json:"complete"` // the views have once held all that the log had at the start
	Views    string         `json:"views"`    // ok, or why they stand still
	Storage  string         `json:"storage"`  // ok, or why nothing can be written
}

// soon is how long /healthz waits for the log: who watches gives up too.
const soon = time.Second

var errSilent = &domain.Error{Kind: domain.Unavailable, Code: "log.silent", Msg: "nhật ký sự kiện không trả lời trong một giây"}

// healthz answers 200 where the service works as it should, also from an older generation of views while the new one is being
// built, and 503 where it does not, or not yet. It takes little more than a second, whatever is away.
func (a *app) healthz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), soon)
	defer cancel()
	views := a.runner.Health(ctx)
	h := health{Status: "ok", Position: views.Position, Complete: views.Complete, Views: "ok", Storage: "ok"}
	if views.Head > views.Cursor {
		h.Lag = uint64(views.Head - views.Cursor)
	}
	switch from, err := a.reading(); {
	case err != nil:
		h.Status = "catching_up"
	default:
		if h.Reading = from.at(); a.runner.Ready() != nil {
			h.Status = "rebuilding"
		}
	}
	switch {
	case views.Against != nil:
		h.Status, h.Views = "failing", views.Against.Error()
	case errors.Is(views.Err, context.DeadlineExceeded):
		h.Status, h.Storage = "failing", errSilent.Error()
	case views.Err != nil:
		h.Status, h.Views = "failing", views.Err.Error()
	}
	if err := a.fault(); err != nil {
		h.Status, h.Storage = "failing", err.Error()
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if h.Status != "ok" && h.Status != "rebuilding" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(h)
}
