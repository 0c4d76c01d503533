package filelog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"hoso/domain"
)

// File is a backup that is whole. It is the source of a copy: of [domain.EventLog] it has Head and Follow, which ends with
// the file; the cursor of an event is its ordinal. Nothing can be appended to it.
type File struct {
	path string
	Header
	Trailer
	Checkpoint []byte // nil where there is none
	KEK        []byte // nil where it was left out
}

var _ domain.EventLog = (*File)(nil)

// Open reads a file from its beginning to its end, and every event in it. Errors: backup.incomplete, backup.damaged,
// backup.unknown_format.
func Open(ctx context.Context, path string, progress Progress) (*File, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	f := &File{path: path}
	f.Trailer, err = f.read(ctx, r, progress)
	return f, err
}

// Check reads a backup as it comes, say from a connection, and tells what it is.
func Check(ctx context.Context, r io.Reader, progress Progress) (Trailer, error) {
	return new(File).read(ctx, r, progress)
}

func (f *File) read(ctx context.Context, r io.Reader, progress Progress) (Trailer, error) {
	n := uint64(0)
	return scan(r, func(kind byte, content []byte) error {
		switch kind {
		case kindHeader:
			if json.Unmarshal(content, &f.Header) != nil || f.Format != format {
				return errNoBackup
			}
		case kindCheckpoint:
			f.Checkpoint = bytes.Clone(content)
		case kindKEK:
			f.KEK = bytes.Clone(content)
		case kindKey, kindFile, kindDocument:
			if _, err := keyOf(content); err != nil {
				return err
			}
		case kindEvent:
			if _, err := domain.ParseRecord(content); err != nil {
				return fmt.Errorf("%w: event %d: %w", errDamaged, n+1, err)
			}
			if n++; progress != nil && n%tellEvery == 0 {
				progress(n, domain.Cursor(n), max(f.To, domain.Cursor(n)))
			}
		default:
			return errNoBackup
		}
		return ctx.Err()
	})
}

func keyOf(content []byte) (Key, error) {
	name, value, ok := bytes.Cut(content, []byte{0})
	if !ok {
		return Key{}, errDamaged
	}
	return Key{string(name), bytes.Clone(value)}, nil
}

var errEnough = errors.New("the caller has enough")

// again reads the file once more.
func (f *File) again(take func(kind byte, content []byte) error) error {
	r, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer r.Close()
	t, err := scan(r, take)
	if err == nil && t != f.Trailer {
		err = errDamaged // it is another file now
	}
	return err
}

// Keys yields the sealed keys.
func (f *File) Keys() iter.Seq2[Key, error] { return f.named(kindKey) }

// Documents yields the sealed documents.
func (f *File) Documents() iter.Seq2[Key, error] { return f.named(kindDocument) }

// Files yields the parts of other files, those of each in their order: under its name one content after the other.
func (f *File) Files() iter.Seq2[Key, error] { return f.named(kindFile) }

func (f *File) named(wanted byte) iter.Seq2[Key, error] {
	return func(yield func(Key, error) bool) {
		err := f.again(func(kind byte, content []byte) error {
			if kind != wanted {
				return nil
			}
			k, err := keyOf(content)
			if err == nil && !yield(k, nil) {
				err = errEnough
			}
			return err
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(Key{}, err)
		}
	}
}

// Head implements domain.EventLog.
func (f *File) Head(context.Context) (domain.Cursor, error) { return domain.Cursor(f.Events), nil }

// Follow yields the events, and then an error: nothing more comes.
func (f *File) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		at := domain.Cursor(0)
		err := f.again(func(kind byte, content []byte) error {
			if kind != kindEvent {
				return nil
			}
			if at++; at <= after {
				return nil
			}
			e, err := domain.ParseRecord(content)
			if err != nil {
				return fmt.Errorf("%w: event %d: %w", errDamaged, at, err)
			}
			e.Position = at
			if !yield(e, nil) {
				return errEnough
			}
			return ctx.Err()
		})
		if err == nil {
			err = io.EOF
		}
		if !errors.Is(err, errEnough) {
			yield(domain.Recorded{}, err)
		}
	}
}

// Read is not supported: a file has no order by cases.
func (f *File) Read(context.Context, domain.StreamID, uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) { yield(domain.Recorded{}, errors.ErrUnsupported) }
}

// Append is not supported: a backup stays as it is.
func (f *File) Append(context.Context, domain.StreamID, domain.Tail, ...domain.Draft) (domain.Tail, error) {
	return domain.Tail{}, errors.ErrUnsupported
}
