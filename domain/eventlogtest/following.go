package eventlogtest

import (
	"context"
	"slices"
	"sync"
	"time"

	"hoso/domain"
)

// follower is a Follow that runs on its own.
type follower struct {
	s      *subject
	events chan domain.Recorded
	end    chan error // nil: it ended without an error, which it must not
	stop   context.CancelFunc
	wanted []domain.StreamID // all where empty
}

func (s *subject) follow(after domain.Cursor) *follower {
	ctx, cancel := context.WithCancel(s.Context())
	s.Cleanup(cancel)
	f := &follower{s, make(chan domain.Recorded), make(chan error, 1), cancel, nil}
	log := s.log
	go func() {
		var last error
		for e, err := range log.Follow(ctx, after) {
			if last = err; err != nil {
				break
			}
			select {
			case f.events <- e:
			case <-ctx.Done():
			}
		}
		f.end <- last
	}()
	return f
}

// only lets the follower pass over other clauses' streams.
func (f *follower) only(ids ...domain.StreamID) *follower {
	f.wanted = ids
	return f
}

// take waits for the next n events.
func (f *follower) take(n int) []domain.Recorded {
	f.s.Helper()
	late := time.After(f.s.patience)
	var got []domain.Recorded
	for len(got) < n {
		select {
		case e := <-f.events:
			if len(f.wanted) == 0 || slices.Contains(f.wanted, e.Stream) {
				got = append(got, e)
			}
		case err := <-f.end:
			f.s.Fatalf("follow ended after %d of %d events: %v", len(got), n, err)
		case <-late:
			f.s.Fatalf("follow yielded %d of %d events and no more", len(got), n)
		}
	}
	return got
}

// ended waits for the follower's end.
func (f *follower) ended() error {
	f.s.Helper()
	late := time.After(f.s.patience)
	for {
		select {
		case <-f.events:
		case err := <-f.end:
			return err
		case <-late:
			f.s.Fatalf("follow does not end")
		}
	}
}

