package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"hoso/domain"
	"hoso/domain/right"
)

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

// healthz says to everybody how the service is, and to whoever may audit or administer why: what is wrong is named with what stands in
// the log. It answers 200 where the service works as it should, also from an older generation of views while the new one is being
// built, and 503 where it does not, or not yet. It takes little more than a second, whatever is away.
func (a *app) healthz(w http.ResponseWriter, r *http.Request) {
	h := a.health(r.Context())
	if !watches(r.Context()) {
		h.answer(w, struct {
			Status string `json:"status"`
		}{h.Status})
		return
	}
	h.answer(w, h)
}

// watches tells whether the caller may audit or administer anything.
func watches(ctx context.Context) bool {
	c, ok := right.Of(ctx)
	if !ok {
		return false
	}
	_, audits := c.Where(right.Audit, "")
	_, administers := c.Where(right.Administer, "")
	return audits == nil || administers == nil
}

// healthzInFull is healthz on an address that is kept to who watches the service.
func (a *app) healthzInFull(w http.ResponseWriter, r *http.Request) {
	h := a.health(r.Context())
	h.answer(w, h)
}

func (h health) answer(w http.ResponseWriter, said any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if h.Status != "ok" && h.Status != "rebuilding" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(said)
}

// health asks the views and the storage how they are.
func (a *app) health(ctx context.Context) health {
	ctx, cancel := context.WithTimeout(ctx, soon)
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
	return h
}
