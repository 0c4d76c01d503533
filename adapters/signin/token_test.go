package signin

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hoso/domain/account"
	"hoso/domain/right"
)

func (b *browser) bearing(token string) reply {
	b.o.t.Helper()
	return b.send("GET", "/whoami", "", "Authorization", "Bearer "+token)
}

func (o *office) issue(scope right.Scope) (string, account.Token) {
	o.t.Helper()
	text, token := NewToken(mai, "bảng số liệu", scope, o.Accounts.Today().AddDays(90))
	must(o.t, o.Accounts.IssueToken(o.console, mai, token))
	return text, token
}

func (o *office) token(scope right.Scope) string {
	o.t.Helper()
	text, _ := o.issue(scope)
	if r := o.browser().bearing(text); r.status == 401 {
		o.t.Fatal("the token itself does not work")
	}
	return text
}

// forged is a token with a right account, id and checksum, and another secret.
func forged(o *office) string {
	text := o.token(right.Scope{})
	other, _ := NewToken(mai, "x", right.Scope{}, 0)
	a, _ := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(text, tokenPrefix))
	b, _ := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(other, tokenPrefix))
	body := append(append([]byte{}, a[:32]...), b[32:64]...)
	return sealToken(body)
}

// What is stolen with the file of sessions opens nothing.
func TestTheFileHoldsNothingToLogInWith(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	b := o.in(mai, password)
	o.browser().logIn(password, password) // typed into the wrong field
	token := o.token(right.Scope{})
	files, err := filepath.Glob(filepath.Join(o.Dir, "*"))
	must(t, err)
	for _, f := range files {
		content, err := os.ReadFile(f)
		must(t, err)
		for what, secret := range map[string]string{"the cookie": b.cookie().Value, "a password": password, "a token": token} {
			if strings.Contains(string(content), secret) {
				t.Errorf("%s holds %s", filepath.Base(f), what)
			}
		}
		if info, err := os.Stat(f); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be read by others: %v", filepath.Base(f), info.Mode())
		}
	}
}

// A revocation that was acknowledged before a request began is honoured, over HTTP, with sessions and tokens.
func TestRevocationAgainstUse(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	token, b := o.token(right.Scope{}), o.in(mai, password)
	for range 5 {
		one, err := o.Accounts.Find(o.console, mai)
		must(t, err)
		var revoked atomic.Bool
		var all sync.WaitGroup
		var allowed atomic.Int64
		begun := make(chan struct{}, 1)
		for n := range 6 {
			all.Go(func() {
				for {
					late := revoked.Load()
					var r reply
					if n%2 == 0 {
						r = o.browser().bearing(token)
					} else {
						r = b.send("GET", "/whoami", "")
					}
					if r.status == 200 {
						allowed.Add(1)
						select {
						case begun <- struct{}{}:
						default:
						}
					}
					if late && r.status != 403 {
						t.Errorf("%d after the revocation was acknowledged", r.status)
					}
					if late {
						return
					}
				}
			})
		}
		<-begun
		must(t, o.Accounts.Revoke(o.console, mai, one.Grants[0].ID))
		revoked.Store(true)
		all.Wait()
		if allowed.Load() == 0 {
			t.Fatal("nothing was tested")
		}
		_, err = o.Accounts.Grant(o.console, mai, right.Grant{Role: right.Caseworker, Unit: "188"})
		must(t, err)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	b := o.in(mai, password)
	r := b.send("POST", "/api/v1/session/tokens", `{"label":"bảng số liệu","scope":{"actions":["act"]}}`)
	if r.status != 201 || !strings.Contains(r.body, `"token":"hoso_`) || !strings.Contains(r.body, `"until":"`+o.Accounts.Today().AddDays(usualToken).String()+`"`) {
		t.Fatal(r)
	}
	token := r.body[strings.Index(r.body, "hoso_"):]
	token = token[:strings.Index(token, `"`)]
	if r := o.browser().bearing(token); r.status != 200 || r.body != "mai" {
		t.Errorf("%d %s", r.status, r.body)
	}
	one, err := o.Accounts.Find(o.console, mai)
	must(t, err)
	if r := b.send("DELETE", "/api/v1/session/tokens/"+one.Tokens[0].ID.String(), ""); r.status != 204 {
		t.Error(r)
	}
	if r := o.browser().bearing(token); r.status != 401 || r.header.Get("WWW-Authenticate") == "" {
		t.Errorf("revoked: %d", r.status)
	}
	for _, body := range []string{`{"label":""}`, `{"label":"x","until":"2134-01-01"}`, `{"label":"x","scope":{"actions":["all"]}}`, `{"label":"x","scope":{"unit":"99999"}}`} {
		if r := b.send("POST", "/api/v1/session/tokens", body); r.status < 400 || r.status >= 500 {
			t.Errorf("%s: %d", body, r.status)
		}
	}
}
