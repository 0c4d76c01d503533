package natsfeed

import "hoso/domain"

// State is how far the feed has come.
type State struct {
	Events  domain.Ordinal // every event up to here is in the stream
	Figures domain.Ordinal // every figure up to here is in the bucket
	Waiting int            // months of units that are still to be counted
}

// State returns how far the feed has come.
func (f *Feeder) State() State {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.state
}

// published notes that the stream has a position.
func (f *Feeder) published(at domain.Ordinal) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.state.Events = max(f.state.Events, at)
}

// note notes how the bucket stands; a filling that has to begin again says nothing new.
func (f *Feeder) note(x *filling) {
	if x == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.state.Figures, f.state.Waiting = x.mark.Position, len(x.waits)
}
