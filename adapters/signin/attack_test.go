package signin

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoso/domain/account"
	"hoso/domain/right"
)

func TestLogInAndOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	b := o.browser()
	b.is("no session", 401)
	r := b.logIn(" Mai ", password)
	if r.status != 200 || !strings.Contains(r.body, `"account":"mai"`) || !strings.Contains(r.body, `"must_change":false`) {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if c := r.set("hoso="); !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Lax") || !strings.Contains(c, "Path=/") {
		t.Errorf("cookie %s", strings.SplitN(c, ";", 2)[1])
	}
	b.is("a session", 200)
	stolen := b.cookie().Value
	if r := b.send("DELETE", "/api/v1/session", ""); r.status != 204 {
		t.Fatal(r)
	}
	b.is("logged out", 401)
	if r := o.browser().send("GET", "/whoami", "", "Cookie", "hoso="+stolen); r.status != 401 {
		t.Errorf("the cookie of a session that has ended: %d", r.status)
	}
}

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

// Whoever plants a cookie in another one's browser does not get in with him.
func TestFixation(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	attacker := o.in(mai, password) // a session of his own
	planted := attacker.cookie().Value
	victim := o.browser()
	r := victim.send("POST", "/api/v1/session", `{"login":"mai","password":"`+password+`"}`, "Cookie", "hoso="+planted)
	if r.status != 200 || victim.cookie() == nil || victim.cookie().Value == planted {
		t.Fatalf("the session's id did not change: %d", r.status)
	}
	victim.is("the victim", 200)
	if r := o.browser().send("GET", "/whoami", "", "Cookie", "hoso="+planted); r.status != 401 {
		t.Errorf("the planted session is the victim's: %d", r.status)
	}
	nobody := strings.Repeat("B", 43)
	if r := o.browser().send("POST", "/api/v1/session", `{"login":"mai","password":"`+password+`"}`, "Cookie", "hoso="+nobody); r.status != 200 || strings.Contains(strings.Join(r.header.Values("Set-Cookie"), ""), nobody) {
		t.Errorf("a made-up id was taken over: %d", r.status)
	}
}

func TestAChangedPasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	here, elsewhere := o.in(mai, password), o.in(mai, password)
	before := here.cookie().Value
	for body, code := range map[string]string{
		`{"old":"sai mật khẩu rồi","new":"một câu khác hẳn"}`:   "signin.wrong",
		`{"old":"` + password + `","new":"ngắn"}`:               "signin.password_too_short",
		`{"old":"` + password + `","new":"aaaaaaaaaaaaaaa"}`:    "signin.password_too_simple",
		`{"old":"` + password + `","new":"MAI là tên của tôi"}`: "signin.password_too_simple",
		`{"old":"` + password + `","new":"` + password + `"}`:   "signin.password_same",
	} {
		if r := here.send("PUT", "/api/v1/session/password", body); r.code() != code {
			t.Errorf("%s: %s", code, r.body)
		}
	}
	if r := here.send("PUT", "/api/v1/session/password", `{"old":"`+password+`","new":"một câu khác hẳn"}`); r.status != 200 {
		t.Fatal(r)
	}
	here.is("the session that changed it", 200)
	elsewhere.is("another session", 401)
	if here.cookie().Value == before {
		t.Error("the session kept its id")
	}
	if r := o.browser().logIn("mai", password); r.status != 401 {
		t.Errorf("the old password: %d", r.status)
	}
}

// The first password of an administrator opens nothing but the change of itself.
func TestTheFirstAdministrator(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first, err := o.Bootstrap(t.Context())
	must(t, err)
	if again, err := o.Bootstrap(t.Context()); again != "" || err != nil || len(first) < 26 {
		t.Fatalf("%q after %q, %v", again, first, err)
	}
	b := o.in("admin", first)
	b.is("before the change", 401)
	if r := b.send("POST", "/api/v1/session/tokens", `{"label":"x"}`); r.status != 401 {
		t.Errorf("a token before the change: %d", r.status)
	}
	if r := b.send("GET", "/api/v1/session", ""); !strings.Contains(r.body, `"must_change":true`) || strings.Contains(r.body, "administrator") {
		t.Errorf("%s", r.body)
	}
	if r := b.send("PUT", "/api/v1/session/password", `{"old":"`+first+`","new":"một câu khác hẳn"}`); r.status != 200 || !strings.Contains(r.body, `"role":"administrator"`) {
		t.Fatal(r)
	}
	b.is("after the change, and an administrator does not act", 403)
	if r := o.browser().logIn("admin", first); r.status != 401 {
		t.Errorf("the one-time password works twice: %d", r.status)
	}
}

