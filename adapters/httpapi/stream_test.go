package httpapi_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"hoso/adapters/httpapi"
	"hoso/projections/desk"
	"hoso/projections/figures"
)

const lines = `{"command":"person.register","case":"NLD-1","occurred":"2024-04-01","data":{"name":"Nông Thị Lan","commune":"06550"}}
{"command":"unemployment.file","case":"TN-1","occurred":"2024-04-02","actor":"giam-doc","data":{"person":"NLD-1","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}
{"command":"unemployment.file","case":"TN-2","occurred":"2024-04-03","data":{"person":"NLD-2"}}
`

func results(t *testing.T, body string) (all []httpapi.Result) {
	t.Helper()
	for line := range strings.Lines(body) {
		var r httpapi.Result
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, r)
	}
	return all
}

// An import answers each line, and the same lines again add nothing. The account that a line names is not believed.
func TestAnImport(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for n, want := range []httpapi.Summary{{Lines: 3, Written: 2, Refused: 1, Position: 2}, {Lines: 3, Already: 2, Refused: 1, Position: 2}} {
		a := o.send("POST", "/import", lines, "Content-Type: application/jsonl")
		all := results(t, a.body)
		if a.StatusCode != 200 || len(all) != 4 || all[3].Summary == nil || *all[3].Summary != want {
			t.Fatalf("%d: %d %s", n, a.StatusCode, a.body)
		}
		refused := 0
		for _, r := range all[:3] {
			if r.Refused != nil {
				refused++
				if r.Refused.Line != 3 || r.Refused.Code == "" {
					t.Errorf("%+v", r.Refused)
				}
			}
		}
		if refused != 1 {
			t.Errorf("%d refused", refused)
		}
	}
	h := read[desk.Case](t, o.send("GET", "/cases/unemployment/TN-1/history", ""))
	if len(h.Events) != 1 || h.Events[0].Actor.ID != "lan" {
		t.Errorf("%+v", h.Events)
	}
	if few := results(t, o.send("POST", "/import?results=refused", lines, "Content-Type: application/x-ndjson").body); len(few) != 2 {
		t.Errorf("%+v", few)
	}
}

// Results come while lines are still being sent.
func TestAnImportAnswersWhileItGoesOn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	body, w := io.Pipe()
	r, err := http.NewRequestWithContext(t.Context(), "POST", o.url+"/import", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Test-Account", "lan")
	r.Header.Set("Content-Type", "application/jsonl")
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	answers := bufio.NewScanner(a.Body)
	for n := range 3 {
		if _, err := fmt.Fprintf(w, `{"command":"person.register","case":"P-%d","occurred":"2024-04-01","data":{"name":"X"}}`+"\n", n); err != nil {
			t.Fatal(err)
		}
		if !answers.Scan() {
			t.Fatalf("no answer to line %d: %v", n, answers.Err())
		}
		if got := results(t, answers.Text())[0]; got.Taken == nil || got.Line != n+1 || got.Version != 1 {
			t.Errorf("%s", answers.Text())
		}
	}
	_ = w.Close()
	if !answers.Scan() || results(t, answers.Text())[0].Summary == nil {
		t.Errorf("no summary: %s", answers.Text())
	}
}

// An export is whole up to the position at which it began, and goes on from there.
func TestAnExport(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	export := func(query string) (all []desk.Exported) {
		a := o.send("GET", "/export"+query, "")
		if a.StatusCode != 200 || a.Header.Get("Content-Type") != "application/jsonl" {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
		for line := range strings.Lines(a.body) {
			var e desk.Exported
			if err := json.Unmarshal([]byte(line), &e); err != nil {
				t.Fatal(err)
			}
			all = append(all, e)
		}
		return all
	}
	all := export("")
	if len(all) != 2 || all[0].Position != 1 || all[1].Type != "unemployment.filed" || all[1].Case.Type != "unemployment" {
		t.Errorf("%+v", all)
	}
	o.do("unemployment/TN-1/decide", decided)
	for query, want := range map[string]int{"?after=2": 1, "?after=3": 0, "?until=2": 2, "?type=person": 1, "?after=1&until=3&type=unemployment": 2} {
		if got := export(query); len(got) != want {
			t.Errorf("%s: %+v", query, got)
		}
	}
}

// event is a server-sent event.
type event struct{ id, name, data string }

// watch begins to watch, and returns what comes.
func (o *office) watch(query string, header ...string) <-chan event {
	o.Helper()
	r, err := http.NewRequestWithContext(o.Context(), "GET", o.url+"/changes"+query, nil)
	if err != nil {
		o.Fatal(err)
	}
	r.Header.Set("Test-Account", "lan")
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		o.Fatal(err)
	}
	o.Cleanup(func() { a.Body.Close() })
	if a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/event-stream" {
		o.Fatalf("%d %v", a.StatusCode, a.Header)
	}
	come := make(chan event, 100)
	go func() {
		defer close(come)
		var e event
		for s := bufio.NewScanner(a.Body); s.Scan(); {
			switch name, value, _ := strings.Cut(s.Text(), ": "); name {
			case "id":
				e.id = value
			case "event":
				e.name = value
			case "data":
				e.data = value
			case "":
				if e.name != "" {
					come <- e
				}
				e = event{}
			}
		}
	}()
	return come
}

func (o *office) next(come <-chan event) event {
	o.Helper()
	select {
	case e := <-come:
		return e
	case <-time.After(10 * time.Second):
		o.Fatal("nothing came")
		return event{}
	}
}

// Whoever watches is told of acts and of figures that changed, and after a break of everything in between.
func TestWatching(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.do("person/NLD-1/register", lan)
	both := o.watch("?month=2024-04&area=20&indicator=unemployment.claims&indicator=unemployment.decisions")
	figuresOnly := o.watch("?cases=false&month=2024-04&indicator=unemployment.claims")
	others := o.watch("?type=merit")
	o.do("unemployment/TN-1/file", filing)
	if e := o.next(both); e.name != "case" || e.id != "2" || !strings.Contains(e.data, `"unemployment.filed"`) {
		t.Errorf("%+v", e)
	}
	e := o.next(both)
	var sheet figures.Sheet
	if err := json.Unmarshal([]byte(e.data), &sheet); err != nil || e.name != "figures" || len(sheet.Figures) != 1 || sheet.Figures[0].Value.Quantity != 1 {
		t.Errorf("%+v %v", e, err)
	}
	if e := o.next(figuresOnly); e.name != "figures" || !strings.Contains(e.data, `"value":1`) {
		t.Errorf("%+v", e)
	}
	o.do("unemployment/TN-1/decide", decided)
	again := o.watch("", "Last-Event-ID: 1")
	for _, id := range []string{"2", "3"} {
		if e := o.next(again); e.id != id || e.name != "case" {
			t.Errorf("%+v, want %s", e, id)
		}
	}
	select {
	case e := <-others:
		t.Errorf("nobody asked for %+v", e)
	default:
	}
}
