package domain

import (
	"encoding/json"
	"reflect"
	"slices"

	"hoso/domain/calendar"
)

// An amendment takes two people and two acts: one account requests it, another one approves or declines it. Who they are is
// what the log stamped on the two events, and not what anybody wrote. The request holds the amendment as it would be; it
// changes nothing in the case, and no figure, until it is approved.
//
//	request_amendment ─▶ amendment_requested ─ approve_amendment ─▶ corrected | voided
//	                                         └ decline_amendment ─▶ amendment_declined

// RequestAmendment asks somebody else to correct or void an act. Every case type knows it; the name is
// "<case type>.request_amendment".
type RequestAmendment struct {
	Type      string          `json:"-"`
	Version   uint64          `json:"version" vi:"Số thứ tự của việc cần sửa hoặc hủy" en:"Version of the act" min:"1"`
	Amendment string          `json:"amendment" vi:"Đề nghị" en:"Amendment" values:"correct|void"`
	Occurred  calendar.Date   `json:"occurred,omitzero" vi:"Ngày đúng" en:"Right date" hint:"chỉ khi sửa ngày"`
	Data      json.RawMessage `json:"data,omitempty" vi:"Các trường cần sửa" en:"Fields to change" hint:"chỉ khi đề nghị sửa"`
	Reason    Private[string] `json:"reason" vi:"Lý do" en:"Reason"`
}

// ApproveAmendment approves what somebody else requested; the name is "<case type>.approve_amendment". It is refused where the
// case has changed so that the request does not fit any more.
type ApproveAmendment struct {
	Type    string `json:"-"`
	Request uint64 `json:"request" vi:"Số thứ tự của đề nghị" en:"Version of the request" min:"1"`
	Own     bool   `json:"-"` // see [SelfApproving]
}

// DeclineAmendment declines what was requested; the name is "<case type>.decline_amendment".
type DeclineAmendment struct {
	Type    string          `json:"-"`
	Request uint64          `json:"request" vi:"Số thứ tự của đề nghị" en:"Version of the request" min:"1"`
	Reason  Private[string] `json:"reason" vi:"Lý do không duyệt" en:"Reason"`
}

// AmendmentRequested says what somebody, the actor of the event, wants to have corrected; voided, where Now is nil. Requester,
// Approver and Request are empty.
type AmendmentRequested struct {
	Amendment
	Now *Act
}

// AmendmentDeclined says that a request was not approved.
type AmendmentDeclined struct {
	Type    string          `json:"-"`
	Request uint64          `json:"request"`
	Person  PersonID        `json:"person,omitzero"` // with whose key the reason is sealed
	Reason  Private[string] `json:"reason"`
}

// BySelf implements [SelfApproving].
func (c ApproveAmendment) BySelf() Command { c.Own = true; return c }

// CommandName implements [Command].
func (c RequestAmendment) CommandName() string { return c.Type + ".request_amendment" }

// CommandName implements [Command].
func (c ApproveAmendment) CommandName() string { return c.Type + ".approve_amendment" }

// CommandName implements [Command].
func (c DeclineAmendment) CommandName() string { return c.Type + ".decline_amendment" }

// EventType implements [Event].
func (e AmendmentRequested) EventType() string { return e.Type + ".amendment_requested" }

// EventType implements [Event].
func (e AmendmentDeclined) EventType() string { return e.Type + ".amendment_declined" }

// Subject implements [Subject].
func (e AmendmentDeclined) Subject() PersonID { return e.Person }

// Owner returns with whose key the reason is sealed.
func (e AmendmentDeclined) Owner() PersonID { return ownerOf(e.Person) }

var (
	noSuchRequest = Rule{Code: "amend.no_such_request", Say: Text{
		"hồ sơ không có đề nghị số %d đang chờ duyệt", "the case has no request %d that waits for approval"}}
	alreadyRequested = Rule{Code: "amend.already_requested", Say: Text{
		"việc số %d đã có đề nghị số %d đang chờ duyệt", "there is a request for act %d already, number %d, that waits for approval"}}
	changedSince = Rule{Code: "amend.changed_since", Say: Text{
		"việc số %d đã được sửa sau khi có đề nghị; hãy không duyệt đề nghị này và đề nghị lại", "act %d was corrected after the request; decline this one and request anew"}}
	voidSaysNothing = Rule{Code: "amend.void_changes_nothing", Say: Text{
		"đề nghị hủy không kèm ngày hoặc nội dung sửa", "a request to void an act says no other date or content"}}
)

