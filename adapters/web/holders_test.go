package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// Who could do what on a day: rights count from their first day to their last one, where they are, and not before they were recorded.
func TestWhoCouldDoWhatOnADay(t *testing.T) {
	p := lang(t)
	p.openedAccount(t, "ai.lam.duoc")
	at := "/quan-tri/tai-khoan/ai.lam.duoc"
	for _, form := range []string{"role=caseworker&unit=178&until=2024-05-31", "role=approver&unit=178&type=rehab&from=2024-06-01"} {
		if res, body := p.post(t, "quan", at+"/cap", form); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s %s", res.Status, body)
		}
	}
	for query, want := range map[string]string{
		"":                                      "Cán bộ thụ lý",
		"on=2024-05-31&area=178":                "Cán bộ thụ lý",
		"on=2024-06-01&area=178":                "Người duyệt",
		"on=2024-06-01&area=178&type=rehab":     "Người duyệt",
		"on=2024-06-01&type=merit":              "", // only rehabilitation was named
		"on=2024-05-31&type=rehab":              "",
		"on=2024-05-31&area=185":                "", // another district
		"on=2024-05-31&viec=approve":            "",
		"on=2024-05-31&area=178&viec=act":       "Cán bộ thụ lý",
		"on=2024-05-02":                         "", // it was granted a day later
		"on=2024-06-01&area=178&viec=read_case": "Người duyệt",
	} {
		res, body := p.visit(t, "tham", "/quan-tri/quyen?"+query)
		_, row, there := strings.Cut(body, `href="`+at+`"`)
		row, _, _ = strings.Cut(row, "</tr>")
		if res.StatusCode != http.StatusOK || there != (want != "") || !strings.Contains(row, want) {
			t.Errorf("%s: %s, there %t, want %q in %s", query, res.Status, there, want, row)
		}
		if there && strings.Contains(row, "Cán bộ thụ lý") == strings.Contains(row, "Người duyệt") {
			t.Errorf("%s shows rights that do not count then: %s", query, row)
		}
	}
	for query, want := range map[string]int{"on=2024-02-30": 400, "area=99999": 400, "type=khong": 400, "viec=khong": 400} {
		if res, _ := p.visit(t, "tham", "/quan-tri/quyen?"+query); res.StatusCode != want {
			t.Errorf("%s: %s, want %d", query, res.Status, want)
		}
	}
	if _, body := p.visit(t, "tham", at); strings.Count(body, `class="held"`) != 2 || !strings.Contains(body, `aria-label="01/6/2024 → chưa có ngày kết thúc"`) {
		t.Errorf("no time line of the rights: %s", body)
	}
}
