package desk

import (
	"context"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/person"
	"hoso/domain/right"
)

// Person is what the log knows about a person, in full.
type Person struct {
	Person   domain.PersonID `json:"person"`
	Version  uint64          `json:"version"`
	Name     string          `json:"name"`
	Identity string          `json:"identity,omitempty"`
	Born     string          `json:"born,omitempty"`
	Phone    string          `json:"phone,omitempty"`
	Address  string          `json:"address,omitempty"`
	Commune  area.Code       `json:"commune,omitempty"`
	Names    []string        `json:"names,omitempty"` // as other lists write it
	SameAs   domain.PersonID `json:"same_as,omitzero"`
}

var noPurpose = domain.Malformed("access.no_purpose", "purpose", "cần nói xem thông tin cá nhân để làm gì: một trong các mục đích đã liệt kê")

// Person shows a person in full, to who may see it, and only once the reading has been recorded with its purpose and, where
// there is one, the case for which it is.
func (d *Desk) Person(ctx context.Context, name string, purpose Purpose, caseFor domain.StreamID) (Person, error) {
	if err := somewhere(ctx, right.ReadPerson, people); err != nil {
		return Person{}, err
	}
	if !purpose.Known() {
		return Person{}, noPurpose
	}
	id, err := d.Find(ctx, people, name)
	if err != nil {
		return Person{}, err
	}
	unit, exists, err := d.unitOf(ctx, id)
	if err == nil && !exists {
		err = errNoCase
	}
	if err != nil {
		return Person{}, err
	}
	c, err := caller(ctx)
	if err != nil {
		return Person{}, err
	}
	who, err := c.Actor(right.ReadPerson, targetOf(c, right.ReadPerson, people, unit))
	if err != nil {
		return Person{}, err
	}
	p, err := d.opened(ctx, id)
	if err != nil { // erased, for instance: nothing was seen
		return Person{}, err
	}
	err = d.Access.Record(ctx, Reading{Account: who.ID, Role: who.Role, Unit: who.Unit, Via: string(c.Via), From: c.From,
		Person: p.Person, Case: caseFor, Purpose: purpose})
	if err != nil {
		return Person{}, err
	}
	return p, nil
}

// opened replays a person with what is private readable.
func (d *Desk) opened(ctx context.Context, id domain.StreamID) (p Person, err error) {
	_, events, err := d.Handler.Replay(ctx, id, func(domain.Recorded) bool { return true })
	if err != nil {
		return p, err
	}
	voided := map[uint64]bool{}
	for _, e := range events {
		if v, ok := e.Event.(domain.Voided); ok {
			voided[v.Version] = true
		}
	}
	p.Person = domain.PersonID{UUID: id.ID}
	for _, e := range events {
		p.Version = e.Version
		if voided[e.Version] {
			continue
		}
		open, err := d.Codec.Open(ctx, e.Event)
		if err != nil {
			return p, err
		}
		if c, ok := open.(domain.Corrected); ok {
			open = c.Now.Event
		}
		p.tell(open)
	}
	return p, nil
}

// tell adds what an event says.
func (p *Person) tell(e domain.Event) {
	switch e := e.(type) {
	case person.Registered:
		p.Name, p.Identity, p.Born = said(e.Name), said(e.Identity), said(e.Born)
		p.Phone, p.Address, p.Commune = said(e.Phone), said(e.Address), e.Commune
	case person.Referenced:
		if name := said(e.Name); name != "" && name != p.Name {
			p.Names = append(p.Names, name)
		}
	case person.Linked:
		p.SameAs = e.SameAs
	case person.Unlinked:
		p.SameAs = domain.PersonID{UUID: uuid.Nil}
	}
}

func said[T ~string](v domain.Private[T]) string {
	s, _ := v.Reveal()
	return string(s)
}

// Readings returns who saw whose personal data. The caller has to have the right to audit, everywhere.
func (d *Desk) Readings(ctx context.Context, s AccessSearch) (AccessPage, error) {
	if err := may(ctx, right.Audit, right.Target{}); err != nil {
		return AccessPage{}, err
	}
	return d.Access.Find(ctx, s)
}
