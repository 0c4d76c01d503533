package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/httpapi"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/right"
)

// may says which role may do what, written down a second time: a table that is read from the code proves nothing.
var mayDo = map[right.Role][]right.Action{
	right.Caseworker:    {right.Act, right.ReadCase, right.ReadPerson, right.ReadFigures},
	right.Approver:      {right.Approve, right.ReadCase, right.ReadPerson, right.ReadFigures, right.Close},
	right.Auditor:       {right.ReadCase, right.ReadPerson, right.ReadFigures, right.Audit},
	right.Statistician:  {right.ReadFigures, right.Close},
	right.Administrator: {right.Administer},
}

// needs says which right an operation needs; "" is somebody who has logged in. Whoever adds an operation writes it down here.
var needs = map[string]right.Action{
	"me": "", "case-types": "", "events": "", "indicators": "", "areas": "",
	"case": right.ReadCase, "history": right.ReadCase, "changes": "",
	"figures": right.ReadFigures, "series": right.ReadFigures, "explain": right.ReadFigures, "compare": right.ReadFigures, "report": right.ReadFigures,
	"import": "", "export": right.Audit, "cases": right.ReadCase, "search": right.ReadCase, "person": right.ReadPerson, "attach": right.Act, "documents": right.ReadCase, "document": right.ReadPerson, "readings": right.Audit,
}

func needOf(operation string) (right.Action, bool) {
	if need, ok := needs[operation]; ok {
		return need, true
	}
	caseType, verb, command := strings.Cut(operation, ".")
	switch {
	case !command:
		return "", false
	case caseType == "account":
		return right.Administer, true
	case verb == "correct" || verb == "void" || operation == "person.erase" || operation == "period.approve" || operation == "period.return":
		return right.Approve, true
	case caseType == "period":
		return right.Close, true
	}
	return right.Act, true
}

// operations are all that the API has.
func (o *office) operations() map[string][2]string {
	o.Helper()
	b, err := o.api.OpenAPI()
	if err != nil {
		o.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct{ OperationID string }
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		o.Fatal(err)
	}
	all := map[string][2]string{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			all[op.OperationID] = [2]string{strings.ToUpper(method), path}
		}
	}
	return all
}

// as sends a request as a caller.
func (o *office) as(c right.Caller, method, path, body string) *httptest.ResponseRecorder {
	o.Helper()
	return o.in(right.With(o.Context(), c), method, path, body)
}

