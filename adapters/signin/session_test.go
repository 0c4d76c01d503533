package signin

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

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
