package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hoso/domain/area"
	"hoso/domain/right"
)

// TestAPersonInFullOnThePage opens a case in the pages, where the identity number is masked, asks for the person in full with
// a purpose, and finds the reading in the auditor's list. Without a purpose, or for somebody whom the case does not name,
// nothing is shown and nothing recorded.
func TestAPersonInFullOnThePage(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	input := filepath.Join(t.TempDir(), "claims.jsonl")
	if err := os.WriteFile(input, []byte(claims(2)), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "--data", data, input)
	address := served(t, data, "thu")
	ask := func(method, path string, form url.Values) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, address+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer thu")
		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(b)
	}
	_, body := ask("GET", "/api/v1/cases/unemployment/TN-1", nil)
	var c struct{ Case string }
	if err := json.Unmarshal([]byte(body), &c); err != nil || c.Case == "" {
		t.Fatal(body)
	}
	status, page := ask("GET", "/ho-so/"+c.Case, nil)
	who := regexp.MustCompile(`name="person" value="([^"]+)"`).FindStringSubmatch(page)
	if status != 200 || who == nil || strings.Contains(page, "020000000001") {
		t.Fatalf("%d: %s", status, page)
	}
	readings := func() int {
		_, body := ask("GET", "/api/v1/readings", nil)
		return strings.Count(body, `"number":`)
	}
	in := "/ho-so/" + c.Case + "/thong-tin"
	for name, form := range map[string]url.Values{
		"no purpose":    {"person": {who[1]}},
		"another":       {"person": {who[1]}, "purpose": {"tò mò"}},
		"somebody else": {"person": {"00000000-0000-0000-0000-000000000001"}, "purpose": {"handling"}},
		"nobody":        {"purpose": {"handling"}},
	} {
		if status, body := ask("POST", in, form); status < 400 || strings.Contains(body, "020000000001") {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := ask("GET", in+"?person="+who[1]+"&purpose=handling", nil); status < 400 {
		t.Errorf("an address shows a person: %d", status)
	}
	if n := readings(); n != 0 {
		t.Errorf("%d readings of nothing", n)
	}
	if status, body := ask("POST", in, url.Values{"person": {who[1]}, "purpose": {"handling"}}); status != 200 || !strings.Contains(body, "020000000001") || !strings.Contains(body, "Người Thứ 1") {
		t.Errorf("%d: %s", status, body)
	}
	if n := readings(); n != 1 {
		t.Errorf("%d readings", n)
	}
}

// TestPagesListWhatMayBeRead has a caseworker of another commune look for everything: names, numbers and cases of elsewhere are
// neither found nor counted.
func TestPagesListWhatMayBeRead(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	input := filepath.Join(t.TempDir(), "claims.jsonl")
	if err := os.WriteFile(input, []byte(strings.ReplaceAll(claims(3), `"name":"Người`, `"commune":"06550","name":"Người`)), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "--data", data, input)
	for unit, sees := range map[area.Code]bool{"06550": true, "05971": false} {
		t.Run(string(unit), func(t *testing.T) {
			own := filepath.Join(t.TempDir(), "data")
			must(t, "copy", "--from", data, "--to", own)
			address := servedTo(t, own, "thu", right.Grant{Role: right.Caseworker, Unit: unit})
			for _, ask := range []struct{ method, path, form, elsewhere string }{
				{"POST", "/ho-so", "q=Người+Thứ", "Người Thứ 1"},
				{"POST", "/ho-so/nguoi", "q=Người+Thứ", "Người Thứ 1"},
				{"POST", "/ho-so", "q=020000000001", "Người Thứ 1"},
				{"GET", "/ho-so", "", "unemployment-"},
				{"GET", "/cong-viec?whose=all", "", "unemployment-"},
				{"GET", "/cong-viec?whose=all&type=unemployment&area=06550", "", "3 hồ sơ"},
			} {
				r, err := http.NewRequestWithContext(t.Context(), ask.method, address+ask.path, strings.NewReader(ask.form))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Authorization", "Bearer thu")
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				res, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				b, _ := io.ReadAll(res.Body)
				_ = res.Body.Close()
				if found := strings.Contains(string(b), ask.elsewhere); found && !sees {
					t.Errorf("%s %s %s shows what lies elsewhere", ask.method, ask.path, ask.form)
				} else if !found && sees {
					t.Errorf("%s %s %s does not show one's own: %d\n%s", ask.method, ask.path, ask.form, res.StatusCode, b)
				}
			}
		})
	}
}
