package natskeys

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/nats-io/nats.go"

	"hoso/domain"
)

const (
	kekName = "kek"
	kekSize = 32
)

// openKEK returns the key-encryption key, and makes it where neither the file nor any sealed key exists. The bucket
// holds a value sealed with it, so that a wrong file is noticed at once and not by the first person who cannot be read.
func openKEK(ctx context.Context, dir string, b *bucket) (cipher.AEAD, error) {
	check, err := b.last(ctx, checkSubject)
	if err != nil {
		return nil, fmt.Errorf("read the check value of the key-encryption key: %w", err)
	}
	path := filepath.Join(dir, kekName)
	key, err := readKEK(path)
	if errors.Is(err, fs.ErrNotExist) {
		if b.used {
			return nil, refused("keys.kek_missing", err,
				"thiếu tệp khóa %s; hãy khôi phục tệp này từ bản sao lưu, không có nó thì không đọc được dữ liệu cá nhân", kekName)
		}
		if err = placeKey(dir, kekName, newRandomKey()); err == nil {
			key, err = readKEK(path)
		}
	}
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	if check == nil {
		if b.used {
			return nil, refused("keys.kek_unverified", nil, "kho khóa thiếu giá trị kiểm tra; nếu đây là bản chép dở thì hãy chạy lại hoso copy, nếu không thì khôi phục từ bản sao lưu")
		}
		_, sealed := newKey(aead, checkSubject)
		if err := b.create(ctx, checkSubject, sealed); err != nil && !isConflict(err) {
			return nil, fmt.Errorf("write the check value of the key-encryption key: %w", err)
		}
		if check, err = b.last(ctx, checkSubject); err != nil {
			return nil, fmt.Errorf("read the check value of the key-encryption key: %w", err)
		}
		if check == nil {
			return nil, refused("keys.kek_unverified", nil, "kho khóa không giữ lại giá trị kiểm tra vừa ghi; hãy kiểm tra thiết lập của kho trên máy chủ")
		}
	}
	if _, err := unseal(aead, checkSubject, check.data); err != nil {
		return nil, kekWrong(err)
	}
	return aead, nil
}

func readKEK(path string) (key domain.Key, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return key, err
	}
	if mode := info.Mode(); runtime.GOOS != "windows" && mode.Perm()&0o077 != 0 {
		return key, refused("keys.kek_exposed", nil,
			"người khác đọc được tệp khóa %s (quyền %04o); hãy đặt quyền 0600", kekName, mode.Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return key, refused("keys.kek_unreadable", err, "không đọc được tệp khóa %s", kekName)
	}
	if len(text) != kekSize {
		return key, refused("keys.kek_malformed", nil,
			"tệp khóa %s dài %d byte, phải là %d; hãy khôi phục từ bản sao lưu", kekName, len(text), kekSize)
	}
	return domain.Key(text), nil
}

func kekWrong(cause error) error {
	return refused("keys.kek_wrong", cause, "tệp khóa %s không phải của kho dữ liệu này (hoặc khóa đã được đổi ở máy khác: hãy chép tệp mới từ đó)", kekName)
}

func newRandomKey() (key domain.Key) {
	_, _ = rand.Read(key[:]) // crypto/rand never fails
	return key
}

// placeKey makes a file with a key, whole and on disk, or leaves the one that is there, or that another process was faster
// to make.
func placeKey(dir, name string, key domain.Key) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unwritable(err)
	}
	tmp, err := os.CreateTemp(dir, ".kek-*") // mode 0600
	if err != nil {
		return unwritable(err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(key[:])
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return unwritable(err)
	}
	if err := os.Link(tmp.Name(), filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrExist) {
		return unwritable(err)
	}
	return syncDir(dir)
}

// CheckKEK finds what makes CopyKEK fail or its copy useless, and writes nothing: the file in the directory from must open the
// keys on a server (keys.kek_missing, keys.kek_wrong), and so must one in the directory to, where there is one
// (keys.kek_other).
func CheckKEK(ctx context.Context, nc *nats.Conn, from, to string) error {
	c := &copying{}
	if err := c.source(ctx, nc); err != nil {
		return err
	}
	key, err := sourceKEK(from)
	if err != nil {
		return err
	}
	aead, err := newAEAD(key)
	if err != nil {
		return err
	}
	if _, err := unseal(aead, checkSubject, c.check); err != nil {
		return refused("keys.kek_wrong", err, "tệp khóa %s không phải của kho khóa nguồn; hãy nêu thư mục dữ liệu vẫn dùng với nguồn", filepath.Join(from, kekName))
	}
	there, err := readKEK(filepath.Join(to, kekName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && there != key {
		err = otherKEK
	}
	return err
}

var otherKEK = notOverwritten("keys.kek_other", "nơi đích đã có tệp khóa %s của một cơ quan hoặc một bộ dữ liệu khác; không ghi gì vào đó", kekName)

func sourceKEK(dir string) (domain.Key, error) {
	key, err := readKEK(filepath.Join(dir, kekName))
	if errors.Is(err, fs.ErrNotExist) {
		return key, refused("keys.kek_missing", err, "thiếu tệp khóa %s ở nơi nguồn", kekName)
	}
	return key, err
}

// CopyKEK copies the file with the key-encryption key from one directory into another, with mode 0600. One that is there
// already stays: where it holds another key, that is an error (keys.kek_other).
func CopyKEK(from, to string) error {
	key, err := sourceKEK(from)
	if err != nil {
		return err
	}
	if err := placeKey(to, kekName, key); err != nil {
		return err
	}
	there, err := readKEK(filepath.Join(to, kekName))
	if err == nil && there != key {
		err = otherKEK
	}
	return err
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return unwritable(err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil && runtime.GOOS != "windows" {
		return unwritable(err)
	}
	return nil
}

func unwritable(err error) error {
	return refused("keys.kek_unwritable", err, "không ghi được tệp khóa %s", kekName)
}

func refused(code string, cause error, format string, args ...any) error {
	return &domain.Error{Kind: domain.Unavailable, Code: code, Msg: fmt.Sprintf(format, args...), Err: cause}
}
