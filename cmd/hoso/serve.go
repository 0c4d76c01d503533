package main

import (
	"context"
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
	trusted, err := at.proxies()
	if err != nil {
		return err
	}
	if at.authority, err = at.certificates(a.dir, a.warn); err != nil {
		return err
	}
	listener, err := at.listen(ctx)
	if err != nil {
		return err
	}
	growHeap()
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
	log := e.logger()
	if err := a.signIn(ctx, e, mux, at); err != nil {
		return errors.Join(err, listener.Close())
	}
	mux.Handle("GET /healthz", a.signedIn(http.HandlerFunc(a.healthz)))
	d, err := a.desk(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a.serveAPI(ctx, mux, log, d)
	site := a.serveWeb(mux, log, d)
	requests, drop := context.WithCancel(context.WithoutCancel(ctx)) // of those that never end by themselves
	defer drop()
	server := httpguard.Server(mux, log, trusted)
	server.BaseContext = func(net.Listener) context.Context { return requests }
	ended := make(chan struct{})
	defer context.AfterFunc(ctx, func() {
		defer close(ended)
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		site.Close()
		if server.Shutdown(ending) != nil {
			drop()
			_ = server.Close()
		}
		site.Wait() // an import of the pages finishes its line, and says what is recorded
	})()
	if at.authority != nil {
		views.Go(func() { at.authority.fetch(following) })
	}
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
