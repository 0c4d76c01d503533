package natsfeed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// bucket is the bucket and what stands in it.
type bucket struct {
	kv     jetstream.KeyValue
	stands map[string]map[string]Value // by cell and indicator
	mark   mark                        // zero: none stands there
}

// openBucket opens the bucket, makes it where it is not there, and reads what stands in it. That needs no consumer, so a reader
// who has used up all of them keeps nobody from writing.
func (f *Feeder) openBucket(ctx context.Context) (*bucket, error) {
	kv, err := f.figures.KeyValue(ctx, Bucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		kv, err = f.figures.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: Bucket, Description: "figures of hoso", History: 1, Replicas: f.replicas, Storage: jetstream.FileStorage})
	}
	if err != nil {
		return nil, fmt.Errorf("open the bucket %s: %w", Bucket, err)
	}
	s, err := f.figures.Stream(ctx, bucketStream)
	if err != nil {
		return nil, err
	}
	if c := s.CachedInfo().Config; c.ConsumerLimits != f.limits() {
		c.ConsumerLimits = f.limits()
		if _, err := f.figures.UpdateStream(ctx, c); err != nil {
			return nil, fmt.Errorf("limit who reads the bucket %s: %w", Bucket, err)
		}
	}
	b := &bucket{kv: kv, stands: map[string]map[string]Value{}}
	for next := uint64(1); next > 0; {
		if next, err = b.read(ctx, f.figures, next); err != nil {
			return nil, fmt.Errorf("read the bucket %s: %w", Bucket, err)
		}
	}
	return b, nil
}

const (
	bucketStream = "KV_" + Bucket
	keys         = "$KV." + Bucket + "."
	// readAtOnce is how many keys are read with one question.
	readAtOnce = 1000
)

// read reads keys from a message on, and returns the message from which to go on; 0 where there is none.
func (b *bucket) read(ctx context.Context, js jetstream.JetStream, from uint64) (next uint64, err error) {
	messages, err := jetstreamext.GetBatch(ctx, js, bucketStream, readAtOnce, jetstreamext.GetBatchSeq(from), jetstreamext.GetBatchSubject(keys+">"))
	if err != nil {
		return 0, err
	}
	for m, err := range messages {
		if errors.Is(err, jetstreamext.ErrNoMessages) {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		next = m.Sequence + 1
		if m.Header.Get("KV-Operation") == "" {
			b.note(strings.TrimPrefix(m.Subject, keys), m.Data)
		}
	}
	return next, nil
}

// note takes in what stands under a key; whatever else it is will be written anew.
func (b *bucket) note(key string, data []byte) {
	if key == markKey {
		if json.Unmarshal(data, &b.mark) != nil {
			b.mark = mark{}
		}
		return
	}
	var v Value
	if c, indicator, ok := cut(key); ok && json.Unmarshal(data, &v) == nil {
		b.set(c, indicator, v)
	}
}

// cut cuts a key into its cell, <calendar>.<month>.<area>, and its indicator.
func cut(key string) (cell, indicator string, ok bool) {
	parts := strings.SplitN(key, ".", 4)
	if len(parts) < 4 {
		return "", "", false
	}
	return strings.Join(parts[:3], "."), parts[3], true
}

func (b *bucket) set(cell, indicator string, v Value) {
	if b.stands[cell] == nil {
		b.stands[cell] = map[string]Value{}
	}
	b.stands[cell][indicator] = v
}

// put writes a key where its number is another one.
func (b *bucket) put(ctx context.Context, cell, indicator string, v Value) error {
	was, ok := b.stands[cell][indicator]
	if nothing := v.Value.Quantity == 0 && v.YTD.Quantity == 0 && v.LastYear.Quantity == 0; was.same(v) && ok || nothing && !ok {
		return nil
	}
	if err := b.write(ctx, cell+"."+indicator, v); err != nil {
		return err
	}
	b.set(cell, indicator, v)
	return nil
}

// drop takes keys of a cell away, but for those that are kept.
func (b *bucket) drop(ctx context.Context, cell string, but map[string]bool) error {
	for indicator := range b.stands[cell] {
		if but[indicator] {
			continue
		}
		if err := b.kv.Delete(ctx, cell+"."+indicator); err != nil {
			return err
		}
		delete(b.stands[cell], indicator)
	}
	if len(b.stands[cell]) == 0 {
		delete(b.stands, cell)
	}
	return nil
}

// say tells who watches what the bucket is.
func (b *bucket) say(ctx context.Context, m mark) error {
	if m == b.mark {
		return nil
	}
	if err := b.write(ctx, markKey, m); err != nil {
		return err
	}
	b.mark = m
	return nil
}

func (b *bucket) write(ctx context.Context, key string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if _, err := b.kv.Put(ctx, key, data); err != nil {
		return fmt.Errorf("put %s: %w", key, err)
	}
	return nil
}
