package web_test

import (
	"regexp"
	"strings"
	"testing"
)

// The sample has merit dossiers from January 2024 on: of April 2023 nothing is known, which is no nought. Claims have both.
func TestWhatWasNeverRecordedIsNotCompared(t *testing.T) {
	p := lang(t)
	card := func(body, id string) string {
		t.Helper()
		m := regexp.MustCompile(`(?s)id="key-` + id + `".*?</li>`).FindString(body)
		if m == "" {
			t.Fatalf("no card of %s", id)
		}
		return m
	}
	_, body := p.visit(t, "minh", "/?month=2024-04&area=20")
	if c := card(body, "merit.dossiers_received"); strings.Contains(c, "Cùng kỳ") || !strings.Contains(c, "Tháng trước") {
		t.Errorf("a nought of before the beginning: %s", c)
	}
	if c := card(body, "unemployment.claims"); !regexp.MustCompile(`Cùng kỳ: <b>1\.\d{3}</b>`).MatchString(c) {
		t.Errorf("what was recorded last year is gone: %s", c)
	}
	if _, body := p.visit(t, "minh", "/so-lieu/merit.dossiers_received?month=2024-04&area=20"); strings.Contains(body, "Cùng kỳ năm trước") || !strings.Contains(body, `<td class="n">–</td>`) {
		t.Error("the figure's own page knows last year")
	}
}

// A month without acts says so, and where there are some.
func TestAMonthWithoutActs(t *testing.T) {
	p := lang(t)
	if _, body := p.visit(t, "minh", "/?month=2022-02&area=20"); !strings.Contains(body, "Tháng này chưa ghi việc nào") || !strings.Contains(body, "Xem tháng gần nhất có số liệu") {
		t.Error("nothing is said of an empty month")
	}
	if _, body := p.visit(t, "minh", "/?month=2024-04&area=20"); strings.Contains(body, "Tháng này chưa ghi việc nào") {
		t.Error("a full month is said to be empty")
	}
}

// An auditor reads a case in words: steps, choices, days and places, not what they are stored as.
func TestTheHistoryOfACaseIsInWords(t *testing.T) {
	p := lang(t)
	_, body := p.visit(t, "tham", "/kiem-tra/ho-so/"+aCase(t, p, "filed").Case.String())
	state := body[strings.Index(body, `id="state"`):strings.Index(body, `id="acts"`)]
	for _, raw := range []string{"<td>filed</td>", "<td>male</td>", "<td>female</td>", `<th scope="row">opened`, `<th scope="row">status`, "<td>2024-"} {
		if strings.Contains(state, raw) {
			t.Errorf("%s in\n%s", raw, state)
		}
	}
	if !strings.Contains(state, "Trạng thái <small>status</small>") {
		t.Errorf("the stored names are gone: %s", state)
	}
}
