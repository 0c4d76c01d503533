package web

import (
	"maps"
	"slices"
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
	draftBytes     = 1 << 20   // of one account's together, at least one draft
	draftBytesAll  = 256 << 20 // of all
	longestField   = 10_000
	fieldsOfADraft = 100
)

func newDrafts(clock domain.Clock) *drafts { return &drafts{clock: clock, all: map[uuid.UUID]draft{}} }

var errManyDrafts = &domain.Error{Kind: domain.Unavailable, Code: "web.too_many_drafts",
	Msg: "đang có quá nhiều bản nháp chưa gửi của mọi người; hãy gửi bản nháp đang dở rồi thử lại", En: "too many drafts of everybody wait to be sent; send those that you began, and try again"}

// put keeps a draft. Somebody's oldest go where there are too many, or too much is written in them; nobody's go for another one's.
func (d *drafts) put(one draft) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	one.Saved = d.clock()
	var own []draft
	count, bytes, ownBytes := 1, one.size(), one.size()
	for id, other := range d.all {
		switch {
		case one.Saved.Sub(other.Saved) > draftsKept:
			delete(d.all, id)
			continue
		case id == one.ID:
			continue
		case other.Account == one.Account:
			own, ownBytes = append(own, other), ownBytes+other.size()
		}
		count, bytes = count+1, bytes+other.size()
	}
	slices.SortFunc(own, func(a, b draft) int { return a.Saved.Compare(b.Saved) })
	for len(own) > 0 && (len(own) >= draftsOfOne || ownBytes > draftBytes) {
		size := own[0].size()
		delete(d.all, own[0].ID)
		own, ownBytes, bytes, count = own[1:], ownBytes-size, bytes-size, count-1
	}
	if count > draftsOfAll || bytes > draftBytesAll {
		return errManyDrafts
	}
	d.all[one.ID] = one
	return nil
}

// size is how much a draft holds, in bytes.
func (d draft) size() (n int) {
	for name, v := range d.Values {
		n += len(name) + len(v)
	}
	return n
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
