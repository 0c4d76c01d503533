package prommetrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"hoso/domain"
	"hoso/projections"
)

// State is how things stand when Prometheus asks.
type State struct {
	Views   projections.Health
	Storage error // why nothing can be written; nil where it can
	Feed    *Feed // nil: other programs are not fed
}

// Feed is how far what other programs read on NATS has come.
type Feed struct {
	Events, Figures domain.Ordinal // everything up to here is in the stream, in the bucket
	Waiting         int            // months of units whose figures are still to be counted
}

// asking is how long the log may take to say where it ends.
const asking = time.Second

var (
	viewPosition = gauge("hoso_view_position", "Events that the views hold: the position that stands beside every figure.")
	viewLag      = gauge("hoso_view_lag", "How far the views are behind the end of the log, in places of the log; 0 is up to date.")
	viewComplete = gauge("hoso_view_complete", "1 once the views have held all that the log had when the program started.")
	viewUp       = gauge("hoso_view_up", "0 where the views stand still because of an event that they cannot apply.")
	viewTaken    = gauge("hoso_view_accepted", "0 where these views contradict a published report, and an older generation answers.")
	logUp        = gauge("hoso_log_up", "0 where the log did not say within a second where it ends.")
	logHead      = gauge("hoso_log_head", "The place of the last event in the log; not a number of events on every log.")
	storageUp    = gauge("hoso_storage_up", "0 where nothing can be written: the disk is full or cannot be written, servers are away.")
)

var (
	feedPosition = prometheus.NewDesc("hoso_feed_position", "Up to which position the feed on NATS is complete, by what is fed: events, figures. Not there without a feed.", []string{"of"}, nil)
	feedLag      = prometheus.NewDesc("hoso_feed_lag", "How many events the feed is behind the views, by what is fed: events, figures.", []string{"of"}, nil)
	feedWaiting  = gauge("hoso_feed_waiting", "Months of units whose figures are still to be counted for the feed.")
)

func gauge(name, help string) *prometheus.Desc { return prometheus.NewDesc(name, help, nil, nil) }

// Watch asks for the state whenever Prometheus asks. It is called once.
func (m *Metrics) Watch(state func(context.Context) State) { m.registry.MustRegister(watched(state)) }

type watched func(context.Context) State

// Describe implements prometheus.Collector.
func (w watched) Describe(c chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{viewPosition, viewLag, viewComplete, viewUp, viewTaken, logUp, logHead, storageUp, feedPosition, feedLag, feedWaiting} {
		c <- d
	}
}

// Collect implements prometheus.Collector. Where the log does not answer, it is not known how far the views are behind, and not
// told.
func (w watched) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), asking)
	defer cancel()
	s := w(ctx)
	tell := func(d *prometheus.Desc, v float64) { c <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	v := s.Views
	tell(viewPosition, float64(v.Position))
	tell(viewComplete, truth(v.Complete))
	tell(viewTaken, truth(v.Against == nil))
	tell(storageUp, truth(s.Storage == nil))
	tell(logUp, truth(v.Log == nil))
	if f := s.Feed; f != nil {
		for of, at := range map[string]domain.Ordinal{"events": f.Events, "figures": f.Figures} {
			c <- prometheus.MustNewConstMetric(feedPosition, prometheus.GaugeValue, float64(at), of)
			c <- prometheus.MustNewConstMetric(feedLag, prometheus.GaugeValue, max(0, float64(v.Position)-float64(at)), of)
		}
		tell(feedWaiting, float64(f.Waiting))
	}
	if v.Log == nil {
		tell(viewUp, truth(v.Err == nil))
		tell(logHead, float64(v.Head))
		tell(viewLag, max(0, float64(v.Head)-float64(v.Cursor)))
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
