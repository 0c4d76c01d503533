package transfer

import (
	"context"
	"fmt"

	"hoso/domain"
)

// verify reads both logs again and compares what they add up to, case by case and in their order.
func (c *copier) verify(ctx context.Context, from domain.EventLog, end domain.Cursor) error {
	source := openTo(ctx, from, end)
	defer source.close()
	wanted := newBook(make(cases))
	if err := c.enter(wanted, VerifySource, source, c.done); err != nil {
		return fmt.Errorf("verify the source: %w", err)
	}
	c.sum.Sum = wanted.sum(uint64(len(wanted.cases)))

	target, err := open(ctx, c.to)
	if err != nil {
		return fmt.Errorf("verify the target: %w", err)
	}
	defer target.close()
	found := wanted.opposite()
	if err := c.enter(found, VerifyTarget, target, c.done); err != nil {
		return fmt.Errorf("verify the target: %w", err)
	}
	id, differs := wanted.cases.differing()
	if !differs && found.sum(c.sum.Cases) == c.sum.Sum {
		return nil
	}
	again := openTo(ctx, from, end)
	defer again.close()
	return c.pinpoint(ctx, again, id)
}

// pinpoint looks for the first event that differs. Where there is none any more, it names the case whose digests differed.
func (c *copier) pinpoint(ctx context.Context, source *tape, id domain.StreamID) error {
	c.tails, c.done, c.progress = map[domain.StreamID]domain.Tail{}, 0, nil
	switch err := c.compare(ctx, source); {
	case domain.CodeOf(err) == codeDifferent:
		return unverified(err, domain.Text{Vi: "hồ sơ %s", En: "case %s"}, source.next.Stream)
	case err != nil:
		return err
	}
	if want, ok, _ := source.peek(); ok {
		return unverified(nil, domain.Text{Vi: "thiếu sự kiện thứ %d, hồ sơ %s", En: "event %d is missing, case %s"}, c.done+1, want.Stream)
	}
	return unverified(nil, domain.Text{Vi: "hồ sơ %s, khi đọc lại lần hai thì không còn khác", En: "case %s, which agreed when read again"}, id)
}

// enter adds up the first n events of a log, and counts those behind them.
func (c *copier) enter(b *book, step Step, t *tape, n uint64) error {
	for {
		e, ok, err := t.peek()
		if err != nil || !ok {
			return err
		}
		t.take()
		switch {
		case b.events < n:
			b.add(e)
			c.tell(step, b.events, t)
		case step == VerifyTarget:
			c.sum.More++
		default:
			return unverified(nil, domain.Text{Vi: "nguồn có nhiều hơn %d sự kiện đã chép", En: "the source has more than the %d events that were copied"}, n)
		}
	}
}
