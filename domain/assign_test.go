package domain_test

import (
	"testing"

	"hoso/domain"
)

func TestAssign(t *testing.T) {
	o := newOffice(t)
	assign := func(account string) error {
		_, err := o.handler.Handle(t.Context(), o.request(domain.Assign{Type: "loan", Account: account}, 20240402))
		return err
	}
	if err := assign("lan"); domain.CodeOf(err) != "assign.no_case" {
		t.Errorf("a case that is not there: %v", err)
	}
	o.accepted(openOf(100), 20240401)
	for _, step := range []struct{ account, want string }{
		{"lan", ""}, {"lan", "assign.changes_nothing"}, {"Nguyễn Văn A", "assign.no_account"}, {"minh", ""}, {"", ""}, {"", "assign.changes_nothing"},
	} {
		err := assign(step.account)
		if step.want == "" && err != nil || step.want != "" && domain.CodeOf(err) != step.want {
			t.Errorf("to %q: %v, want %q", step.account, err, step.want)
		}
	}
	o.accepted(pay{40}, 20240403)
	if _, err := o.handler.Handle(t.Context(), o.request(domain.Void{Type: "loan", Version: 2, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}, 20240403)); domain.CodeOf(err) != "amend.no_such_act" {
		t.Errorf("an assignment voided: %v", err)
	}
	state, events, err := o.handler.Replay(t.Context(), o.id, func(domain.Recorded) bool { return true })
	if err != nil || state.(loan).Owed != 60 || len(events) != 5 {
		t.Fatalf("%+v after %d events, %v", state, len(events), err)
	}
	if e := events[1].Event; e != (domain.Assigned{Type: "loan", Account: "lan"}) || events[1].Type != "loan.assigned" || string(events[1].Data) != `{"account":"lan"}` {
		t.Errorf("stored as %+v", events[1])
	}
	ct := loanType()
	if b := ct.Summarize(events[:3]).Brief(); b.Assigned != "minh" || b.Last != 20240401 || len(b.Persons) != 1 {
		t.Errorf("summary %+v", b)
	}
}
