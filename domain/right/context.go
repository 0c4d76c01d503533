package right

import "context"

type key struct{}

// With puts a caller into a context.
func With(ctx context.Context, c Caller) context.Context {
	return WithLive(ctx, func() (Caller, bool) { return c, true })
}

// WithLive puts into a context how to find out who asks, anew each time: a request that lasts (an import, a stream of
// changes) notices that a right was revoked or a session has ended. now may be called from many goroutines.
func WithLive(ctx context.Context, now func() (Caller, bool)) context.Context {
	return context.WithValue(ctx, key{}, now)
}

// Of returns who asks, as it is at this moment; false where nobody is known, or not any more.
func Of(ctx context.Context) (Caller, bool) {
	now, ok := ctx.Value(key{}).(func() (Caller, bool))
	if !ok {
		return Caller{}, false
	}
	return now()
}
