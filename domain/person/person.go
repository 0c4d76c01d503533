// Package person is the case type that holds personal data, the only one that does. Every other case names a person
// by id, and every private value in the log is sealed with that person's key.
//
//	         register            register (another reference)
//	(none) ───────────▶ known ──────────────────────────────▶ known
//	                      │ ▲ link, unlink
//	                      ▼ erase
//	                    erased   (the key is destroyed; events, hashes and figures stay)
//
// A person's id is a keyed hash of the identity number, or of the office's reference where there is no number. Sex and
// year of birth, which figures need, stand in the cases as statistics do: without a name.
package person

import (
	"slices"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "person",
		Label: domain.Text{Vi: "Người", En: "Person"},
		Commands: []domain.CommandType{
			domain.CommandOf[Register]("Ghi nhận người", "Register a person"),
			domain.CommandOf[Link]("Xác định cùng một người", "Link as the same person"),
			domain.CommandOf[Unlink]("Bỏ xác định cùng một người", "Unlink"),
			domain.CommandOf[Erase]("Xóa dữ liệu cá nhân", "Erase personal data"),
		},
		Events: []domain.EventType{
			domain.EventOf[Registered]("Đã ghi nhận", "Registered"),
			domain.EventOf[Referenced]("Có thêm tham chiếu", "Known under another reference"),
			domain.EventOf[Linked]("Được xác định cùng một người", "Linked"),
			domain.EventOf[Unlinked]("Bỏ xác định cùng một người", "Unlinked"),
			domain.EventOf[Erased]("Đã xóa dữ liệu cá nhân", "Erased"),
		},
		Contribute: func(domain.Act) []domain.Contribution { return nil },
		Identify:   identify,
	}, domain.Decider[State]{Decide: decide, Allow: allow, Evolve: evolve})
}

// State is what the rules need to know about a person.
type State struct {
	Known      bool            `json:"known"`
	References []uuid.UUID     `json:"references,omitempty"`
	SameAs     domain.PersonID `json:"same_as,omitzero"`
	Erased     bool            `json:"erased,omitempty"`
	Since      calendar.Date   `json:"since"`
}

func identify(c domain.Command, pseudonym func(string) uuid.UUID) (uuid.UUID, bool) {
	r, ok := c.(Register)
	if !ok {
		return uuid.Nil, false
	}
	number, known := r.Identity.Reveal()
	if !known || number == "" {
		return uuid.Nil, false
	}
	return pseudonym("identity:" + string(number)), true
}

func decide(s State, r domain.Request) ([]domain.Event, error) {
	who := domain.PersonID{UUID: r.Case.ID}
	switch c := r.Command.(type) {
	case Register:
		if s.Known {
			return []domain.Event{Referenced{who, c.Reference, c.Name}}, nil
		}
		return []domain.Event{Registered{who, c.Reference, c.Identity, c.Name, c.Born, c.Phone, c.Address, c.Commune}}, nil
	case Link:
		return []domain.Event{Linked{who, c.SameAs, c.Reason}}, nil
	case Unlink:
		return []domain.Event{Unlinked{who, s.SameAs, c.Reason}}, nil
	case Erase:
		return []domain.Event{Erased{who, c.Ground}}, nil
	}
	return nil, unknownCommand.Refuse()
}

var (
	unknownCommand = domain.Rule{Code: "person.unknown_command", Say: domain.Text{
		Vi: "người không có lệnh này", En: "a person has no such command"}}
	alreadyRegistered = domain.Rule{Code: "person.already_registered", Say: domain.Text{
		Vi: "người này đã được ghi nhận", En: "this person is registered already"}}
	notRegistered = domain.Rule{Code: "person.not_registered", Say: domain.Text{
		Vi: "người này chưa được ghi nhận", En: "this person is not registered"}}
	sameAsSelf = domain.Rule{Code: "person.same_as_self", Say: domain.Text{
		Vi: "không thể nối một người với chính họ", En: "a person cannot be linked with itself"}}
	alreadyLinked = domain.Rule{Code: "person.already_linked", Say: domain.Text{
		Vi: "người này đã được nối với một hồ sơ khác; hãy bỏ nối trước", En: "this person is linked with another one; unlink it first"}}
	notLinked = domain.Rule{Code: "person.not_linked", Say: domain.Text{
		Vi: "người này chưa được nối với hồ sơ nào", En: "this person is linked with nobody"}}
)

func allow(s State, act domain.Act) error {
	if s.Erased {
		return domain.ErrErased
	}
	if _, first := act.Event.(Registered); first != !s.Known {
		if first {
			return alreadyRegistered.Refuse()
		}
		return notRegistered.Refuse()
	}
	switch e := act.Event.(type) {
	case Referenced:
		if e.Reference == uuid.Nil || slices.Contains(s.References, e.Reference) {
			return alreadyRegistered.Refuse()
		}
	case Linked:
		if e.SameAs == e.Person {
			return sameAsSelf.Refuse()
		}
		if !s.SameAs.IsZero() {
			return alreadyLinked.Refuse()
		}
	case Unlinked:
		if s.SameAs.IsZero() {
			return notLinked.Refuse()
		}
	}
	return nil
}

func evolve(s State, act domain.Act) State {
	switch e := act.Event.(type) {
	case Registered:
		s.Known, s.Since = true, act.Occurred
		if e.Reference != uuid.Nil {
			s.References = append(slices.Clone(s.References), e.Reference)
		}
	case Referenced:
		s.References = append(slices.Clone(s.References), e.Reference)
	case Linked:
		s.SameAs = e.SameAs
	case Unlinked:
		s.SameAs = domain.PersonID{}
	case Erased:
		s.Erased = true
	}
	return s
}
