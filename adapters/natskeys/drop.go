package natskeys

import (
	"context"
	"fmt"
	"sync"

	"github.com/nats-io/nats.go/jetstream"
)

// When everything is sealed anew the old sealed keys have to leave the disk. To overwrite each would take hours for a
// million people. The server removes a file whose messages are all gone, so the new ones begin in another file than the
// old, and the old ones are only deleted. The server could be told to keep one message a subject, which is faster still; but
// killed while it writes a stream's settings it cannot read the stream any more.

// fillerSubject takes what fills the file in which the server writes.
const fillerSubject = subjectPrefix + "office.filler"

// blockSize is the size at which every server begins a new file of a stream.
const blockSize = 8 << 20

// beginBlock makes the server begin a new file.
func (b *bucket) beginBlock(ctx context.Context) error {
	size := min(b.nc.MaxPayload(), 1<<20) - maxMessage
	for written := int64(0); written <= blockSize; written += size {
		if _, err := b.js.Publish(ctx, fillerSubject, make([]byte, size)); err != nil {
			return err
		}
	}
	return b.dropFiller(ctx)
}

func (b *bucket) dropFiller(ctx context.Context) error {
	for {
		v, err := b.last(ctx, fillerSubject)
		if err != nil || v == nil {
			return err
		}
		if err := b.stream.DeleteMsg(ctx, v.seq); err != nil {
			return err
		}
	}
}

// dropOlder deletes what stands under the last value of a subject.
func (b *bucket) dropOlder(ctx context.Context) error {
	if err := b.dropFiller(ctx); err != nil { // of an attempt that was interrupted
		return fmt.Errorf("drop what fills a file: %w", unavailable(err))
	}
	info, err := b.stream.Info(ctx, jetstream.WithSubjectFilter(subjectPrefix+">"))
	if err != nil {
		return fmt.Errorf("list the keys: %w", unavailable(err))
	}
	places, errs := make(chan struct{}, asksAtOnce), make(chan error, 1)
	var all sync.WaitGroup
	for subject, n := range info.State.Subjects {
		if n < 2 {
			continue
		}
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			m, err := b.stream.GetMsg(ctx, 1, jetstream.WithGetMsgSubject(subject)) // the first at the subject
			if err == nil {
				err = b.stream.DeleteMsg(ctx, m.Sequence)
			}
			if err != nil {
				select {
				case errs <- err:
				default:
				}
			}
		})
	}
	all.Wait()
	select {
	case err := <-errs:
		return fmt.Errorf("drop the keys as they were sealed before: %w", unavailable(err))
	default:
		return nil
	}
}
