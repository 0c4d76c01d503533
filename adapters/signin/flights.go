package signin

import (
	"sync"
	"time"
)

// flights are log-ins that were sent to the provider and have not come back: each keeps a session, so nobody begins them without end.
type flights struct {
	clock func() time.Time
	mu    sync.Mutex
	all   map[string]flight // by state
}

type flight struct {
	from  string // the network
	begun time.Time
}

const (
	flightTime       = 10 * time.Minute // for the password, a second factor, and a telephone call to find it
	flightsOfNetwork = 20
	flightsOfAll     = 1000
)

func newFlights(clock func() time.Time) *flights {
	return &flights{clock: clock, all: map[string]flight{}}
}

// begin notes that somebody is sent to the provider, and refuses where too many are.
func (f *flights) begin(state, address string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	now, from := f.clock(), network(address)
	own, first := 0, now
	for s, other := range f.all {
		switch {
		case now.Sub(other.begun) >= flightTime:
			delete(f.all, s)
			continue
		case other.from == from:
			own++
		}
		if other.begun.Before(first) {
			first = other.begun
		}
	}
	if own >= flightsOfNetwork || len(f.all) >= flightsOfAll {
		return &TooMany{first.Add(flightTime).Sub(now)}
	}
	f.all[state] = flight{from, now}
	return nil
}

// end notes that somebody has come back.
func (f *flights) end(state string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.all, state)
}
