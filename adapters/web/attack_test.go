package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A name is text, whatever it is written with, on every page that shows it: nothing of it becomes a tag, an attribute or a script.
func TestANameThatIsAScript(t *testing.T) {
	p := lang(t)
	const name = `Đặng <script>alert(1)</script> "onload=alert(1) Thử<img src=x onerror=alert(1)>`
	_, body := p.visit(t, "lan", "/ghi/person.register")
	id := draftID.FindStringSubmatch(body)[1]
	form := url.Values{"draft": {id}, "f.occurred": {"2024-05-03"}, "f.name": {name}, "f.commune": {"06550"}, "then": {"check"}}
	res, _ := p.post(t, "lan", "/ghi/person.register", form.Encode())
	check := res.Header.Get("Location")
	clean := func(where, body string) {
		t.Helper()
		if !strings.Contains(body, "&lt;script&gt;alert(1)") {
			t.Errorf("%s does not show the name", where)
		}
		for _, live := range []string{"<script>alert", "<img src=x", `"onload=`} {
			if strings.Contains(body, live) {
				t.Errorf("%s has %s in it", where, live)
			}
		}
	}
	_, body = p.visit(t, "lan", check)
	clean("the check of the form", body)
	_, body = p.visit(t, "lan", "/ghi/person.register?draft="+id)
	clean("the form", body)
	res, body = p.post(t, "lan", "/gui/person.register", "draft="+id)
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d: %s", res.StatusCode, body)
	}
	if err := p.readers.Search.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for where, form := range map[string]url.Values{
		"/ho-so":       {"q": {"dang thu"}},
		"/ho-so/nguoi": {"q": {"dang thu"}, "field": {"person"}},
		"/ho-so/trung": {"f.name": {name}},
	} {
		if res, body := p.post(t, "lan", where, form.Encode()); res.StatusCode == http.StatusOK && strings.Contains(body, "alert(1)") || where == "/ho-so" {
			clean(where, body)
		}
	}
	_, body = p.visit(t, "lan", "/ho-so?q="+url.QueryEscape(name))
	for _, live := range []string{"<script>alert", "<img src=x"} {
		if strings.Contains(body, live) {
			t.Errorf("an address with the name has %s in it", live)
		}
	}
}
