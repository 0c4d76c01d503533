package domain

import (
	"encoding/json"
	"reflect"

	"hoso/domain/calendar"
)

// Nothing is edited and nothing is deleted. A wrong act is answered by a Corrected or a Voided, which carry the old
// and the new values, so that what they add to the figures follows from the event alone: the old value negative, the
// new value positive, each on its own date.

// Correct replaces what an act of the case says, in one act of one person: see [RequestAmendment] for two. Who may give it is the
// business of whoever lets commands in. The name is "<case type>.correct".
type Correct struct {
	Type      string          `json:"-"`
	Version   uint64          `json:"version" vi:"Số thứ tự của việc cần sửa" en:"Version of the act" min:"1"`
	Occurred  calendar.Date   `json:"occurred,omitzero" vi:"Ngày đúng" en:"Right date"`
	Data      json.RawMessage `json:"data,omitempty" vi:"Các trường cần sửa" en:"Fields to change"`
	Reason    Private[string] `json:"reason" vi:"Lý do" en:"Reason"`
	Requester string          `json:"requester" vi:"Người đề nghị" en:"Requester"`
	Approver  string          `json:"approver" vi:"Người duyệt" en:"Approver"`
	Own       bool            `json:"-"` // the approver may approve what he requests himself, see [SelfApproving]
}

// Void takes an act out of the case: it never happened. As Correct it is one act of one person. The name is "<case type>.void".
type Void struct {
	Type      string          `json:"-"`
	Version   uint64          `json:"version" vi:"Số thứ tự của việc cần hủy" en:"Version of the act" min:"1"`
	Reason    Private[string] `json:"reason" vi:"Lý do" en:"Reason"`
	Requester string          `json:"requester" vi:"Người đề nghị" en:"Requester"`
	Approver  string          `json:"approver" vi:"Người duyệt" en:"Approver"`
	Own       bool            `json:"-"` // the approver may approve what he requests himself, see [SelfApproving]
}

// SelfApproving is a command that approves something, and is refused to whoever asked for that. BySelf returns the command
// of somebody who has the right to approve his own: a right apart, which no command from outside can claim.
type SelfApproving interface{ BySelf() Command }

// BySelf implements [SelfApproving].
func (c Correct) BySelf() Command { c.Own = true; return c }

// BySelf implements [SelfApproving].
func (c Void) BySelf() Command { c.Own = true; return c }

// CommandName implements [Command].
func (c Correct) CommandName() string { return c.Type + ".correct" }

// CommandName implements [Command].
func (c Void) CommandName() string { return c.Type + ".void" }

// Amendment is what Corrected and Voided have in common.
type Amendment struct {
	Type      string // the case type
	Version   uint64 // of the act that is amended
	Was       Act    // what stood until now
	Reason    Private[string]
	Requester string // account; stamped where there is a Request, else as somebody wrote it
	Approver  string
	Request   uint64 // version of the event that requested it; 0: none, it was one act
}

// Corrected says that an act was recorded wrongly: it was Was and is Now.
type Corrected struct {
	Amendment
	Now Act
}

// Voided says that an act was recorded and never happened.
type Voided struct{ Amendment }

// EventType implements [Event].
func (e Corrected) EventType() string { return e.Type + ".corrected" }

// EventType implements [Event].
func (e Voided) EventType() string { return e.Type + ".voided" }

// Subject implements [Subject]: the person of the act that is amended.
func (a Amendment) Subject() PersonID {
	if s, ok := a.Was.Event.(Subject); ok {
		return s.Subject()
	}
	return PersonID{}
}

// owner tells with whose key the reason is sealed.
func (a Amendment) owner() PersonID { return ownerOf(a.Subject()) }

// ownerOf returns with whose key something about a person is sealed.
func ownerOf(who PersonID) PersonID {
	if !who.IsZero() {
		return who
	}
	return PersonID{officeKeyOwner} // it is about nobody: there is no person's key, and no person's secret to keep
}

