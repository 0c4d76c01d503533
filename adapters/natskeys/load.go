package natskeys

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"hoso/domain"
)

// maxGroup is the number of persons whose keys are looked up or made together; the server takes 1,000.
const maxGroup = 1000

// maxTries is how often a group is looked up again because another process was making the same keys.
const maxTries = 5

// ask is one caller waiting for a key.
type ask struct {
	person domain.PersonID
	done   chan reply // takes one without blocking
}

type reply struct {
	entry entry
	err   error
}

// load answers those who wait, all who wait at the moment together: an import of thousands of persons then makes
// their keys with a few writes to disk, and two who ask for the same person get the same key.
func (k *Keys) load() {
	for {
		var first *ask
		select {
		case first = <-k.queue:
		case <-k.life.Done():
			return
		}
		group := map[domain.PersonID][]*ask{first.person: {first}}
		for more := true; more && len(group) < maxGroup; {
			select {
			case a := <-k.queue:
				group[a.person] = append(group[a.person], a)
			default:
				more = false
			}
		}
		k.serve(group)
	}
}

func (k *Keys) serve(group map[domain.PersonID][]*ask) {
	k.erasing.RLock()
	defer k.erasing.RUnlock()
	persons := make([]domain.PersonID, 0, len(group))
	for p := range group {
		persons = append(persons, p)
	}
	began := k.now()
	entries, err := k.findOrCreate(k.life, persons)
	for p, asks := range group {
		r := reply{err: err}
		if err == nil {
			r.entry = entries[p]
			r.entry.read = began
			k.cache.put(p, r.entry)
		}
		for _, a := range asks {
			a.done <- r
		}
	}
}

// findOrCreate returns the keys of all these persons, durable.
func (k *Keys) findOrCreate(ctx context.Context, persons []domain.PersonID) (map[domain.PersonID]entry, error) {
	entries := make(map[domain.PersonID]entry, len(persons))
	if err := k.stillMine(ctx); err != nil {
		return nil, err
	}
	for range maxTries {
		missing, err := k.find(ctx, persons, entries)
		if err != nil || len(missing) == 0 {
			return entries, err
		}
		if err := k.fault(); err != nil {
			return nil, err
		}
		err = k.create(ctx, missing, entries)
		if err == nil {
			return entries, nil
		}
		if !isConflict(err) {
			if fault := k.fault(); fault != nil {
				err = fault
			}
			return nil, unavailable(err)
		}
		persons = missing // another process was faster with one of them
	}
	return nil, errors.New("other processes keep making the same keys")
}

// find puts those keys that exist into entries and returns the persons who have none.
func (k *Keys) find(ctx context.Context, persons []domain.PersonID, entries map[domain.PersonID]entry) (missing []domain.PersonID, err error) {
	subjects := make([]string, len(persons))
	for i, p := range persons {
		subjects[i] = subjectOf(p)
	}
	values, err := k.bucket.lastOf(ctx, subjects)
	if err != nil {
		return nil, fmt.Errorf("look up keys: %w", unavailable(err))
	}
	for i, p := range persons {
		v := values[subjects[i]]
		switch {
		case v == nil:
			missing = append(missing, p)
		case v.isTombstone():
			entries[p] = entry{erased: true}
		default:
			key, err := unseal(k.kek, subjects[i], v.data)
			if err != nil {
				return nil, fmt.Errorf("person %s: %w", p, err)
			}
			entries[p] = entry{key: key}
		}
	}
	return missing, nil
}

// create makes keys. On a conflict some may have been made; the next look tells.
func (k *Keys) create(ctx context.Context, persons []domain.PersonID, entries map[domain.PersonID]entry) error {
	values := make(map[string][]byte, len(persons))
	made := make(map[domain.PersonID]entry, len(persons))
	for _, p := range persons {
		key, sealed := newKey(k.kek, subjectOf(p))
		made[p], values[subjectOf(p)] = entry{key: key}, sealed
	}
	var err error
	if len(persons) < 8 { // a batch takes as long to start
		err = k.createEach(ctx, values)
	} else if err = k.bucket.createAll(ctx, values); isConflict(err) {
		err = k.createEach(ctx, values) // so that one who conflicts does not hold up the others
	}
	if err != nil {
		return err
	}
	for p, e := range made {
		entries[p] = e
	}
	return nil
}

func (k *Keys) createEach(ctx context.Context, values map[string][]byte) error {
	var all sync.WaitGroup
	errs := make(chan error, len(values))
	for subject, sealed := range values {
		all.Go(func() { errs <- k.bucket.create(ctx, subject, sealed) })
	}
	all.Wait()
	close(errs)
	var conflict error
	for err := range errs {
		if err != nil && !isConflict(err) {
			return err
		}
		conflict = errors.Join(conflict, err)
	}
	return conflict
}
