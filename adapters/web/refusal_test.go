package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Every form that is refused stands again on its page: the field is marked and says why, a summary above leads to it, and what was
// filled in is still there.
func TestARefusedFormMarksItsField(t *testing.T) {
	p := lang(t)
	account := p.named(t, "/quan-tri/tai-khoan/{account}")
	filed := aCase(t, p, "filed").Case.String()
	for _, f := range []struct {
		as, path, form string
		status         int
		id             string // of the field that is marked
		kept           string // what stands in the form again
	}{
		{"quan", "/quan-tri/tai-khoan", "login=" + url.QueryEscape("Nguyễn A") + "&name=Lê+Thị+Thử", 400, "open-login", `value="Lê Thị Thử"`},
		{"quan", "/quan-tri/tai-khoan", "login=nguoi.moi&name=+", 400, "open-name", `value="nguoi.moi"`},
		{"quan", "/quan-tri/tai-khoan", "login=xem.giao.dien&name=Lê+Thị+Thử", 422, "open-login", `value="xem.giao.dien"`},
		{"quan", account + "/cap", "role=caseworker&unit=178&from=2024-06-01&until=2024-05-01&type=rehab", 422, "grant-until", `value="2024-05-01"`},
		{"quan", account + "/cap", "role=caseworker&unit=178&from=hom-qua", 400, "grant-from", `<option value="caseworker" selected>`},
		{"quan", account + "/cap", "role=auditor&unit=178&approve_own=1", 422, "grant-approve_own", `value="1" checked`},
		{"quan", account + "/ma-truy-cap", "label=+&unit=20", 400, "token-label", `<option value="20" selected>`},
		{"quan", account + "/ma-truy-cap", "label=Xem+thử&until=2030-01-01", 422, "token-until", `value="Xem thử"`},
		{"quan", account + "/danh-tinh/gan", "subject=+", 400, "identity-subject", ""},
		{"xem.giao.dien", "/tai-khoan/ma-truy-cap", "label=", 400, "token-label", ""},
		{"lan", "/cong-viec/giao", "case=" + filed + "&back=/ho-so/" + filed + "&account=" + url.QueryEscape("Lê Thị Lan"), 422, "assign-account", `value="Lê Thị Lan"`},
		{"lan", "/nhap-du-lieu", "", 400, "upload-file", ""},
	} {
		res, body := p.post(t, f.as, f.path, f.form)
		tag := regexp.MustCompile(`<[^>]*id="` + f.id + `"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*wrong-` + f.id + `"`)
		for what, ok := range map[string]bool{
			"status":   res.StatusCode == f.status,
			"a mark":   tag.MatchString(body),
			"a reason": strings.Contains(body, `id="wrong-`+f.id+`"`),
			"a link":   strings.Contains(body, `<a href="#`+f.id+`">`),
			"a focus":  strings.Contains(body, `id="wrong"`),
			"a page":   strings.Contains(body, `class="side"`) && strings.Count(body, "<h1") == 1,
			"words":    strings.Contains(body, f.kept),
		} {
			if !ok {
				t.Errorf("%s %s: %d, no %s", f.path, f.form, res.StatusCode, what)
			}
		}
	}
	for _, path := range []string{"/?month=2024-04&area=20&as-of=hom+qua", "/bao-cao?month=2024-04&as-of=99999999"} { // asked by an address
		if res, body := p.visit(t, "lan", path); res.StatusCode != 400 || !strings.Contains(body, `aria-describedby="wrong-choose-as_of"`) || !strings.Contains(body, `href="#choose-as_of"`) || !strings.Contains(body, "<h1") {
			t.Errorf("%s: %d, not at its field", path, res.StatusCode)
		}
	}
	if res, body := p.visit(t, "lan", "/bao-cao/tep/pdf?month=2024-04&as-of=hom+qua"); res.StatusCode != 400 || strings.Contains(body, "choose-as_of") {
		t.Errorf("a file as of no moment: %d", res.StatusCode)
	}
	if res, body := p.post(t, "lan", account+"/cap", "role=caseworker"); res.StatusCode != http.StatusForbidden || strings.Contains(body, "grant-role") {
		t.Errorf("whoever may not grant is shown the form: %d", res.StatusCode)
	}
}

// In a browser the focus goes to the summary, and from there to the field.
func TestTheFocusGoesToWhatWasRefused(t *testing.T) {
	w := open(t, "quan", 1280, 900)
	w.visit(w.p.named(t, "/quan-tri/tai-khoan/{account}"))
	w.run(chromedp.SetValue("#grant-role", "caseworker", chromedp.ByID), chromedp.SetValue("#grant-from", "2024-06-01", chromedp.ByID), chromedp.SetValue("#grant-until", "2024-05-01", chromedp.ByID),
		chromedp.Submit("#grant-role", chromedp.ByID), chromedp.WaitVisible("#wrong", chromedp.ByID))
	if at := eval[string](w, `document.activeElement.id`); at != "wrong" {
		t.Errorf("the focus is at %q", at)
	}
	w.run(chromedp.Click("#wrong a"))
	if at := eval[string](w, `document.activeElement.id`); at != "grant-until" {
		t.Errorf("the link leads to %q", at)
	}
	w.accessible("a form that was refused")
	w.picture("refused-account")
}
