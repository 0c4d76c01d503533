package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"hoso/adapters/prommetrics"
	"hoso/domain"
)

// metricsFlags say where Prometheus asks. It is an address of its own, without log-in, as Prometheus expects it: it is kept to
// the machine or to the network of who watches, and nothing of it is on the address that everybody reaches.
type metricsFlags struct {
	MetricsListen string `name:"metrics-listen" help:"Địa chỉ riêng cho Prometheus (/metrics), không đăng nhập: chỉ mở cho mạng giám sát, như 127.0.0.1:9464; không nêu là không mở." env:"HOSO_METRICS_LISTEN" placeholder:"ADDR"`
}

// serveMetrics answers Prometheus until it is stopped.
func (a *app) serveMetrics(ctx context.Context, e *env, f metricsFlags) (stop func(), err error) {
	if f.MetricsListen == "" {
		return func() {}, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", f.MetricsListen)
	if err != nil {
		return nil, &domain.Error{Kind: domain.Unavailable, Code: "metrics.cannot_listen", Msg: "không mở được địa chỉ " + f.MetricsListen + " của --metrics-listen", Err: err}
	}
	a.measure()
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", a.metrics.Handler())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			e.complain(&domain.Error{Kind: domain.Unavailable, Code: "metrics.stopped", Msg: "không còn phục vụ được số đo cho Prometheus", Err: err})
		}
	}()
	fmt.Fprintf(e.out, "Số đo cho Prometheus: %s/metrics\n", reachable(listener.Addr()))
	return func() { _ = server.Close() }, nil
}

// measure says what is measured beside what passes by.
func (a *app) measure() {
	var names []string
	for _, t := range a.catalog.Types {
		for _, c := range t.Commands {
			names = append(names, c.Name)
		}
	}
	a.metrics.Declare(names)
	a.metrics.Watch(func(ctx context.Context) prommetrics.State {
		s := prommetrics.State{Views: a.runner.Health(ctx), Storage: a.fault()}
		if f := a.fed.Load(); f != nil {
			now := f.State()
			s.Feed = &prommetrics.Feed{Events: now.Events, Figures: now.Figures, Waiting: now.Waiting}
		}
		return s
	})
}
