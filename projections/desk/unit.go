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

// units remembers for a while where cases belong: whoever works through a case asks again with every act.
type units struct {
	mu  sync.Mutex
	now map[domain.StreamID]placed
	old map[domain.StreamID]placed // of the time before; what is asked for again moves over
}

type placed struct {
	unit  area.Code
	since time.Time
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
	p, ok := u.now[id]
	if !ok {
		p, ok = u.old[id]
	}
	return p.unit, ok && now.Sub(p.since) < unitsHold
}

func (u *units) put(id domain.StreamID, unit area.Code, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.now) >= rememberedUnits || u.now == nil {
		u.now, u.old = map[domain.StreamID]placed{}, u.now
	}
	u.now[id] = placed{unit, now}
}

// unitOf returns the unit to which a case belongs, by its acts that stand; none where they name none, and false where there
// is no such case.
func (d *Desk) unitOf(ctx context.Context, id domain.StreamID) (area.Code, bool, error) {
	if unit, ok := d.units.find(id, d.Clock()); ok {
		return unit, true, nil
	}
	_, events, err := d.Handler.Replay(ctx, id, func(domain.Recorded) bool { return true })
	if err != nil || len(events) == 0 {
		return "", false, err
	}
	t, _ := d.Catalog.Type(id.Type)
	unit := t.Summarize(events).Brief().Unit
	d.units.put(id, unit, d.Clock())
	return unit, true, nil
}

func (u *units) forget(id domain.StreamID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.now, id)
	delete(u.old, id)
}
