package httpapi_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"hoso/adapters/httpapi"
	"hoso/domain/domaintest"
)

// The description that is checked in is the one that is served. It is written anew with go test -update.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	got, err := o.api.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/openapi.json"
	if domaintest.Update() {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: go test ./adapters/httpapi -update writes it anew, and a client may have to learn it", golden)
	}
	served := o.send("GET", "/openapi.json", "")
	var compact bytes.Buffer
	if err := json.Compact(&compact, want); err != nil {
		t.Fatal(err)
	}
	if served.StatusCode != 200 || strings.TrimSpace(served.body) != compact.String() {
		t.Errorf("served is another one: %d, %d bytes, want %d", served.StatusCode, len(served.body), compact.Len())
	}
}

// Every command that people may give is described, with all of its fields, their labels in both languages, their units,
// allowed values and law.
func TestEveryFieldIsDescribed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	b, err := o.api.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	type schema struct {
		Type        any
		Title       string
		Description string
		Enum        []string
		Required    []string
		Unit        string `json:"x-unit"`
		Law         string `json:"x-law"`
		Hint        string `json:"x-hint"`
		Private     bool   `json:"x-private"`
		Properties  map[string]json.RawMessage
	}
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			RequestBody struct {
				Content map[string]struct{ Schema schema }
			}
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil || !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Fatal(doc.OpenAPI, err)
	}
	fields := 0
	for _, ct := range o.desk.Catalog.Types {
		for _, c := range ct.Commands {
			path := "/cases/" + ct.Name + "/{case}/" + strings.TrimPrefix(c.Name, ct.Name+".")
			post, ok := doc.Paths[path]["post"]
			if ok == c.Own {
				t.Errorf("%s: described: %t", c.Name, ok)
			}
			if c.Own {
				continue
			}
			var data schema
			if err := json.Unmarshal(post.RequestBody.Content["application/json"].Schema.Properties["data"], &data); err != nil {
				t.Fatalf("%s: %v", c.Name, err)
			}
			for _, f := range c.Fields() {
				fields++
				var s schema
				if err := json.Unmarshal(data.Properties[f.Name], &s); err != nil {
					t.Errorf("%s %s: %v", c.Name, f.Name, err)
					continue
				}
				if s.Title != f.Label.Vi || !strings.HasPrefix(s.Description, f.Label.En) || s.Unit != f.Unit || s.Law != f.Law || s.Hint != f.Hint ||
					s.Private != f.Private || len(s.Enum) != len(f.Values) || s.Type == nil {
					t.Errorf("%s %s: %+v, want %+v", c.Name, f.Name, s, f)
				}
			}
		}
	}
	if fields < 200 {
		t.Errorf("only %d fields were looked at", fields)
	}
}

func TestTheAddressOfTheAPI(t *testing.T) {
	if httpapi.Prefix != "/api/v1" {
		t.Error("programs depend on it")
	}
}

// Every read takes the position of an own write, and waits for it: what nobody has recorded yet is waited for in vain. The
// description is what is walked, so that a read that is added later is looked at too.
func TestEveryReadWaitsForAWrite(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.runner.Patience = 20 * time.Millisecond
	b, err := o.api.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	named := strings.NewReplacer("{type}", "unemployment", "{case}", "TN-1", "{version}", "2", "{month}", "2024-04", "{indicator}", "unemployment.claims")
	reads := 0
	for path, methods := range doc.Paths {
		method, body := "GET", ""
		read, ok := methods["get"]
		if path == "/search" { // a read that is posted, see searchInput
			method, body = "POST", searching("lan")
			read, ok = methods["post"]
		}
		if !ok {
			continue
		}
		reads++
		query := "?wait_for=99999"
		takes := false
		for _, p := range read.Parameters {
			takes = takes || p.In == "query" && p.Name == "wait_for"
			if p.Name == "purpose" {
				query += "&purpose=audit"
			}
		}
		if !takes {
			t.Errorf("%s %s does not take wait_for", method, path)
			continue
		}
		if a := o.send(method, named.Replace(path)+query, body); a.StatusCode != 503 || a.problem(t).Code != "views.catching_up" {
			t.Errorf("%s %s does not wait: %d %s", method, path, a.StatusCode, a.body)
		}
	}
	if reads < 18 {
		t.Errorf("only %d reads were looked at", reads)
	}
}
