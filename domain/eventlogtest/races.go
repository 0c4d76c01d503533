package eventlogtest

import (
	"errors"
	"sync"

	"github.com/google/uuid"

	"hoso/domain"
)

const contenders = 64

var races = []clause{
	{"race/one winner among 64", "the condition checked before, not with, the write", false, func(s *subject) {
		id := s.stream()
		var tail domain.Tail
		var won []uuid.UUID
		for range 5 {
			winner, end := s.race(id, tail)
			won, tail = append(won, winner), end
		}
		s.same("event ids", ids(s.read(id, 0)), won)
	}},
	{"race/many writers on many streams land once, in order", "events lost, doubled or reordered under load", false, func(s *subject) {
		const streams, writers, each = 8, 4, 8
		start := s.head()
		var wg sync.WaitGroup
		var all []domain.StreamID
		for range streams {
			id := s.stream()
			all = append(all, id)
			for range writers {
				wg.Go(func() { s.insist(id, each) })
			}
		}
		wg.Wait()
		seen := map[domain.StreamID][]domain.Recorded{}
		for _, e := range s.follow(start).only(all...).take(streams * writers * each) {
			seen[e.Stream] = append(seen[e.Stream], e)
		}
		for _, id := range all {
			events := s.read(id, 0)
			s.same("number of events", len(events), writers*each)
			s.same("events followed and read", seen[id], events)
			once := map[uuid.UUID]bool{}
			for i, e := range events {
				if once[e.ID] || e.Version != uint64(i+1) {
					s.Errorf("%s: place %d holds event %s, version %d", id, i+1, e.ID, e.Version)
				}
				once[e.ID] = true
			}
		}
	}},
}

// atOnce starts n calls at the same moment and waits for all of them.
func (s *subject) atOnce(n int, call func(i int)) {
	gun := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-gun
			call(i)
		})
	}
	close(gun)
	wg.Wait()
}

// race lets all contenders append after the same tail and returns the one that won, and the tail it was told.
func (s *subject) race(id domain.StreamID, tail domain.Tail) (uuid.UUID, domain.Tail) {
	s.Helper()
	ds, ends, errs := drafts(contenders), make([]domain.Tail, contenders), make([]error, contenders)
	s.atOnce(contenders, func(i int) { ends[i], errs[i] = s.log.Append(s.ctx(), id, tail, ds[i]) })
	winner := -1
	for i, err := range errs {
		switch {
		case err == nil && winner >= 0:
			s.Fatalf("two winners after %+v: %+v and %+v", tail, ends[winner], ends[i])
		case err == nil:
			winner = i
		case !errors.Is(err, domain.ErrConflict):
			s.Fatalf("a loser got %v, want a conflict", err)
		}
	}
	if winner < 0 {
		s.Fatalf("nobody won after %+v", tail)
	}
	return ds[winner].ID, ends[winner]
}

// insist appends n events one by one, each until it is accepted.
func (s *subject) insist(id domain.StreamID, n int) {
	ctx := s.ctx()
	for _, d := range drafts(n) {
		for {
			var tail domain.Tail
			for e, err := range s.log.Read(ctx, id, 0) {
				if err != nil {
					s.Errorf("read %s: %v", id, err)
					return
				}
				tail = domain.Tail{Version: e.Version, Position: e.Position}
			}
			_, err := s.log.Append(ctx, id, tail, d)
			if err == nil {
				break
			}
			if !errors.Is(err, domain.ErrConflict) {
				s.Errorf("append to %s: %v", id, err)
				return
			}
		}
	}
}