func (o *office) in(ctx context.Context, method, path, body string) *httptest.ResponseRecorder {
	o.Helper()
	r := httptest.NewRequestWithContext(ctx, method, httpapi.Prefix+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if strings.HasSuffix(path, "/import") {
		r.Header.Set("Content-Type", "application/jsonl")
	}
	r.Header.Set("Idempotency-Key", uuid.NewString())
	w := httptest.NewRecorder()
	o.api.ServeHTTP(w, r)
	return w
}

func codeOf(w *httptest.ResponseRecorder) string {
	var p httpapi.Problem
	_ = json.Unmarshal(w.Body.Bytes(), &p)
	return p.Code
}

// Every role at every operation, with a right everywhere, for the case's type: what is not allowed is refused with the right
// that is missing, and what is allowed is not refused for want of a right.
func TestEveryRoleAtEveryOperation(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	o.attach(everywhere("lan"), "TN-1", paperForm("file.pdf", "application/pdf", aPDF))
	operations := o.operations()
	if len(operations) < 100 {
		t.Fatalf("only %d operations", len(operations))
	}
	for _, role := range right.Roles() {
		for id, op := range operations {
			need, ok := needOf(id)
			if !ok {
				t.Fatalf("which right does %s need?", id)
			}
			if id == "changes" { // it does not end; see TestWatchersSeeTheirUnit
				continue
			}
			caseType, _, _ := strings.Cut(id, ".")
			path := strings.NewReplacer("{type}", "unemployment", "{case}", "TN-1", "{month}", "2024-04", "{indicator}", "unemployment.claims").Replace(op[1])
			switch id {
			case "compare":
				path += "?from=1"
			case "search":
				path += "?q=lan"
			case "document":
				path = "/cases/unemployment/TN-1/documents/2/content?purpose=handling"
			case "person":
				path = "/cases/person/NLD-1/private?purpose=handling"
			}
			for _, grants := range [][]right.Grant{
				{{Role: role}, {Role: role, CaseTypes: right.SensitiveTypes()}},
				{{Role: role}}, // without what has to be named
				nil,
			} {
				allowed := need == "" || len(grants) > 0 && slices.Contains(mayDo[role], need)
				if _, secret := right.Sensitive(caseType); secret && len(grants) < 2 {
					allowed = false
				}
				w := o.as(right.Caller{Account: "lan", Grants: grants}, op[0], path, "{}")
				refused := w.Code == http.StatusForbidden
				if refused == allowed || refused && codeOf(w) != right.CodeMissing || w.Code >= 500 || w.Code == 404 || w.Code == 405 {
					t.Errorf("%s with %d grants at %s: %d %.200s", role, len(grants), id, w.Code, w.Body)
				}
			}
		}
	}
	if n := o.position(); n != 3 {
		t.Errorf("%d events, want 3", n)
	}
}

const (
	ownCommune   area.Code = "06550" // where the case of the story lies
	otherCommune area.Code = "06040"
)

// Every role in every unit, at a case that lies in one commune: who has the role there, above it or everywhere may; who has
// it beside it may not.
func TestEveryRoleInEveryUnit(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	u, ok := area.Find(ownCommune, 20240402)
	if !ok {
		t.Fatal("no such commune")
	}
	above := map[area.Code]bool{ownCommune: true, u.Parent: true, "20": true, "": true, otherCommune: false}
	district, _ := area.Find(otherCommune, 20240402)
	if district.Parent != u.Parent {
		above[district.Parent] = false
	}
	version := 1
	for _, role := range right.Roles() {
		for unit, in := range above {
			c := right.Caller{Account: "minh", Grants: []right.Grant{{Role: role, Unit: unit}}}
			for id, need := range map[string]right.Action{"case": right.ReadCase, "history": right.ReadCase} {
				path := "/cases/unemployment/TN-1"
				if id == "history" {
					path += "/history"
				}
				want := 403
				if in && slices.Contains(mayDo[role], need) {
					want = 200
				}
				if w := o.as(c, "GET", path, ""); w.Code != want {
					t.Errorf("%s in %q: %s: %d, want %d", role, unit, id, w.Code, want)
				}
			}
			want := 403
			if in && slices.Contains(mayDo[role], right.ReadFigures) {
				want = 200
			}
			if w := o.as(c, "GET", "/figures/2024-04?indicator=unemployment.claims&area="+string(ownCommune), ""); w.Code != want {
				t.Errorf("%s in %q: figures of the commune: %d, want %d", role, unit, w.Code, want)
			}
			everything := 403
			if unit == "" && slices.Contains(mayDo[role], right.ReadFigures) {
				everything = 200
			}
			if w := o.as(c, "GET", "/figures/2024-04?indicator=unemployment.claims", ""); w.Code != everything {
				t.Errorf("%s in %q: all figures: %d, want %d", role, unit, w.Code, everything)
			}
			// An act: the case is opened anew by each who may, under a name of its own.
			name := fmt.Sprintf("/cases/unemployment/%s-%s/file", role, unit)
			want = 403
			if in && role == right.Caseworker {
				want = 201
			}
			if w := o.as(c, "POST", name, filing); w.Code != want {
				t.Errorf("%s in %q: file: %d %s, want %d", role, unit, w.Code, w.Body, want)
			}
			// A correction of the story's case.
			want = 403
			if in && role == right.Approver {
				want = 200
			}
			correct := fmt.Sprintf(`{"occurred":"2024-04-22","data":{"version":1,"data":{"months_paid":%d},"reason":"nhầm","requester":"lan","approver":"minh"}}`, 41+version)
			w := o.as(c, "POST", "/cases/unemployment/TN-1/correct", correct)
			if w.Code != want {
				t.Errorf("%s in %q: correct: %d %s, want %d", role, unit, w.Code, w.Body, want)
			}
			if w.Code == 200 {
				version++
			}
		}
	}
	// What was allowed bears the role and the unit that allowed it.
	c := everywhere("xem")
	w := o.as(c, "GET", "/cases/unemployment/TN-1/history", "")
	var h struct {
		Events []struct{ Actor domain.Actor }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &h); err != nil || len(h.Events) != version {
		t.Fatalf("%v %s", err, w.Body)
	}
	for _, e := range h.Events[1:] {
		if e.Actor.ID != "minh" || e.Actor.Role != string(right.Approver) || !above[area.Code(e.Actor.Unit)] {
			t.Errorf("%+v", e.Actor)
		}
	}
}

// A case that moves is its new unit's from then on, also for who had it in mind.
func TestAMoveMovesTheRight(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	own := right.Caller{Account: "lan", Grants: []right.Grant{{Role: right.Caseworker, Unit: ownCommune}}}
	other := right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Caseworker, Unit: otherCommune}}}
	see := func(c right.Caller) int { return o.as(c, "GET", "/cases/unemployment/TN-1", "").Code }
	if see(own) != 200 || see(other) != 403 {
		t.Fatal(see(own), see(other))
	}
	correct := func(requester, approver string) string {
		return `{"occurred":"2024-04-22","data":{"version":1,"data":{"commune":"` + string(otherCommune) + `"},"reason":"nhầm xã","requester":"` + requester + `","approver":"` + approver + `"}}`
	}
	lan := right.Caller{Account: "lan", Grants: []right.Grant{{Role: right.Approver}}}
	if w := o.as(lan, "POST", "/cases/unemployment/TN-1/correct", correct("minh", "lan")); w.Code != 403 { // whoever the requester is: the act is her own
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := o.as(everywhere("hoa"), "POST", "/cases/unemployment/TN-1/correct", correct("lan", "hoa")); w.Code >= 300 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if err := o.runner.WaitForPosition(t.Context(), o.position()); err != nil {
		t.Fatal(err)
	}
	if see(own) != 403 || see(other) != 200 {
		t.Error(see(own), see(other))
	}
}

