package signin

import (
	"net/url"
	"strings"
	"testing"
)

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
