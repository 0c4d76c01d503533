package natsfeed

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// Bucket is the key-value bucket of the figures.
const Bucket = "hoso-figures"

// everywhere stands in a key for all areas together.
const everywhere = "all"

// positionKey is the key that says up to which position the bucket is complete.
const positionKey = "position"

// Figures is what the bucket is made of.
type Figures interface {
	Figures(ctx context.Context, q figures.Query) (figures.Sheet, error)
	Touched(ctx context.Context, after, until domain.Ordinal, ids []string) ([]string, error)
	Earliest(ctx context.Context, after, until domain.Ordinal) (calendar.Date, error)
}

// Value is what stands under a key. A ratio has decimals; an unknown number is null.
type Value struct {
	Value    figures.Number `json:"value"`
	YTD      figures.Number `json:"ytd"`
	LastYear figures.Number `json:"last_year"`
	Position domain.Ordinal `json:"position"` // as known there: the last position at which one of the three was found changed
}

// same compares as people read: 62.30 is 62.3.
func (v Value) same(o Value) bool {
	return v.Value.String() == o.Value.String() && v.YTD.String() == o.YTD.String() && v.LastYear.String() == o.LastYear.String()
}

// Kept says which figures stand in the bucket: those of its months, under both calendars, that are not 0 or unknown, or once
// were not.
type Kept struct {
	Since calendar.Month   // up to the next month; zero: since a year before the current one
	Areas []area.Code      // beside everything together
	Today func() time.Time // tells which month is the current one
}

// Key returns the key of a figure.
func Key(c calendar.Calendar, m calendar.Month, a area.Code, indicator string) string {
	where := string(a)
	if where == "" {
		where = everywhere
	}
	return string(c) + "." + m.String() + "." + where + "." + indicator
}

// Fill keeps the bucket up to date until the context ends. Changed returns the position of the views and a channel that is
// closed when it moves on. After a start everything is counted once and compared with what stands in the bucket, so what
// happened meanwhile is not missed; a key is written only where its number is another one.
func (f *Feeder) Fill(ctx context.Context, reader func() (Figures, error), changed func() (domain.Ordinal, <-chan struct{}), keep Kept) error {
	var b *bucket
	for ctx.Err() == nil {
		at, more := changed()
		var err error
		if b == nil {
			b, err = f.open(ctx, keep)
		}
		if err == nil {
			var from Figures
			if from, err = reader(); err == nil {
				err = b.bring(ctx, from, at)
			}
		}
		if err != nil && ctx.Err() == nil {
			if b = nil; f.Failed != nil {
				f.Failed(fmt.Errorf("figures on NATS: %w", err))
			}
			more = nil
		}
		pause := time.NewTimer(pulse)
		select {
		case <-pause.C:
		case <-ctx.Done():
			return nil
		}
		if more == nil {
			continue
		}
		select {
		case <-more:
		case <-time.After(time.Minute): // another month may have begun
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

// pulse is how often at most figures are counted anew.
const pulse = 250 * time.Millisecond

// bucket is the bucket and what stands in it.
type bucket struct {
	kv     jetstream.KeyValue
	keep   Kept
	stands map[string]Value
	at     domain.Ordinal // complete up to here; 0: not counted yet
	month  calendar.Month // that was the current one then
}

func (f *Feeder) open(ctx context.Context, keep Kept) (*bucket, error) {
	kv, err := f.figures.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: Bucket, Description: "figures of hoso", History: 1, Replicas: f.replicas, Storage: jetstream.FileStorage})
	if err != nil {
		return nil, fmt.Errorf("open the bucket %s: %w", Bucket, err)
	}
	b := &bucket{kv: kv, keep: keep, stands: map[string]Value{}}
	w, err := kv.WatchAll(ctx, jetstream.IgnoreDeletes())
	if err != nil {
		return nil, err
	}
	defer func() { _ = w.Stop() }()
	for {
		select {
		case e := <-w.Updates():
			if e == nil {
				return b, nil
			}
			var v Value
			if json.Unmarshal(e.Value(), &v) == nil { // whatever else stands there is written anew
				b.stands[e.Key()] = v
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// bring brings the bucket to a position of the views.
func (b *bucket) bring(ctx context.Context, from Figures, at domain.Ordinal) error {
	current := calendar.Civil.MonthOf(calendar.On(b.keep.Today()))
	var ids []string
	earliest := calendar.Date(0)
	if b.at > 0 && current == b.month {
		if at == b.at {
			return nil
		}
		touched, err := from.Touched(ctx, b.at, at, nil)
		if err != nil {
			return err
		}
		if ids = touched; len(ids) == 0 {
			b.at = at
			return b.say(ctx, at)
		}
		if earliest, err = from.Earliest(ctx, b.at, at); err != nil {
			return err
		}
	}
	kept := map[string]bool{positionKey: true}
	seen := at
	since := b.keep.Since
	if since.IsZero() {
		since = current.Add(-12)
	}
	for m := since; m.First() <= current.Add(1).First(); m = m.Add(1) { // the next one has begun where months begin on a 15th
		for _, c := range []calendar.Calendar{calendar.Civil, calendar.Fifteenth} {
			if c.Month(m).To < earliest {
				continue
			}
			for _, a := range append([]area.Code{""}, b.keep.Areas...) {
				sheet, err := from.Figures(ctx, figures.Query{Month: m, Calendar: c, Area: a, Indicators: ids})
				if domain.CodeOf(err) == "figures.no_such_area" { // not there in that month
					continue
				}
				if err != nil {
					return err
				}
				seen = min(seen, sheet.Position)
				for _, n := range sheet.Figures {
					key := Key(c, sheet.Month, a, n.Indicator)
					kept[key] = true
					if err := b.put(ctx, key, Value{n.Value, n.YTD, n.LastYear, sheet.Position}); err != nil {
						return err
					}
				}
			}
		}
	}
	if ids == nil {
		for _, key := range slices.Sorted(maps.Keys(b.stands)) {
			if !kept[key] {
				if err := b.kv.Delete(ctx, key); err != nil {
					return err
				}
				delete(b.stands, key)
			}
		}
	}
	b.at, b.month = seen, current
	return b.say(ctx, seen)
}

func (b *bucket) put(ctx context.Context, key string, v Value) error {
	was, ok := b.stands[key]
	if nothing := v.Value.Quantity == 0 && v.YTD.Quantity == 0 && v.LastYear.Quantity == 0; was.same(v) && ok || nothing && !ok {
		return nil
	}
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if _, err := b.kv.Put(ctx, key, data); err != nil {
		return fmt.Errorf("put %s: %w", strings.TrimSpace(key), err)
	}
	b.stands[key] = v
	return nil
}

// say tells who watches that everything up to a position is in the bucket.
func (b *bucket) say(ctx context.Context, at domain.Ordinal) error {
	return b.put(ctx, positionKey, Value{Position: at, Value: figures.Number{Quantity: int64(at), Parts: 1}})
}
