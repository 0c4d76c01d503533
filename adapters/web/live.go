package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"hoso/domain"
	"hoso/domain/right"
)

// How often a browser is told that something changed, at most; and how often it is told that the line is open, so that
// nothing on the way closes it.
const (
	liveEvery = 250 * time.Millisecond
	liveBeat  = 20 * time.Second
)

// liveStall is how long a browser may take nothing of what is sent.
const liveStall = 30 * time.Second

// live tells a browser, for as long as it listens and is somebody's, up to which position the pages now say what the log says. It
// carries no figures: what somebody may see is for the page to decide that is loaded again.
func (s *Site) live(w http.ResponseWriter, r *http.Request) {
	a := s.ask(w, r)
	if a.Who == nil || s.Changed == nil {
		http.Error(w, signInFirst.Msg, http.StatusUnauthorized)
		return
	}
	leave, err := s.watchers.Take(a.Who.Account)
	if err != nil {
		w.Header().Set("Retry-After", "60")
		http.Error(w, said(err, a.Lang), domain.KindOf(err).Status())
		return
	}
	defer leave()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(w)
	_ = out.SetReadDeadline(time.Time{}) // the times of a request and its answer are for what ends by itself
	send := func(what string) bool {
		_ = out.SetWriteDeadline(time.Now().Add(liveStall))
		_, err := io.WriteString(w, what)
		return err == nil && out.Flush() == nil
	}
	ctx, cancel := contextOf(r.Context(), s.closed)
	defer cancel()
	at, changed := s.Changed()
	if !send(fmt.Sprintf("retry: 2000\nevent: here\ndata: %d\n\n", at)) {
		return
	}
	beat := time.NewTicker(liveBeat)
	defer beat.Stop()
	for {
		say := ": \n\n"
		select {
		case <-changed:
			var now domain.Ordinal
			if now, changed = s.Changed(); now == at {
				continue
			}
			at, say = now, fmt.Sprintf("event: changed\ndata: %d\n\n", now)
		case <-beat.C:
		case <-ctx.Done():
			return
		}
		if _, still := right.Of(ctx); !still || !send(say) { // who was logged out, or closed, meanwhile hears nothing more
			return
		}
		select {
		case <-time.After(liveEvery): // many acts at once are one change
		case <-ctx.Done():
			return
		}
	}
}

// contextOf ends when either of two contexts does.
func contextOf(a, b context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(a)
	stop := context.AfterFunc(b, cancel)
	return ctx, func() { stop(); cancel() }
}
