package httpapi

import (
	"cmp"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain/right"
	"hoso/projections/desk"
)

// Limits bound what the API takes on at once; what is 0 is as in the comment.
type Limits struct {
	Requests       int // under way in all: 1,024
	Caller         int // under way of one account: 300
	Streams        int // of imports and exports, each: 64
	CallerStreams  int // of those, each, of one account: 16
	Watchers       int // of changes: 256
	CallerWatchers int // of those of one account, which may be that of many screens: 64
}

const (
	maxBody    = 640 << 10 // of a command: no log stores more in one append
	maxImport  = 2 << 30   // of an import, in bytes
	maxPage    = 10_000
	pageLength = 1_000
)

// gate lets requests in.
type gate struct{ requests, imports, exports, watchers, documents *desk.Places }

func newGate(l Limits) *gate {
	streams := func() *desk.Places { return desk.NewPlaces(cmp.Or(l.Streams, 64), cmp.Or(l.CallerStreams, 16)) }
	return &gate{requests: desk.NewPlaces(cmp.Or(l.Requests, 1024), cmp.Or(l.Caller, 300)), imports: streams(), exports: streams(),
		watchers: desk.NewPlaces(cmp.Or(l.Watchers, 256), cmp.Or(l.CallerWatchers, 64)), documents: desk.NewPlaces(atOnce, atOnce/2)}
}

// enter takes a place of a stream for who asks, before anything is looked up for it.
func (s *server) enter(ctx context.Context, places *desk.Places) (leave func(), err error) {
	c, ok := right.Of(ctx)
	if !ok {
		return nil, desk.ErrNobody
	}
	return places.Take(c.Account)
}

// limit lets requests in up to the limits. Streams keep their place here, and take one among their own kind.
func (g *gate) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _ := right.Of(r.Context())
		leave, err := g.requests.Take(c.Account)
		if err != nil {
			writeProblem(w, r, err)
			return
		}
		defer leave()
		if wrong := twofold(r); wrong != nil {
			writeProblem(w, r, wrong)
			return
		}
		next.ServeHTTP(w, r)
	})
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
