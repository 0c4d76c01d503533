package natslog

import (
	"runtime"

	"hoso/domain"
)

const (
	maxBatch      = 1000     // messages; the server's limit
	maxBatchBytes = 16 << 20 // a batch is held in memory here and staged on disk there
	maxRunning    = 1        // groups on their way at once
)

// committer gathers the writes that wait into groups. While one group is on its way to disk the next one gathers, so
// groups grow with the load by themselves and nobody waits for a timer. A case is in at most one group at a time:
// two conditions on one subject cannot be checked together.
type committer struct {
	log     *Log
	waiting []*write
	busy    map[string]bool // subjects on their way
	running int
	freed   chan []*write
}

func newCommitter(l *Log) *committer {
	return &committer{log: l, busy: map[string]bool{}, freed: make(chan []*write, maxRunning)}
}

func (c *committer) run() {
	for {
		select {
		case w := <-c.log.queue:
			c.waiting = append(c.waiting, w)
		case group := <-c.freed:
			c.release(group)
			c.gather(len(c.waiting) + len(group))
		case <-c.log.life.Done():
			for c.running > 0 {
				c.release(<-c.freed)
			}
			return // callers see that the log was closed
		}
		c.drain()
		for c.running < maxRunning {
			group := c.take()
			if len(group) == 0 {
				break
			}
			c.running++
			go func() {
				c.log.commit(group)
				c.freed <- group
			}()
		}
	}
}

// drain takes over what already waits in the queue.
func (c *committer) drain() {
	for len(c.waiting) < 4*maxBatch {
		select {
		case w := <-c.log.queue:
			c.waiting = append(c.waiting, w)
		default:
			return
		}
	}
}

// gather lets those run who were just answered, and takes over what they come back with, until as many wait as expected
// or nobody comes any more. Starting a batch costs the same however many are in it.
func (c *committer) gather(expected int) {
	c.drain()
	for idle := 0; idle < 3 && len(c.waiting) < expected; idle++ {
		before := len(c.waiting)
		runtime.Gosched()
		if c.drain(); len(c.waiting) > before {
			idle = 0
		}
	}
}

func (c *committer) release(group []*write) {
	c.running--
	for _, w := range group {
		delete(c.busy, w.subject)
	}
}

// take removes the next group from those that wait, oldest first, and answers those that cannot win or whose caller
// has gone.
func (c *committer) take() (group []*write) {
	var rest []*write
	messages, bytes := 0, 0
	for i, w := range c.waiting {
		switch {
		case w.ctx.Err() != nil:
			w.fail(w.ctx.Err())
		case c.log.ends.beyond(w.subject, uint64(w.tail.Position)):
			w.fail(domain.ErrConflict)
		case c.busy[w.subject]:
			rest = append(rest, w)
		case len(group) > 0 && (messages+len(w.msgs) > maxBatch || bytes+w.size > maxBatchBytes):
			c.waiting = append(rest, c.waiting[i:]...)
			return group
		default:
			group = append(group, w)
			c.busy[w.subject] = true
			messages += len(w.msgs)
			bytes += w.size
		}
	}
	c.waiting = rest
	return group
}
