package main

import (
	"context"
	"time"

	"hoso/domain"
	"hoso/domain/period"
	"hoso/projections"
)

// sealingFlags say how often the log is sealed while it is served.
type sealingFlags struct {
	SealEvents int           `help:"Niêm phong nhật ký sau ngần này sự kiện mới." default:"1000" env:"HOSO_SEAL_EVENTS" placeholder:"N"`
	SealEvery  time.Duration `help:"Niêm phong nhật ký sau ngần này thời gian, khi có sự kiện mới." default:"10m" env:"HOSO_SEAL_EVERY" placeholder:"DURATION"`
}

// keepSealed seals the log from time to time, and soon after a report was published, until the context ends. Several processes
// may do so over one log: each sees what the others have sealed. What stands in the way is said once, until it goes or something else does.
func (a *app) keepSealed(ctx context.Context, e *env, often sealingFlags) {
	look := time.NewTicker(min(max(often.SealEvery/10, 100*time.Millisecond), 5*time.Second))
	defer look.Stop()
	began, said := a.clock(), ""
	looked := domain.Ordinal(0) // up to here nothing was published that is not sealed
	for {
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
		if a.runner.Ready() != nil {
			continue
		}
		err := a.sealWhereDue(ctx, began, often, &looked)
		if code := domain.CodeOf(err); err != nil && ctx.Err() == nil && code != said && code != "seal.not_grown" {
			e.complain(err)
			said = code
		}
		if err == nil {
			said = ""
		}
	}
}

func (a *app) sealWhereDue(ctx context.Context, began time.Time, often sealingFlags, looked *domain.Ordinal) error {
	s, err := a.seals.State(ctx)
	if err != nil {
		return err
	}
	since := began
	if s.Last.At.After(since) {
		since = s.Last.At
	}
	n := s.Unsealed()
	if n == 0 {
		return nil
	}
	if int(n) < often.SealEvents && a.clock().Sub(since) < often.SealEvery {
		if s.Position == *looked {
			return nil
		}
		published, err := projections.AnySince(ctx, a.views, s.Last.Size, period.Published{}.EventType(), period.Reissued{}.EventType())
		if err != nil {
			return err
		}
		if !published {
			*looked = s.Position
			return nil
		}
	}
	_, err = a.seal(ctx, false)
	return err
}
