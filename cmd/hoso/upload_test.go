package main

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Somebody logs in with a password, brings a file in on the pages, and its import goes on after its request is answered, in his name and
// with his rights, to the last line.
func TestAFileIsBroughtInByWhoIsLoggedIn(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	first := strings.TrimSpace(found(t, `(\S{20,})`, must(t, "user", "add", "mai", "--name", "Nông Thị Mai", "--data", data)))
	must(t, "user", "grant", "mai", "--role", "caseworker", "--unit", "20", "--data", data)
	must(t, "user", "grant", "mai", "--role", "approver", "--unit", "20", "--data", data)
	address := servingHere(t, "--data", data).find(t, servesAt)

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	send := func(method, path, kind, body string) (*http.Response, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", kind)
		a, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		b, err := io.ReadAll(a.Body)
		if err != nil || a.StatusCode >= 400 {
			t.Fatalf("%s %s: %d %s %v", method, path, a.StatusCode, b, err)
		}
		return a, string(b)
	}
	const password = "một câu dễ nhớ 1"
	send("POST", "/api/v1/session", "application/json", `{"login":"mai","password":"`+first+`"}`)
	send("PUT", "/api/v1/session/password", "application/json", `{"old":"`+first+`","new":"`+password+`"}`)

	const people = 200
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "tháng tư.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(part, claims(people))
	_ = w.Close()
	for end := time.Now().Add(20 * time.Second); ; { // until the pages answer
		if a, err := client.Get(address + "/nhap-du-lieu"); err != nil || time.Now().After(end) {
			t.Fatal(err, "the pages never answer")
		} else if _ = a.Body.Close(); a.StatusCode == http.StatusOK {
			break
		}
	}
	a, _ := send("POST", "/nhap-du-lieu", w.FormDataContentType(), b.String())
	at := a.Request.URL.Path
	ended := func(want *regexp.Regexp) {
		t.Helper()
		var body string
		for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if _, body = send("GET", at, "", ""); !strings.Contains(body, "<progress") {
				break
			}
		}
		if !want.MatchString(body) {
			t.Fatalf("%s does not say %s", body, want)
		}
	}
	ended(regexp.MustCompile(`sẽ ghi <strong>\d+</strong>`))
	send("POST", at+"/nhap", "application/x-www-form-urlencoded", "")
	ended(regexp.MustCompile(`Ghi mới <strong>800</strong>, đã có từ trước <strong>0</strong>, bị từ chối <strong>0</strong>`))
}
