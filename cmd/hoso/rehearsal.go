package main

import (
	"context"
	"crypto/rand"
	"iter"
	"sync"

	"hoso/domain"
)

// rehearsal returns a handler that decides as the real one does and writes nothing: what it appends is kept in memory,
// over the log as it is, and so are the keys of people who are new.
func (a *app) rehearsal(paper *paperLog) *domain.Handler {
	h := domain.NewHandler(a.catalog, paper, &paperKeys{Keys: a.keys, made: map[domain.PersonID]domain.Key{}}, a.clock)
	h.Retain(a.kept)
	return h
}

// shortened is a log in which every case ends before a version.
type shortened struct {
	domain.EventLog
	before uint64
}

// Read implements domain.EventLog.
func (l shortened) Read(ctx context.Context, id domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range l.EventLog.Read(ctx, id, after) {
			if err == nil && e.Version >= l.before || !yield(e, err) {
				return
			}
		}
	}
}

// paperLog is a log of which only the reading side is real.
type paperLog struct {
	domain.EventLog
	mu      sync.Mutex
	streams map[domain.StreamID][]domain.Recorded // what was appended
	all     []domain.Recorded                     // the same, in order
}

func paperOver(log domain.EventLog) *paperLog {
	return &paperLog{EventLog: log, streams: map[domain.StreamID][]domain.Recorded{}}
}

// Append implements domain.EventLog. The importer hands one case to one worker, so nothing comes between the reading
// of the end and the writing.
func (l *paperLog) Append(ctx context.Context, id domain.StreamID, tail domain.Tail, drafts ...domain.Draft) (domain.Tail, error) {
	end := domain.Tail{}
	for e, err := range l.Read(ctx, id, 0) {
		if err != nil {
			return end, err
		}
		end = domain.Tail{Version: e.Version, Position: e.Position}
	}
	if end != tail {
		return end, domain.ErrConflict
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range drafts {
		end.Version++
		end.Position++
		e := domain.Recorded{Stream: id, Version: end.Version, Position: end.Position, Draft: d}
		l.streams[id], l.all = append(l.streams[id], e), append(l.all, e)
	}
	return end, nil
}

// Read implements domain.EventLog.
func (l *paperLog) Read(ctx context.Context, id domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range l.EventLog.Read(ctx, id, after) {
			if !yield(e, err) || err != nil {
				return
			}
		}
		l.mu.Lock()
		added := l.streams[id]
		l.mu.Unlock()
		for _, e := range added {
			if e.Version > after && !yield(e, nil) {
				return
			}
		}
	}
}

// paperKeys seals with keys that nobody keeps. Nothing that they seal is ever opened.
type paperKeys struct {
	domain.Keys
	mu   sync.Mutex
	made map[domain.PersonID]domain.Key
}

// Key implements domain.Keys.
func (k *paperKeys) Key(_ context.Context, who domain.PersonID) (domain.Key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, ok := k.made[who]
	if !ok {
		_, _ = rand.Read(key[:]) // crypto/rand never fails
		k.made[who] = key
	}
	return key, nil
}