var following = []clause{
	{"follow/from the beginning, everything in order", "an event left out, doubled or out of order", true, func(s *subject) {
		one, other := s.stream(), s.stream()
		ds := drafts(6)
		t1 := s.append(one, domain.Tail{}, ds[0], ds[1])
		t2 := s.append(other, domain.Tail{}, ds[2])
		s.append(one, t1, ds[3])
		s.append(other, t2, ds[4], ds[5])
		s.same("event ids", ids(s.follow(0).take(6)), draftIDs(ds))
	}},
	{"follow/from the beginning of an empty log", "a follower that finds nothing and ends, or misses the first event", true, func(s *subject) {
		f := s.follow(0)
		d := drafts(1)
		s.append(s.stream(), domain.Tail{}, d...)
		s.same("event ids", ids(f.take(1)), draftIDs(d))
	}},
	{"follow/yields what read yields", "a position or a version that depends on the way to it", false, func(s *subject) {
		id := s.stream()
		start := s.head()
		s.append(id, domain.Tail{}, drafts(3)...)
		s.same("events", s.follow(start).only(id).take(3), s.read(id, 0))
	}},
	{"follow/starts after the cursor", "off by one at the cursor", false, func(s *subject) {
		id := s.stream()
		s.append(id, domain.Tail{}, drafts(4)...)
		events := s.read(id, 0)
		for i, e := range events[:3] {
			s.same("events", s.follow(e.Position).only(id).take(3-i), events[i+1:])
		}
	}},
	{"follow/sees events that come later", "a follower that stops at the end of what was there", false, func(s *subject) {
		id := s.stream()
		f := s.follow(s.head()).only(id)
		var tail domain.Tail
		for _, d := range drafts(20) {
			tail = s.append(id, tail, d)
			s.same("event ids", ids(f.take(1)), draftIDs([]domain.Draft{d}))
		}
	}},
	{"follow/each event once while others write", "an event between catching up and waiting lost or doubled", false, func(s *subject) {
		id, ds := s.stream(), drafts(100)
		f := s.follow(s.head()).only(id)
		var writer sync.WaitGroup
		writer.Go(func() {
			var tail domain.Tail
			for i := 0; i < len(ds); i += 2 {
				var err error
				if tail, err = s.log.Append(s.ctx(), id, tail, ds[i:i+2]...); err != nil {
					s.Errorf("append: %v", err)
					return
				}
			}
		})
		s.same("event ids", ids(f.take(len(ds))), draftIDs(ds))
		writer.Wait()
	}},
	{"follow/two followers do not share", "one follower takes another's events", false, func(s *subject) {
		id, start := s.stream(), s.head()
		one, other := s.follow(start).only(id), s.follow(start).only(id)
		ds := drafts(10)
		s.append(id, domain.Tail{}, ds...)
		s.same("event ids of the first", ids(one.take(10)), draftIDs(ds))
		one.stop()
		s.same("event ids of the second", ids(other.take(10)), draftIDs(ds))
	}},
	{"follow/a follower may leave early", "a follower that leaves keeps a lock", false, func(s *subject) {
		id, start := s.stream(), s.head()
		tail := s.grow(id, 2)[2]
		err := s.finishes("using the log after leaving 20 followers", func() error {
			for range 20 {
				for _, err := range s.log.Follow(s.ctx(), start) {
					if err != nil {
						return err
					}
					break
				}
			}
			_, err := s.log.Append(s.ctx(), id, tail, drafts(1)...)
			return err
		})
		if err != nil {
			s.Errorf("after leaving followers: %v", err)
		}
	}},
	{"follow/a follower's changes do not reach the log", "followed data shared with what is kept", false, func(s *subject) {
		id, start := s.stream(), s.head()
		s.grow(id, 1)
		for range 2 {
			e := s.follow(start).only(id).take(1)[0]
			s.same("data", string(e.Data), `{"n":0}`)
			clear(e.Data)
		}
	}},
	{"follow/2,000 events", "an event lost or doubled where one page ends", false, func(s *subject) {
		one, other, start := s.stream(), s.stream(), s.head()
		ds := append(s.fill(one, 1000), s.fill(other, 1000)...)
		got := s.follow(start).only(one, other).take(2000)
		s.same("event ids", ids(got), draftIDs(ds))
		s.same("event ids", ids(s.follow(got[1022].Position).only(one, other).take(977)), draftIDs(ds[1023:]))
	}},
	{"follow/from the middle while others append", "an event between the old ones and the new ones lost", false, func(s *subject) {
		id, ds := s.stream(), drafts(120)
		start := s.head()
		var starts []int
		var followers []*follower
		s.whileAppending(id, ds, 2, func(int) {
			got := s.read(id, 0)
			if n := len(got); n > 0 && len(followers) < 20 {
				i := n / 2
				starts = append(starts, i+1)
				followers = append(followers, s.follow(got[i].Position).only(id))
			}
		})
		for i, f := range followers {
			s.same("event ids", ids(f.take(len(ds)-starts[i])), draftIDs(ds[starts[i]:]))
			f.stop()
		}
		s.same("event ids", ids(s.follow(start).only(id).take(len(ds))), draftIDs(ds))
	}},
	{"follow/many cases in one order", "an order for each follower, or for each case", false, func(s *subject) {
		start := s.head()
		cases := make([]domain.StreamID, 32)
		for i := range cases {
			cases[i] = s.stream()
		}
		s.atOnce(len(cases), func(i int) {
			var tail domain.Tail
			for _, d := range drafts(6) {
				var err error
				if tail, err = s.log.Append(s.ctx(), cases[i], tail, d); err != nil {
					s.Errorf("append: %v", err)
					return
				}
			}
		})
		one, other := s.follow(start).only(cases...).take(192), s.follow(start).only(cases...).take(192)
		s.same("events of two followers", one, other)
		for i := 1; i < len(one); i++ {
			if one[i].Position <= one[i-1].Position {
				s.Errorf("position %d follows %d", one[i].Position, one[i-1].Position)
			}
		}
	}},
}
