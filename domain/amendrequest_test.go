package domain_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

func requestTo(amendment string, version uint64, data string) domain.RequestAmendment {
	return domain.RequestAmendment{Type: "loan", Version: version, Amendment: amendment, Data: json.RawMessage(data), Reason: domain.Hide("nhầm")}
}

func approve(request uint64) domain.ApproveAmendment {
	return domain.ApproveAmendment{Type: "loan", Request: request}
}

// by gives a command for an account.
func (o *office) by(account string, c domain.Command, on calendar.Date) error {
	r := o.request(c, on)
	r.Actor = domain.Actor{ID: account, Role: "x", Unit: "y"}
	_, err := o.handler.Handle(o.Context(), r)
	return err
}

func (o *office) byAccepted(account string, c domain.Command, on calendar.Date) {
	o.Helper()
	if err := o.by(account, c, on); err != nil {
		o.Fatalf("%s of %s: %v", c.CommandName(), account, err)
	}
}

func (o *office) byRefused(code, account string, c domain.Command) {
	o.Helper()
	if err := o.by(account, c, 20240420); domain.CodeOf(err) != code {
		o.Errorf("%s of %s: %v, want %s", c.CommandName(), account, err, code)
	}
}

// An amendment is two acts of two people, and who they are is what was stamped on the acts.
func TestAnAmendmentTakesTwoPeople(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{30}, 20240402)
	o.byAccepted("lan", requestTo("correct", 2, `{"amount":20}`), 20240410)
	if s, _ := o.replay(); s.Owed != 70 {
		t.Errorf("owed %d: a request changes nothing", s.Owed)
	}
	o.byRefused("amend.own_approval", "lan", approve(3))
	o.byRefused("amend.no_such_request", "minh", approve(2))
	o.byRefused("amend.already_requested", "hoa", requestTo("void", 2, ""))
	o.byAccepted("minh", approve(3), 20240411)
	s, events := o.replay()
	c, ok := events[3].Event.(domain.Corrected)
	if !ok || s.Owed != 80 || c.Requester != "lan" || c.Approver != "minh" || c.Request != 3 || c.Version != 2 {
		t.Fatalf("owed %d, %+v", s.Owed, events[3].Event)
	}
	if adds := o.adds(); len(adds[2]) != 0 || len(adds[3]) != 4 {
		t.Errorf("contributions %v: only the approval counts", adds)
	}
	o.byRefused("amend.no_such_request", "minh", approve(3)) // it is answered
	o.byAccepted("lan", requestTo("void", 2, ""), 20240412)
	o.byAccepted("minh", approve(5), 20240412)
	if s, _ := o.replay(); s.Owed != 100 {
		t.Errorf("owed %d after the void", s.Owed)
	}
}

// Whoever has the right to approve his own does both acts, and the event says so.
func TestApprovingOnesOwnRequest(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{30}, 20240402)
	o.byAccepted("lan", requestTo("void", 2, ""), 20240410)
	o.byAccepted("lan", approve(3).BySelf(), 20240410)
	_, events := o.replay()
	if v := events[3].Event.(domain.Voided); v.Requester != "lan" || v.Approver != "lan" {
		t.Errorf("%+v", v)
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	o := newOffice(t)
	o.byRefused("amend.no_such_act", "lan", requestTo("void", 1, ""))
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{30}, 20240402)
	for name, c := range map[string]struct {
		code    string
		command domain.Command
	}{
		"no such act":             {"amend.no_such_act", requestTo("void", 3, "")},
		"same values":             {"amend.changes_nothing", requestTo("correct", 2, `{"amount":30}`)},
		"another person":          {"amend.other_person", requestTo("correct", 2, `{"person":"aaaaaaaa-1111-4222-8333-cccccccccccc"}`)},
		"later acts break":        {"amend.breaks_history", requestTo("correct", 1, `{"amount":20}`)},
		"later acts lose a first": {"amend.breaks_history", requestTo("void", 1, "")},
		"a void with a content":   {"amend.void_changes_nothing", requestTo("void", 2, `{"amount":20}`)},
		"an unknown field":        {"data.unknown_field", requestTo("correct", 2, `{"sum":1}`)},
		"approving what is not":   {"amend.no_such_request", approve(9)},
		"declining what is not":   {"amend.no_such_request", domain.DeclineAmendment{Type: "loan", Request: 9, Reason: domain.Hide("x")}},
	} {
		t.Run(name, func(t *testing.T) { o.byRefused(c.code, "lan", c.command) })
	}
	if n := len(o.stored()); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
}

