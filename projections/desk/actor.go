package desk

import (
	"context"
	"errors"
	"sync"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// place is where a command belongs: the unit of its case, that which the command names, and whether there is the case.
type place struct {
	unit, named area.Code
	exists      bool
}

// actor returns the caller as it is stamped into the events of a request, or why it may not give the command. Of a case that
// the caller may not see the refusal says what it would say if there were none: so a command tells nobody which ids exist.
// Only the name of a case that is to be opened is taken, where it is taken elsewhere already.
func (d *Desk) actor(ctx context.Context, c right.Caller, r domain.Request, p place) (domain.Actor, error) {
	a := right.For(r.Command.CommandName())
	actor, err := actorOf(c, r, p.unit, p.named)
	if p.exists && (err == nil || c.May(right.ReadCase, targetOf(c, right.ReadCase, r.Case.Type, p.unit)) == nil) {
		return actor, err
	}
	if !p.exists && c.May(a, right.Target{CaseType: r.Case.Type}) == nil { // no case of the type is hidden: the rules say what is wrong
		return actor, err
	}
	actor, err = actorOf(c, r, "", p.named)
	if !d.opens(ctx, r.Command) || p.exists && err == nil {
		return domain.Actor{}, errNoCase
	}
	return actor, err
}

// opening remembers which commands open a case.
type opening struct {
	mu    sync.Mutex
	names map[string]bool // nil: not asked yet
}

// opens tells whether a command may be the first one of a case.
func (d *Desk) opens(ctx context.Context, c domain.Command) bool {
	d.opening.mu.Lock()
	defer d.opening.mu.Unlock()
	if d.opening.names == nil {
		names := map[string]bool{}
		for _, t := range d.Catalog.Types {
			all, err := d.Handler.Possibilities(ctx, domain.StreamID{Type: t.Name, ID: uuid.New()}, calendar.On(d.Clock()))
			if err != nil {
				return false // and asked again the next time
			}
			for _, p := range all {
				names[p.Command.Name] = p.Why == nil
			}
		}
		d.opening.names = names
	}
	return d.opening.names[c.CommandName()]
}

// Possible tells which commands people can give to a case on a day, each with why it is of no use now: since the caller's rights do
// not allow it, or since the rules of the case do not. Those that every case type knows are among them, and always of
// use. A case that does not exist yet is one that somebody may open.
func (d *Desk) Possible(ctx context.Context, id domain.StreamID, on calendar.Date) ([]domain.Possibility, error) {
	if err := Known(ctx); err != nil {
		return nil, err
	}
	unit, exists, err := d.unitOf(ctx, id)
	if err != nil {
		return nil, err
	}
	if exists {
		if _, err := d.open(ctx, right.ReadCase, id); err != nil {
			return nil, err
		}
	}
	all, err := d.Handler.Possibilities(ctx, id, on)
	if err != nil {
		return nil, err
	}
	t, _ := d.Catalog.Type(id.Type)
	for _, c := range t.Commands {
		if exists && c.Common && !c.Own {
			all = append(all, domain.Possibility{Command: c})
		}
	}
	for i, p := range all {
		refusal := MaySomewhere(ctx, p.Command.Name)
		if exists {
			refusal = May(ctx, p.Command.Name, unit)
		}
		var why *domain.Error
		if errors.As(refusal, &why) {
			all[i].Why = why
		}
	}
	return all, nil
}
