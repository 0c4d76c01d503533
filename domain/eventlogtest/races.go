package eventlogtest

import (
	"errors"
	"sync"
	"sync/atomic"

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
	{"race/one winner for each of 16 cases among 64", "a condition kept for one case at a time", false, func(s *subject) {
		const cases, rounds = 16, 3
		start := s.head()
		all, tails, won := make([]domain.StreamID, cases), make([]domain.Tail, cases), make([][]uuid.UUID, cases)
		for c := range all {
			all[c] = s.stream()
		}
		for range rounds {
			s.raceOnAll(all, tails, won)
		}
		followed := map[domain.StreamID][]domain.Recorded{}
		for _, e := range s.follow(start).only(all...).take(cases * rounds) {
			followed[e.Stream] = append(followed[e.Stream], e)
		}
		for c, id := range all {
			events := s.read(id, 0)
			s.same("winners and events", ids(events), won[c])
			s.same("events followed and read", followed[id], events)
			s.same("tail", tails[c], tailOf(events))
		}
	}},
	{"race/those who lose do not take others with them", "a group of writes refused because one of them lost", false, func(s *subject) {
		lost := s.stream()
		s.grow(lost, 2)
		errs := make([]error, contenders)
		for range 5 {
			s.atOnce(contenders, func(i int) {
				if id := s.stream(); i%2 == 0 {
					_, errs[i] = s.log.Append(s.ctx(), id, domain.Tail{}, drafts(1+i%4)...)
				} else {
					_, errs[i] = s.log.Append(s.ctx(), lost, domain.Tail{}, drafts(1+i%4)...)
				}
			})
			for i, err := range errs {
				if i%2 == 0 && err != nil {
					s.Errorf("the first append to a case of its own: %v", err)
				} else if i%2 == 1 && !errors.Is(err, domain.ErrConflict) {
					s.Errorf("a second beginning of a case: %v, want a conflict", err)
				}
			}
		}
	}},
	{"race/later appends lie behind", "positions given out in advance, or made up, while others write", false, func(s *subject) {
		var acknowledged atomic.Uint64
		s.atOnce(16, func(int) {
			for range 20 {
				id, before := s.stream(), domain.Cursor(acknowledged.Load())
				end, err := s.log.Append(s.ctx(), id, domain.Tail{}, drafts(2)...)
				if err != nil {
					s.Errorf("append: %v", err)
					return
				}
				for e, err := range s.log.Read(s.ctx(), id, 0) {
					if err != nil || e.Position <= before {
						s.Errorf("position %d of an append that began after %d was acknowledged, %v", e.Position, before, err)
						return
					}
				}
				if end.Position <= before {
					s.Errorf("answered %+v to an append that began after %d was acknowledged", end, before)
					return
				}
				for now := acknowledged.Load(); now < uint64(end.Position) && !acknowledged.CompareAndSwap(now, uint64(end.Position)); {
					now = acknowledged.Load()
				}
			}
		})
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

// raceOnAll lets every contender append to every case, each beginning with another one, and enters who won.
func (s *subject) raceOnAll(ids []domain.StreamID, tails []domain.Tail, won [][]uuid.UUID) {
	s.Helper()
	ds := make([][]domain.Draft, contenders)
	ends, errs := make([][]domain.Tail, contenders), make([][]error, contenders)
	for i := range ds {
		ds[i], ends[i], errs[i] = drafts(len(ids)), make([]domain.Tail, len(ids)), make([]error, len(ids))
	}
	s.atOnce(contenders, func(i int) {
		for n := range ids {
			c := (n + i) % len(ids)
			ends[i][c], errs[i][c] = s.log.Append(s.ctx(), ids[c], tails[c], ds[i][c])
		}
	})
	for c, id := range ids {
		winners := 0
		for i := range ds {
			if err := errs[i][c]; err == nil {
				winners++
				tails[c], won[c] = ends[i][c], append(won[c], ds[i][c].ID)
			} else if !errors.Is(err, domain.ErrConflict) {
				s.Fatalf("a loser got %v, want a conflict", err)
			}
		}
		if winners != 1 {
			s.Fatalf("%d winners in %s", winners, id)
		}
	}
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
