package httpapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
)

const (
	requestCorrection = `{"occurred":"2024-04-22","data":{"version":1,"amendment":"correct","data":{"months_paid":41},"reason":"bà Nông đóng thêm"}}`
	oneActBody        = `{"occurred":"2024-04-22","data":{"version":1,"data":{"months_paid":41},"reason":"nhầm","requester":"REQ","approver":"APP"}}`
)

// waiting are the requests that somebody is told of.
func (o *office) waiting(c right.Caller) (items []desk.Requested) {
	o.Helper()
	w := o.as(c, "GET", "/amendments", "")
	var got struct{ Items []desk.Requested }
	if err := json.Unmarshal(w.Body.Bytes(), &got); w.Code != 200 || err != nil {
		o.Fatalf("%d %s", w.Code, w.Body)
	}
	return got.Items
}

// An amendment is the act of two accounts, whatever either of them writes; the log says who they were.
func TestAnAmendmentIsTwoActsOfTwoAccounts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	at := "/cases/unemployment/TN-1/"
	lan := right.Caller{Account: "lan", Grants: []right.Grant{{Role: right.Caseworker, Unit: ownCommune}, {Role: right.Approver}}}
	minh := right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Approver, Unit: ownCommune}}}
	far := right.Caller{Account: "hoa", Grants: []right.Grant{{Role: right.Approver, Unit: otherCommune}}}
	byHimself := right.Caller{Account: "tu", Grants: []right.Grant{{Role: right.Approver, ApproveOwn: true}}}
	want := func(what string, c right.Caller, verb, body string, status int, problem string) {
		t.Helper()
		if w := o.as(c, "POST", at+verb, body); w.Code != status || codeOf(w) != problem {
			t.Errorf("%s: %d %s, want %d %s", what, w.Code, w.Body, status, problem)
		}
	}
	named := func(requester, approver string) string {
		return strings.NewReplacer("REQ", requester, "APP", approver).Replace(oneActBody)
	}
	want("a requester who never asked", minh, "correct", named("khong-co-ai", "minh"), 403, "right.own_approval")
	want("his own name twice", minh, "correct", named("minh", "minh"), 403, "right.own_approval")
	want("a requester made up by who may amend alone", byHimself, "correct", named("lan", "tu"), 403, "right.not_the_approver")
	want("another approver", byHimself, "correct", named("tu", "minh"), 403, "right.not_the_approver")
	want("requested in another's name", lan, "request_amendment", strings.Replace(requestCorrection, `"reason"`, `"requester":"minh","reason"`, 1), 400, "data.unknown_field")
	want("requested", lan, "request_amendment", requestCorrection, 200, "")
	o.position()
	if got := o.waiting(minh); len(got) != 1 || got[0].By.ID != "lan" || got[0].Act != 1 || got[0].Void || got[0].Unit != ownCommune {
		t.Fatalf("waiting: %+v", got)
	}
	if got := o.waiting(far); len(got) != 0 {
		t.Errorf("another unit is told: %+v", got)
	}
	approval := `{"occurred":"2024-04-22","data":{"request":2}}`
	want("approved by who requested it", lan, "approve_amendment", approval, 422, "amend.own_approval")
	want("approved in another unit", far, "approve_amendment", approval, 404, "case.not_found")
	want("another request", minh, "approve_amendment", `{"occurred":"2024-04-22","data":{"request":1}}`, 422, "amend.no_such_request")
	want("approved", minh, "approve_amendment", approval, 200, "")
	want("approved twice", minh, "approve_amendment", approval, 422, "amend.no_such_request")
	o.position()
	if got := o.waiting(minh); len(got) != 0 {
		t.Errorf("it still waits: %+v", got)
	}
	w := o.as(everywhere("xem"), "GET", at+"history", "")
	var h struct {
		Events []struct {
			Type  string
			Actor domain.Actor
			Data  struct {
				Requester, Approver string
				Request             uint64
			}
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &h); err != nil || len(h.Events) != 3 {
		t.Fatal(err, w.Body)
	}
	asked, done := h.Events[1], h.Events[2]
	if asked.Actor.ID != "lan" || done.Actor.ID != "minh" || done.Data.Requester != "lan" || done.Data.Approver != "minh" || done.Data.Request != 2 || strings.Contains(w.Body.String(), "Nông") {
		t.Errorf("%s", w.Body)
	}
	want("alone, by who may", byHimself, "correct", strings.Replace(named("tu", "tu"), "41", "42", 1), 200, "")
}
