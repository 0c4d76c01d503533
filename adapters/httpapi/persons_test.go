package httpapi_test

import (
	"context"
	"errors"

	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
)

type readings struct {
	Readings []desk.Reading
	Next     uint64
}

// A person is shown in full to who may see it, and every such reading is found by the auditor: who, which person, what for,
// for which case, from where.
func TestAPersonInFull(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	claim := o.story()
	who := right.Caller{Account: "lan", Via: right.ViaToken, From: "192.0.2.7", Grants: []right.Grant{{Role: right.Caseworker, Unit: ownCommune}}}
	w := o.as(who, "GET", "/cases/person/NLD-1/private?purpose=handling&for="+claim.Case.String(), "")
	if w.Code != 200 || !strings.Contains(w.Body.String(), "Nông Thị Lan") || !strings.Contains(w.Body.String(), secret) || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for n, c := range []struct {
		query  string
		caller right.Caller
		status int
	}{
		{"?purpose=handling", right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Caseworker, Unit: otherCommune}}}, 404},
		{"?purpose=handling", right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Statistician}}}, 403},
		{"?purpose=handling", right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Administrator}}}, 403},
		{"?purpose=curiosity", who, 400},
		{"", who, 400},
		{"?purpose=handling&for=x", who, 400},
	} {
		if w := o.as(c.caller, "GET", "/cases/person/NLD-1/private"+c.query, ""); w.Code != c.status || strings.Contains(w.Body.String(), "Nông") {
			t.Errorf("%d: %d %s", n, w.Code, w.Body)
		}
	}
	found := read[readings](t, o.send("GET", "/readings", ""))
	if len(found.Readings) != 1 {
		t.Fatalf("%+v", found)
	}
	r := found.Readings[0]
	if r.Account != "lan" || r.Role != "caseworker" || r.Unit != string(ownCommune) || r.Via != "token" || r.From != "192.0.2.7" || r.Case != claim.Case || r.Purpose != desk.ForHandling {
		t.Errorf("%+v", r)
	}
	for query, want := range map[string]int{"?account=lan": 1, "?account=minh": 0, "?person=" + r.Person.String(): 1, "?case=" + claim.Case.String(): 1, "?since=2030-01-01T00:00:00Z": 0, "?from=192.0.2.7": 1} {
		if got := read[readings](t, o.send("GET", "/readings"+query, "")); len(got.Readings) != want {
			t.Errorf("%s: %+v", query, got)
		}
	}
}

// unwritable is an access log on a full disk.
type unwritable struct{ desk.AccessLog }

func (unwritable) Record(context.Context, ...desk.Reading) error { return errors.New("no space left") }

// What cannot be recorded is not shown; and nobody is shown who was erased.
func TestAReadingThatCannotBeRecorded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	log := o.desk.Access
	o.desk.Access = unwritable{log}
	a := o.send("GET", "/cases/person/NLD-1/private?purpose=audit", "")
	if p := a.problem(t); p.Status != 500 || strings.Contains(a.body, "Nông") || strings.Contains(a.body, "space") || p.Instance == "" {
		t.Errorf("%s", a.body)
	}
	if !strings.Contains(o.logged.String(), "no space left") || strings.Contains(o.logged.String(), "Nông") {
		t.Errorf("logged: %s", o.logged)
	}
	o.desk.Access = log
	o.do("person/NLD-1/erase", `{"occurred":"2024-04-30","data":{"ground":"request"}}`)
	a = o.send("GET", "/cases/person/NLD-1/private?purpose=audit", "")
	if p := a.problem(t); p.Code != domain.ErrErased.Code {
		t.Errorf("%s", a.body)
	}
	if n := len(read[readings](t, o.send("GET", "/readings", "")).Readings); n != 1 { // recorded before it turned out that there is nothing left
		t.Errorf("%d readings", n)
	}
}
