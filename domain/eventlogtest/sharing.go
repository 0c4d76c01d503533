package eventlogtest

import (
	"errors"

	"github.com/google/uuid"

	"hoso/domain"
)

// Sharing is a Store that may be open more than once at a time, as by two processes. Of a Store that is none the suite does
// not ask what several logs on one store promise each other.
type Sharing interface {
	Store
	// Beside opens the store once more while it is open.
	Beside(t TB) (log domain.EventLog, shut func())
}

// beside opens the subject's store once more; false where it cannot be.
func (s *subject) beside() (*subject, bool) {
	store, ok := s.store.(Sharing)
	if !ok {
		return nil, false
	}
	log, shut := store.Beside(s.TB)
	other := &subject{TB: s.TB, log: log, patience: s.patience, shut: shut}
	s.Cleanup(shut)
	return other, true
}

// twoLogs checks two logs that are open on one store.
func twoLogs(check func(one, other *subject)) func(*subject) {
	return func(s *subject) {
		if other, ok := s.beside(); ok {
			check(s, other)
		}
	}
}

var sharing = []clause{
	{"share/a tail from one goes on in the other", "tails that belong to one process", true, twoLogs(func(one, other *subject) {
		id := one.stream()
		tail := one.append(id, domain.Tail{}, drafts(2)...)
		for _, log := range []*subject{other, one, other} {
			tail = log.append(id, tail, drafts(1)...)
		}
		one.same("version", tail.Version, uint64(5))
		one.same("tail", tailOf(other.read(id, 0)), tail) // that log has written last
	})},
	{"share/a tail that the other has left behind is a conflict", "a condition checked against what this process has written", true, twoLogs(func(one, other *subject) {
		id := one.stream()
		tail := one.append(id, domain.Tail{}, drafts(2)...)
		other.append(id, tail, drafts(1)...)
		one.loses(id, tail, drafts(1)...)
		other.loses(id, domain.Tail{}, drafts(1)...)
		one.same("event versions", len(other.read(id, 0)), 3)
	})},
	{"share/one winner among 64 of both", "a lock that only one process sees", true, twoLogs(func(one, other *subject) {
		id := one.stream()
		var tail domain.Tail
		var won []uuid.UUID
		for range 3 {
			ds, ends, errs := drafts(contenders), make([]domain.Tail, contenders), make([]error, contenders)
			one.atOnce(contenders, func(i int) {
				log := []*subject{one, other}[i%2]
				ends[i], errs[i] = log.log.Append(log.ctx(), id, tail, ds[i])
			})
			winners := 0
			for i, err := range errs {
				if err == nil {
					winners++
					tail, won = ends[i], append(won, ds[i].ID)
				} else if !errors.Is(err, domain.ErrConflict) {
					one.Fatalf("a loser got %v, want a conflict", err)
				}
			}
			if winners != 1 {
				one.Fatalf("%d winners", winners)
			}
		}
		one.same("event ids", ids(one.follow(0).take(len(won))), won)
	})},
	{"share/a follower of one sees what the other appends", "a follower woken by its own process alone", true, twoLogs(func(one, other *subject) {
		f := one.follow(0)
		id, ds := one.stream(), drafts(10)
		var tail domain.Tail
		for i, d := range ds {
			tail = []*subject{other, one}[i%2].append(id, tail, d)
			one.same("event ids", ids(f.take(1)), draftIDs(ds[i:i+1]))
		}
	})},
	{"share/a repetition through the other is none", "drafts recognised, or refused, only by what the process remembers", true, twoLogs(func(one, other *subject) {
		id, ds := one.stream(), drafts(2)
		first := one.append(id, domain.Tail{}, ds...)
		other.again(id, domain.Tail{}, first, ds...)
		one.same("tail", tailOf(one.read(id, 0)), first)
	})},
	{"share/closing one leaves the other", "a close that takes down what others use", true, twoLogs(func(one, other *subject) {
		id := one.stream()
		tail := one.append(id, domain.Tail{}, drafts(1)...)
		f := one.follow(0)
		f.take(1)
		other.shut()
		one.append(id, tail, drafts(1)...)
		f.take(1)
	})},
}
