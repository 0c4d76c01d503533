package signin

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// A stranger at one address, however long he goes on, does not keep the owner out: neither in a browser that is known nor in a new one.
func TestAStrangerDoesNotLockTheOwnerOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	stranger := o.browser().from("192.0.2.66")
	for range 200 {
		stranger.logIn("mai", "sai mật khẩu")
		o.pass(longestDelay)
	}
	stranger.logIn("mai", "sai mật khẩu")
	if r := stranger.logIn("mai", "sai mật khẩu"); r.status != 429 {
		t.Errorf("the stranger: %d", r.status)
	}
	if r := o.browser().from("192.0.2.1").logIn("mai", password); r.status != 200 {
		t.Errorf("the owner in a new browser: %d %s", r.status, r.body)
	}
}

// Strangers at many addresses wear out what browsers are given that are new to the account. One that is known still gets in, at the very
// address from which it is attacked.
func TestManyStrangersDoNotLockAKnownBrowserOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	home := o.browser().from("192.0.2.1")
	if r := home.logIn("mai", password); r.status != 200 || !strings.Contains(r.set("hoso-"), "HttpOnly") {
		t.Fatalf("%d %q", r.status, r.set("hoso-"))
	}
	looked := 0
	for n := range 200 {
		address := fmt.Sprintf("198.51.100.%d", n)
		if n%2 == 0 {
			address = "192.0.2.1" // a colleague behind the same address
		}
		if o.browser().from(address).logIn("mai", "sai mật khẩu").status == 401 {
			looked++
		}
	}
	if looked > freeByAccount+freeByPair {
		t.Errorf("%d passwords were looked at", looked)
	}
	if r := o.browser().from("203.0.113.9").logIn("mai", password); r.status != 429 {
		t.Errorf("a browser that is new to the account: %d", r.status)
	}
	home.send("DELETE", "/api/v1/session", "")
	if r := home.logIn("mai", password); r.status != 200 {
		t.Errorf("the browser that is known: %d %s", r.status, r.body)
	}
	o.pass(longestDelay + time.Second)
	if r := o.browser().from("203.0.113.9").logIn("mai", password); r.status != 200 {
		t.Errorf("a new browser when the wait is over: %d", r.status)
	}
}

// A known browser guesses no faster than others, and its cookie is worth nothing for another account, made up, or after half a year.
func TestADeviceGivesNothingButItsOwnTries(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.open("hoa", "một câu khác hẳn 2")
	tries := func(b *browser, login string) (looked int) {
		for range 30 {
			if b.logIn(login, "sai mật khẩu").status == 401 {
				looked++
			}
		}
		return looked
	}
	b := o.in(mai, password)
	if n := tries(b, "mai"); n != freeByDevice {
		t.Errorf("%d passwords were looked at", n)
	}
	value := func() string {
		c := strings.SplitN(o.in("hoa", "một câu khác hẳn 2").from("192.0.2.3").logIn("hoa", "một câu khác hẳn 2").set("hoso-"), ";", 2)[0]
		_, v, _ := strings.Cut(c, "=")
		return v
	}
	for n, secret := range []string{"", "x", strings.Repeat("A", 26), value()} {
		made, looked := o.browser().from(fmt.Sprintf("192.0.2.%d", 100+n)), 0
		for range 30 {
			body := `{"login":"mai","password":"sai mật khẩu"}`
			if made.send("POST", "/api/v1/session", body, "Cookie", o.deviceCookie("mai")+"="+secret).status == 401 {
				looked++
			}
		}
		if looked != freeByPair {
			t.Errorf("with %d bytes of its own: %d were looked at", len(secret), looked)
		}
	}
	o.pass(deviceKept + time.Second)
	if known, err := o.file.known(t.Context(), byDevice(mai, b.cookie().Value)); known || err != nil {
		t.Errorf("%t %v", known, err)
	}
}

// The file does not grow with what has ended, also where the program runs for months.
func TestTheFileIsSweptWhileTheProgramRuns(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.in(mai, password)
	o.browser().logIn("khong-co", "sai mật khẩu")
	count := func() (n int) {
		must(t, o.file.db.QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM attempts) + (SELECT count(*) FROM devices)").Scan(&n))
		return n
	}
	if n := count(); n < 4 {
		t.Fatalf("%d rows", n)
	}
	o.pass(deviceKept + time.Hour)
	o.browser().logIn("khong-co", "sai mật khẩu")
	if n := count(); n != 3 { // what that attempt is counted by
		t.Errorf("%d rows are left", n)
	}
}

// Nobody makes sessions without end on the way to the provider.
func TestTooManyOnTheirWayToTheProvider(t *testing.T) {
	t.Parallel()
	now := begun
	f := newFlights(func() time.Time { return now })
	for n := range flightsOfNetwork {
		must(t, f.begin(fmt.Sprint("a", n), "2001:db8::1"))
	}
	err := f.begin("one more", "2001:db8::2")
	if many := (*TooMany)(nil); !errors.As(err, &many) || many.Wait != flightTime {
		t.Fatalf("%v", err)
	}
	f.end("a0")
	must(t, f.begin("in its place", "2001:db8::2"))
	for n := range flightsOfAll - flightsOfNetwork {
		must(t, f.begin(fmt.Sprint("b", n), fmt.Sprintf("2001:db8:0:%x::1", n+1)))
	}
	if f.begin("beyond all", "192.0.2.1") == nil {
		t.Error("there is no end")
	}
	now = now.Add(flightTime)
	must(t, f.begin("later", "2001:db8::1"))
	if len(f.all) != 1 {
		t.Errorf("%d are kept", len(f.all))
	}
}

func TestTheWayToTheProviderIsLimited(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(_ *office, s *Options) {
		s.Provider = &Provider{Name: "tài khoản cơ quan", Issuer: "http://127.0.0.1:1/", ClientID: "web", Address: "http://127.0.0.1"}
	})
	for n := range flightsOfNetwork {
		must(t, o.flights.begin(fmt.Sprint(n), "192.0.2.7"))
	}
	if r := o.browser().from("192.0.2.7").send("GET", "/dang-nhap/oidc", ""); r.status != 429 || !strings.Contains(r.body, "thử lại sau 600 giây") {
		t.Errorf("%d %s", r.status, r.body)
	}
}
