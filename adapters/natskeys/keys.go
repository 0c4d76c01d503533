package natskeys

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// Options say where and how the keys are kept.
type Options struct {
	// Dir is the directory of the file that holds the key-encryption key. In a cluster every machine has the same file.
	Dir string
	// Replicas is the number of servers that keep each key: 1 (also for 0), 3 or 5.
	Replicas int
	// Fault tells why the storage cannot take writes now, nil where it can.
	Fault func() error
	// MustExist has Open refuse (keys.missing) where there are no keys yet, for who only wants to read, and where events
	// are already: keys that were made anew would not open them. Open then makes nothing.
	MustExist bool
	// AcceptUnsafe has Open use a bucket that could lose keys (see [Check]).
	AcceptUnsafe bool
}

// Keys is a domain.Keys. Its methods may be called from many goroutines at once.
type Keys struct {
	bucket    *bucket
	kek       cipher.AEAD
	pseudonym domain.Key
	fault     func() error
	cache     *cache
	now       func() time.Time
	// erasing is held by those who load keys, and alone by who destroys one: a key that was read before it was
	// destroyed cannot come back into the cache afterwards.
	erasing  sync.RWMutex
	queue    chan *ask
	heard    []*nats.Subscription
	verified atomic.Uint64 // connections that were made anew when the key-encryption key was last verified
	life     context.Context
	end      context.CancelFunc
	done     sync.WaitGroup
}

var _ domain.Keys = (*Keys)(nil)

const (
	timeout         = 10 * time.Second // of one exchange with the server
	electionTimeout = 15 * time.Second // of a cluster without a leader; an election takes four to nine seconds
)

var errClosed = &domain.Error{Kind: domain.Unavailable, Code: "keys.closed", Msg: "kho khóa đã đóng"}

var errMissing = &domain.Error{Kind: domain.NotFound, Code: "keys.missing",
	Msg: "trên máy chủ chưa có kho khóa; hãy kiểm tra địa chỉ và tài khoản, hoặc nhập dữ liệu bằng hoso import"}

// Open returns the keys on a server. The first time it makes the bucket, the file with the key-encryption key, and the
// office's secret. Later it refuses, with a domain.Error of kind Unavailable: a file that is missing (keys.kek_missing),
// that others may read (keys.kek_exposed), that has another length (keys.kek_malformed), or another key
// (keys.kek_wrong); and keys that are being sealed anew (keys.rotation_unfinished, see [Rotate]). A missing file is never replaced: what it sealed would be lost. The connection stays the caller's.
func Open(ctx context.Context, nc *nats.Conn, options Options) (*Keys, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*timeout)
	defer cancel()
	options.Replicas = max(options.Replicas, 1)
	b, err := openBucket(ctx, nc, options)
	if err != nil {
		return nil, fmt.Errorf("open the keys: %w", unavailable(err))
	}
	if options.MustExist && !b.used {
		return nil, errMissing
	}
	k := &Keys{bucket: b, fault: options.Fault, cache: newCache(), now: time.Now, queue: make(chan *ask, 1024)}
	if k.fault == nil {
		k.fault = func() error { return nil }
	}
	k.verified.Store(nc.Stats().Reconnects)
	if err := k.listen(nc); err != nil {
		return nil, fmt.Errorf("open the keys: %w", err)
	}
	if err := k.read(ctx, options); err != nil {
		k.deafen()
		return nil, err
	}
	k.life, k.end = context.WithCancel(context.Background())
	k.done.Go(k.load)
	return k, nil
}

// listen hears of keys that other processes destroy, and answers who asks whether these keys are in use.
func (k *Keys) listen(nc *nats.Conn) error {
	for subject, heard := range map[string]nats.MsgHandler{erasedSubject: k.hear, presentSubject: k.answer} {
		s, err := nc.Subscribe(subject, heard)
		if err != nil {
			k.deafen()
			return err
		}
		k.heard = append(k.heard, s)
	}
	return nc.FlushTimeout(timeout)
}

func (k *Keys) deafen() {
	for _, s := range k.heard {
		_ = s.Unsubscribe() // fails only where the connection is gone
	}
}

// read reads the key-encryption key and the office's secret, and makes them the first time.
func (k *Keys) read(ctx context.Context, options Options) (err error) {
	if err := k.bucket.notRotating(ctx); err != nil {
		return fmt.Errorf("open the keys: %w", err)
	}
	if k.kek, err = openKEK(ctx, options.Dir, k.bucket); err != nil {
		return err
	}
	if k.pseudonym, err = k.officeKey(ctx, pseudonymSubject, options.MustExist); err != nil {
		return fmt.Errorf("open the office's secret: %w", err)
	}
	if err := k.finishErasures(ctx); err != nil {
		return fmt.Errorf("finish erasures: %w", err)
	}
	return nil
}

// Close ends what is running. It may be called twice.
func (k *Keys) Close() {
	k.end()
	k.done.Wait()
	k.deafen()
}

// Pseudonym implements domain.Keys.
func (k *Keys) Pseudonym(context.Context) (domain.Key, error) { return k.pseudonym, nil }

// Key implements domain.Keys.
func (k *Keys) Key(ctx context.Context, person domain.PersonID) (domain.Key, error) {
	k.cache.forgetIf(k.bucket.nc.Stats().Reconnects)
	if e, ok := k.cache.find(person, k.now()); ok {
		return e.answer()
	}
	a := &ask{person: person, done: make(chan reply, 1)}
	select {
	case k.queue <- a:
	case <-ctx.Done():
		return domain.Key{}, ctx.Err()
	case <-k.life.Done():
		return domain.Key{}, errClosed
	}
	select {
	case r := <-a.done:
		if r.err != nil {
			return domain.Key{}, fmt.Errorf("key of person %s: %w", person, r.err)
		}
		return r.entry.answer()
	case <-ctx.Done():
		return domain.Key{}, ctx.Err()
	case <-k.life.Done():
		return domain.Key{}, errClosed
	}
}

// officeKey returns a key of the office: the secret for pseudonyms, a signing key. Where it is not there and need not be it
// is made; of two processes that make it at once the first wins.
func (k *Keys) officeKey(ctx context.Context, subject string, mustExist bool) (domain.Key, error) {
	v, err := k.bucket.last(ctx, subject)
	if err != nil {
		return domain.Key{}, err
	}
	if v == nil && mustExist {
		return domain.Key{}, errMissing
	}
	if v == nil {
		_, sealed := newKey(k.kek, subject)
		if err := k.bucket.create(ctx, subject, sealed); err != nil && !isConflict(err) {
			return domain.Key{}, err
		}
		if v, err = k.bucket.last(ctx, subject); err != nil {
			return domain.Key{}, err
		}
	}
	if v == nil {
		return domain.Key{}, errors.New("it was written and is not there")
	}
	return unseal(k.kek, subject, v.data)
}

func isConflict(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == 10071 || api.ErrorCode == 10164) // the second is a cluster's
}