// However many guess at once, no more passwords are looked at than one after the other.
func TestBruteForce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var wrong, refused atomic.Int64
	var all sync.WaitGroup
	for n := range 60 {
		all.Go(func() {
			switch r := o.browser().logIn("mai", fmt.Sprintf("sai mật khẩu %d", n)); r.status {
			case 401:
				wrong.Add(1)
			case 429:
				refused.Add(1)
			}
		})
	}
	all.Wait()
	if wrong.Load() != freeByPair || refused.Load() != 60-freeByPair {
		t.Fatalf("%d passwords were looked at, %d refused", wrong.Load(), refused.Load())
	}
	r := o.browser().logIn("mai", password)
	if r.status != 429 || r.code() != "signin.too_many" || r.header.Get("Retry-After") != "1" {
		t.Errorf("the right password in between: %d %s %s", r.status, r.body, r.header.Get("Retry-After"))
	}
	if logged := o.said.String(); !strings.Contains(logged, "code=signin.too_many") || strings.Contains(logged, "code=internal") {
		t.Errorf("whoever watches the log is not told of it: %s", logged)
	}
	var waits []time.Duration
	for range 12 {
		wait := byPair("mai", "127.0.0.1").delay(int64(freeByPair + len(waits)))
		waits = append(waits, wait)
		o.pass(wait)
		if r := o.browser().logIn("mai", "sai mật khẩu"); r.status != 401 && r.code() == "signin.wrong" {
			t.Fatal(r)
		}
	}
	for i, w := range waits {
		if want := min(time.Second<<i, longestDelay); w != want {
			t.Errorf("after %d failures too many the wait is %s, want %s", i, w, want)
		}
	}
	o.pass(forgiven + time.Second)
	o.in(mai, password)
}

// Who tries many names from one address is held up too, whether the names exist or not; who logs in rightly goes on guessing no
// faster.
func TestManyNamesFromOneAddress(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	looked := 0
	for n := range 40 {
		if o.browser().logIn(fmt.Sprintf("khong-co-%d", n), "sai mật khẩu").status == 401 {
			looked++
		}
		if n == 10 {
			o.in(mai, password)
		}
	}
	if looked != freeByAddress {
		t.Errorf("%d names were looked at from one address", looked)
	}
	if a, b := byAddress("2001:db8::1"), byAddress("2001:db8::ffff"); a != b || a == byAddress("2001:db8:0:1::1") {
		t.Error("one client with a network of addresses counts as many, or two as one")
	}
}

