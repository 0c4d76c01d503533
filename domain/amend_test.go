package domain_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoso/domain"
)

func correct(version uint64, data string) domain.Correct {
	return domain.Correct{Type: "loan", Version: version, Data: json.RawMessage(data), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "hùng"}
}

func void(version uint64) domain.Void {
	return domain.Void{Type: "loan", Version: version, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "hùng"}
}

// adds returns what the case's events add to what is owed, event by event.
func (o *office) adds() (all [][]int64) {
	o.Helper()
	_, events := o.replay()
	for _, e := range events {
		cs, err := o.catalog.Contributions("loan", domain.Act{Event: e.Event, Occurred: e.Meta.Occurred})
		if err != nil {
			o.Fatal(err)
		}
		var each []int64
		for _, c := range cs {
			each = append(each, int64(c.Occurred), c.Quantity)
		}
		all = append(all, each)
	}
	return all
}

func TestCorrection(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{30}, 20240402)
	c := correct(2, `{"amount":20}`)
	c.Occurred = 20240330
	o.accepted(c, 20240410)
	if s, _ := o.replay(); s.Owed != 80 {
		t.Errorf("owed %d, want 80", s.Owed)
	}
	// The old value is taken back on its own date, the new one added on its own.
	want := [][]int64{{20240401, 100}, {20240402, -30}, {20240402, 30, 20240330, -20}}
	if d := cmp.Diff(want, o.adds()); d != "" {
		t.Errorf("contributions (-want +got):\n%s", d)
	}
	o.accepted(correct(2, `{"amount":10}`), 20240411)
	if d := cmp.Diff([]int64{20240330, 20, 20240330, -10}, o.adds()[3]); d != "" {
		t.Errorf("a second correction starts from the first (-want +got):\n%s", d)
	}
}

func TestCorrectionKeepsTheOldValue(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(correct(1, `{"tags":["x","y"]}`), 20240402)
	_, events := o.replay()
	c := events[1].Event.(domain.Corrected)
	if d := cmp.Diff([]string{"a", "b"}, c.Was.Event.(opened).Tags); d != "" {
		t.Errorf("old value (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"x", "y"}, c.Now.Event.(opened).Tags); d != "" {
		t.Errorf("new value (-want +got):\n%s", d)
	}
}

func TestVoid(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{30}, 20240402)
	o.accepted(void(2), 20240410)
	if s, _ := o.replay(); s.Owed != 100 {
		t.Errorf("owed %d, want 100", s.Owed)
	}
	if d := cmp.Diff([]int64{20240402, 30}, o.adds()[2]); d != "" {
		t.Errorf("contributions (-want +got):\n%s", d)
	}
	o.refused("amend.already_voided", void(2))
	o.refused("amend.already_voided", correct(2, `{"amount":1}`))
	o.accepted(void(1), 20240411)
	o.accepted(openOf(70), 20240412) // a case of which nothing stands may begin again
}

func TestAmendmentsRefused(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(pay{30}, 20240402)
	own := void(2)
	own.Approver = own.Requester
	for name, c := range map[string]struct {
		code    string
		command domain.Command
	}{
		"own approval":              {"amend.own_approval", own},
		"no such act":               {"amend.no_such_act", void(3)},
		"same values":               {"amend.changes_nothing", correct(2, `{"amount":30}`)},
		"nothing to change":         {"amend.changes_nothing", correct(2, ``)},
		"another person":            {"amend.other_person", correct(2, `{"person":"aaaaaaaa-1111-4222-8333-cccccccccccc"}`)},
		"later acts break":          {"amend.breaks_history", correct(1, `{"amount":20}`)},
		"later acts lose the first": {"amend.breaks_history", void(1)},
		"unknown field":             {"data.unknown_field", correct(2, `{"sum":1}`)},
		"ill-typed":                 {"data.ill_typed", correct(2, `{"amount":"1"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			o.refused(c.code, c.command)
		})
	}
	if n := len(o.stored()); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
	o.accepted(correct(2, `{"amount":20}`), 20240403)
	o.refused("amend.no_such_act", void(3)) // an amendment is no act
	o.accepted(own.BySelf(), 20240404)      // by who has the right to approve his own
}

func TestAmendmentOpens(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(correct(1, `{"note":"mái hỏng"}`), 20240402)
	o.accepted(pay{30}, 20240403)
	o.accepted(closeLoan{}, 20240404)
	o.accepted(void(4), 20240405) // closed names nobody as its subject: the office's key
	_, events := o.replay()
	for _, i := range []int{1, 4} {
		e, err := o.codec.Open(t.Context(), events[i].Event)
		if err != nil {
			t.Fatal(err)
		}
		switch e := e.(type) {
		case domain.Corrected:
			reveals(t, "reason", e.Reason, "nhầm")
			reveals(t, "old note", e.Was.Event.(opened).Note, "mái dột")
			reveals(t, "new note", e.Now.Event.(opened).Note, "mái hỏng")
		case domain.Voided:
			reveals(t, "reason", e.Reason, "nhầm")
		default:
			t.Errorf("event %d is %T", i, e)
		}
	}
}

func reveals(t *testing.T, what string, p domain.Private[string], want string) {
	t.Helper()
	if got, ok := p.Reveal(); !ok || got != want {
		t.Errorf("%s: %q, known %t; want %q", what, got, ok, want)
	}
}
