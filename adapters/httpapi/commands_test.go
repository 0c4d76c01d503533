package httpapi_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/httpapi"
	"hoso/domain"
	"hoso/projections/figures"
)

func TestACommandAndWhatItShows(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	claim := o.story()
	if claim.Version != 1 || claim.First != 1 || claim.Position != 2 {
		t.Errorf("%+v", claim)
	}
	a := o.send("GET", "/cases/unemployment/TN-1?wait_for=2", "")
	c := read[httpapi.CaseState](t, a)
	if a.StatusCode != 200 || c.Case != claim.Case || c.Version != 1 || c.Unit != "06550" || c.Position != 2 || a.Header.Get("ETag") != `"1"` {
		t.Errorf("%d %+v %v", a.StatusCode, c, a.Header)
	}
	if again := o.send("GET", "/cases/unemployment/"+claim.Case.ID.String(), "", `If-None-Match: "1"`); again.StatusCode != http.StatusNotModified {
		t.Errorf("not changed: %d %s", again.StatusCode, again.body)
	}
	sheet := read[figures.Sheet](t, o.send("GET", "/figures/2024-04?indicator=unemployment.claims&area=20", ""))
	if len(sheet.Figures) != 1 || sheet.Figures[0].Value.Quantity != 1 || sheet.Position != 2 {
		t.Errorf("%+v", sheet)
	}
	x := read[figures.Explanation](t, o.send("GET", "/figures/2024-04/unemployment.claims/events", ""))
	if len(x.Events) != 1 || x.Events[0].Case != claim.Case {
		t.Errorf("%+v", x)
	}
	if r := o.send("GET", "/reports/2024-04?format=text&area=20", ""); r.StatusCode != 200 || r.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%d %v %.300s", r.StatusCode, r.Header, r.body)
	}
}

// Sent again a command has the answer of the first time, whatever became of the case.
func TestACommandSentAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.do("person/NLD-1/register", lan)
	key := "Idempotency-Key: " + uuid.NewString()
	first := o.send("POST", "/cases/unemployment/TN-1/file", filing, key)
	if first.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", first.StatusCode, first.body)
	}
	o.do("unemployment/TN-1/decide", decided)
	for range 3 {
		again := o.send("POST", "/cases/unemployment/TN-1/file", filing, key)
		if again.StatusCode != first.StatusCode || again.body != first.body || again.Header.Get("ETag") != first.Header.Get("ETag") || again.Header.Get("Location") != first.Header.Get("Location") {
			t.Errorf("%d %s %v\nwant %d %s %v", again.StatusCode, again.body, again.Header, first.StatusCode, first.body, first.Header)
		}
	}
	if p := o.send("POST", "/cases/unemployment/TN-1/decide", decided, key).problem(t); p.Code != "command.id_reused" || p.Status != 409 {
		t.Errorf("the key for another content: %+v", p)
	}
	if n := o.position(); n != 3 {
		t.Errorf("%d events, want 3", n)
	}
}

// Of many who send the same command at once, all get the same answer.
func TestACommandSentByManyAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.do("person/NLD-1/register", lan)
	key := "Idempotency-Key: " + uuid.NewString()
	answers := make([]answer, 32)
	var wg sync.WaitGroup
	for n := range answers {
		wg.Go(func() { answers[n] = o.send("POST", "/cases/unemployment/TN-1/file", filing, key) })
	}
	wg.Wait()
	for _, a := range answers {
		if a.StatusCode != 201 || a.body != answers[0].body {
			t.Errorf("%d %s, want %s", a.StatusCode, a.body, answers[0].body)
		}
	}
	if n := o.position(); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
}

func TestAVersionToActOn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	key := "Idempotency-Key: " + uuid.NewString()
	first := o.send("POST", "/cases/unemployment/TN-1/decide", decided, key, `If-Match: "1"`)
	if first.StatusCode != 200 || first.Header.Get("ETag") != `"2"` {
		t.Fatalf("%d %s", first.StatusCode, first.body)
	}
	if again := o.send("POST", "/cases/unemployment/TN-1/decide", decided, key, `If-Match: "1"`); again.body != first.body {
		t.Errorf("sent again: %d %s", again.StatusCode, again.body)
	}
	collect := `{"occurred":"2024-04-23","data":{}}`
	late := o.send("POST", "/cases/unemployment/TN-1/collect", collect, "Idempotency-Key: "+uuid.NewString(), `If-Match: "1"`)
	if p := late.problem(t); p.Code != "case.version_changed" || p.Status != 412 {
		t.Errorf("%+v", p)
	}
	for _, wrong := range []string{"1", `W/"1"`, `"1", "2"`, "*", `"x"`, `"0"`, `"-1"`} {
		a := o.send("POST", "/cases/unemployment/TN-1/collect", collect, "Idempotency-Key: "+uuid.NewString(), "If-Match: "+wrong)
		if p := a.problem(t); p.Status != 400 || p.Code != "request.wrong_if_match" {
			t.Errorf("If-Match %s: %+v", wrong, p)
		}
	}
	o.do("unemployment/TN-1/collect", collect, `If-Match: "2"`)
}

