package httpapi

import (
	"context"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain/right"
)

// Limits bound what the API takes on at once; what is 0 is as in the comment.
type Limits struct {
	Requests int // under way in all: 1,024
	Caller   int // under way of one account: 300
	Streams  int // of imports, exports and watchers, each: 64
}

const (
	maxBody    = 640 << 10 // of a command: no log stores more in one append
	maxImport  = 2 << 30   // of an import, in bytes
	maxPage    = 10_000
	pageLength = 1_000
)

// gate lets requests in.
type gate struct {
	all, imports, exports, watchers, documents chan struct{}
	perCaller                                  int
	mu                                         sync.Mutex
	callers                                    map[string]int
}

func newGate(l Limits) *gate {
	or := func(n, other int) int {
		if n == 0 {
			return other
		}
		return n
	}
	streams := or(l.Streams, 64)
	return &gate{all: make(chan struct{}, or(l.Requests, 1024)), imports: make(chan struct{}, streams), exports: make(chan struct{}, streams),
		watchers: make(chan struct{}, streams), documents: make(chan struct{}, atOnce), perCaller: or(l.Caller, 300), callers: map[string]int{}}
}

// enter takes a place, where there is one.
func enter(places chan struct{}) (leave func(), err error) {
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	default:
		return nil, errFull
	}
}

// limit lets requests in up to the limits, and gives each the time that a request may take. Streams leave the gate when
// they have begun, and take a place of their own.
func (g *gate) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leave, err := enter(g.all)
		if err != nil {
			writeProblem(w, r, err)
			return
		}
		defer leave()
		if c, ok := right.Of(r.Context()); ok {
			if !g.count(c.Account, 1) {
				writeProblem(w, r, errTooMany)
				return
			}
			defer g.count(c.Account, -1)
		}
		next.ServeHTTP(w, r)
	})
}

// count adds to the requests of an account, and reports whether that may be.
func (g *gate) count(account string, n int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.callers[account] + n
	if now > g.perCaller {
		return false
	}
	if g.callers[account] = now; now <= 0 {
		delete(g.callers, account)
	}
	return true
}

// operation adds an operation to the API. Its handler has some time in which to answer.
func operation[I, O any](s *server, op huma.Operation, handle func(context.Context, *I) (*O, error)) {
	if op.DefaultStatus == 0 {
		op.DefaultStatus = http.StatusOK
	}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		ctx, cancel := context.WithTimeout(ctx, reading)
		defer cancel()
		out, err := handle(ctx, in)
		if err != nil {
			return nil, &failed{err, s.log}
		}
		return out, nil
	})
}