// A right that is revoked is gone for the next line of an import under way, and for a watcher.
func TestARightThatIsRevokedMeanwhile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var revoked atomic.Bool
	var asked atomic.Int32
	ctx := right.WithLive(o.Context(), func() (right.Caller, bool) {
		if asked.Add(1) > 40 {
			revoked.Store(true)
		}
		return everywhere("lan"), !revoked.Load()
	})
	var lines strings.Builder
	for n := range 200 {
		fmt.Fprintf(&lines, `{"command":"person.register","case":"P-%d","occurred":"2024-04-01","data":{"name":"X"}}`+"\n", n)
	}
	w := o.in(ctx, "POST", "/import", lines.String())
	all := results(t, w.Body.String())
	last := all[len(all)-1]
	if last.Summary == nil || last.Summary.Written == 0 || last.Summary.Written > 40 {
		t.Errorf("%+v", last)
	}
	if n := int(o.position()); last.Summary != nil && n > last.Summary.Written+8 {
		t.Errorf("%d events after %d were told", n, last.Summary.Written)
	}
	if last.Problem == nil || last.Problem.Code != "right.nobody" {
		t.Errorf("the import did not stop: %+v", last.Problem)
	}
}

// Whoever watches sees the cases of the own units, and no others.
func TestWatchersSeeTheirUnit(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	for unit, want := range map[area.Code]int{ownCommune: 1, otherCommune: 0} {
		o.do("person/NLD-"+string(unit)+"/register", `{"occurred":"2024-04-01","data":{"name":"X","commune":"`+string(ownCommune)+`"}}`)
		ctx, stop := context.WithCancel(right.With(t.Context(), right.Caller{Account: "lan", Grants: []right.Grant{{Role: right.Caseworker, Unit: unit}}}))
		changes, err := o.desk.Changes(ctx, watchAll(o.position()-1), 1)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for c, err := range changes {
			if err != nil {
				t.Fatal(err)
			}
			if c.Case != nil {
				seen++
				continue
			}
			break
		}
		stop()
		if seen != want {
			t.Errorf("%s saw %d", unit, seen)
		}
	}
}
