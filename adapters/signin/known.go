package signin

import (
	"context"
	"net/http"
	"time"

	"hoso/domain/right"
)

// Known puts who asks into the requests of a handler: with a token, where one is sent, else by the session's cookie.
func (s *SignIn) Known(next http.Handler) http.Handler {
	bySession := s.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if now := s.session(ctx); now.known() {
			ctx = right.WithLive(ctx, s.liveSession(ctx, now, clientOf(r.RemoteAddr)))
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok, sent := bearer(r)
		if !sent {
			bySession.ServeHTTP(w, r)
			return
		}
		// No cookie counts beside a token, also where the token is worth nothing.
		r.Header.Del("Cookie")
		ctx := r.Context()
		live := s.liveToken(ctx, p, clientOf(r.RemoteAddr))
		if ok {
			_, ok = live()
		}
		if ok {
			ctx = right.WithLive(ctx, live)
		} else {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		}
		s.sessions.LoadAndSave(next).ServeHTTP(w, r.WithContext(ctx)) // handlers of this package find an empty session
	})
}

// liveToken returns who sends a token, as long as it counts.
func (s *SignIn) liveToken(ctx context.Context, p presented, from string) func() (right.Caller, bool) {
	ctx = context.WithoutCancel(ctx) // work that a request began may outlast it, an import for instance
	return func() (right.Caller, bool) {
		one, err := s.Accounts.ByID(ctx, p.account)
		if err != nil {
			return right.Caller{}, false
		}
		scope, ok := p.counts(one.State, s.Accounts.Today())
		if !ok {
			return right.Caller{}, false
		}
		c, ok := s.Accounts.Caller(one)
		c.Scope, c.Via, c.From = scope, right.ViaToken, from
		return c, ok
	}
}

// liveSession returns whose session it is, as long as it lasts. A password that has to be changed first opens nothing.
func (s *SignIn) liveSession(ctx context.Context, now session, from string) func() (right.Caller, bool) {
	ctx = context.WithoutCancel(ctx) // as above
	return func() (right.Caller, bool) {
		if _, ended := s.ended.Load(now.id); ended || s.Clock().After(now.deadline) {
			return right.Caller{}, false
		}
		one, err := s.Accounts.ByID(ctx, now.account)
		if err != nil || one.Epoch != now.epoch || now.via == right.ViaPassword && one.Password.Temporary {
			return right.Caller{}, false
		}
		c, ok := s.Accounts.Caller(one)
		c.Via, c.From = now.via, from
		return c, ok
	}
}

// end notes that a session has ended, for requests of it that are under way.
func (s *SignIn) end(id string) {
	if id == "" {
		return
	}
	now := s.Clock()
	s.ended.Range(func(k, at any) bool {
		if now.Sub(at.(time.Time)) > s.Lifetime {
			s.ended.Delete(k)
		}
		return true
	})
	s.ended.Store(id, now)
}