// request is an amendment that waits for approval.
type request struct {
	version uint64
	by      string // the account that was stamped on it
	AmendmentRequested
}

// remember keeps what is asked for until it is answered.
func (h *History[S]) remember(e Recorded, act Act) {
	if a, ok := act.Event.(AmendmentRequested); ok {
		h.requests = append(h.requests, request{e.Version, e.Meta.Actor.ID, a})
	}
	if answered := Answers(act.Event); answered != 0 {
		h.requests = slices.DeleteFunc(h.requests, func(r request) bool { return r.version == answered })
	}
}

// Answers returns which request of the case an event answers, by its version; 0 where it answers none.
func Answers(e Event) (request uint64) {
	switch a := e.(type) {
	case AmendmentDeclined:
		return a.Request
	case Corrected:
		return a.Request
	case Voided:
		return a.Request
	}
	return 0
}

func (h *History[S]) requested(version uint64) (request, error) {
	for _, r := range h.requests {
		if r.version == version {
			return r, nil
		}
	}
	return request{}, noSuchRequest.Refuse(version)
}

func (c RequestAmendment) amend(h amended, _ Actor) (Event, error) {
	if n, pending := h.pending(c.Version); pending {
		return nil, alreadyRequested.Refuse(c.Version, n)
	}
	a, err := amendable(c.Type, c.Version, c.Reason, h)
	if err != nil {
		return nil, err
	}
	if c.Amendment == "void" {
		if !c.Occurred.IsZero() || len(c.Data) > 0 {
			return nil, voidSaysNothing.Refuse()
		}
		return AmendmentRequested{Amendment: a}, nil
	}
	now, err := a.with(c.Occurred, c.Data)
	if err != nil {
		return nil, err
	}
	return AmendmentRequested{a, &now}, nil
}

func (c ApproveAmendment) amend(h amended, by Actor) (Event, error) {
	r, err := h.requested(c.Request)
	if err != nil {
		return nil, err
	}
	if r.by == by.ID && !c.Own {
		return nil, OwnApproval.Refuse()
	}
	if s, ok := h.find(r.Version); !ok || s.voided || s.amended > r.version {
		return nil, changedSince.Refuse(r.Version)
	}
	a := r.Amendment
	a.Request, a.Requester, a.Approver = c.Request, r.by, by.ID
	if r.Now == nil {
		return Voided{a}, nil
	}
	return Corrected{a, *r.Now}, nil
}

func (c DeclineAmendment) amend(h amended, _ Actor) (Event, error) {
	r, err := h.requested(c.Request)
	if err != nil {
		return nil, err
	}
	return AmendmentDeclined{c.Type, c.Request, r.Subject(), c.Reason}, nil
}

// would is the amendment that a request asks for, to be held against the rules of the case.
func (e AmendmentRequested) would() Event {
	if e.Now == nil {
		return Voided{e.Amendment}
	}
	return Corrected{e.Amendment, *e.Now}
}

// Change is a field that an amendment changes. A private value is there where the event was opened, see [Codec.Open]; else nil.
type Change struct {
	Field string `json:"field"` // as the event has it; "occurred" is the day
	Was   any    `json:"was,omitempty"`
	Now   any    `json:"now,omitempty"`
}

// Changes returns what the request would change; nothing of a void.
func (e AmendmentRequested) Changes() (all []Change) {
	if e.Now == nil {
		return nil
	}
	if e.Was.Occurred != e.Now.Occurred {
		all = append(all, Change{"occurred", e.Was.Occurred, e.Now.Occurred})
	}
	for _, f := range Fields(reflect.TypeOf(e.Was.Event)) {
		if was, now := f.Of(e.Was.Event), f.Of(e.Now.Event); !reflect.DeepEqual(was, now) {
			all = append(all, Change{f.Name, plainOf(was), plainOf(now)})
		}
	}
	return all
}

func plainOf(v any) any {
	p, private := v.(interface{ plain() any })
	if !private {
		return v
	}
	if known, ok := v.(interface{ readable() bool }); ok && !known.readable() {
		return nil
	}
	return p.plain()
}

func (p Private[T]) readable() bool { return p.open }