// An address learns nothing about which names exist: the same words, and the same work.
func TestNamesAreNotTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	there, none := o.browser().logIn("mai", "sai mật khẩu"), o.browser().logIn("khong-co", "sai mật khẩu")
	if there.body != none.body || there.status != none.status {
		t.Errorf("%s and %s", there.body, none.body)
	}
	var work []Cost
	h := newHasher(cheap)
	h.derive = func(password string, salt []byte, c Cost) []byte {
		work = append(work, c)
		return derive(password, salt, c)
	}
	for _, verifier := range []string{h.make(password), ""} { // of an account, and of none
		if ok, err := h.check(t.Context(), verifier, "sai mật khẩu"); ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	if len(work) != 2 || work[0] != work[1] || work[0] != cheap {
		t.Errorf("the work differs: %+v", work)
	}
	if ok, err := h.check(t.Context(), "", ""); ok || err != nil {
		t.Errorf("no password opens no account: %t %v", ok, err)
	}
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

// Another program over the same file knows the session: it outlives a restart.
func TestSessionsOutliveARestart(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	b := o.in(mai, password)
	again, err := Open(t.Context(), o.Options)
	must(t, err)
	defer again.Close()
	o.server.Config.Handler = again.Known(http.HandlerFunc(whoami))
	b.is("after a restart", 200)
}

// A request that is under way when its session ends does not bring it back, and learns of it.
func TestAnEndedSessionStaysEnded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	inside, leave := make(chan struct{}), make(chan struct{})
	var after atomic.Bool
	slow := o.Known(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(inside)
		<-leave
		_, known := right.Of(r.Context())
		after.Store(known)
	}))
	fast := o.server.Config.Handler
	o.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			slow.ServeHTTP(w, r)
			return
		}
		fast.ServeHTTP(w, r)
	})
	b := o.in(mai, password)
	cookie := b.cookie().Value
	done := make(chan struct{})
	go func() { defer close(done); o.browser().send("GET", "/slow", "", "Cookie", "hoso="+cookie) }()
	<-inside
	b.send("DELETE", "/api/v1/session", "")
	close(leave)
	<-done
	if after.Load() {
		t.Error("a request under way is still somebody's after log-out")
	}
	if r := o.browser().send("GET", "/whoami", "", "Cookie", "hoso="+cookie); r.status != 401 {
		t.Errorf("the session came back: %d", r.status)
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

func TestNobodyIsSentElsewhere(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{
		"/cong-viec?x=1": "/cong-viec?x=1", "": "/", "https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/",
		"/\r\nSet-Cookie: x": "/", "javascript:alert(1)": "/", "evil": "/", "/%0d%0aX": "/%0d%0aX",
	} {
		if got := within(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
	o := newOffice(t)
	form := url.Values{"login": {"mai"}, "password": {password}, "next": {"//evil.example/"}}.Encode()
	if r := o.browser().send("POST", "/dang-nhap", form, "Content-Type", "application/x-www-form-urlencoded"); r.status != 303 || r.header.Get("Location") != "/" {
		t.Errorf("%d to %q", r.status, r.header.Get("Location"))
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first, err := o.NewPassword(o.console, mai)
	must(t, err)
	b := o.browser()
	post := func(path string, form url.Values) reply {
		return b.send("POST", path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	}
	if r := b.send("GET", "/dang-nhap?next=/cong-viec", ""); r.status != 200 || !strings.Contains(r.body, `value="/cong-viec"`) || !strings.Contains(r.header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := post("/dang-nhap", url.Values{"login": {`"><script>alert(1)</script>`}, "password": {"x"}}); r.status != 401 || strings.Contains(r.body, "<script>") || !strings.Contains(r.body, "không đúng") {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := post("/dang-nhap", url.Values{"login": {"mai"}, "password": {first}, "next": {"/cong-viec"}}); r.header.Get("Location") != "/mat-khau?next=%2Fcong-viec" {
		t.Fatalf("%d to %q", r.status, r.header.Get("Location"))
	}
	if r := b.send("GET", "/mat-khau?next=/cong-viec", ""); r.status != 200 || !strings.Contains(r.body, "chỉ dùng một lần") {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := post("/mat-khau", url.Values{"old": {first}, "new": {"một câu khác hẳn"}, "again": {"một câu khác"}}); r.status != 400 || !strings.Contains(r.body, `name="again" type="password" autocomplete="new-password" minlength="12" maxlength="128" required aria-invalid="true"`) {
		t.Errorf("two that differ: %d", r.status)
	}
	if r := post("/mat-khau", url.Values{"old": {first}, "new": {"một câu khác hẳn"}, "again": {"một câu khác hẳn"}, "next": {"/cong-viec"}}); r.header.Get("Location") != "/cong-viec" {
		t.Fatalf("%d %s", r.status, r.body)
	}
	b.is("changed", 200)
	if r := post("/dang-xuat", nil); r.status != 303 {
		t.Errorf("log-out: %d", r.status)
	}
	b.is("logged out", 401)
	if r := b.send("GET", "/mat-khau", ""); r.status != 303 {
		t.Errorf("the password page of nobody: %d", r.status)
	}
	if r := b.send("GET", "/dang-nhap/kieu.css", ""); r.status != 200 || !strings.HasPrefix(r.header.Get("Content-Type"), "text/css") {
		t.Errorf("style: %d %s", r.status, r.header.Get("Content-Type"))
	}
}

func TestCookiesUnderTLS(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(_ *office, s *Options) { s.Secure = true })
	r := o.browser().logIn("mai", password)
	for _, name := range []string{"__Host-hoso=", "__Host-hoso-"} { // of the session, and of the device
		c := r.set(name)
		if !strings.Contains(c, "Secure") || !strings.Contains(c, "HttpOnly") || strings.Contains(c, "Domain") || !strings.Contains(c, "Path=/;") {
			t.Errorf("the cookie %s: %s", name, c[strings.Index(c, ";")+1:])
		}
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

// Work that a request began may outlast it, an import of the pages for instance: it goes on in the name of who began it, also when the
// account is read anew, and ends with the session or the token.
func TestWorkOutlastsItsRequest(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan context.Context, 1)
	fast := o.server.Config.Handler
	o.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/begin" {
			fast.ServeHTTP(w, r)
			return
		}
		o.Known(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { begun <- r.Context() })).ServeHTTP(w, r)
	})
	token, b := o.token(right.Scope{}), o.in(mai, password)
	for name, begin := range map[string]func(){
		"a session": func() { b.send("GET", "/begin", "") },
		"a token":   func() { o.browser().send("GET", "/begin", "", "Authorization", "Bearer "+token) },
	} {
		begin()
		request := <-begun
		<-request.Done() // it is answered
		work := context.WithoutCancel(request)
		_, err := o.Accounts.Grant(o.console, mai, right.Grant{Role: right.Approver, Unit: "188"}) // which has the account read anew
		must(t, err)
		if c, ok := right.Of(work); !ok || c.Account != string(mai) || c.May(right.Approve, right.Target{CaseType: "merit", Unit: "06550"}) != nil {
			t.Errorf("%s: nobody goes on with it", name)
		}
		if name == "a session" {
			b.send("DELETE", "/api/v1/session", "")
			if _, ok := right.Of(work); ok {
				t.Error("it goes on after log-out")
			}
		}
	}
	must(t, o.Accounts.Close(o.console, mai))
}
