package natskeys

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// nextName is the file of the key-encryption key that is to take the place of the one in use, while that is under way.
const nextName = kekName + ".new"

// RotateOptions say how the key-encryption key is replaced.
type RotateOptions struct {
	// Dir is the directory of the file with the key-encryption key.
	Dir string
	// Old is a file into which the key that was in use so far is written: backups of the time before need it. "" leaves it
	// nowhere: what those backups hold of persons cannot be read any more by anybody.
	Old string
	// Progress is told how many sealed keys of how many were looked at. It may be nil.
	Progress func(done, of int)
}

// Rotation says what a replacement of the key-encryption key has come to.
type Rotation struct {
	Keys   int // sealed keys: of persons who were not erased, and of the office
	Sealed int // of these, sealed anew this time; fewer where an earlier attempt was interrupted
}

// Rotate makes another key-encryption key and seals with it all that is sealed: the keys themselves, and with them every
// event, stay as they are. Nobody else may use the keys meanwhile (keys.in_use), and nobody can open them until it has
// come to its end (keys.rotation_unfinished). It may be interrupted at any moment: called again it goes on, and the file
// of the old key is replaced only when every sealed key was read back with the new one. In a cluster the new file is then
// copied to the other machines, where the old one is refused (keys.kek_wrong).
func Rotate(ctx context.Context, nc *nats.Conn, options RotateOptions) (Rotation, error) {
	b, err := openBucket(ctx, nc, Options{Replicas: 1, MustExist: true, AcceptUnsafe: true})
	if err != nil {
		return Rotation{}, fmt.Errorf("open the keys: %w", unavailable(err))
	}
	r := &rotation{bucket: b, options: options}
	if err := r.begin(ctx); err != nil {
		return r.sum, err
	}
	if err := r.sealAll(ctx); err != nil {
		return r.sum, err
	}
	return r.sum, r.end(ctx)
}

type rotation struct {
	bucket   *bucket
	options  RotateOptions
	old, new cipher.AEAD // the same where the file was replaced already and only the note is left
	floor    uint64      // what stands before it in the stream was sealed with the old key, or is a tombstone of that time
	sum      Rotation
	moved    int // values that were written anew, also tombstones
}

// begin reads both keys, makes the new one, and notes in the bucket that it is coming, so that nobody opens it.
func (r *rotation) begin(ctx context.Context) error {
	dir := r.options.Dir
	now, err := sourceKEK(dir)
	if err != nil {
		return err
	}
	inUse, err := newAEAD(now)
	if err != nil {
		return err
	}
	office, err := r.bucket.lastOf(ctx, []string{rotatingSubject, checkSubject})
	if err != nil {
		return fmt.Errorf("read the note of a rotation: %w", unavailable(err))
	}
	note, check := office[rotatingSubject], office[checkSubject]
	if check == nil {
		return errNothingToCopy
	}
	if note != nil && opens(inUse, rotatingSubject, note) { // the file was replaced, and then it was interrupted
		r.old, r.new = inUse, inUse
		return nil
	}
	next, err := readKEK(filepath.Join(dir, nextName))
	if errors.Is(err, fs.ErrNotExist) && note == nil {
		if !opens(inUse, checkSubject, check) {
			return kekWrong(nil)
		}
		if err := placeKey(dir, nextName, newRandomKey()); err != nil {
			return err
		}
		next, err = readKEK(filepath.Join(dir, nextName))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refused("keys.rotation_elsewhere", nil, "việc đổi khóa đã bắt đầu ở máy khác; hãy chạy tiếp hoso keys rotate ở máy có tệp %s", nextName)
	case err != nil:
		return err
	}
	if r.new, err = newAEAD(next); err != nil {
		return err
	}
	if !opens(inUse, checkSubject, check) && !opens(r.new, checkSubject, check) || note != nil && !opens(r.new, rotatingSubject, note) {
		return kekWrong(nil)
	}
	r.old = inUse
	if r.options.Old != "" {
		if err := keep(r.options.Old, now); err != nil {
			return err
		}
	}
	if note != nil {
		r.floor = note.seq
		return r.bucket.alone(ctx)
	}
	if err := r.bucket.beginBlock(ctx); err != nil {
		return fmt.Errorf("begin a new file: %w", unavailable(err))
	}
	_, sealed := newKey(r.new, rotatingSubject)
	if err := r.bucket.create(ctx, rotatingSubject, sealed); err != nil {
		return fmt.Errorf("note a rotation: %w", unavailable(err))
	}
	note, err = r.bucket.last(ctx, rotatingSubject)
	if err == nil && note == nil {
		err = errors.New("it was written and is not there")
	}
	if err != nil {
		return fmt.Errorf("read the note of a rotation: %w", unavailable(err))
	}
	r.floor = note.seq
	if err := r.bucket.alone(ctx); err != nil {
		return errors.Join(err, r.forget(ctx)) // nothing was sealed with it
	}
	return nil
}

