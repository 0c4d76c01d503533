package natskeys

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// Copying returns the name of the log that is being copied, or was when the copy was interrupted: nobody is to use it
// with these keys. "" says that there is none, or no bucket.
func Copying(ctx context.Context, nc *nats.Conn) (log string, err error) {
	v, err := (&bucket{nc: nc}).last(ctx, copyingSubject)
	var api *jetstream.APIError
	switch {
	case errors.As(err, &api) && api.ErrorCode == jetstream.JSErrCodeStreamNotFound:
		return "", nil
	case err != nil:
		return "", fmt.Errorf("ask for a copy under way: %w", unavailable(err))
	case v == nil:
		return "", nil
	}
	return string(v.data), nil
}

// SetCopying notes the name of the log that is being copied, before its first event; "" takes the note away. Where there is
// no bucket it does nothing: nobody can use the log then, having no keys.
func SetCopying(ctx context.Context, nc *nats.Conn, log string) error {
	b, err := openBucket(ctx, nc, Options{Replicas: 1, MustExist: true, AcceptUnsafe: true})
	if domain.CodeOf(err) == errMissing.Code {
		return nil
	}
	if err == nil {
		err = b.setCopying(ctx, log)
	}
	if err != nil {
		return fmt.Errorf("note a copy under way: %w", unavailable(err))
	}
	return nil
}

func (b *bucket) setCopying(ctx context.Context, log string) error {
	var failed error
	for range maxTries { // two copies may do it at once
		v, err := b.last(ctx, copyingSubject)
		if err != nil {
			return err
		}
		switch {
		case v == nil && log == "", v != nil && string(v.data) == log:
			return nil
		case v == nil:
			failed = b.create(ctx, copyingSubject, []byte(log))
		default: // of another log, or it is over
			failed = b.stream.DeleteMsg(ctx, v.seq)
		}
	}
	return failed
}
