package signin

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

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
