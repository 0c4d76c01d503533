package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"hoso/domain"
)

// How often a browser is told that something changed, at most; and how often it is told that the line is open, so that
// nothing on the way closes it.
const (
	liveEvery = 250 * time.Millisecond
	liveBeat  = 20 * time.Second
)

// live tells a browser, for as long as it listens, up to which position the pages now say what the log says. It carries
// no figures: what somebody may see is for the page to decide that is loaded again.
func (s *Site) live(w http.ResponseWriter, r *http.Request) {
	a := s.ask(w, r)
	if a.Who == nil || s.Changed == nil {
		http.Error(w, signInFirst.Msg, http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(w)
	ctx, cancel := contextOf(r.Context(), s.closed)
	defer cancel()
	at, changed := s.Changed()
	if _, err := fmt.Fprintf(w, "retry: 2000\nevent: here\ndata: %d\n\n", at); err != nil || out.Flush() != nil {
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
		if _, err := fmt.Fprint(w, say); err != nil || out.Flush() != nil {
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
