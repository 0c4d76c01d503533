package transfer

import (
	"context"
	"fmt"

	"hoso/domain"
)

// Summary says what a copy has come to.
type Summary struct {
	Sum           // of the source, and of as many events of the target, which are the same
	Copied uint64 // events that came to the target while this copy ran, also by another copy that ran at the same time
	More   uint64 // events that the target has behind those of the source
}

// Step is what a copy is at.
type Step int

// The steps of a copy, in their order.
const (
	Compare Step = iota
	Write
	VerifySource
	VerifyTarget
)

// Options say who is told of a copy. The zero value tells nobody.
type Options struct {
	// Ready is called once, when the target was found to be a beginning of the source, before anything is written to it;
	// missing tells whether something will be. Its error ends the copy.
	Ready func(ctx context.Context, missing bool) error
	// Progress is called in the caller's goroutine.
	Progress func(Progress)
}

// Progress says how far a step is.
type Progress struct {
	Step   Step
	Events uint64 // read or written so far: the ordinal of the event that the step has come to
	// At and To are cursors, of the target in VerifyTarget and of the source otherwise. They serve a progress bar, and
	// nothing else, because a cursor is no count of events.
	At, To domain.Cursor
}

// Copy brings what from holds into to, where it is not there yet, up to the source's end at the moment of the call; a
// later call takes what has come since. It reads both logs twice. Of each case it keeps an entry of about 150 bytes in memory,
// of the events nothing.
//
// Errors: copy.different, where an event of the target is not the source's: nothing is written after it was noticed;
// copy.unverified, where the two logs do not have the same digests in the end; and what the logs answer. After those,
// also after the end of ctx, Copy may be called again. The summary then says what was copied until then.
func Copy(ctx context.Context, from, to domain.EventLog, options Options) (Summary, error) {
	c := &copier{to: to, tails: map[domain.StreamID]domain.Tail{}, progress: options.Progress}
	source, err := open(ctx, from)
	if err != nil {
		return c.sum, fmt.Errorf("read the source: %w", err)
	}
	defer source.close()
	if err := c.compare(ctx, source); err != nil {
		return c.sum, err
	}
	if options.Ready != nil {
		_, missing, err := source.peek()
		if err != nil {
			return c.sum, fmt.Errorf("read the source: %w", err)
		}
		if err := options.Ready(ctx, missing); err != nil {
			return c.sum, err
		}
	}
	if err := c.write(ctx, source); err != nil {
		return c.sum, err
	}
	c.tails = nil // the books of the verification need the room
	return c.sum, c.verify(ctx, from, source.end)
}

type copier struct {
	to       domain.EventLog
	tails    map[domain.StreamID]domain.Tail // of the target's cases
	done     uint64                          // events of the source that are in the target
	sum      Summary
	progress func(Progress)
	told     Progress
}

// tellEvery is the number of events after which progress is told.
const tellEvery = 256

// tell reports now and then, and always at the end of a log.
func (c *copier) tell(step Step, events uint64, t *tape) {
	if c.progress != nil && (c.told.Step != step || events >= c.told.Events+tellEvery || t.at == t.end) {
		c.told = Progress{step, events, t.at, t.end}
		c.progress(c.told)
	}
}

// compare reads both logs in step, as far as the shorter one goes.
func (c *copier) compare(ctx context.Context, source *tape) error {
	target, err := open(ctx, c.to)
	if err != nil {
		return fmt.Errorf("read the target: %w", err)
	}
	defer target.close()
	for {
		have, ok, err := target.peek()
		if err != nil {
			return fmt.Errorf("read the target: %w", err)
		}
		if !ok {
			return nil
		}
		want, ok, err := source.peek()
		if err != nil {
			return fmt.Errorf("read the source: %w", err)
		}
		if !ok {
			return nil
		}
		if !same(want, have) {
			return different(c.done+1, want, have)
		}
		source.take()
		target.take()
		c.done++
		c.tails[have.Stream] = domain.Tail{Version: have.Version, Position: have.Position}
		c.tell(Compare, c.done, source)
	}
}

// same tells whether two logs hold the same event, each at a position of its own.
func same(a, b domain.Recorded) bool {
	recorded := a.Meta.Recorded.Equal(b.Meta.Recorded)
	a.Meta.Recorded = b.Meta.Recorded // the same moment may be written in two ways
	return recorded && a.Meta == b.Meta && a.Stream == b.Stream && a.Version == b.Version &&
		a.ID == b.ID && a.Type == b.Type && a.Schema == b.Schema && string(a.Data) == string(b.Data)
}

const codeDifferent = "copy.different"

var differentLogs = domain.Rule{Code: codeDifferent, Say: domain.Text{
	Vi: "nhật ký đích khác nhật ký nguồn từ sự kiện thứ %d: nguồn có %s (%s), đích có %s (%s)",
	En: "the target differs from the source from event %d on: the source has %s (%s), the target %s (%s)"}}

func different(ordinal uint64, want, have domain.Recorded) error {
	return differentLogs.Refuse(ordinal, want.ID, want.Stream, have.ID, have.Stream)
}
