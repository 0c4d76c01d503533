package eventlogtest

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"hoso/domain"
)

// cancelled checks that a call under an ended context returns soon, with the context's error.
func (s *subject) cancelled(what string, call func(context.Context) error) {
	s.Helper()
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	if err := s.finishes(what, func() error { return call(ctx) }); !errors.Is(err, context.Canceled) {
		s.Errorf("%s after its context ended: %v, want the context's error", what, err)
	}
}

var cancelling = []clause{
	{"cancel/append", "an append that does not look at its context", false, func(s *subject) {
		s.cancelled("append", func(ctx context.Context) error {
			_, err := s.log.Append(ctx, s.stream(), domain.Tail{}, drafts(1)...)
			return err
		})
	}},
	{"cancel/read", "a read that ends as if there were no more", false, func(s *subject) {
		id := s.stream()
		s.grow(id, 2)
		s.cancelled("read", func(ctx context.Context) error {
			for _, err := range s.log.Read(ctx, id, 0) {
				if err != nil {
					return err
				}
			}
			return nil
		})
	}},
	{"cancel/follow", "a follower that ends without saying why", false, func(s *subject) {
		s.grow(s.stream(), 1)
		s.cancelled("follow", func(ctx context.Context) error {
			for _, err := range s.log.Follow(ctx, 0) {
				if err != nil {
					return err
				}
			}
			return nil
		})
	}},
	{"cancel/head", "a head that does not look at its context", false, func(s *subject) {
		s.cancelled("head", func(ctx context.Context) error {
			_, err := s.log.Head(ctx)
			return err
		})
	}},
	{"cancel/a follower that waits", "a wait that only a new event ends", false, func(s *subject) {
		id := s.stream()
		start := s.head()
		f := s.follow(start).only(id)
		s.grow(id, 1)
		f.take(1) // it has caught up and waits
		f.stop()
		if err := f.ended(); !errors.Is(err, context.Canceled) {
			s.Errorf("the follower ended with %v, want the context's error", err)
		}
	}},
	{"cancel/a read under way", "a context looked at only once", false, func(s *subject) {
		id := s.stream()
		s.append(id, domain.Tail{}, drafts(domain.MaxAppend)...)
		ctx, cancel := context.WithCancel(s.Context())
		defer cancel()
		var last error
		for _, err := range s.log.Read(ctx, id, 0) {
			last = err
			cancel()
		}
		if !errors.Is(last, context.Canceled) {
			s.Errorf("a read whose context ended at its first event ended with %v, want the context's error", last)
		}
	}},
	{"cancel/an append under way is there whole or not at all", "the first of several events written when the context ends", false, func(s *subject) {
		for i := range 40 {
			id, ds := s.stream(), drafts(4)
			ctx, cancel := context.WithCancel(s.Context())
			var canceller sync.WaitGroup
			canceller.Go(func() {
				for range i * i {
					runtime.Gosched() // each time a little later
				}
				cancel()
			})
			_, err := s.log.Append(ctx, id, domain.Tail{}, ds...)
			canceller.Wait()
			if got := s.read(id, 0); len(got) != len(ds) && (err == nil || len(got) > 0) {
				s.Fatalf("%d of %d events are there, and the append answered %v", len(got), len(ds), err)
			}
			// It may still be on its way. Sending the same again settles it.
			if _, err := s.log.Append(s.ctx(), id, domain.Tail{}, ds...); err != nil && !errors.Is(err, domain.ErrConflict) {
				s.Errorf("the same drafts again: %v", err)
			}
			s.same("event ids", ids(s.read(id, 0)), draftIDs(ds))
		}
	}},
}