// A request is held against what stands when it is approved, not when it was made.
func TestWhatHappenedSinceTheRequest(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{30}, 20240402)
	o.byAccepted("lan", requestTo("correct", 2, `{"amount":20}`), 20240410) // 3
	o.accepted(correct(2, `{"amount":25}`), 20240411)
	o.byRefused("amend.changed_since", "minh", approve(3))
	o.byAccepted("minh", domain.DeclineAmendment{Type: "loan", Request: 3, Reason: domain.Hide("bà Lan đã sửa")}, 20240412)
	o.byAccepted("lan", requestTo("correct", 1, `{"amount":30}`), 20240413) // 6
	o.accepted(pay{10}, 20240414)
	o.byRefused("amend.breaks_history", "minh", approve(6)) // 25 and 10 cannot be paid of 30
	o.byAccepted("lan", requestTo("void", 2, ""), 20240415) // 8
	o.accepted(void(2), 20240415)
	o.byRefused("amend.changed_since", "minh", approve(8))
}

// The log holds nothing of what is private in a request, and what it holds is read again.
func TestRequestsAreSealed(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.byAccepted("lan", requestTo("correct", 1, `{"note":"mái hỏng"}`), 20240402)
	o.byAccepted("minh", domain.DeclineAmendment{Type: "loan", Request: 2, Reason: domain.Hide("mái còn tốt")}, 20240403)
	for _, e := range o.stored() {
		if strings.Contains(string(e.Data), "mái") || strings.Contains(string(e.Data), "nhầm") {
			t.Errorf("%s: %s", e.Type, e.Data)
		}
	}
	_, events := o.replay()
	asked, err := o.codec.Open(t.Context(), events[1].Event)
	if err != nil {
		t.Fatal(err)
	}
	reveals(t, "reason", asked.(domain.AmendmentRequested).Reason, "nhầm")
	reveals(t, "new note", asked.(domain.AmendmentRequested).Now.Event.(opened).Note, "mái hỏng")
	declined, err := o.codec.Open(t.Context(), events[2].Event)
	if err != nil {
		t.Fatal(err)
	}
	reveals(t, "reason", declined.(domain.AmendmentDeclined).Reason, "mái còn tốt")
}

// A request sent again has the effect of once, and so has an approval.
func TestRequestsSentAgain(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{30}, 20240402)
	for _, c := range []domain.Command{requestTo("void", 2, ""), approve(3).BySelf()} {
		r := o.request(c, 20240410)
		r.ID, r.Actor.ID = uuid.New(), "lan"
		first, err := o.handler.Handle(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := o.handler.Handle(t.Context(), r); err != nil || again.Last != first.Last || !again.Repeated {
			t.Errorf("%+v, %v", again, err)
		}
	}
	if n := len(o.stored()); n != 4 {
		t.Errorf("%d events", n)
	}
}

// What a request would change is told field by field, what is private only where it was opened.
func TestWhatARequestWouldChange(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	c := requestTo("correct", 1, `{"note":"mái hỏng","amount":90}`)
	c.Occurred = 20240330
	o.byAccepted("lan", c, 20240402)
	_, events := o.replay()
	sealed := events[1].Event.(domain.AmendmentRequested)
	asked, err := o.codec.Open(t.Context(), sealed)
	if err != nil {
		t.Fatal(err)
	}
	says := func(note, was any) []domain.Change {
		return []domain.Change{{Field: "occurred", Was: calendar.Date(20240401), Now: calendar.Date(20240330)}, {Field: "amount", Was: int64(100), Now: int64(90)}, {Field: "note", Was: was, Now: note}}
	}
	if d := cmp.Diff(says("mái hỏng", "mái dột"), asked.(domain.AmendmentRequested).Changes(), cmpopts.SortSlices(func(a, b domain.Change) bool { return a.Field < b.Field })); d != "" {
		t.Errorf("opened (-want +got):\n%s", d)
	}
	if d := cmp.Diff(says(nil, nil), sealed.Changes(), cmpopts.SortSlices(func(a, b domain.Change) bool { return a.Field < b.Field })); d != "" {
		t.Errorf("sealed (-want +got):\n%s", d)
	}
}
