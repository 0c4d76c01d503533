package natskeys

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// CopyOptions say how the keys are copied.
type CopyOptions struct {
	// Replicas is the number of the target's servers that keep each key: 1 (also for 0), 3 or 5.
	Replicas int
	// AcceptUnsafe takes a target that could lose keys.
	AcceptUnsafe bool
	// Log is the name of the target's log where its events are still to be copied, otherwise "": see [Copying].
	Log string
	// Progress is told how many persons of how many were looked at. It may be nil.
	Progress func(done, of int)
}

// CopySummary says what a copy of the keys has come to.
type CopySummary struct {
	Persons int // persons in the source, those who were erased among them
	Copied  int // keys and tombstones that the target did not have
	Erased  int // persons whose key was in the target, and who were erased in the source: erased there too
}

// maxPasses is how often everything is looked at: once to copy, once to see that nothing is missing, and again where keys
// were made or destroyed meanwhile.
const maxPasses = 5

// CheckCopy finds what is between two offices before anything is written: keys.nothing_to_copy, keys.other_office. It makes
// nothing, on neither side.
func CheckCopy(ctx context.Context, from, to *nats.Conn) error {
	c := &copying{}
	if err := c.source(ctx, from); err != nil {
		return err
	}
	var err error
	if c.to, err = openBucket(ctx, to, Options{Replicas: 1, MustExist: true, AcceptUnsafe: true}); domain.CodeOf(err) == errMissing.Code {
		return nil
	} else if err != nil {
		return fmt.Errorf("open the target's keys: %w", err)
	}
	if !c.to.used {
		return nil
	}
	return c.compare(ctx)
}

// Copy copies the sealed keys of all persons, the tombstones, the office's secret and the check value to another NATS. The
// file that opens them is copied with CopyKEK. It may be called again, after an interruption or when more has come; what
// is there is never overwritten, but by a tombstone, and a tombstone by nothing. A target whose copy was not completed
// cannot be opened: its check value is written last.
//
// Errors: keys.nothing_to_copy; keys.other_office, where the target has keys of its own, and nothing is written;
// keys.different, where a person has another key there; keys.still_changing, where keys are made in the source as fast as
// they are copied.
func Copy(ctx context.Context, from, to *nats.Conn, options CopyOptions) (CopySummary, error) {
	c := &copying{options: options}
	err := c.source(ctx, from)
	if err != nil {
		return c.sum, err
	}
	target := Options{Replicas: max(options.Replicas, 1), AcceptUnsafe: options.AcceptUnsafe}
	if c.to, err = openBucket(ctx, to, target); err != nil {
		return c.sum, fmt.Errorf("open the target's keys: %w", err)
	}
	if err := c.office(ctx); err != nil {
		return c.sum, err
	}
	for range maxPasses {
		changed, err := c.pass(ctx)
		if err != nil {
			return c.sum, err
		}
		if !changed {
			return c.sum, c.complete(ctx)
		}
	}
	return c.sum, refused("keys.still_changing", nil, "kho khóa nguồn đang được ghi; hãy dừng dịch vụ rồi chép lại")
}

type copying struct {
	from, to      *bucket
	options       CopyOptions
	check, secret []byte // the office's values in the source
	sum           CopySummary
}

var errNothingToCopy = &domain.Error{Kind: domain.NotFound, Code: "keys.nothing_to_copy", Msg: "nơi nguồn không có kho khóa nguyên vẹn"}

// source opens the source and reads the office's values.
func (c *copying) source(ctx context.Context, from *nats.Conn) (err error) {
	if c.from, err = openBucket(ctx, from, Options{Replicas: 1, MustExist: true, AcceptUnsafe: true}); domain.CodeOf(err) == errMissing.Code {
		return errNothingToCopy
	} else if err != nil {
		return fmt.Errorf("open the source's keys: %w", err)
	}
	if err := c.from.notRotating(ctx); err != nil {
		return fmt.Errorf("open the source's keys: %w", err)
	}
	values, err := c.from.lastOf(ctx, []string{checkSubject, pseudonymSubject})
	if err != nil {
		return fmt.Errorf("read the office's secret: %w", err)
	}
	if values[checkSubject] == nil || values[pseudonymSubject] == nil {
		return errNothingToCopy
	}
	c.check, c.secret = values[checkSubject].data, values[pseudonymSubject].data
	return nil
}

// office writes the secret where the target is empty: from then on it is this office's.
func (c *copying) office(ctx context.Context) error {
	if !c.to.used {
		if err := c.to.create(ctx, pseudonymSubject, c.secret); err != nil && !isConflict(err) {
			return fmt.Errorf("write the office's secret: %w", err)
		}
	}
	if err := c.compare(ctx); err != nil || c.options.Log == "" {
		return err
	}
	if err := c.to.setCopying(ctx, c.options.Log); err != nil {
		return fmt.Errorf("note a copy under way: %w", err)
	}
	return nil
}

