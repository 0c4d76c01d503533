package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"hoso/domain/right"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

func TestLists(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.do("person/NLD-1/register", lan)
	for n := range 5 {
		o.do(fmt.Sprintf("unemployment/TN-%d/file", n), filing)
	}
	elsewhere := strings.ReplaceAll(filing, string(ownCommune), string(otherCommune))
	o.do("unemployment/TN-9/file", elsewhere)
	all, after, pages := 0, "", 0
	for {
		p := read[worklist.Page](t, o.send("GET", "/cases?type=unemployment&limit=4&after="+after, ""))
		all, after, pages = all+len(p.Cases), p.Next, pages+1
		if after == "" || pages > 5 {
			break
		}
	}
	if all != 6 || pages != 2 {
		t.Errorf("%d cases on %d pages", all, pages)
	}
	for query, want := range map[string]int{"?unit=" + string(otherCommune): 1, "?type=merit": 0, "?assigned=-": 6, "?assigned=lan": 0, "?step=nothing": 0, "?closed=true&type=person": 1,
		"?unit=" + url.QueryEscape("tỉnh Lạng Sơn") + "&type=unemployment": 6} {
		if p := read[worklist.Page](t, o.send("GET", "/cases"+query, "")); len(p.Cases) != want {
			t.Errorf("%s: %d cases, want %d", query, len(p.Cases), want)
		}
	}
	for query, code := range map[string]string{"?type=nothing": "case.unknown_type", "?unit=nowhere": "area.unknown", "?person=x": "person.malformed", "?after=" + url.QueryEscape("1' OR 1=1"): "list.no_such_place", "?limit=501": "request.wrong_parameter"} {
		if p := o.send("GET", "/cases"+query, "").problem(t); p.Code != code {
			t.Errorf("%s: %+v", query, p)
		}
	}
	// Whoever has a right in a commune sees its cases; a token that reaches less far, fewer.
	c := right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Caseworker, Unit: otherCommune}}}
	seen := func(c right.Caller) (p worklist.Page) {
		w := o.as(c, "GET", "/cases?closed=true&type=unemployment", "")
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		return p
	}
	if p := seen(c); len(p.Cases) != 1 || p.Cases[0].Unit != otherCommune {
		t.Errorf("%+v", p)
	}
	c.Grants[0].Unit, c.Scope.Unit = "20", ownCommune
	if p := seen(c); len(p.Cases) != 5 {
		t.Errorf("with a token of one commune: %d", len(p.Cases))
	}
}

func searching(q string) string {
	b, _ := json.Marshal(map[string]string{"q": q})
	return string(b)
}

// A search finds who may be found, masked; SQL and wild cards are letters like others.
func TestSearching(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.do("person/NLD-1/register", lan)
	claim := o.do("unemployment/TN-1/file", filing)
	find := func(q string) (r search.Result) {
		for {
			a := o.send("POST", "/search", searching(q))
			if a.StatusCode == 503 { // it is being prepared
				continue
			}
			if a.StatusCode != 200 || strings.Contains(a.body, secret) {
				t.Fatalf("%d %s", a.StatusCode, a.body)
			}
			r = read[search.Result](t, a)
			if len(r.People)+len(r.Cases) > 0 || !strings.Contains(q, "lan") {
				return r
			}
		}
	}
	if r := find("nong thi lan"); len(r.People) != 1 || r.People[0].Name != "Nông Thị Lan" {
		t.Errorf("%+v", r)
	}
	if r := find(claim.Case.ID.String()); len(r.Cases) != 1 {
		t.Errorf("%+v", r)
	}
	for _, q := range []string{"' OR '1'='1", "%", "_", "*", `" OR "`, "lan' --", "x; DROP TABLE events", "\x00", "<script>"} {
		a := o.send("POST", "/search", searching(q))
		if a.StatusCode >= 500 || strings.Contains(a.body, "Nông") {
			t.Errorf("%q: %d %s", q, a.StatusCode, a.body)
		}
	}
	if p := o.send("GET", "/search?q=nong", "").problem(t); p.Code != "request.no_such_method" { // names must not stand in addresses
		t.Errorf("%+v", p)
	}
	for body, code := range map[string]string{`{"q":""}`: "request.wrong_parameter", `{"q":"` + strings.Repeat("x", 201) + `"}`: "request.wrong_parameter", `{"q":"a","limit":101}`: "request.wrong_parameter",
		`{"q":"a","all":true}`: "request.wrong_parameter", `{}`: "request.wrong_parameter", `{"q":`: "request.wrong_parameter", `{"q":"` + strings.Repeat("x", 5000) + `"}`: "request.too_large"} {
		if p := o.send("POST", "/search", body).problem(t); p.Code != code {
			t.Errorf("%.40s: %+v", body, p)
		}
	}
	other := right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Caseworker, Unit: otherCommune}}}
	if w := o.as(other, "POST", "/search", searching("nong")); w.Code != 200 || strings.Contains(w.Body.String(), "Nông") {
		t.Errorf("of another commune: %d %s", w.Code, w.Body)
	}
	if n := o.position(); n != 2 {
		t.Errorf("%d events", n)
	}
}
