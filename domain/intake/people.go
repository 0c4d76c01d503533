package intake

import (
	"context"

	"github.com/google/uuid"

	"hoso/domain"
)

// people is the case type whose cases are people.
const people = "person"

// People is what earlier imports have left: who is known. Its methods may be called from many goroutines.
type People interface {
	// Person returns the person whom an office's list knows under a reference.
	Person(ctx context.Context, reference uuid.UUID) (domain.PersonID, bool, error)
	// Exists tells whether a person with this id was registered.
	Exists(ctx context.Context, id domain.PersonID) (bool, error)
}

// Nobody is the People of an empty log.
type Nobody struct{}

// Person implements [People].
func (Nobody) Person(context.Context, uuid.UUID) (domain.PersonID, bool, error) {
	return domain.PersonID{}, false, nil
}

// Exists implements [People].
func (Nobody) Exists(context.Context, domain.PersonID) (bool, error) { return false, nil }

// registration is a person whom this import registers. It is settled when the log has answered; until then a line
// that names the person does not know whether it may.
type registration struct {
	person  domain.PersonID
	before  *registration // an earlier line of this import with the same reference
	known   bool          // from an earlier import
	settled chan struct{}
}

func (r *registration) settle(known bool) {
	r.known = r.known || known || r.before != nil && r.before.known
	r.before = nil
	close(r.settled)
}

// wait tells whether the person is known in the end.
func (r *registration) wait(ctx context.Context) (bool, error) {
	select {
	case <-r.settled:
		return r.known, nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}

// registers is a command that makes a person known under a reference.
type registers interface {
	WithReference(uuid.UUID) domain.Command
}

var errUnknownPerson = domain.Malformed("person.unknown", "", "chưa có người mang tham chiếu này; hãy ghi nhận người trước (person.register)")

// find returns the person whom a reference means, and where this import registers the person, its registration.
func (p *Parser) find(ctx context.Context, reference uuid.UUID) (who domain.PersonID, here *registration, known bool, err error) {
	if r, ok := p.seen[reference]; ok {
		return r.person, r, true, nil
	}
	who, known, err = p.people.Person(ctx, reference)
	return who, nil, known, err
}

// person resolves the name that a line has for a person: a reference, or the id of a known person.
func (p *Parser) person(ctx context.Context, field, name string) (domain.PersonID, *registration, error) {
	reference := p.names.Case(people, name)
	who, here, known, err := p.find(ctx, reference)
	if err != nil || known {
		return who, here, err
	}
	who = domain.PersonID{UUID: reference}
	if known, err = p.people.Exists(ctx, who); err != nil || known {
		return who, nil, err
	}
	return who, nil, at(field, errUnknownPerson)
}

// register finds the case of a registration: the identity number tells who it is, or else the reference does.
func (p *Parser) register(ctx context.Context, t domain.CaseType, c registers, name string) (domain.Command, *registration, error) {
	reference := p.names.Case(people, name)
	who, before, known, err := p.find(ctx, reference)
	if err != nil {
		return nil, nil, err
	}
	command := c.WithReference(reference)
	id, numbered := t.Identify(command, p.names.Pseudonym)
	switch {
	case known && numbered && who.UUID != id:
		return nil, nil, &domain.Error{Kind: domain.Conflict, Code: "person.reference_reused", Field: "case",
			Msg: "tham chiếu này đã chỉ một người có số định danh khác"}
	case known:
	case numbered:
		who = domain.PersonID{UUID: id}
	default:
		who = domain.PersonID{UUID: reference}
	}
	r := &registration{person: who, before: before, known: known && before == nil, settled: make(chan struct{})}
	p.seen[reference] = r
	return command, r, nil
}

// at returns the error with another field.
func at(field string, err *domain.Error) *domain.Error {
	e := *err
	e.Field = field
	return &e
}