// compare compares the office's values.
func (c *copying) compare(ctx context.Context) error {
	target, err := c.to.lastOf(ctx, []string{checkSubject, pseudonymSubject})
	if err != nil {
		return fmt.Errorf("read the target's secret: %w", err)
	}
	if target[pseudonymSubject] == nil || !bytes.Equal(target[pseudonymSubject].data, c.secret) ||
		target[checkSubject] != nil && !bytes.Equal(target[checkSubject].data, c.check) {
		return notOverwritten("keys.other_office", "kho khóa đích thuộc một cơ quan hoặc một bộ dữ liệu khác; không ghi gì vào đó")
	}
	return nil
}

// complete writes the signing keys, and then the check value, without which nobody opens the target.
func (c *copying) complete(ctx context.Context) error {
	if err := c.signing(ctx); err != nil {
		return err
	}
	if err := c.to.create(ctx, checkSubject, c.check); err != nil && !isConflict(err) {
		return fmt.Errorf("write the check value: %w", err)
	}
	return c.compare(ctx)
}

// signing copies the office's signing keys.
func (c *copying) signing(ctx context.Context) error {
	for n := 1; ; n++ {
		here, err := c.from.last(ctx, sealAt(n))
		if err != nil || here == nil {
			return err
		}
		if err := c.to.create(ctx, sealAt(n), here.data); err != nil && !isConflict(err) {
			return fmt.Errorf("write signing key %d: %w", n, err)
		}
		there, err := c.to.last(ctx, sealAt(n))
		if err != nil {
			return fmt.Errorf("read signing key %d: %w", n, err)
		}
		if there == nil || !bytes.Equal(there.data, here.data) {
			return notOverwritten("keys.different", "khóa niêm phong thứ %d ở đích khác ở nguồn; không ghi đè", n)
		}
	}
}

// pass looks at every person of the source, and tells whether the target had to be changed.
func (c *copying) pass(ctx context.Context) (changed bool, err error) {
	info, err := c.from.stream.Info(ctx, jetstream.WithSubjectFilter(subjectPrefix+"person.*"))
	if err != nil {
		return false, fmt.Errorf("list the keys: %w", err)
	}
	subjects := slices.Sorted(maps.Keys(info.State.Subjects))
	c.sum.Persons = len(subjects)
	before, done := c.sum, 0
	for group := range slices.Chunk(subjects, maxGroup/2) {
		if err := c.group(ctx, group); err != nil {
			return false, err
		}
		if done += len(group); c.options.Progress != nil {
			c.options.Progress(done, len(subjects))
		}
	}
	return c.sum != before, nil
}

// group brings the keys of some persons into the target. What is missing is written all at once, on the condition that it
// is still missing.
func (c *copying) group(ctx context.Context, subjects []string) error {
	for range maxTries {
		source, err := c.from.lastOf(ctx, subjects)
		if err != nil {
			return fmt.Errorf("read the source's keys: %w", err)
		}
		target, err := c.to.lastOf(ctx, subjects)
		if err != nil {
			return fmt.Errorf("read the target's keys: %w", err)
		}
		missing := map[string][]byte{}
		for subject, s := range source {
			switch t := target[subject]; {
			case t == nil:
				missing[subject] = s.data
			case t.isTombstone() || bytes.Equal(t.data, s.data):
			case s.isTombstone():
				if err := c.erase(ctx, subject); err != nil {
					return err
				}
			default:
				return notOverwritten("keys.different", "khóa của người %s ở đích khác ở nguồn; không ghi đè", personOf(subject))
			}
		}
		if len(missing) == 0 {
			return nil
		}
		if err = c.to.createAll(ctx, missing); err == nil {
			c.sum.Copied += len(missing)
			return nil
		}
		if !isConflict(err) {
			return fmt.Errorf("write the target's keys: %w", err)
		}
	}
	return errors.New("other processes keep making the same keys in the target")
}

// erase destroys a key in the target that was destroyed in the source. What a crash in its middle leaves is erased when the
// target is opened.
func (c *copying) erase(ctx context.Context, subject string) error {
	if err := c.to.bury(ctx, subject); err != nil {
		return fmt.Errorf("destroy the key of person %s in the target: %w", personOf(subject), err)
	}
	c.sum.Erased++
	if err := c.to.nc.Publish(erasedSubject, []byte(personOf(subject))); err != nil {
		return fmt.Errorf("tell others that the key of person %s is destroyed: %w", personOf(subject), err)
	}
	if err := c.to.overwrite(ctx, subject); err != nil {
		return fmt.Errorf("overwrite the key of person %s in the target: %w", personOf(subject), err)
	}
	return nil
}

func personOf(subject string) string { return strings.TrimPrefix(subject, subjectPrefix+"person.") }

// notOverwritten says that the target holds what must not be written over.
func notOverwritten(code, format string, args ...any) error {
	return &domain.Error{Kind: domain.Rejected, Code: code, Msg: fmt.Sprintf(format, args...)}
}
