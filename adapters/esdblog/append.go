package esdblog

import (
	"context"
	"fmt"
	"math"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"hoso/domain"
)

// maxAppend is what the store takes in one append where nobody has set it otherwise (its option MaxAppendSize).
const maxAppend = 1 << 20

// Append implements domain.EventLog. The store knows events by their ids: a write whose answer got lost is made again
// and gets the answer of the first time, and so does a caller who comes again.
func (l *Log) Append(ctx context.Context, stream domain.StreamID, tail domain.Tail, drafts ...domain.Draft) (domain.Tail, error) {
	end, err := l.append(ctx, stream, tail, drafts)
	switch {
	case err == nil:
		return end, nil
	case domain.CodeOf(err) == domain.ErrConflict.Code:
		return domain.Tail{}, domain.ErrConflict
	}
	return domain.Tail{}, fmt.Errorf("append to %s: %w", stream, err)
}

func (l *Log) append(ctx context.Context, stream domain.StreamID, tail domain.Tail, drafts []domain.Draft) (domain.Tail, error) {
	if err := ctx.Err(); err != nil {
		return domain.Tail{}, err
	}
	if err := domain.CheckAppend(stream, drafts); err != nil {
		return domain.Tail{}, err
	}
	if (tail.Version == 0) != (tail.Position == 0) { // no stream ends like this
		return domain.Tail{}, domain.ErrConflict
	}
	events, weight := make([]esdb.EventData, len(drafts)), 0
	for i, d := range drafts {
		e, w, err := encode(d)
		if err != nil {
			return domain.Tail{}, err
		}
		events[i], weight = e, weight+w
	}
	if weight > maxAppend {
		return domain.Tail{}, domain.ErrTooLarge
	}
	limit := l.attempt()
	options := esdb.AppendToStreamOptions{ExpectedRevision: expected(tail), Deadline: &limit, RequiresLeader: leaderOnly}
	end := domain.Tail{Version: tail.Version + uint64(len(drafts))}
	err := l.persist(ctx, func(ctx context.Context) (bool, error) {
		w, err := once(ctx, l, func(ctx context.Context, c *esdb.Client) (*esdb.WriteResult, error) {
			return c.AppendToStream(ctx, l.streamOf(stream), options, events...)
		})
		if err != nil {
			return false, l.reason(ctx, err)
		}
		if w.NextExpectedVersion+1 != end.Version {
			return false, cutOff(stream, end.Version, w.NextExpectedVersion+1)
		}
		end.Position = domain.Cursor(w.CommitPosition)
		return false, nil
	})
	if err == nil && (end.Position == 0 || end.Position == math.MaxUint64) { // a server that does not say where
		end.Position, err = l.positionOf(ctx, stream, end.Version)
	}
	if err == nil {
		l.known.learn(place{l.streamOf(stream), end.Version - 1, uint64(end.Position)})
	}
	return end, err
}

func expected(tail domain.Tail) esdb.ExpectedRevision {
	if tail.Version == 0 {
		return esdb.NoStream{}
	}
	return esdb.Revision(tail.Version - 1)
}

// reason finds out what is behind the bare end of a stream: where the server answers a write before all of it was
// sent, the library sees only that it cannot send. The answer to a small question then tells what is wrong, and lets
// the library notice that another server leads.
func (l *Log) reason(ctx context.Context, err error) error {
	if !isBareEnd(err) {
		return err
	}
	if asked := l.ask(ctx); asked != nil {
		return asked
	}
	return err
}

func (l *Log) positionOf(ctx context.Context, stream domain.StreamID, version uint64) (domain.Cursor, error) {
	for e, err := range l.Read(ctx, stream, version-1) {
		return e.Position, err
	}
	return 0, cutOff(stream, version, 0)
}

// cutOff says that a stream does not have the events that it had: somebody has truncated or deleted it.
func cutOff(stream domain.StreamID, want, got uint64) error {
	return unavailable("log.history_cut", fmt.Sprintf(
		"luồng %s trong EventStoreDB không còn đủ sự kiện (cần phiên bản %d, có %d); hãy khôi phục từ bản sao lưu, và không đặt $maxAge, $maxCount, $tb hay xóa luồng của hoso",
		stream, want, got), nil)
}
