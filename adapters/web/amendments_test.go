package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/amendments"
	"hoso/projections/worklist"
)

// filed fills in the form of a command of a case and records it; it returns the page to which that leads.
func (p *province) filed(t *testing.T, as, command string, c domain.StreamID, fields url.Values) string {
	t.Helper()
	fields.Set("draft", uuid.NewString())
	fields.Set("case", c.ID.String())
	fields.Set("f.occurred", "2024-05-03")
	res, body := p.post(t, as, "/ghi/"+command, fields.Encode())
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s of %s: %s %s", command, as, res.Status, text(body))
	}
	res, body = p.post(t, as, "/gui/"+command, url.Values{"draft": {fields.Get("draft")}}.Encode())
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s of %s: %s %s", command, as, res.Status, text(body))
	}
	return res.Header.Get("Location")
}

// asked returns a case in which an amendment waits for approval.
func (p *province) asked(t *testing.T) domain.StreamID {
	t.Helper()
	page, err := p.readers.Work.List(t.Context(), worklist.Query{Types: []string{"unemployment"}, Step: "receiving", On: 20240503, Limit: 2})
	if err != nil || len(page.Cases) < 2 {
		t.Fatal(page, err)
	}
	id := page.Cases[1].Case
	if waiting, err := p.readers.Amendments.Pending(t.Context(), 0, 500); err != nil {
		t.Fatal(err)
	} else if slices.ContainsFunc(waiting, func(r amendments.Request) bool { return r.Case == id }) {
		return id
	}
	p.filed(t, "minh", "unemployment.request_amendment", id, url.Values{"f.version": {"1"}, "f.amendment": {"correct"}, "f.data": {`{"residence": "other_province"}`}, "f.reason": {"nhập nhầm nơi nộp"}})
	return id
}

// A caseworker requests an amendment from the case page; an approver finds it in his work, looks at it and approves it. Who
// requested it does not, whatever else he may do.
func TestAnAmendmentIsRequestedAndApprovedInThePages(t *testing.T) {
	p := lang(t)
	c := aCase(t, p, "filed").Case
	at := "/ho-so/" + c.String()
	_, body := p.visit(t, "minh", at)
	if !strings.Contains(body, `href="/ghi/unemployment.request_amendment?case=`+c.ID.String()) {
		t.Fatal("nothing can be requested")
	}
	next := p.filed(t, "minh", "unemployment.request_amendment", c, url.Values{"f.version": {"1"}, "f.amendment": {"correct"}, "f.data": {`{"months_paid": 41}`}, "f.reason": {"nhập nhầm"}})
	number := regexp.MustCompile(`done=(\d+)`).FindStringSubmatch(next)
	if !strings.HasPrefix(next, at) || number == nil {
		t.Fatalf("it leads to %s", next)
	}
	approve := `href="/ghi/unemployment.approve_amendment?case=` + c.ID.String() + `&amp;request=` + number[1] + `"`
	for as, want := range map[string]struct {
		work, page bool
		why        string
	}{
		"hien":   {true, true, ""},
		"tu.sua": {true, true, ""},
		"minh":   {false, false, "gười duyệt phải khác người đề nghị"}, // who requested it
		"lan":    {false, false, "không có quyền duyệt"},
	} {
		if _, body := p.visit(t, as, at); strings.Contains(body, approve) != want.page || !strings.Contains(body, want.why) {
			t.Errorf("%s at the case: %t", as, !want.page)
		}
		if _, body := p.visit(t, as, "/cong-viec?hang-doi=duyet&whose=all"); strings.Contains(body, approve) != want.work {
			t.Errorf("%s at work: %t", as, !want.work)
		}
	}
	if _, body := p.visit(t, "hien", at); !strings.Contains(body, " → 41") {
		t.Error("who approves is not told what would change")
	}
	res, body := p.visit(t, "hien", "/ghi/unemployment.approve_amendment?case="+c.ID.String()+"&request="+number[1])
	if res.StatusCode != http.StatusOK || !strings.Contains(body, `name="f.request" value="`+number[1]+`"`) {
		t.Errorf("the form is not filled in: %s", res.Status)
	}
	if next := p.filed(t, "minh", "unemployment.approve_amendment", c, url.Values{"f.request": number[1:2]}); strings.HasPrefix(next, at) {
		t.Fatal("approved by who requested it")
	} else if _, body := p.visit(t, "minh", next); !strings.Contains(body, "gười duyệt phải khác người đề nghị") {
		t.Error("who requested it is not told why he cannot approve it")
	}
	if next := p.filed(t, "hien", "unemployment.approve_amendment", c, url.Values{"f.request": number[1:2]}); !strings.HasPrefix(next, at) {
		t.Fatalf("it leads to %s", next)
	}
	_, body = p.visit(t, "hien", at)
	if strings.Contains(body, approve) || !regexp.MustCompile(`<dd>(<ins>)?41(</ins>)?</dd>`).MatchString(body) {
		t.Error("it still waits, or changed nothing")
	}
	if _, body := p.visit(t, "hien", "/cong-viec?hang-doi=duyet&whose=all"); strings.Contains(body, approve) {
		t.Error("it still waits at work")
	}
}
