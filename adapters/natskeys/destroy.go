package natskeys

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// Destroy implements domain.Keys. First the tombstone is written: from then on, also after a crash at this very
// moment, the person has no key and never gets one again. Then the sealed key is overwritten with random bytes on
// disk. It may be called again, and must be where it gave an error.
func (k *Keys) Destroy(ctx context.Context, person domain.PersonID) error {
	if err := k.fault(); err != nil {
		return err
	}
	k.erasing.Lock()
	defer k.erasing.Unlock()
	subject := subjectOf(person)
	if err := k.bucket.bury(ctx, subject); err != nil {
		return fmt.Errorf("destroy the key of person %s: %w", person, unavailable(err))
	}
	k.cache.put(person, entry{erased: true})
	if err := k.bucket.nc.Publish(erasedSubject, []byte(person.String())); err != nil {
		return fmt.Errorf("tell others that the key of person %s is destroyed: %w", person, unavailable(err))
	}
	if err := k.bucket.overwrite(ctx, subject); err != nil {
		return fmt.Errorf("overwrite the key of person %s: %w", person, unavailable(err))
	}
	return nil
}

// bury writes the tombstone.
func (b *bucket) bury(ctx context.Context, subject string) error {
	for range maxTries {
		v, err := b.last(ctx, subject)
		if err != nil || (v != nil && v.isTombstone()) {
			return err
		}
		var seq uint64
		if v != nil {
			seq = v.seq
		}
		_, err = b.js.Publish(ctx, subject, []byte(tombstone), jetstream.WithExpectLastSequencePerSubject(seq))
		if !isConflict(err) {
			return err
		}
	}
	return errors.New("other processes keep changing it")
}

// overwrite erases the message under the tombstone, if it is still there.
func (b *bucket) overwrite(ctx context.Context, subject string) error {
	m, err := b.stream.GetMsg(ctx, 1, jetstream.WithGetMsgSubject(subject)) // the first at the subject
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil
	}
	if err != nil || string(m.Data) == tombstone {
		return err
	}
	return b.stream.SecureDeleteMsg(ctx, m.Sequence)
}

// finishErasures overwrites what a crash between tombstone and erasure has left. Only then has a subject two messages.
func (k *Keys) finishErasures(ctx context.Context) error {
	state := k.bucket.stream.CachedInfo().State
	if state.Msgs <= state.NumSubjects {
		return nil
	}
	info, err := k.bucket.stream.Info(ctx, jetstream.WithSubjectFilter(subjectPrefix+"person.*"))
	if err != nil {
		return err
	}
	for subject, n := range info.State.Subjects {
		if n > 1 {
			if err := k.bucket.overwrite(ctx, subject); err != nil {
				return err
			}
		}
	}
	return nil
}

// erasedSubject carries the id of a person whose tombstone stands, to the caches of other processes.
const erasedSubject = "hoso.keys.erased"

// hear takes note of keys that another process destroyed.
func (k *Keys) hear(m *nats.Msg) {
	if id, err := uuid.ParseBytes(m.Data); err == nil {
		k.cache.put(domain.PersonID{UUID: id}, entry{erased: true})
	}
}