var (
	amendsNothing = Rule{Code: "amend.changes_nothing", Say: Text{
		"nội dung sửa giống hệt nội dung đang có", "the correction says what stands there already"}}
	otherPerson = Rule{Code: "amend.other_person", Say: Text{
		"không thể chuyển một việc sang người khác; hãy hủy và ghi lại", "an act cannot be moved to another person; void it and record it anew"}}
	noSuchAct = Rule{Code: "amend.no_such_act", Say: Text{
		"hồ sơ không có việc số %d, hoặc đó là một lần sửa, hủy, giao việc", "the case has no act %d, or that is a correction, a void or an assignment"}}
	alreadyVoided = Rule{Code: "amend.already_voided", Say: Text{
		"việc số %d đã bị hủy", "the act %d is voided already"}}
	breaksHistory = Rule{Code: "amend.breaks_history", Say: Text{
		`không thể sửa hoặc hủy: việc "%s" ngày %s khi đó không còn hợp lệ`, `it cannot be corrected or voided: the act "%s" of %s would no longer be allowed`}}
)

// OwnApproval is why nobody approves what he requested himself, see [SelfApproving].
var OwnApproval = Rule{Code: "amend.own_approval", Say: Text{
	"người duyệt phải khác người đề nghị", "who approves must be somebody else than who requests"}}

// amendment is a command that every case type knows.
type amendment interface {
	Command
	amend(h amended, by Actor) (Event, error)
}

// amended is what an amendment asks of the history of its case.
type amended interface {
	find(version uint64) (standing, bool)
	pending(version uint64) (request uint64, yes bool)
	requested(version uint64) (request, error)
}

func (c Correct) amend(h amended, _ Actor) (Event, error) {
	a, err := inOneAct(c.Type, c.Version, c.Reason, c.Requester, c.Approver, c.Own, h)
	if err != nil {
		return nil, err
	}
	now, err := a.with(c.Occurred, c.Data)
	if err != nil {
		return nil, err
	}
	return Corrected{a, now}, nil
}

func (c Void) amend(h amended, _ Actor) (Event, error) {
	a, err := inOneAct(c.Type, c.Version, c.Reason, c.Requester, c.Approver, c.Own, h)
	if err != nil {
		return nil, err
	}
	return Voided{a}, nil
}

// with returns the act as it shall be.
func (a Amendment) with(occurred calendar.Date, data json.RawMessage) (now Act, err error) {
	now = a.Was
	if !occurred.IsZero() {
		now.Occurred = occurred
	}
	if len(data) > 0 {
		next := reflect.New(reflect.TypeOf(a.Was.Event))
		next.Elem().Set(reflect.ValueOf(a.Was.Event))
		fields, err := object(data)
		if err != nil {
			return now, err
		}
		if err := decodeFields(fields, next.Interface(), true); err != nil {
			return now, err
		}
		now.Event = next.Elem().Interface().(Event)
	}
	if reflect.DeepEqual(now, a.Was) {
		return now, amendsNothing.Refuse()
	}
	if d, ok := now.Event.(Attached); ok {
		if !d.sameBytes(a.Was.Event.(Attached).Document) {
			return now, bytesAreFixed.Refuse()
		}
		if err := d.checkTitle(); err != nil {
			return now, err
		}
	}
	if s, ok := now.Event.(Subject); ok && s.Subject() != a.Subject() {
		return now, otherPerson.Refuse()
	}
	return now, nil
}

// inOneAct is an amendment whose requester and approver are what the command says.
func inOneAct(name string, version uint64, reason Private[string], requester, approver string, own bool, h amended) (Amendment, error) {
	a, err := amendable(name, version, reason, h)
	if err != nil {
		return a, err
	}
	if requester == approver && !own {
		return a, OwnApproval.Refuse()
	}
	a.Requester, a.Approver = requester, approver
	return a, nil
}

func amendable(name string, version uint64, reason Private[string], h amended) (Amendment, error) {
	s, ok := h.find(version)
	if !ok {
		return Amendment{}, noSuchAct.Refuse(version)
	}
	if _, final := s.Event.(Final); final {
		return Amendment{}, finalAct.Refuse(version)
	}
	if s.voided {
		return Amendment{}, alreadyVoided.Refuse(version)
	}
	return Amendment{Type: name, Version: version, Was: s.Act, Reason: reason}, nil
}
