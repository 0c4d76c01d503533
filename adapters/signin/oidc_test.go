package signin

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/domain/account"
)

// exampleProvider is a real provider: the example server of zitadel/oidc, which is certified by the OpenID Foundation. It is
// built from the module proxy and runs in a process of its own.
const exampleProvider = "github.com/zitadel/oidc/v3/example/server@v3.45.6"

// provider starts the example provider for one address of return, and returns its issuer.
func provider(t *testing.T, back string) (issuer string) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs another program")
	}
	bin := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "install", exampleProvider)
	build.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=-mod=mod")
	build.Dir = bin
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("SKIPPED, OIDC IS NOT TESTED: %s cannot be built here: %v\n%s", exampleProvider, err, out)
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	must(t, l.Close())
	run := exec.CommandContext(context.WithoutCancel(t.Context()), filepath.Join(bin, "server"))
	run.Env = append(os.Environ(), "PORT="+port, "REDIRECT_URI="+back)
	must(t, run.Start())
	t.Cleanup(func() { _ = run.Process.Kill(); _ = run.Wait() })
	issuer = "http://localhost:" + port + "/"
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) { // the process says nothing when it is ready
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, issuer+".well-known/openid-configuration", http.NoBody)
		must(t, err)
		if a, err := http.DefaultClient.Do(r); err == nil {
			_ = a.Body.Close()
			return issuer
		}
		if time.Since(began) > 30*time.Second {
			t.Fatal("the provider never answered")
		}
	}
}

// withProvider is an office whose people are known to a provider.
func withProvider(t *testing.T) *office {
	t.Helper()
	p := &Provider{Name: "tài khoản cơ quan", ClientID: "web", ClientSecret: "secret",
		Pseudonym: func(s string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceURL, []byte(s)) }}
	o := newOffice(t, func(o *office, s *Options) {
		s.Provider = p
		p.Linked = func(ctx context.Context, i account.Identity) (account.Login, bool, error) {
			one, err := o.Accounts.Find(ctx, mai)
			return mai, err == nil && slices.Contains(one.Linked, i), nil
		}
	})
	p.Address = o.server.URL
	p.Issuer = provider(t, o.server.URL+callbackPath)
	return o
}

// atProvider goes to the provider, logs in there, and returns where the provider sends the browser back to.
func (b *browser) atProvider() (back string) {
	t := b.o.t
	t.Helper()
	get := func(method, address string, form url.Values) (status int, next, text string) {
		r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
		must(t, err)
		if form != nil {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		a, err := b.Do(r)
		must(t, err)
		defer a.Body.Close()
		body, err := io.ReadAll(a.Body)
		must(t, err)
		if to, err := a.Location(); err == nil {
			next = to.String()
		}
		return a.StatusCode, next, string(body)
	}
	_, authorize, _ := get(http.MethodGet, b.o.server.URL+"/dang-nhap/oidc?next=/cong-viec", nil)
	_, page, _ := get(http.MethodGet, authorize, nil)
	_, _, form := get(http.MethodGet, page, nil)
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(form)
	if id == nil {
		t.Fatalf("no form at the provider: %s", form)
	}
	status, taken, text := get(http.MethodPost, page, url.Values{"id": {id[1]}, "username": {"test-user@localhost"}, "password": {"verysecure"}})
	if status != http.StatusFound {
		t.Fatalf("the provider refused: %d %s", status, text)
	}
	_, back, _ = get(http.MethodGet, taken, nil)
	return back
}

// returns sends the browser back from the provider.
func (b *browser) returns(back string) reply {
	return b.send("GET", strings.TrimPrefix(back, b.o.server.URL), "")
}

func TestTheOfficesOwnProvider(t *testing.T) {
	t.Parallel()
	o := withProvider(t)
	one := o.browser()
	if r := one.returns(one.atProvider()); r.status != 403 || !strings.Contains(r.body, "chưa gắn") {
		t.Fatalf("an identity that is linked to nobody: %d %s", r.status, r.body)
	}
	one.is("and stays nobody", 401)

	identity := o.Provider.Identity("id1")
	must(t, o.Accounts.Link(o.console, mai, identity))
	b := o.browser()
	planted := b.cookie()
	back := b.atProvider()
	before := b.cookie().Value
	if r := b.returns(back); r.status != 303 || r.header.Get("Location") != "/cong-viec" {
		t.Fatalf("%d to %s: %s", r.status, r.header.Get("Location"), r.body)
	}
	if b.cookie().Value == before || planted != nil {
		t.Error("the session kept its id")
	}
	b.is("logged in", 200)
	if r := b.send("GET", "/api/v1/session", ""); !strings.Contains(r.body, `"via":"oidc"`) {
		t.Errorf("%s", r.body)
	}

	// Attacks.
	if r := b.returns(back); r.status != 401 {
		t.Errorf("the same return twice: %d", r.status)
	}
	victim := o.browser()
	attackers := o.browser().atProvider()
	if r := victim.returns(attackers); r.status != 401 {
		t.Errorf("an attacker's return in a victim's browser: %d", r.status)
	}
	victim.is("the victim is not logged in as the attacker", 401)
	half := o.browser()
	sent := half.atProvider()
	if r := half.returns(strings.Replace(sent, "state=", "state=x", 1)); r.status != 401 {
		t.Errorf("another state: %d", r.status)
	}
	if r := half.returns(sent); r.status != 401 {
		t.Errorf("the right state after a wrong one: %d", r.status)
	}
	if r := half.returns(callbackPath + "?error=access_denied"); r.status != 401 {
		t.Errorf("a refusal: %d", r.status)
	}
	other := o.browser()
	stolen, err := url.Parse(o.browser().atProvider())
	must(t, err)
	mine, err := url.Parse(other.atProvider())
	must(t, err)
	q := mine.Query()
	q.Set("code", stolen.Query().Get("code")) // a code that was made for another browser
	if r := other.returns(callbackPath + "?" + q.Encode()); r.status != 401 {
		t.Errorf("a stolen code: %d", r.status)
	}

	must(t, o.Accounts.Unlink(o.console, mai, identity))
	b.is("after the identity was unlinked", 401)
	if s := o.said.String(); strings.Contains(s, "id1") || strings.Contains(s, "test-user") {
		t.Errorf("the log names people: %s", s)
	}
}

// Without its provider the office still logs in with passwords, and is told what is wrong.
func TestAProviderThatIsAway(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(_ *office, s *Options) {
		s.Provider = &Provider{Name: "tài khoản cơ quan", Issuer: "http://127.0.0.1:1/", ClientID: "web", Address: "http://127.0.0.1"}
	})
	if r := o.browser().send("GET", "/dang-nhap/oidc", ""); r.status != 503 || !strings.Contains(r.body, "không trả lời") {
		t.Errorf("%d %s", r.status, r.body)
	}
	o.in(mai, password).is("with a password", 200)
}
