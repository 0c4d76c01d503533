package filelog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"time"

	"hoso/domain"
)

// Source is what a backup is made of.
type Source struct {
	Made time.Time
	Name string // of the log
	Log  domain.EventLog
	// Keys yields names and sealed values. It is read after the log's head: a key is there before the first event that is
	// sealed with it.
	Keys iter.Seq2[Key, error]
	// Documents yields names and sealed bytes of what cases have attached; nil for none. It is read after the log's head too:
	// the bytes are there before their event. What nobody attaches may be among them.
	Documents iter.Seq2[Key, error]
	// Checkpoint is the last signed checkpoint, nil where there is none.
	Checkpoint []byte
	// Files are other files that belong to the data, by the names under which they are restored.
	Files map[string]io.Reader
	// KEK is the key that opens the sealed ones; nil, so that who gets the file reads nobody's data.
	KEK []byte
}

// Key is a sealed key, or what stands in its place.
type Key struct {
	Name  string
	Value []byte
}

// Progress tells how far the events are; the cursors are for a bar. It may be nil.
type Progress func(events uint64, at, to domain.Cursor)

// Write writes a backup of a log as it is at the moment of the call, also while others append to it. Where it gives an
// error what was written is no backup, and Open says so.
func Write(ctx context.Context, w io.Writer, s Source, progress Progress) (t Trailer, err error) {
	end, err := s.Log.Head(ctx)
	if err != nil {
		return t, err
	}
	f := newFrames(w)
	if err := f.putJSON(kindHeader, Header{format, s.Made.UTC(), s.Name, end}); err != nil {
		return t, err
	}
	for kind, content := range map[byte][]byte{kindCheckpoint: s.Checkpoint, kindKEK: s.KEK} {
		if content == nil {
			continue
		}
		if err := f.put(kind, content); err != nil {
			return t, err
		}
	}
	if err := f.files(s.Files); err != nil {
		return t, err
	}
	if t.Keys, err = f.named(kindKey, s.Keys); err != nil {
		return t, fmt.Errorf("read the keys: %w", err)
	}
	if s.Documents != nil {
		if t.Documents, err = f.named(kindDocument, s.Documents); err != nil {
			return t, fmt.Errorf("read the documents: %w", err)
		}
	}
	if t.Events, err = f.events(ctx, s.Log, end, progress); err != nil {
		return t, err
	}
	t.Digest = f.sum()
	if err := f.putJSON(kindTrailer, t); err != nil {
		return t, err
	}
	return t, f.to.Close()
}

// named writes values with their names, and counts them.
func (f *frames) named(kind byte, all iter.Seq2[Key, error]) (n int, err error) {
	for k, err := range all {
		if err != nil {
			return n, err
		}
		if err := f.put(kind, append(append([]byte(k.Name), 0), k.Value...)); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// chunk is the size of the parts of a file.
const chunk = 512 << 10

func (f *frames) files(all map[string]io.Reader) error {
	content := make([]byte, chunk)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for first := true; ; first = false {
			n, err := io.ReadFull(all[name], content)
			if n > 0 || first {
				if err := f.put(kindFile, append(append([]byte(name), 0), content[:n]...)); err != nil {
					return err
				}
			}
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				break
			}
			if err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
		}
	}
	return nil
}

// tellEvery is the number of events after which progress is told.
const tellEvery = 256

func (f *frames) events(ctx context.Context, log domain.EventLog, end domain.Cursor, progress Progress) (n uint64, err error) {
	if end == 0 {
		return 0, nil
	}
	var record []byte
	for e, err := range log.Follow(ctx, 0) {
		if err != nil {
			return n, fmt.Errorf("read the log: %w", err)
		}
		if e.Position > end { // positions may have gaps
			break
		}
		record = e.AppendRecord(record[:0])
		if err := f.put(kindEvent, record); err != nil {
			return n, err
		}
		if n++; progress != nil && (n%tellEvery == 0 || e.Position == end) {
			progress(n, e.Position, end)
		}
		if e.Position == end {
			break
		}
	}
	return n, nil
}
