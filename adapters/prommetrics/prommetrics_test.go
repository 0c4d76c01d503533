package prommetrics_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/prommetrics"
	"hoso/domain"
	"hoso/domain/eventlogtest"
	"hoso/projections"
)

// asked returns what Prometheus reads.
func asked(t *testing.T, m *prommetrics.Metrics) string {
	t.Helper()
	server := httptest.NewServer(m.Handler())
	defer server.Close()
	r, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatal(r.Status, err)
	}
	return string(b)
}

func expect(t *testing.T, m *prommetrics.Metrics, lines ...string) {
	t.Helper()
	got := asked(t, m)
	for _, line := range lines {
		if !strings.Contains("\n"+got, "\n"+line+"\n") {
			t.Errorf("%q is not in\n%s", line, ours(got))
		}
	}
}

func ours(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "hoso_") {
			b.WriteString(line)
		}
	}
	return b.String()
}

type command string

func (c command) CommandName() string { return string(c) }

func TestCommands(t *testing.T) {
	t.Parallel()
	m := prommetrics.New()
	m.Declare([]string{"merit.pay"})
	file := domain.Request{Command: command("unemployment.file")}
	for _, err := range []error{nil, nil, &domain.Error{Kind: domain.Rejected}, fmt.Errorf("on the way: %w", &domain.Error{Kind: domain.Unavailable}),
		context.Canceled, errors.New("anything")} {
		m.Command(file, domain.Outcome{}, err)
	}
	m.Command(file, domain.Outcome{Repeated: true}, nil)
	expect(t, m, `hoso_commands_total{command="merit.pay",outcome="done"} 0`,
		`hoso_commands_total{command="unemployment.file",outcome="done"} 2`,
		`hoso_commands_total{command="unemployment.file",outcome="repeated"} 1`,
		`hoso_commands_total{command="unemployment.file",outcome="rejected"} 1`,
		`hoso_commands_total{command="unemployment.file",outcome="unavailable"} 1`,
		`hoso_commands_total{command="unemployment.file",outcome="gone"} 1`,
		`hoso_commands_total{command="unemployment.file",outcome="failed"} 1`)
}

// store opens timed logs.
type store struct{ *memlog.Store }

// Open implements eventlogtest.Store.
func (s store) Open(eventlogtest.TB) (domain.EventLog, func()) {
	log := memlog.Open(s.Store)
	return prommetrics.New().Log(log), log.Close
}

// A log that is timed keeps the whole contract.
func TestATimedLogIsALog(t *testing.T) {
	eventlogtest.Run(t, func(*testing.T) eventlogtest.Store { return store{memlog.NewStore()} })
}

func TestAppends(t *testing.T) {
	t.Parallel()
	m := prommetrics.New()
	log := m.Log(memlog.New())
	stream := domain.StreamID{Type: "probe", ID: uuid.New()}
	draft := func() domain.Draft {
		return domain.Draft{ID: uuid.New(), Type: "probe.happened", Schema: 1, Data: []byte("{}")}
	}
	if _, err := log.Append(t.Context(), stream, domain.Tail{}, draft(), draft()); err != nil {
		t.Fatal(err)
	}
	if _, err := log.Append(t.Context(), stream, domain.Tail{}, draft()); !errors.Is(err, domain.ErrConflict) {
		t.Fatal(err)
	}
	m.Committed(2)
	expect(t, m, `hoso_append_duration_seconds_count{outcome="durable"} 1`, `hoso_append_duration_seconds_count{outcome="conflict"} 1`,
		`hoso_append_duration_seconds_count{outcome="failed"} 0`, `hoso_append_events_sum 2`, `hoso_commit_events_count 1`)
}

func TestState(t *testing.T) {
	t.Parallel()
	m := prommetrics.New()
	away := errors.New("away")
	var now prommetrics.State
	m.Watch(func(context.Context) prommetrics.State { return now })
	now = prommetrics.State{Views: projections.Health{Position: 40, Cursor: 41, Head: 50, Complete: true}}
	expect(t, m, "hoso_view_position 40", "hoso_view_lag 9", "hoso_view_complete 1", "hoso_view_up 1", "hoso_view_accepted 1", "hoso_log_up 1", "hoso_log_head 50", "hoso_storage_up 1")
	if got := asked(t, m); strings.Contains(got, "hoso_feed_") {
		t.Error("it tells of a feed that is not there")
	}
	now.Feed = &prommetrics.Feed{Events: 41, Figures: 30, Waiting: 7}
	expect(t, m, `hoso_feed_position{of="events"} 41`, `hoso_feed_position{of="figures"} 30`, `hoso_feed_lag{of="events"} 0`, `hoso_feed_lag{of="figures"} 10`, "hoso_feed_waiting 7")
	now = prommetrics.State{Views: projections.Health{Position: 40, Cursor: 41, Head: 41, Err: away, Against: away}, Storage: away}
	expect(t, m, "hoso_view_lag 0", "hoso_view_complete 0", "hoso_view_up 0", "hoso_view_accepted 0", "hoso_log_up 1", "hoso_storage_up 0")
	now = prommetrics.State{Views: projections.Health{Position: 40, Cursor: 41, Err: away, Log: away}}
	expect(t, m, "hoso_view_position 40", "hoso_log_up 0")
	if got := asked(t, m); strings.Contains(got, "\nhoso_view_lag ") || strings.Contains(got, "\nhoso_log_head ") {
		t.Error("it tells what it cannot know")
	}
}
