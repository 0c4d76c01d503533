package transfer

import (
	"context"
	"fmt"

	"hoso/domain"
)

// write copies the rest of the source, one command at a time.
func (c *copier) write(ctx context.Context, source *tape) error {
	for {
		command, err := nextCommand(source)
		if err != nil {
			return fmt.Errorf("read the source: %w", err)
		}
		if len(command) == 0 {
			return nil
		}
		if err := c.add(ctx, command); err != nil {
			return err
		}
		c.tell(Write, c.done, source)
	}
}

// nextCommand takes events that lie next to each other, of one command and in one case, so that the target too has all of
// them or none. A command that an older program wrote may be larger than what goes into one append: it is cut, and
// an interrupted copy goes on in its middle.
func nextCommand(source *tape) (events []domain.Recorded, err error) {
	size := 0
	for {
		e, ok, err := source.peek()
		if err != nil || !ok {
			return events, err
		}
		size += e.Size()
		if n := len(events); n > 0 && (e.Stream != events[0].Stream || e.Meta.Command != events[0].Meta.Command ||
			n == domain.MaxAppend || size > domain.MaxAppendBytes) {
			return events, nil
		}
		source.take()
		events = append(events, e)
	}
}

// maxTries is how often events are sent that do not arrive. A log that is away for longer ends the copy, which is then
// started again.
const maxTries = 5

// add appends events until they are in the target. An append that failed may have been done: what lies there is
// looked at, and must be the very events that were sent.
func (c *copier) add(ctx context.Context, events []domain.Recorded) error {
	id := events[0].Stream
	for tries := 1; ; tries++ {
		tail := c.tails[id]
		if events[0].Version != tail.Version+1 {
			return fmt.Errorf("%s: version %d follows version %d in the source", id, events[0].Version, tail.Version)
		}
		drafts := make([]domain.Draft, len(events))
		for i, e := range events {
			drafts[i] = e.Draft
		}
		if err := domain.CheckAppend(id, drafts); err != nil {
			return fmt.Errorf("event %d of the source, %s: %w", c.done+1, events[0].ID, err)
		}
		end, err := c.to.Append(ctx, id, tail, drafts...)
		if err == nil {
			c.arrived(end, id, len(events))
			return nil
		}
		n, at, unread := c.landed(ctx, events)
		if domain.CodeOf(unread) == codeDifferent {
			return unread
		}
		if unread != nil {
			return fmt.Errorf("append to the target: %w (and then: %w)", err, unread)
		}
		if n > 0 {
			c.arrived(at, id, n)
			events = events[n:]
		} else if tries == maxTries {
			return fmt.Errorf("append to the target: %w", err)
		}
		if len(events) == 0 {
			return nil
		}
	}
}

func (c *copier) arrived(end domain.Tail, id domain.StreamID, n int) {
	c.tails[id] = end
	c.done += uint64(n)
	c.sum.Copied += uint64(n)
}

// landed tells how many of the events are in the target, and where the last of them lies.
func (c *copier) landed(ctx context.Context, events []domain.Recorded) (n int, at domain.Tail, err error) {
	id := events[0].Stream
	for have, err := range c.to.Read(ctx, id, events[0].Version-1) {
		if err != nil {
			return n, at, fmt.Errorf("read %s in the target: %w", id, err)
		}
		if n == len(events) {
			break // what lies behind them is looked at when it is its turn
		}
		if !same(events[n], have) {
			return n, at, different(c.done+uint64(n)+1, events[n], have)
		}
		n++
		at = domain.Tail{Version: have.Version, Position: have.Position}
	}
	return n, at, nil
}
