package natskeys

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"hoso/domain"
)

// presentSubject is where whoever has the keys open answers.
const presentSubject = "hoso.keys.present"

// patience is how long an answer is awaited from who has the keys open. Where nobody listens the server says so at once.
const patience = 2 * time.Second

var (
	errInUse = &domain.Error{Kind: domain.Unavailable, Code: "keys.in_use",
		Msg: "một tiến trình khác đang dùng kho khóa; hãy dừng mọi hoso serve dùng kho này rồi chạy lại"}
	errRotating = &domain.Error{Kind: domain.Unavailable, Code: "keys.rotation_unfinished",
		Msg: "việc đổi khóa mã hóa chưa xong; hãy chạy lại hoso keys rotate (ở máy đã chạy lệnh ấy) cho đến khi nó báo xong"}
)

// answer lets others find that these keys are in use.
func (k *Keys) answer(m *nats.Msg) { _ = m.Respond(nil) } // who asks again gets another one

// alone tells whether nobody has the keys open.
func (b *bucket) alone(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := b.nc.RequestWithContext(ctx, presentSubject, nil)
	switch {
	case err == nil:
		return errInUse
	case errors.Is(err, nats.ErrNoResponders), errors.Is(err, context.DeadlineExceeded):
		return nil
	}
	return fmt.Errorf("ask who uses the keys: %w", unavailable(err))
}

// notRotating refuses keys that are being sealed anew. It is asked after this process has begun to answer: of one that
// opens the keys and one that rotates them at least one sees the other.
func (b *bucket) notRotating(ctx context.Context) error {
	v, err := b.last(ctx, rotatingSubject)
	if err != nil {
		return unavailable(err)
	}
	if v != nil {
		return errRotating
	}
	return nil
}

// stillMine refuses keys that were sealed anew while this process was cut off from the servers.
func (k *Keys) stillMine(ctx context.Context) error {
	n := k.bucket.nc.Stats().Reconnects
	if n == k.verified.Load() {
		return nil
	}
	check, err := k.bucket.last(ctx, checkSubject)
	if err == nil {
		err = k.bucket.notRotating(ctx)
	}
	if err != nil {
		return err
	}
	if check == nil || !opens(k.kek, checkSubject, check) {
		return kekWrong(nil)
	}
	k.verified.Store(n)
	return nil
}
