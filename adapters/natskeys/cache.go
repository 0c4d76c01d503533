package natskeys

import (
	"sync"
	"time"

	"hoso/domain"
)

// entry is what is known of a person's key.
type entry struct {
	key    domain.Key
	erased bool
	read   time.Time // when it began to be looked up
}

// maxAge is how long a key is used without another look: the message that it was destroyed may be lost on its way
// between servers, and nobody would know. Together with the time for which a server that is cut off from the others may
// still answer as if it led (20 s), an erased key is gone everywhere within a minute. What is erased needs no other look.
const maxAge = 30 * time.Second

func (e entry) answer() (domain.Key, error) {
	if e.erased {
		return domain.Key{}, domain.ErrErased
	}
	return e.key, nil
}

// cacheSize bounds the cache: at most twice as many keys are held, about 20 MB.
const cacheSize = 65_536

// cache holds keys in two generations: when the new one is full the old one is dropped.
type cache struct {
	mu         sync.Mutex
	now, old   map[domain.PersonID]entry
	reconnects uint64
}

func newCache() *cache { return &cache{now: map[domain.PersonID]entry{}} }

func (c *cache) find(p domain.PersonID, now time.Time) (entry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.now[p]
	if !ok {
		if e, ok = c.old[p]; ok {
			c.set(p, e)
		}
	}
	return e, ok && (e.erased || now.Sub(e.read) < maxAge)
}

// put adds what was read. What was erased stays erased, whatever an older reading says.
func (c *cache) put(p domain.PersonID, e entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.now[p].erased && !c.old[p].erased {
		c.set(p, e)
	}
}

func (c *cache) set(p domain.PersonID, e entry) {
	if len(c.now) >= cacheSize {
		c.now, c.old = make(map[domain.PersonID]entry, cacheSize), c.now
	}
	c.now[p] = e
}

// forgetIf drops everything when the connection was made anew since: other processes may have destroyed keys
// without being heard.
func (c *cache) forgetIf(reconnects uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reconnects != reconnects {
		c.now, c.old, c.reconnects = map[domain.PersonID]entry{}, nil, reconnects
	}
}
