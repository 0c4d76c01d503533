package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/domain/right"
)

// queueCount is the number beside a queue.
func queueCount(t *testing.T, body, name string) string {
	t.Helper()
	found := regexp.MustCompile(`hang-doi=` + name + `[^"]*"[^>]*>[^<]*<span class="badge">([^<]*)</span>`).FindStringSubmatch(body)
	if found == nil {
		return "none"
	}
	return found[1]
}

// A month that was submitted waits for those who may approve it where it is about, and for nobody else.
func TestAMonthWaitsInTheQueueOfApprovers(t *testing.T) {
	p := lang(t)
	approver := somebody("duyet.178", "Lý Thị Duyệt", "178", right.Approver)
	elsewhere := somebody("duyet.185", "Lý Văn Xa", "185", right.Approver)
	const waits = `href="/ho-so/period-`
	if body := p.page(t, approver, "/cong-viec?hang-doi=duyet"); strings.Contains(body, waits) || queueCount(t, body, "duyet") != "0" {
		t.Fatalf("something waits before anything was submitted: %s", queueCount(t, body, "duyet"))
	}
	for _, step := range []string{"open", "draft", "submit"} {
		form := "step=" + step + "&month=2023-03&area=178&command=" + uuid.NewString()
		if res, body := p.post(t, "lan", "/bao-cao/buoc", form); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %s %s", step, res.Status, body)
		}
		body := p.page(t, approver, "/cong-viec?hang-doi=duyet")
		if got, want := strings.Contains(body, waits), step == "submit"; got != want {
			t.Errorf("after %s the month waits for approval: %t, want %t", step, got, want)
		}
		if got, want := queueCount(t, body, "bao-cao"), map[bool]string{true: "0", false: "1"}[step == "submit"]; got != want {
			t.Errorf("after %s the queue of reports has %s, want %s", step, got, want)
		}
	}
	if body := p.page(t, approver, "/cong-viec?hang-doi=duyet"); queueCount(t, body, "duyet") != "1" || queueCount(t, body, "thu-ly") != "none" || !strings.Contains(body, "/bao-cao?area=178&amp;month=2023-03") || !strings.Contains(body, "tháng 3/2023") {
		t.Errorf("duyet %s, thu-ly %s", queueCount(t, body, "duyet"), queueCount(t, body, "thu-ly"))
	}
	if body := p.page(t, elsewhere, "/cong-viec?hang-doi=duyet"); strings.Contains(body, waits) || queueCount(t, body, "duyet") != "0" {
		t.Errorf("an approver of another district sees it: %s", queueCount(t, body, "duyet"))
	}
	for path, want := range map[string]int{"/cong-viec?hang-doi=duyet": 403, "/cong-viec?hang-doi=thu-ly": 200, "/cong-viec?hang-doi=khong": 400, "/cong-viec?hang-doi=bao-cao&type=unemployment": 200} {
		if res, body := p.visit(t, "lan", path); res.StatusCode != want || want == 200 && strings.Contains(body, waits) {
			t.Errorf("%s: %s, want %d", path, res.Status, want)
		}
	}
}

// The queue of caseworkers has what is open but the months, counted by unit, and the number beside a step is that of the step.
func TestTheQueueOfCaseworkers(t *testing.T) {
	p := lang(t)
	commune := somebody("xa", "Lý Văn Xã", aCase(t, p, "filed").Unit, right.Caseworker)
	body := p.page(t, commune, "/cong-viec?hang-doi=thu-ly&type=unemployment")
	if !strings.Contains(body, `href="/ho-so/unemployment-`) || queueCount(t, body, "thu-ly") == "0" || strings.Contains(body, "hang-doi=duyet") {
		t.Errorf("a commune's queue: %s", queueCount(t, body, "thu-ly"))
	}
	body = p.page(t, staff["lan"], "/cong-viec?hang-doi=thu-ly")
	if !strings.Contains(body, "Theo đơn vị") || !strings.Contains(body, "area=") {
		t.Error("work is not listed by unit")
	}
	total := regexp.MustCompile(`<p class="quiet">([0-9.]+) hồ sơ đang chờ`).FindStringSubmatch(body)
	if total == nil || total[1] != queueCount(t, body, "thu-ly") {
		t.Errorf("%v are listed, %s are counted beside the queue", total, queueCount(t, body, "thu-ly"))
	}
	all := regexp.MustCompile(`<p class="quiet">([0-9.]+) hồ sơ đang chờ`).FindStringSubmatch(p.page(t, staff["lan"], "/cong-viec?whose=all&type=unemployment"))
	step := regexp.MustCompile(`<p class="quiet">([0-9.]+) hồ sơ đang chờ`).FindStringSubmatch(p.page(t, staff["lan"], "/cong-viec?whose=all&type=unemployment&step=filed"))
	if all == nil || step == nil || all[1] == step[1] {
		t.Errorf("at one step as many as at all: %v, %v", step, all)
	}
}
