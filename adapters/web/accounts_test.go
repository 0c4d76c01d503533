package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// opened opens an account over the page.
func (p *province) openedAccount(t *testing.T, login string) {
	t.Helper()
	res, body := p.post(t, "quan", "/quan-tri/tai-khoan", url.Values{"login": {login}, "name": {"Nguyễn Thị Thử"}}.Encode())
	if res.StatusCode != http.StatusOK || !strings.Contains(body, oneTime) || !strings.Contains(body, "chỉ hiện một lần") {
		t.Fatalf("%d: %s", res.StatusCode, body)
	}
}

func TestAnAccountFromItsOpeningToItsClosing(t *testing.T) {
	p := lang(t)
	at := "/quan-tri/tai-khoan/thu.nghiem"
	p.openedAccount(t, "thu.nghiem")
	step := func(path, form string) {
		t.Helper()
		if res, body := p.post(t, "quan", at+path, form); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != at {
			t.Fatalf("%s: %d %s", path, res.StatusCode, body)
		}
	}
	shows := func(parts ...string) string {
		t.Helper()
		res, body := p.visit(t, "quan", at)
		for _, part := range parts {
			if res.StatusCode != http.StatusOK || !strings.Contains(body, part) {
				t.Fatalf("%d, no %q in %s", res.StatusCode, part, body)
			}
		}
		return body
	}
	shows("Nguyễn Thị Thử", "Chưa được cấp quyền nào", "Chưa đổi mật khẩu")
	step("/cap", "role=caseworker&unit=178&type=rehab&from=2024-05-01&until=2024-12-31")
	body := shows("Cán bộ thụ lý, ", "Có hiệu lực", "01/5/2024", "31/12/2024", "quan <span class=\"quiet\">(quản trị viên)")
	id := regexp.MustCompile(`name="grant" value="([^"]+)"`).FindStringSubmatch(body)
	if id == nil {
		t.Fatalf("nothing to revoke in %s", body)
	}
	step("/cap", "role=approver&unit=&from=2024-06-01&approve_own=1")
	shows("Chưa đến ngày", "duyệt cả việc của mình")
	step("/thu-hoi", "grant="+id[1])
	shows("Đã thu hồi", "Cán bộ thụ lý, ")
	step("/khoa", "")
	shows("Đã khóa", "Mở lại tài khoản", "Tài khoản đã khóa không được cấp quyền")
	if res, _ := p.post(t, "quan", at+"/cap", "role=auditor"); res.StatusCode < 400 {
		t.Errorf("a closed account was granted something: %d", res.StatusCode)
	}
	step("/mo-lai", "")
	if _, body := p.post(t, "quan", at+"/mat-khau", ""); !strings.Contains(body, oneTime) {
		t.Errorf("no new password in %s", body)
	}
	if _, body := p.visit(t, "quan", "/quan-tri/tai-khoan?find=thu.ng"); !strings.Contains(body, at) || strings.Contains(body, oneTime) {
		t.Errorf("the list: %s", body)
	}
}

func TestWhoMayNotAdministerIsRefused(t *testing.T) {
	p := lang(t)
	p.openedAccount(t, "cap.tinh")
	at := "/quan-tri/tai-khoan/cap.tinh"
	if res, body := p.post(t, "quan", at+"/cap", "role=statistician"); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	for _, c := range []struct {
		as, path, form string
		want           int
	}{
		{"dinh", at + "/cap", "role=auditor&unit=178", 403}, // of whom has rights above
		{"dinh", at + "/mat-khau", "", 403},
		{"dinh", at + "/khoa", "", 403},
		{"tham", at + "/cap", "role=auditor", 403}, // auditors look
		{"tham", "/quan-tri/tai-khoan", "login=ma.gia&name=X", 403},
		{"lan", at + "/khoa", "", 403},
		{"", at + "/khoa", "", 401},
		{"quan", "/quan-tri/tai-khoan", "login=cap.tinh&name=X", 422}, // there already
		{"quan", "/quan-tri/tai-khoan", "login=%C4%91&name=X", 400},
		{"quan", "/quan-tri/tai-khoan", "login=khong.ten&name=+", 400},
		{"quan", at + "/cap", "role=root", 422},
		{"quan", at + "/cap", "role=auditor&type=khong", 400},
		{"quan", at + "/cap", "role=auditor&from=2024-02-31", 400},
		{"quan", at + "/thu-hoi", "grant=khong", 422},
		{"quan", "/quan-tri/tai-khoan/khong.co/khoa", "", 422},
	} {
		if res, body := p.post(t, c.as, c.path, c.form); res.StatusCode != c.want {
			t.Errorf("%s %s %s: %d, want %d: %s", c.as, c.path, c.form, res.StatusCode, c.want, body)
		}
	}
	if res, _ := p.post(t, "quan", at+"/khoa", "", "Sec-Fetch-Site", "cross-site"); res.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: %d", res.StatusCode)
	}
	for as, forms := range map[string]bool{"quan": true, "dinh": false, "tham": false} {
		res, body := p.visit(t, as, at)
		if res.StatusCode != http.StatusOK || strings.Contains(body, at+"/khoa") != forms || strings.Contains(body, "Chỉ xem được") == forms {
			t.Errorf("%s: %d, forms %t: %s", as, res.StatusCode, !forms, body)
		}
	}
	if res, _ := p.visit(t, "lan", at); res.StatusCode != http.StatusForbidden {
		t.Errorf("a caseworker: %d", res.StatusCode)
	}
	if res, _ := p.visit(t, "quan", "/quan-tri/tai-khoan/khong.co"); res.StatusCode != http.StatusNotFound {
		t.Errorf("of nobody: %d", res.StatusCode)
	}
}
