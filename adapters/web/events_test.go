package web_test

import (
	"net/http"
	"strings"
	"testing"

	"hoso/domain"
)

// Events are found by who recorded them and by the unit of their case, and so are assignments, which no case type declares.
func TestEventsByAccountAndByUnit(t *testing.T) {
	p := lang(t)
	c := aCase(t, p, "filed")
	p.record(t, "nguoi.ghi", c.Case, 20240503, domain.Assign{Type: c.Case.Type, Account: "ai.nhan"})
	there := `href="/kiem-tra/ho-so/` + c.Case.String()
	for query, want := range map[string]bool{
		"by=nguoi.ghi":                        true,
		"by=nguoi.ghi.khac":                   false,
		"by=nguoi.ghi&area=20":                true,
		"by=nguoi.ghi&area=" + string(c.Unit): true,
		"by=nguoi.ghi&area=22":                false, // another province
		"case-type=unemployment&type=unemployment.assigned&by=nguoi.ghi":        true,
		"case-type=unemployment&type=unemployment.decided&by=nguoi.ghi":         false,
		"case-type=unemployment&type=unemployment.assigned&area=20&by=lan.khac": false,
	} {
		res, body := p.visit(t, "tham", "/kiem-tra/su-kien?"+query)
		if res.StatusCode != http.StatusOK || strings.Contains(body, there) != want {
			t.Errorf("%s: %s, shows it %t, want %t", query, res.Status, !want, want)
		}
		if want && (!strings.Contains(body, "nguoi.ghi</td>") || !strings.Contains(body, "Giao người thụ lý")) {
			t.Errorf("%s does not say what was done by whom", query)
		}
	}
	if _, body := p.visit(t, "tham", "/kiem-tra/su-kien?case-type=unemployment"); strings.Count(body, `value="unemployment.assigned"`) != 1 {
		t.Error("assignments are not among the kinds, once")
	}
	if res, _ := p.visit(t, "tham", "/kiem-tra/su-kien?area=99999"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("no such unit: %s", res.Status)
	}
	if _, body := p.visit(t, "tham", "/kiem-tra/su-kien?area=20&by="); strings.Contains(body, "before=") && !strings.Contains(body, "area=20&amp;before=") {
		t.Error("the next page forgets the unit")
	}
}