// forget takes the note away.
func (r *rotation) forget(ctx context.Context) error {
	note, err := r.bucket.last(ctx, rotatingSubject)
	if err == nil && note != nil {
		err = r.bucket.stream.DeleteMsg(ctx, note.seq)
	}
	if err != nil {
		return fmt.Errorf("take the note of a rotation away: %w", unavailable(err))
	}
	return nil
}

// sealAll looks at everything until nothing had to be sealed anew, and at the check value last.
func (r *rotation) sealAll(ctx context.Context) error {
	for range maxPasses {
		before := r.moved
		if err := r.pass(ctx); err != nil {
			return err
		}
		if before == r.moved {
			return r.bucket.dropOlder(ctx)
		}
	}
	return refused("keys.still_changing", nil, "kho khóa đang được ghi; hãy dừng mọi dịch vụ dùng kho này rồi chạy lại")
}

func (r *rotation) pass(ctx context.Context) error {
	info, err := r.bucket.stream.Info(ctx, jetstream.WithSubjectFilter(subjectPrefix+">"))
	if err != nil {
		return fmt.Errorf("list the keys: %w", unavailable(err))
	}
	var subjects []string
	for s := range info.State.Subjects {
		if s != checkSubject && s != rotatingSubject && s != copyingSubject && s != fillerSubject {
			subjects = append(subjects, s)
		}
	}
	slices.Sort(subjects)
	r.sum.Keys = 0
	done := 0
	for group := range slices.Chunk(subjects, maxGroup/2) {
		if err := r.group(ctx, group); err != nil {
			return err
		}
		if done += len(group); r.options.Progress != nil {
			r.options.Progress(done, len(subjects))
		}
	}
	return r.group(ctx, []string{checkSubject})
}

// group seals some keys anew, all at once, on the condition that they are still what was read.
func (r *rotation) group(ctx context.Context, subjects []string) error {
	for range maxTries {
		values, err := r.bucket.lastOf(ctx, subjects)
		if err != nil {
			return fmt.Errorf("read the keys: %w", unavailable(err))
		}
		again, whole, tombstones := map[string]value{}, 0, 0
		for subject, v := range values {
			if v.isTombstone() {
				if v.seq < r.floor { // so that the file in which it lies gets empty
					again[subject] = value{v.seq, v.data}
					tombstones++
				}
				continue
			}
			whole++
			if opens(r.new, subject, v) {
				continue
			}
			key, err := unseal(r.old, subject, v.data)
			if err != nil {
				return fmt.Errorf("%s: %w", subject[len(subjectPrefix):], err)
			}
			again[subject] = value{v.seq, seal(r.new, subject, key)}
		}
		if len(again) > 0 {
			err = r.bucket.replaceAll(ctx, again)
		}
		if err == nil {
			r.sum.Keys, r.sum.Sealed, r.moved = r.sum.Keys+whole, r.sum.Sealed+len(again)-tombstones, r.moved+len(again)
			return nil
		}
		if !isConflict(err) {
			return fmt.Errorf("write the keys: %w", unavailable(err))
		}
	}
	return errors.New("other processes keep changing the same keys")
}

// end puts the new file in the place of the old one. From then on the keys can be opened.
func (r *rotation) end(ctx context.Context) error {
	dir := r.options.Dir
	err := os.Rename(filepath.Join(dir, nextName), filepath.Join(dir, kekName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // it was renamed before an interruption
		return unwritable(err)
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	return r.forget(ctx)
}

func opens(kek cipher.AEAD, subject string, v *value) bool {
	_, err := unseal(kek, subject, v.data)
	return err == nil
}

// keep writes a key into a file of its own, which is new or holds the same already.
func keep(path string, key domain.Key) error {
	if err := placeKey(filepath.Dir(path), filepath.Base(path), key); err != nil {
		return err
	}
	there, err := readKEK(path)
	if err == nil && there != key {
		err = notOverwritten("keys.kek_other", "tệp %s đã có và chứa khóa khác; không ghi đè", path)
	}
	return err
}
