package desk

import (
	"context"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/person"
	"hoso/domain/right"
)

// Person is a person's data in full.
type Person struct {
	Person   domain.PersonID `json:"person"`
	Identity string          `json:"identity,omitempty"`
	Name     string          `json:"name"`
	Also     []string        `json:"also,omitempty"` // as other lists of the office write the name
	Born     string          `json:"born,omitempty"`
	Phone    string          `json:"phone,omitempty"`
	Address  string          `json:"address,omitempty"`
	Commune  area.Code       `json:"commune,omitempty"`
	// Asked are the amendments that wait for approval in the case for which the person is looked at.
	Asked []Asked `json:"asked,omitempty"`
}

// Look asks for a person's data.
type Look struct {
	Person  domain.PersonID
	Case    domain.StreamID // for which it is needed, and which has to name the person; none: the person alone
	Purpose Purpose
}

// Person shows a person's data in full. The caller needs the right to it where the case belongs, or else where the person
// lives; of whom he may not see he learns nothing, not even whether there is such a person. The reading is recorded first: where that is not possible, nothing is shown. One that then finds that the person was
// erased stays recorded.
func (d *Desk) Person(ctx context.Context, l Look) (Person, error) {
	who, err := caller(ctx)
	if err != nil {
		return Person{}, err
	}
	if !l.Purpose.Known() {
		return Person{}, domain.Malformed("access.no_purpose", "purpose", "hãy chọn mục đích xem dữ liệu cá nhân")
	}
	about := domain.StreamID{Type: "person", ID: l.Person.UUID}
	if l.Case != (domain.StreamID{}) {
		about = l.Case
	}
	if _, err := who.Where(right.ReadPerson, about.Type); err != nil {
		return Person{}, err
	}
	unit, exists, err := d.unitOf(ctx, about)
	if err != nil {
		return Person{}, err
	}
	by, err := who.Actor(right.ReadPerson, targetOf(who, right.ReadPerson, about.Type, unit))
	if err != nil || !exists { // nobody learns which of the two it is
		return Person{}, errNoPerson
	}
	if about == l.Case {
		if err := d.names(ctx, l.Case, l.Person); err != nil {
			return Person{}, err
		}
	}
	if err := d.Access.Record(ctx, Reading{Account: by.ID, Role: by.Role, Unit: by.Unit, Via: string(who.Via), From: who.From,
		Person: l.Person, Case: l.Case, Purpose: l.Purpose}); err != nil {
		return Person{}, err
	}
	p, err := d.reveal(ctx, l.Person)
	if err == nil {
		p.Asked, err = d.askedOf(ctx, about, l.Person)
	}
	return p, err
}

// PersonNamed is [Desk.Person] for a person that is named as a case is: by id or by a reference of the office. Who may see
// nobody learns nothing from the refusal.
func (d *Desk) PersonNamed(ctx context.Context, name string, l Look) (Person, error) {
	if err := somewhere(ctx, right.ReadPerson, people); err != nil {
		return Person{}, err
	}
	id, err := d.Find(ctx, people, name)
	if err != nil {
		return Person{}, err
	}
	l.Person = domain.PersonID{UUID: id.ID}
	return d.Person(ctx, l)
}

var errNoPerson = &domain.Error{Kind: domain.NotFound, Code: "person.not_found",
	Msg: "không có người này, hoặc hồ sơ đã nêu không có người này, hoặc tài khoản không được xem",
	En:  "there is no such person, or the case does not name this one, or the account may not see it"}

// names tells why a case is no reason to look at a person: none of its acts is about that one. Acts that were voided count too,
// so that a wrong one can be looked into. Whom a person was linked with is looked at as a person of its own.
func (d *Desk) names(ctx context.Context, id domain.StreamID, who domain.PersonID) error {
	_, events, err := d.Handler.Replay(ctx, id, func(domain.Recorded) bool { return true })
	if err != nil {
		return err
	}
	for _, e := range events {
		if about, ok := e.Event.(domain.Subject); ok && about.Subject() == who { // a correction is about the same one
			return nil
		}
	}
	return errNoPerson
}

// reveal reads what the log says of a person now.
func (d *Desk) reveal(ctx context.Context, who domain.PersonID) (Person, error) {
	_, events, err := d.Handler.Replay(ctx, domain.StreamID{Type: "person", ID: who.UUID}, func(domain.Recorded) bool { return true })
	if err != nil {
		return Person{}, err
	}
	p := Person{Person: who}
	for _, e := range standing(events) {
		opened, err := d.Codec.Open(ctx, e)
		if err != nil {
			return Person{}, err
		}
		switch e := opened.(type) {
		case person.Registered:
			p.Identity, p.Name, p.Born = string(shown(e.Identity)), shown(e.Name), string(shown(e.Born))
			p.Phone, p.Address, p.Commune = shown(e.Phone), shown(e.Address), e.Commune
		case person.Referenced:
			p.Also = append(p.Also, shown(e.Name))
		case person.Erased: // its key may be destroyed a moment later only
			return Person{}, domain.ErrErased
		}
	}
	slices.Sort(p.Also)
	p.Also = slices.DeleteFunc(slices.Compact(p.Also), func(name string) bool { return name == p.Name })
	if p.Name == "" {
		return Person{}, errNoPerson
	}
	return p, nil
}

func shown[T any](p domain.Private[T]) T { v, _ := p.Reveal(); return v }

// standing returns the acts that stand, as they were corrected.
func standing(events []domain.Replayed) (all []domain.Event) {
	at := map[uint64]int{}
	for _, e := range events {
		switch c := e.Event.(type) {
		case domain.Corrected:
			all[at[c.Version]] = c.Now.Event
		case domain.Voided:
			all[at[c.Version]] = nil
		default:
			at[e.Version] = len(all)
			all = append(all, e.Event)
		}
	}
	return slices.DeleteFunc(all, func(e domain.Event) bool { return e == nil })
}
