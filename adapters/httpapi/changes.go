package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain"
	"hoso/projections/desk"
)

const (
	// heartbeat is how often a watcher hears something, so that both sides notice a broken connection.
	heartbeat = 15 * time.Second
	// watched is how long a watcher stays at most: rights may be taken back meanwhile, and the browser comes again by
	// itself, with the number of the last event that it saw.
	watched = 10 * time.Minute
)

type changesInput struct {
	Wait
	After     uint64   `query:"after" doc:"Tell of everything after this position; without it from now on"`
	LastID    string   `header:"Last-Event-ID" maxLength:"20" doc:"As a browser sends it when it comes again"`
	Cases     bool     `query:"cases" default:"true" doc:"Tell of acts in cases"`
	Type      string   `query:"type" maxLength:"40" doc:"Of these cases"`
	Case      string   `query:"case" maxLength:"60" doc:"Of this case: <case type>-<uuid>"`
	Month     string   `query:"month" maxLength:"7" doc:"Tell the figures of this month when they change"`
	Calendar  string   `query:"calendar" enum:"calendar,15-14"`
	Area      string   `query:"area" maxLength:"200"`
	Indicator []string `query:"indicator" maxItems:"200" doc:"Only these"`
}

func (in *changesInput) watch() (w desk.Watch, err error) {
	w = desk.Watch{After: domain.Ordinal(in.After), Cases: in.Cases, Type: in.Type}
	if in.LastID != "" {
		n, err := strconv.ParseUint(in.LastID, 10, 63)
		if err != nil {
			return w, domain.Malformed("asof.malformed", "Last-Event-ID", "cần một vị trí (17)")
		}
		w.After = domain.Ordinal(n)
	}
	if in.Case != "" {
		if w.Case, err = domain.ParseStreamID(in.Case); err != nil {
			return w, err
		}
	}
	if in.Month != "" {
		w.Figures = &desk.Question{Month: in.Month, Calendar: in.Calendar, Area: in.Area, Indicators: in.Indicator}
	}
	return w, nil
}

func (s *server) watching() {
	responses := answers()
	responses["200"] = &huma.Response{Description: "Server-sent events: case (an act that was recorded) and figures (those of the month that changed); their id is the position",
		Content: map[string]*huma.MediaType{"text/event-stream": {}}}
	stream(s, huma.Operation{
		OperationID: "changes", Method: http.MethodGet, Path: "/changes", Tags: []string{"streams"},
		Summary: "Theo dõi thay đổi · Watch changes", Responses: responses,
	}, func(ctx context.Context, in *changesInput) (func(*wire), error) {
		w, err := in.watch()
		if err != nil {
			return nil, err
		}
		if err := s.wait(ctx, in.Wait); err != nil {
			return nil, err
		}
		ctx, cancel := context.WithTimeout(ctx, watched)
		changes, err := s.Changes(ctx, w, heartbeat)
		if err != nil {
			cancel()
			return nil, err
		}
		leave, err := enter(s.gate.watchers)
		if err != nil {
			cancel()
			return nil, err
		}
		return func(c *wire) {
			defer leave()
			defer cancel()
			defer context.AfterFunc(s.end, cancel)()
			c.start("text/event-stream")
			for change, err := range changes {
				if err != nil {
					c.event("problem", 0, c.problemOf(err))
					return
				}
				if !c.change(change) {
					return
				}
			}
		}, nil
	})
}

func (c *wire) change(change desk.Change) bool {
	switch {
	case change.Case != nil:
		return c.event("case", change.Position, change.Case)
	case change.Figures != nil:
		return c.event("figures", change.Position, change.Figures)
	}
	return c.send([]byte(":\n\n"), true)
}

// event sends a server-sent event. JSON has no line ends in it, so nothing that was recorded can look like an event.
func (c *wire) event(name string, at domain.Ordinal, v any) bool {
	b, err := json.Marshal(v)
	if err != nil {
		c.broken = err
		return false
	}
	id := ""
	if at > 0 {
		id = fmt.Sprintf("id: %d\n", at)
	}
	return c.send(fmt.Appendf(nil, "%sevent: %s\ndata: %s\n\n", id, name, b), true)
}
