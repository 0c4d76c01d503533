package natskeys

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// Sealed is what stands at a key of the bucket: a sealed key, or a tombstone.
type Sealed struct {
	Name  string // of the bucket's key: "person.…", "office.…"
	Value []byte
}

// Export yields everything that a bucket keeps, for a backup. What it yields opens nothing without the file of the
// key-encryption key. Keys that are made meanwhile may be missing, those that were there before are not. An error ends
// it: keys.nothing_to_copy, keys.rotation_unfinished.
func Export(ctx context.Context, nc *nats.Conn) iter.Seq2[Sealed, error] {
	return func(yield func(Sealed, error) bool) {
		if err := export(ctx, nc, func(s Sealed) bool { return yield(s, nil) }); err != nil {
			yield(Sealed{}, err)
		}
	}
}

func export(ctx context.Context, nc *nats.Conn, yield func(Sealed) bool) error {
	c := &copying{}
	if err := c.source(ctx, nc); err != nil {
		return err
	}
	info, err := c.from.stream.Info(ctx, jetstream.WithSubjectFilter(subjectPrefix+">"))
	if err != nil {
		return fmt.Errorf("list the keys: %w", unavailable(err))
	}
	var subjects []string
	for s := range info.State.Subjects {
		if s != copyingSubject && s != fillerSubject {
			subjects = append(subjects, s)
		}
	}
	slices.Sort(subjects)
	for group := range slices.Chunk(subjects, maxGroup/2) {
		values, err := c.from.lastOf(ctx, group)
		if err != nil {
			return fmt.Errorf("read the keys: %w", unavailable(err))
		}
		for _, subject := range group {
			v := values[subject]
			if v == nil {
				return fmt.Errorf("read the keys: %s was there and is not", strings.TrimPrefix(subject, subjectPrefix))
			}
			if !yield(Sealed{strings.TrimPrefix(subject, subjectPrefix), v.data}) {
				return nil
			}
		}
	}
	return c.from.notRotating(ctx) // it may have begun meanwhile
}

// Import writes what Export has yielded into an empty bucket, which it makes. It may be called again after an
// interruption: what is there is compared and never overwritten (keys.different). The check value is written last, so that
// nobody opens a part.
func Import(ctx context.Context, nc *nats.Conn, options Options, from iter.Seq2[Sealed, error]) (n int, err error) {
	options.Replicas = max(options.Replicas, 1)
	b, err := openBucket(ctx, nc, options)
	if err != nil {
		return 0, fmt.Errorf("open the keys: %w", unavailable(err))
	}
	var check []byte
	group := map[string][]byte{}
	for s, err := range from {
		if err != nil {
			return n, err
		}
		subject := subjectPrefix + s.Name
		if !isOurs(s.Name) || len(s.Value) > sealedSize {
			return n, refused("keys.unknown_name", nil, "bản sao lưu có khóa mà chương trình này không biết; hãy dùng chương trình mới hơn")
		}
		if n++; subject == checkSubject {
			check = s.Value
			continue
		}
		group[subject] = s.Value
		if len(group) == maxGroup/2 {
			if err := b.add(ctx, group); err != nil {
				return n, err
			}
			clear(group)
		}
	}
	if err := b.add(ctx, group); err != nil {
		return n, err
	}
	if check == nil {
		return n, errNothingToCopy
	}
	return n, b.add(ctx, map[string][]byte{checkSubject: check})
}

// isOurs tells a name that this program gives.
func isOurs(name string) bool {
	kind, rest, _ := strings.Cut(name, ".")
	return (kind == "person" || kind == "office") && rest != "" && !strings.ContainsAny(name, "*> \t\r\n")
}

// add writes the values that are not there yet.
func (b *bucket) add(ctx context.Context, values map[string][]byte) error {
	subjects := make([]string, 0, len(values))
	for s := range values {
		subjects = append(subjects, s)
	}
	if len(subjects) == 0 {
		return nil
	}
	there, err := b.lastOf(ctx, subjects)
	if err != nil {
		return fmt.Errorf("read the keys: %w", unavailable(err))
	}
	missing := map[string][]byte{}
	for subject, data := range values {
		switch t := there[subject]; {
		case t == nil:
			missing[subject] = data
		case !bytes.Equal(t.data, data):
			return notOverwritten("keys.different", "khóa %s ở đích khác trong bản sao lưu; không ghi đè", strings.TrimPrefix(subject, subjectPrefix))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := b.createAll(ctx, missing); err != nil {
		return fmt.Errorf("write the keys: %w", unavailable(err))
	}
	return nil
}

// ReadKEK returns the key-encryption key of a directory, for who asks for a backup with it.
func ReadKEK(dir string) ([]byte, error) {
	key, err := sourceKEK(dir)
	return key[:], err
}

// CheckSealed tells whether a key-encryption key opens what was exported: the value of the name [CheckName]. Errors:
// keys.kek_malformed, keys.kek_wrong.
func CheckSealed(kek, check []byte) error {
	if len(kek) != kekSize {
		return refused("keys.kek_malformed", nil, "tệp khóa dài %d byte, phải là %d", len(kek), kekSize)
	}
	aead, err := newAEAD(domain.Key(kek))
	if err != nil {
		return err
	}
	if _, err := unseal(aead, checkSubject, check); err != nil {
		return refused("keys.kek_wrong", err, "tệp khóa không mở được các khóa trong bản sao lưu này; hãy dùng tệp khóa của lúc làm bản sao lưu")
	}
	return nil
}

// CheckName is the name of the exported value that proves the key-encryption key.
const CheckName = "office.check"

// PlaceKEK writes a key-encryption key into a directory where there is none, or the same already (keys.kek_other).
func PlaceKEK(dir string, kek []byte) error {
	return keep(filepath.Join(dir, kekName), domain.Key(kek))
}
