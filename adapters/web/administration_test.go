package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestAdministrationIsForWhoAdministersOrAudits(t *testing.T) {
	p := lang(t)
	for as, want := range map[string]int{"quan": 200, "tham": 200, "thu": 200, "lan": 403, "hoa": 403, "": 401} {
		res, body := p.visit(t, as, "/quan-tri")
		if res.StatusCode != want {
			t.Errorf("%q: %d, want %d: %s", as, res.StatusCode, want, body)
		}
	}
	_, body := p.visit(t, "quan", "/quan-tri")
	for _, part := range []string{"Cập nhật đến sự kiện cuối", "Ghi được", "Niêm phong", `Số liệu <code class="quiet">figures</code>`, "Thế hệ"} {
		if !strings.Contains(body, part) {
			t.Errorf("no %q in %s", part, body)
		}
	}
	if strings.Contains(body, `href="/kiem-tra#niem-phong"`) {
		t.Error("an administrator is led to where only auditors may go")
	}
}

// Who administers and may not see figures begins where there is something to see.
func TestTheFirstPageIsOneThatMayBeOpened(t *testing.T) {
	p := lang(t)
	res, _ := p.visit(t, "quan", "/")
	if at := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || at != "/quan-tri" {
		t.Errorf("%d %q", res.StatusCode, at)
	}
}