// A refusal has the rule's code, sentence and law, in the language that is asked for.
func TestARefusal(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	early := `{"occurred":"2024-04-01","data":{"level":3000000,"months":3}}`
	vi := o.send("POST", "/cases/unemployment/TN-1/decide", early, "Idempotency-Key: "+uuid.NewString())
	en := o.send("POST", "/cases/unemployment/TN-1/decide", early, "Idempotency-Key: "+uuid.NewString(), "Accept-Language: en-GB,en;q=0.9,vi;q=0.5")
	v, e := vi.problem(t), en.problem(t)
	if v.Status != 422 || v.Code == "" || v.Code != e.Code || v.Detail == e.Detail || v.Title == e.Title ||
		vi.Header.Get("Content-Language") != "vi" || en.Header.Get("Content-Language") != "en" {
		t.Errorf("%+v\n%+v", v, e)
	}
	if n := o.position(); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
}

func TestReadsOfThePast(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	o.do("unemployment/TN-1/decide", decided)
	for query, version := range map[string]uint64{"": 2, "?version=1": 1, "?as_of=2": 1, "?on=2024-04-21": 1, "?as_of=2024-05-02": 2} {
		c := read[httpapi.CaseState](t, o.send("GET", "/cases/unemployment/TN-1"+query, ""))
		if c.Version != version {
			t.Errorf("%s: version %d, want %d", query, c.Version, version)
		}
	}
	for query, code := range map[string]string{"?as_of=1": "history.nothing_yet", "?as_of=77": "asof.beyond_end", "?as_of=x": "asof.malformed", "?on=hier": "history.not_a_date",
		"?version=x": "request.wrong_parameter", "?versio=1": "request.wrong_parameter", "?wait_for=99999": "views.catching_up"} {
		if query == "?wait_for=99999" {
			o.position()
			o.runner.Patience = 1
		}
		if p := o.send("GET", "/cases/unemployment/TN-1"+query, "").problem(t); p.Code != code {
			t.Errorf("%s: %+v", query, p)
		}
	}
	was := read[figures.Sheet](t, o.send("GET", "/figures/2024-04?indicator=unemployment.decisions&area=20&as_of=2", ""))
	is := read[figures.Sheet](t, o.send("GET", "/figures/2024-04?indicator=unemployment.decisions&area=20", ""))
	if was.Figures[0].Value.Quantity != 0 || is.Figures[0].Value.Quantity != 1 {
		t.Errorf("%+v %+v", was, is)
	}
}

func TestPagesOfEvents(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.do("person/NLD-1/register", lan)
	for n := range 7 {
		o.do(fmt.Sprintf("unemployment/TN-%d/file", n), filing)
	}
	seen, after := 0, ""
	for pages := 0; pages == 0 || after != ""; pages++ {
		x := read[figures.Explanation](t, o.send("GET", "/figures/2024-04/unemployment.claims/events?limit=3&after="+after, ""))
		seen, after = seen+len(x.Events), x.Next
		if x.Value.Quantity != 7 || pages > 3 {
			t.Fatalf("%+v", x)
		}
	}
	if seen != 7 {
		t.Errorf("%d events on all pages", seen)
	}
	if p := o.send("GET", "/figures/2024-04/unemployment.claims/events?after=%27%3B+drop+table+events", "").problem(t); p.Code != "figures.bad_page" {
		t.Errorf("%+v", p)
	}
}

// A person who was registered a moment ago is known to the next command, whether or not the views have come so far.
func TestWhoWasRegisteredAMomentAgo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for n := range 30 {
		who := fmt.Sprintf("NLD-%d", n)
		if a := o.send("POST", "/cases/person/"+who+"/register", `{"occurred":"2024-04-01","data":{"name":"X"}}`, newKey()); a.StatusCode != 201 {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
		body := `{"occurred":"2024-04-02","data":{"person":"` + who + filing[len(`{"occurred":"2024-04-02","data":{"person":"NLD-1`):]
		a := o.send("POST", fmt.Sprintf("/cases/unemployment/TN-%d/file", n), body, newKey())
		if r := read[httpapi.Receipt](t, a); a.StatusCode != 201 || r.Position != domain.Ordinal(2*n+2) {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
	}
}
