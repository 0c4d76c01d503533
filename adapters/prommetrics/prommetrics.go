// Package prommetrics tells Prometheus how the service does.
//
//	domain.Handler.Observe ─▶ Command ─┐
//	domain.EventLog ◀─ Log ────────────┼─▶ registry ─▶ Handler: /metrics
//	projections.Runner.Health ─▶ State ┘
//
// Every label has a closed set of values: the commands that case types declare, and the outcomes listed here. No case, person,
// account or unit is ever in a label or a name, so what a monitoring system keeps for years is nobody's data.
//
// README.md lists the metrics and says what to watch.
package prommetrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the numbers of one process. Its methods may be called at once from many goroutines.
type Metrics struct {
	registry *prometheus.Registry
	commands *prometheus.CounterVec
	appends  *prometheus.HistogramVec
	events   prometheus.Histogram
	batches  prometheus.Histogram
}

// New returns metrics that stand at zero.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		commands: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hoso_commands_total",
			Help: "Commands that were decided, by the command's name and the outcome."}, []string{"command", "outcome"}),
		appends: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "hoso_append_duration_seconds",
			Help:    "Time until an append was durable, or was refused, by outcome.",
			Buckets: []float64{.00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"outcome"}),
		events: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "hoso_append_events",
			Help: "Events of an append that was made durable.", Buckets: []float64{1, 2, 5, 10, 50, 500}}),
		batches: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "hoso_commit_events",
			Help: "Events that shared one synced write to disk (the log on NATS only).", Buckets: []float64{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000}}),
	}
	m.registry.MustRegister(m.commands, m.appends, m.events, m.batches, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, outcome := range appended {
		m.appends.WithLabelValues(outcome) // stands at zero from the start, so that a rate can be told
	}
	return m
}

// Handler answers what Prometheus asks.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4})
}
