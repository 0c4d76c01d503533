package signin

import (
	"strings"
	"testing"
	"time"

	"hoso/domain/right"
)

// What nobody may do who is not, or no longer, or not for this.
func TestAttacks(t *testing.T) {
	t.Parallel()
	for name, attack := range map[string]struct {
		do     func(*office) reply
		status int
	}{
		"no session": {func(o *office) reply { return o.browser().send("GET", "/whoami", "") }, 401},
		"a session made up": {func(o *office) reply {
			return o.browser().send("GET", "/whoami", "", "Cookie", "hoso="+strings.Repeat("A", 43))
		}, 401},
		"two cookies":              {func(o *office) reply { return o.browser().send("GET", "/whoami", "", "Cookie", "hoso=x; hoso=y") }, 401},
		"a forged token":           {func(o *office) reply { return o.browser().bearing(forged(o)) }, 401},
		"a token cut short":        {func(o *office) reply { tok := o.token(right.Scope{}); return o.browser().bearing(tok[:len(tok)-1]) }, 401},
		"a token with another end": {func(o *office) reply { tok := o.token(right.Scope{}); return o.browser().bearing(tok + "A") }, 401},
		"no token":                 {func(o *office) reply { return o.browser().bearing("hoso_") }, 401},
		"basic authentication": {func(o *office) reply {
			return o.browser().send("GET", "/whoami", "", "Authorization", "Basic bWFpOm1haQ==")
		}, 401},
		"a token that has expired": {func(o *office) reply {
			tok := o.token(right.Scope{})
			o.pass(91 * 24 * time.Hour)
			return o.browser().bearing(tok)
		}, 401},
		"a token that was revoked": {func(o *office) reply {
			tok, id := o.issue(right.Scope{})
			must(o.t, o.Accounts.RevokeToken(o.console, mai, id.ID))
			return o.browser().bearing(tok)
		}, 401},
		"a token of a closed account": {func(o *office) reply {
			tok := o.token(right.Scope{})
			must(o.t, o.Accounts.Close(o.console, mai))
			return o.browser().bearing(tok)
		}, 401},
		"a token beyond its scope": {func(o *office) reply {
			return o.browser().bearing(o.token(right.Scope{Actions: []right.Action{right.ReadFigures}}))
		}, 403},
		"a token for another unit": {func(o *office) reply { return o.browser().bearing(o.token(right.Scope{Unit: "181"})) }, 403},
		"a token's right that was revoked": {func(o *office) reply {
			tok := o.token(right.Scope{})
			one, _ := o.Accounts.Find(o.console, mai)
			must(o.t, o.Accounts.Revoke(o.console, mai, one.Grants[0].ID))
			return o.browser().bearing(tok)
		}, 403},
		"a bad token beside a good cookie": {func(o *office) reply {
			return o.in(mai, password).send("GET", "/whoami", "", "Authorization", "Bearer hoso_x")
		}, 401},
		"a session of a closed account": {func(o *office) reply {
			b := o.in(mai, password)
			must(o.t, o.Accounts.Close(o.console, mai))
			return b.send("GET", "/whoami", "")
		}, 401},
		"a session from before the account was reopened": {func(o *office) reply {
			b := o.in(mai, password)
			must(o.t, o.Accounts.Close(o.console, mai))
			must(o.t, o.Accounts.Reopen(o.console, mai))
			return b.send("GET", "/whoami", "")
		}, 401},
		"a right that was revoked": {func(o *office) reply {
			b := o.in(mai, password)
			one, _ := o.Accounts.Find(o.console, mai)
			must(o.t, o.Accounts.Revoke(o.console, mai, one.Grants[0].ID))
			return b.send("GET", "/whoami", "")
		}, 403},
		"a session that nobody used for a while": {func(o *office) reply {
			b := o.in(mai, password)
			o.pass(31 * time.Minute)
			return b.send("GET", "/whoami", "")
		}, 401},
		"a session that is over": {func(o *office) reply {
			b := o.in(mai, password)
			o.pass(13 * time.Hour)
			return b.send("GET", "/whoami", "")
		}, 401},
		"a closed account logs in": {func(o *office) reply {
			must(o.t, o.Accounts.Close(o.console, mai))
			return o.browser().logIn("mai", password)
		}, 401},
		"a password that was reset": {func(o *office) reply {
			must(o.t, o.Accounts.ResetPassword(o.console, mai, o.hasher.make("another one")))
			return o.browser().logIn("mai", password)
		}, 401},
		"one token makes another": {func(o *office) reply {
			return o.browser().send("POST", "/api/v1/session/tokens", `{"label":"x"}`, "Authorization", "Bearer "+o.token(right.Scope{}))
		}, 403},
		"a token changes the password": {func(o *office) reply {
			return o.browser().send("PUT", "/api/v1/session/password", `{"old":"`+password+`","new":"một câu khác hẳn"}`, "Authorization", "Bearer "+o.token(right.Scope{}))
		}, 401},
		"a form in place of JSON": {func(o *office) reply {
			return o.browser().send("POST", "/api/v1/session", `{"login":"mai","password":"`+password+`"}`, "Content-Type", "text/plain")
		}, 400},
		"more than asked for": {func(o *office) reply {
			return o.browser().send("POST", "/api/v1/session", `{"login":"mai","password":"`+password+`","role":"administrator"}`)
		}, 400},
		"two names in one": {func(o *office) reply {
			return o.browser().send("POST", "/api/v1/session", `{"login":"khac","login":"mai","password":"`+password+`"}`)
		}, 400},
		"a second name in capitals": {func(o *office) reply {
			return o.browser().send("POST", "/api/v1/session", `{"login":"khac","LOGIN":"mai","password":"`+password+`"}`)
		}, 400},
		"a name in letters that fold": {func(o *office) reply {
			return o.browser().send("POST", "/api/v1/session", `{"login":"mai","paſſword":"`+password+`"}`)
		}, 400},
		"two objects": {func(o *office) reply {
			return o.browser().send("POST", "/api/v1/session", `{"login":"mai","password":"`+password+`"}{}`)
		}, 400},
		"very deep JSON": {func(o *office) reply {
			return o.browser().send("POST", "/api/v1/session", strings.Repeat(`{"login":`, 600)+`1`+strings.Repeat(`}`, 600))
		}, 400},
		"a book":                   {func(o *office) reply { return o.browser().logIn("mai", strings.Repeat("a", 1<<20)) }, 400},
		"not JSON":                 {func(o *office) reply { return o.browser().send("POST", "/api/v1/session", `{"login":`) }, 400},
		"no password":              {func(o *office) reply { return o.browser().logIn("mai", "") }, 401},
		"a name with a line break": {func(o *office) reply { return o.browser().logIn("mai\nlevel=ERROR msg=forged", "x") }, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			r := attack.do(o)
			if r.status != attack.status {
				t.Errorf("%d %s, want %d", r.status, r.body, attack.status)
			}
			if strings.Contains(o.said.String(), password) || strings.Contains(r.body, password) {
				t.Error("a password was told")
			}
			if strings.Contains(o.said.String(), "\nlevel=ERROR") {
				t.Errorf("a line was forged or something failed: %s", o.said.String())
			}
		})
	}
}
