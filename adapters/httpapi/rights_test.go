package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
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
	alone:               {right.Approve, right.ApproveOwn, right.ReadCase, right.ReadPerson, right.ReadFigures, right.Close},
}

// alone stands for an approver who has the separate right to approve his own.
const alone right.Role = "approver of his own"

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

const (
	ownCommune   area.Code = "06550" // where the case of the story lies
	otherCommune area.Code = "06040"
)

// What is allowed bears the role and the unit that allowed it.
func TestEventsBearTheRightThatAllowedThem(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	for version, unit := range walkedUnits(t).in {
		c := right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Approver, Unit: unit, ApproveOwn: true}}}
		correct := fmt.Sprintf(`{"occurred":"2024-04-22","data":{"version":1,"data":{"months_paid":%d},"reason":"nhầm","requester":"minh","approver":"minh"}}`, 41+version)
		if w := o.as(c, "POST", "/cases/unemployment/TN-1/correct", correct); w.Code != 200 {
			t.Fatalf("%q: %d %s", unit, w.Code, w.Body)
		}
		w := o.as(everywhere("xem"), "GET", "/cases/unemployment/TN-1/history", "")
		var h struct {
			Events []struct{ Actor domain.Actor }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &h); err != nil {
			t.Fatal(err, w.Body)
		}
		if got, want := h.Events[len(h.Events)-1].Actor, (domain.Actor{ID: "minh", Role: string(right.Approver), Unit: string(unit)}); got != want {
			t.Errorf("%+v, want %+v", got, want)
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
	if see(own) != 200 || see(other) != 404 {
		t.Fatal(see(own), see(other))
	}
	request := `{"occurred":"2024-04-22","data":{"version":1,"amendment":"correct","data":{"commune":"` + string(otherCommune) + `"},"reason":"nhầm xã"}}`
	if w := o.as(own, "POST", "/cases/unemployment/TN-1/request_amendment", request); w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := o.as(everywhere("hoa"), "POST", "/cases/unemployment/TN-1/approve_amendment", `{"occurred":"2024-04-22","data":{"request":2}}`); w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if err := o.runner.WaitForPosition(t.Context(), o.position()); err != nil {
		t.Fatal(err)
	}
	if see(own) != 404 || see(other) != 200 {
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
