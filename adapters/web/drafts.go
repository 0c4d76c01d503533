package web

import (
	"maps"
	"sync"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

// draft is a form that was filled in and not recorded yet. Its id becomes that of the command, so that a form sent twice is
// recorded once.
type draft struct {
	ID      uuid.UUID
	Account string
	Command string
	Case    string
	Values  map[string]string // by field; the day of the act under "occurred"
	Saved   time.Time
}

// drafts keeps what people have not recorded yet, each for its account alone. They may hold personal data, so they live in
// memory and nowhere else: a restart of the service loses them, and so do thirty days.
type drafts struct {
	clock domain.Clock
	mu    sync.Mutex
	all   map[uuid.UUID]draft
}

const (
	draftsKept     = 30 * 24 * time.Hour
	draftsOfOne    = 100
	draftsOfAll    = 20_000
	longestField   = 10_000
	fieldsOfADraft = 100
)

func newDrafts(clock domain.Clock) *drafts { return &drafts{clock: clock, all: map[uuid.UUID]draft{}} }

// put keeps a draft. Somebody's oldest goes where there are too many.
func (d *drafts) put(one draft) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one.Saved = d.clock()
	own, oldest := 0, one
	for id, other := range d.all {
		switch {
		case one.Saved.Sub(other.Saved) > draftsKept:
			delete(d.all, id)
		case other.Account == one.Account && id != one.ID:
			if own++; other.Saved.Before(oldest.Saved) {
				oldest = other
			}
		}
	}
	if own >= draftsOfOne || len(d.all) >= draftsOfAll {
		delete(d.all, oldest.ID)
	}
	d.all[one.ID] = one
}

func (d *drafts) find(id uuid.UUID, account string) (draft, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one, ok := d.all[id]
	if !ok || one.Account != account {
		return draft{}, false
	}
	one.Values = maps.Clone(one.Values)
	return one, true
}

func (d *drafts) drop(id uuid.UUID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.all, id)
}

// of lists somebody's drafts, the latest first.
func (d *drafts) of(account string) (all []draft) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.all {
		if one.Account == account {
			all = append(all, one)
		}
	}
	return all
}
