package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"hoso/domain/right"
)

// A token is shown once, listed without its secret, and revoked; an identity of the provider is linked and unlinked.
func TestTokensAndIdentitiesOfAnAccount(t *testing.T) {
	p := lang(t)
	p.openedAccount(t, "chuong.trinh")
	at := "/quan-tri/tai-khoan/chuong.trinh"
	res, body := p.post(t, "quan", at+"/ma-truy-cap", "label=bang+tong+hop&action=read_figures&unit=178&type=merit&until=2024-12-31")
	if res.StatusCode != http.StatusOK || !strings.Contains(body, oneTimeToken) || !strings.Contains(body, "chỉ hiện một lần") || res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%s: %s", res.Status, body)
	}
	_, body = p.visit(t, "quan", at)
	for _, part := range []string{"bang tong hop", "xem số liệu", "31/12/2024", "Có hiệu lực"} {
		if !strings.Contains(body, part) {
			t.Errorf("no %q in %s", part, body)
		}
	}
	if strings.Contains(body, oneTimeToken) || strings.Contains(body, strings.Repeat("0a", 32)) {
		t.Error("the page shows a secret, or its hash")
	}
	if _, body := p.visit(t, "tham", at); !strings.Contains(body, "bang tong hop") || strings.Contains(body, "ma-truy-cap") {
		t.Error("an auditor looks at tokens and is offered no form")
	}
	token := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(body)
	if token == nil {
		t.Fatalf("nothing to revoke in %s", body)
	}
	if res, body := p.post(t, "quan", at+"/ma-truy-cap/thu-hoi", "token="+token[1]); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != at {
		t.Fatalf("%s %s", res.Status, body)
	}
	if _, body := p.visit(t, "quan", at); strings.Contains(body, token[1]) {
		t.Error("a revoked token is listed")
	}

	if res, body := p.post(t, "quan", at+"/danh-tinh/gan", "subject=mai.nong"); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s %s", res.Status, body)
	}
	_, body = p.visit(t, "quan", at)
	linked := regexp.MustCompile(`name="issuer" value="([^"]+)"><input type="hidden" name="subject" value="([^"]+)"`).FindStringSubmatch(body)
	if linked == nil || strings.Contains(body, "mai.nong") {
		t.Fatalf("no identity, or its name, in %s", body)
	}
	if res, body := p.post(t, "quan", at+"/danh-tinh/go", "issuer="+linked[1]+"&subject="+linked[2]); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s %s", res.Status, body)
	}
	if _, body := p.visit(t, "quan", at); strings.Contains(body, linked[2]) {
		t.Error("an unlinked identity is listed")
	}
	for form, want := range map[string]int{"": 400, "label=+": 400, "label=x&action=rob": 400, "label=x&type=khong": 400, "label=x&until=2024-02-31": 400, "label=x&until=2026-01-01": 422, "label=x&unit=99999": 422} {
		if res, body := p.post(t, "quan", at+"/ma-truy-cap", form); res.StatusCode != want || strings.Contains(body, oneTimeToken) {
			t.Errorf("%q: %s, want %d", form, res.Status, want)
		}
	}
}

// Everybody issues and revokes tokens of his own account, and of no other one; through a token nobody does.
func TestOnesOwnTokens(t *testing.T) {
	p := lang(t)
	p.openedAccount(t, "cua.minh")
	p.openedAccount(t, "cua.nguoi")
	own := right.Caller{Account: "cua.minh", Name: "Nguyễn Thị Thử", Via: right.ViaPassword}
	staff["cua.minh"] = own
	if res, body := p.post(t, "cua.minh", "/tai-khoan/ma-truy-cap", "label=cua+minh"); res.StatusCode != http.StatusOK || !strings.Contains(body, oneTimeToken) {
		t.Fatalf("%s %s", res.Status, body)
	}
	body := p.page(t, own, "/tai-khoan")
	token := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(body)
	if token == nil || !strings.Contains(body, "cua minh") || strings.Contains(body, "danh-tinh/g") {
		t.Fatalf("one's own account: %s", body)
	}
	for _, path := range []string{"/quan-tri/tai-khoan/cua.nguoi/ma-truy-cap", "/quan-tri/tai-khoan/cua.minh/danh-tinh/gan"} {
		if res, _ := p.post(t, "cua.minh", path, "label=x&subject=x"); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
	by := own
	by.Via = right.ViaToken
	staff["cua.minh"] = by
	if res, _ := p.post(t, "cua.minh", "/tai-khoan/ma-truy-cap", "label=x"); res.StatusCode != http.StatusForbidden {
		t.Errorf("a token through a token: %s", res.Status)
	}
	if body := p.page(t, by, "/tai-khoan"); strings.Contains(body, "ma-truy-cap") {
		t.Error("a token is offered the forms of tokens")
	}
	staff["cua.minh"] = own
	if res, body := p.post(t, "cua.minh", "/tai-khoan/ma-truy-cap/thu-hoi", "token="+token[1]); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/tai-khoan" {
		t.Errorf("%s %s", res.Status, body)
	}
}
