package prommetrics

import (
	"context"
	"errors"
	"time"

	"hoso/domain"
)

// appended are the outcomes of an append.
var appended = []string{durable, lost, failed}

const (
	durable = "durable"
	lost    = "conflict" // another one was faster
	failed  = "failed"
)

// timed is a log whose appends are timed.
type timed struct {
	domain.EventLog
	metrics *Metrics
}

// Log returns a log that does what another one does, and times its appends.
func (m *Metrics) Log(log domain.EventLog) domain.EventLog { return timed{log, m} }

// Append implements domain.EventLog.
func (t timed) Append(ctx context.Context, stream domain.StreamID, tail domain.Tail, drafts ...domain.Draft) (domain.Tail, error) {
	began := time.Now()
	end, err := t.EventLog.Append(ctx, stream, tail, drafts...)
	outcome := durable
	switch {
	case errors.Is(err, domain.ErrConflict):
		outcome = lost
	case err != nil:
		outcome = failed
	default:
		t.metrics.events.Observe(float64(len(drafts)))
	}
	t.metrics.appends.WithLabelValues(outcome).Observe(time.Since(began).Seconds())
	return end, err
}

// Committed notes how many events shared a synced write.
func (m *Metrics) Committed(events int) { m.batches.Observe(float64(events)) }
