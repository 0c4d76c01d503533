package httpapi

import (
	"context"

	"hoso/domain"
	"hoso/projections/desk"
)

// Wait is what every read takes: the position of an own write that it has to show.
type Wait struct {
	WaitFor uint64 `query:"wait_for" doc:"Wait until the views have passed this position"`
}

// wait returns what an input says.
func (w Wait) wait() Wait { return w }

// waiting is an input that says what to wait for.
type waiting interface{ wait() Wait }

// waitInput is that of a read that asks for nothing else.
type waitInput struct{ Wait }

// wait waits for whoever has logged in, where a read does not hand the position on to what it reads. Where the views do not come
// there in time it is views.catching_up.
func (s *server) wait(ctx context.Context, w Wait) error {
	if err := desk.Known(ctx); err != nil {
		return err
	}
	return s.WaitFor(ctx, domain.Ordinal(w.WaitFor))
}
