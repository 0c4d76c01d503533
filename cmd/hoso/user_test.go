package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// found returns what a pattern finds in an answer.
func found(t *testing.T, pattern, text string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%q is not in %s", pattern, text)
	}
	return m[1]
}

// Accounts of a data directory, from their opening to their closing, and who could do what in between.
func TestUsers(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	user := func(args ...string) string {
		t.Helper()
		return must(t, append(append([]string{"user"}, args...), "--data", data)...)
	}
	found(t, `mật khẩu dùng một lần: (\S{20,})`, user("add", "mai", "--name", "Nông Thị Mai"))
	grant := found(t, `quyền (\S+)\.`, user("grant", "mai", "--role", "caseworker", "--unit", "188", "--types", "merit,rehab"))
	user("grant", "mai", "--role", "statistician", "--until", "2020-01-01")
	token := user("token", "mai", "--label", "bảng số liệu", "--actions", "read_figures")
	if !strings.HasPrefix(token, "hoso_") {
		t.Errorf("no token: %s", token)
	}
	if list := user("list"); !strings.Contains(list, "Nông Thị Mai") || !strings.Contains(list, "cán bộ thụ lý") || !strings.Contains(list, "bảng số liệu") || strings.Contains(list, "thống kê") {
		t.Errorf("%s", list)
	}
	var answer struct {
		Accounts []struct{ Tokens []map[string]any } `json:"accounts"`
	}
	if err := json.Unmarshal([]byte(user("list", "--format", "json")), &answer); err != nil || len(answer.Accounts[0].Tokens) != 1 || answer.Accounts[0].Tokens[0]["hash"] != nil {
		t.Errorf("%+v %v", answer, err)
	}
	act := []string{"who", "act", "--type", "rehab", "--unit", "06550"}
	if who := user(act...); !strings.HasPrefix(who, "mai") {
		t.Errorf("who may act: %q", who)
	}
	user("revoke", "mai", grant)
	if who := user(act...); who != "" {
		t.Errorf("who may act after the revocation: %q", who)
	}
	if who := user(append(act, "--as-of", "4")...); !strings.HasPrefix(who, "mai") {
		t.Errorf("who could act before it: %q", who)
	}
	if who := user("who", "read_figures", "--on", "2019-12-31"); !strings.HasPrefix(who, "mai") {
		t.Errorf("who could read figures then: %q", who)
	}
	user("close", "mai")
	user("reopen", "mai")
	user("password", "mai")

	fails(t, 3, "account.exists", "user", "add", "mai", "--name", "Người khác", "--data", data)
	fails(t, 3, "account.missing", "user", "close", "khong", "--data", data)
	fails(t, 3, "account.no_grant", "user", "revoke", "mai", grant, "--data", data)
	fails(t, 3, "account.bad_grant", "user", "grant", "mai", "--role", "auditor", "--approve-own", "--data", data)
	fails(t, 3, "signin.malformed", "user", "grant", "mai", "--role", "auditor", "--unit", "99999", "--data", data)
	fails(t, 3, "account.not_a_login", "user", "add", "Mai Nông", "--name", "x", "--data", data)
	fails(t, 2, "usage", "user", "grant", "mai", "--role", "root", "--data", data)
}

// A running server: its first administrator logs in, changes the password, takes a token, and administers with it.
func TestUsersOfAServer(t *testing.T) {
	dir := t.TempDir()
	serving, cancel := context.WithCancel(t.Context())
	out, w := io.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		run(serving, &env{args: []string{"serve", "--data", filepath.Join(dir, "data"), "--listen", "127.0.0.1:0"}, out: w, err: os.Stderr, clock: clock})
		_ = w.Close()
	}()
	defer func() { cancel(); go func() { _, _ = io.Copy(io.Discard, out) }(); <-ended }()
	var printed strings.Builder
	for b := make([]byte, 4096); !strings.Contains(printed.String(), "dừng: Ctrl-C"); {
		n, err := out.Read(b)
		if err != nil {
			t.Fatal(err, printed.String())
		}
		printed.Write(b[:n])
	}
	address := found(t, `(http://\S+)`, printed.String())
	first := found(t, `admin, mật khẩu dùng một lần: (\S+)`, printed.String())

	cookie := ""
	send := func(method, path, body string, headers ...string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Cookie", cookie)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		for _, c := range a.Header.Values("Set-Cookie") {
			if strings.HasPrefix(c, "hoso=") { // the session
				cookie, _, _ = strings.Cut(c, ";")
			}
		}
		text, _ := io.ReadAll(a.Body)
		return a.StatusCode, string(text)
	}
	logIn := `{"login":"admin","password":"` + first + `"}`
	if code, body := send("POST", "/api/v1/session", logIn, "Sec-Fetch-Site", "cross-site"); code != http.StatusForbidden {
		t.Errorf("a log-in from another site: %d %s", code, body)
	}
	if code, body := send("POST", "/api/v1/session", logIn); code != http.StatusOK {
		t.Fatal(code, body)
	}
	if code, _ := send("POST", "/api/v1/accounts", `{"login":"mai","name":"Nông Thị Mai"}`); code != http.StatusUnauthorized {
		t.Errorf("an account before the password was changed: %d", code)
	}
	if code, body := send("PUT", "/api/v1/session/password", `{"old":"`+first+`","new":"một câu khác hẳn"}`); code != http.StatusOK {
		t.Fatal(code, body)
	}
	for _, path := range []string{"/api/v1/accounts", "/api/v1/session/tokens", "/api/v1/accounts/admin/close"} {
		if code, _ := send("POST", path, `{"login":"x","name":"x"}`, "Origin", "https://evil.example"); code != http.StatusForbidden {
			t.Errorf("%s from another site: %d", path, code)
		}
	}
	_, body := send("POST", "/api/v1/session/tokens", `{"label":"dòng lệnh"}`)
	t.Setenv("HOSO_TOKEN", found(t, `"token":"([^"]+)"`, body))
	user := func(args ...string) string {
		t.Helper()
		return must(t, append(append([]string{"user"}, args...), "--server", address)...)
	}
	user("add", "mai", "--name", "Nông Thị Mai")
	user("grant", "mai", "--role", "caseworker", "--unit", "188")
	mai := strings.TrimSpace(user("token", "mai", "--label", "thử"))
	if code, body := send("GET", "/api/v1/me", "", "Authorization", "Bearer "+mai); code != http.StatusOK || !strings.Contains(body, "mai") {
		t.Errorf("the API with the token: %d %s", code, body)
	}
	if code, body := send("GET", "/api/v1/accounts", "", "Authorization", "Bearer "+mai); code != http.StatusForbidden || !strings.Contains(body, "right.missing") {
		t.Errorf("a caseworker looks at accounts: %d %s", code, body)
	}
	if code, body := send("GET", "/api/v1/figures/2024-04", "", "Authorization", "Bearer "+mai); code != http.StatusForbidden {
		t.Errorf("figures of everywhere: %d %s", code, body)
	}
	fails(t, 3, "account.to_oneself", "user", "grant", "admin", "--role", "caseworker", "--server", address)
	user("close", "mai")
	if code, _ := send("GET", "/api/v1/me", "", "Authorization", "Bearer "+mai); code != http.StatusUnauthorized {
		t.Errorf("a token of a closed account: %d", code)
	}
	t.Setenv("HOSO_TOKEN", mai)
	fails(t, 3, "right.nobody", "user", "list", "--server", address)
}
