package desk

import (
	"context"
	"reflect"
	"sync"
	"time"

	"hoso/domain"
	"hoso/domain/area"
)

// places are the fields by which an act says where its case belongs, the strongest first. Other units, from or to which
// somebody goes, do not.
var places = []string{"area", "place", "commune"}

var codeType = reflect.TypeFor[area.Code]()

// unitIn returns the unit that the fields of a command or an event name; none where they name none.
func unitIn(v any) area.Code {
	fields := domain.Fields(reflect.TypeOf(v))
	for _, name := range places {
		for _, f := range fields {
			if f.Name == name && f.Type == codeType {
				if c := f.Of(v).(area.Code); c != "" {
					return c
				}
			}
		}
	}
	return ""
}

// units remembers for a while where cases belong: whoever works through a case asks again with every act, and every act that is
// recorded tells it anew.
type units struct {
	mu  sync.Mutex
	now map[domain.StreamID]placed
	old map[domain.StreamID]placed // of the time before; what is asked for again moves over
}

type placed struct {
	unit    area.Code
	version uint64 // of the case: that at which it was so
	since   time.Time
}

const (
	// rememberedUnits bounds the memory.
	rememberedUnits = 20_000
	// unitsHold is how long another process may have moved a case before it is noticed.
	unitsHold = 2 * time.Second
)

func (u *units) find(id domain.StreamID, now time.Time) (area.Code, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	p := u.last(id)
	return p.unit, p.version > 0 && now.Sub(p.since) < unitsHold
}

func (u *units) last(id domain.StreamID) placed {
	if p, ok := u.now[id]; ok {
		return p
	}
	return u.old[id]
}

// put notes where a case belonged at a version. What is known of a later one stays.
func (u *units) put(id domain.StreamID, p placed) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if p.version < u.last(id).version {
		return
	}
	if len(u.now) >= rememberedUnits || u.now == nil {
		u.now, u.old = map[domain.StreamID]placed{}, u.now
	}
	u.now[id] = p
}

// unitOf returns the unit to which a case belongs, by its acts that stand; none where they name none, and false where there
// is no such case.
func (d *Desk) unitOf(ctx context.Context, id domain.StreamID) (area.Code, bool, error) {
	began := d.Clock()
	if unit, ok := d.units.find(id, began); ok {
		return unit, true, nil
	}
	_, events, err := d.Handler.Replay(ctx, id, func(domain.Recorded) bool { return true })
	if err != nil || len(events) == 0 {
		return "", false, err
	}
	t, _ := d.Catalog.Type(id.Type)
	unit := t.Summarize(events).Brief().Unit
	d.units.put(id, placed{unit, events[len(events)-1].Version, began})
	return unit, true, nil
}

func (u *units) forget(id domain.StreamID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.now, id)
	delete(u.old, id)
}
