package natskeys

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// When everything is sealed anew the old sealed keys have to leave the disk. To overwrite each would take hours for a
// million people. The server removes a file whose messages are all gone, so the new ones begin in another file than the
// old, and then the server is told to keep one message a subject, which takes a moment for all of them.

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

// narrow has the server drop all but the last message of each subject, and then keep two again.
func (b *bucket) narrow(ctx context.Context) error {
	if err := b.dropFiller(ctx); err != nil { // of an attempt that was interrupted
		return fmt.Errorf("drop what fills a file: %w", unavailable(err))
	}
	for _, n := range []int64{1, wanted(1).MaxMsgsPerSubject} {
		info, err := b.stream.Info(ctx)
		if err == nil {
			config := info.Config
			config.MaxMsgsPerSubject = n
			_, err = b.js.UpdateStream(ctx, config)
		}
		if err != nil {
			return fmt.Errorf("drop the keys as they were sealed before: %w", unavailable(err))
		}
	}
	return nil
}

// widen undoes an interrupted narrow.
func widen(ctx context.Context, nc *nats.Conn) error {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(timeout))
	if err != nil {
		return err
	}
	s, err := lookUp(ctx, js)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return errMissing
	}
	if err != nil || s.CachedInfo().Config.MaxMsgsPerSubject != 1 {
		return err
	}
	if err := (&bucket{nc: nc}).notRotating(ctx); err == nil || !errors.Is(err, errRotating) {
		return err // somebody else's stream
	}
	config := s.CachedInfo().Config
	config.MaxMsgsPerSubject = wanted(1).MaxMsgsPerSubject
	_, err = js.UpdateStream(ctx, config)
	return err
}
