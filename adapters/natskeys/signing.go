package natskeys

import (
	"context"
	"fmt"
	"strconv"

	"hoso/domain"
)

func sealAt(n int) string { return sealSubject + strconv.Itoa(n) }

// SealKeys returns the keys with which the office signs its checkpoints, the oldest first; none where none was made yet.
// The last one signs. The others stay: what they signed is verified with them.
func (k *Keys) SealKeys(ctx context.Context) (keys []domain.Key, err error) {
	for {
		n := len(keys) + 1
		v, err := k.bucket.last(ctx, sealAt(n))
		if err != nil {
			return nil, fmt.Errorf("read signing key %d: %w", n, unavailable(err))
		}
		if v == nil {
			return keys, nil
		}
		key, err := unseal(k.kek, sealAt(n), v.data)
		if err != nil {
			return nil, fmt.Errorf("signing key %d: %w", n, err)
		}
		keys = append(keys, key)
	}
}

// NewSealKey makes the n-th signing key: the first one, or the next where the one before is to sign no more. Of two
// processes that make it at once the first wins, and both get its key.
func (k *Keys) NewSealKey(ctx context.Context, n int) (domain.Key, error) {
	if err := k.fault(); err != nil {
		return domain.Key{}, err
	}
	if err := k.stillMine(ctx); err != nil {
		return domain.Key{}, err
	}
	key, err := k.officeKey(ctx, sealAt(n), false)
	if err != nil {
		return domain.Key{}, fmt.Errorf("make signing key %d: %w", n, unavailable(err))
	}
	return key, nil
}
