package projections

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"hoso/domain"
)

var errSupposed = errors.New("only supposed")

// Suppose shows what the views would hold if these events followed those that they hold, and takes it back: nothing of it
// stays. What it shows can be read through the transaction alone, until the function returns.
func (r *Runner) Suppose(ctx context.Context, events []domain.Recorded, see func(context.Context, *sql.Tx) error) (err error) {
	r.running.Lock()
	defer r.running.Unlock()
	at, err := readCheckpoint(ctx, r.store.DB())
	if err != nil {
		return err
	}
	if err := r.remember(ctx); err != nil {
		return err
	}
	if r.filling {
		return ErrCatchingUp
	}
	err = r.store.Write(ctx, func(tx *sql.Tx) error {
		t := r.tx(tx)
		for some := range slices.Chunk(events, batchSize) {
			var batch []Event
			for n, recorded := range some {
				e := Event{Ordinal: at.ordinal + domain.Ordinal(n) + 1, Recorded: recorded}
				if e.Event, err = r.codec.Decode(e.Type, e.Schema, e.Data); err != nil {
					return fault("", e, err)
				}
				batch = append(batch, e)
			}
			if at, err = r.put(ctx, t, at, batch); err != nil {
				return err
			}
		}
		if err := see(ctx, tx); err != nil {
			return err
		}
		return errSupposed
	})
	if errors.Is(err, errSupposed) {
		err = nil
	}
	return errors.Join(err, r.remember(ctx))
}
