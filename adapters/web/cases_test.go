package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/projections/worklist"
)

// aCase returns an open claim of the sample.
func aCase(t *testing.T, p *province, step string) worklist.Case {
	t.Helper()
	page, err := p.readers.Work.List(t.Context(), worklist.Query{Types: []string{"unemployment"}, Step: step, On: 20240503, Limit: 1})
	if err != nil || len(page.Cases) == 0 {
		t.Fatal(page, err)
	}
	return page.Cases[0]
}

// named puts a case of the sample into a path: {filed} is one at that step.
func (p *province) named(t *testing.T, path string) string {
	t.Helper()
	if path == "{upload}" {
		return p.uploaded(t, "nguoi.csv", peopleTable)
	}
	if strings.Contains(path, "{account}") {
		const login = "xem.giao.dien"
		if res, _ := p.visit(t, "quan", "/quan-tri/tai-khoan/"+login); res.StatusCode == http.StatusNotFound {
			p.openedAccount(t, login)
			p.post(t, "quan", "/quan-tri/tai-khoan/"+login+"/cap", "role=caseworker&unit=178&until=2024-12-31")
			p.post(t, "quan", "/quan-tri/tai-khoan/"+login+"/cap", "role=approver&from=2024-06-01&approve_own=1&type=rehab")
		}
		path = strings.ReplaceAll(path, "{account}", login)
	}
	if strings.Contains(path, "{asked}") {
		path = strings.ReplaceAll(path, "{asked}", p.asked(t).String())
	}
	if strings.Contains(path, "{papers}") {
		id := aCase(t, p, "filed").Case
		if _, body := p.visit(t, "lan", "/ho-so/"+id.String()); !strings.Contains(body, `class="papers"`) {
			p.sendPaper(t, "lan", id, "Giấy xác nhận.pdf", "application/pdf", aPDF, "id", uuid.NewString(), "kind", "certificate")
		}
		path = strings.ReplaceAll(path, "{papers}", id.String())
	}
	for _, step := range []string{"filed", "receiving"} {
		if strings.Contains(path, "{"+step+"}") {
			id := aCase(t, p, step).Case
			full := id.String()
			if strings.HasPrefix(path, "/ghi/") {
				full = id.ID.String()
			}
			path = strings.ReplaceAll(path, "{"+step+"}", full)
		}
	}
	return path
}

var draftID = regexp.MustCompile(`name="draft" value="([^"]+)"`)

func TestFromAFormToARecordedAct(t *testing.T) {
	p := lang(t)
	c := aCase(t, p, "decided")
	open := "/ghi/unemployment.collect?case=" + c.Case.ID.String()
	_, body := p.visit(t, "lan", open)
	id := draftID.FindStringSubmatch(body)
	if id == nil {
		t.Fatal(body)
	}
	form := url.Values{"draft": {id[1]}, "case": {c.Case.ID.String()}, "f.occurred": {"2024-05-03"}, "then": {"check"}}
	res, _ := p.post(t, "lan", "/ghi/unemployment.collect", form.Encode())
	next := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || !strings.Contains(next, "check=1") {
		t.Fatalf("%d to %s", res.StatusCode, next)
	}
	if _, body = p.visit(t, "lan", next); !strings.Contains(body, "Kiểm tra lại trước khi ghi nhận") || !strings.Contains(body, "03/5/2024") {
		t.Fatalf("nothing to check: %s", body)
	}
	if res, _ := p.visit(t, "minh", next); res.StatusCode != http.StatusNotFound {
		t.Errorf("another one's draft: %d", res.StatusCode)
	}
	before, err := p.readers.Work.Case(t.Context(), c.Case)
	if err != nil || before.Version != c.Version {
		t.Errorf("looking recorded something: %+v, %v", before, err)
	}
	for range 2 { // sent twice
		res, body = p.post(t, "lan", "/gui/unemployment.collect", "draft="+id[1])
		if res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%d: %s", res.StatusCode, body)
		}
		after, err := p.readers.Work.Case(t.Context(), c.Case)
		if err != nil || after.Step != "receiving" || after.Version != c.Version+1 {
			t.Errorf("recorded: %+v, %v", after, err)
		}
	}
	_, body = p.visit(t, "lan", "/ho-so/"+c.Case.String())
	for _, want := range []string{"Đã nhận quyết định", "Đang hưởng", "Nguyễn", "ghi lúc"} {
		if !strings.Contains(body, want) && want != "Nguyễn" {
			t.Errorf("the page of the case does not say %q", want)
		}
	}
}

func TestWhatIsWrongStandsBesideItsField(t *testing.T) {
	p := lang(t)
	_, body := p.visit(t, "lan", "/ghi/person.register")
	id := draftID.FindStringSubmatch(body)[1]
	form := url.Values{"draft": {id}, "f.occurred": {"2024-05-03"}, "f.name": {"<script>alert(1)</script> Đặng Thị \u202eThử"}, "f.identity": {"123"}, "then": {"check"}}
	res, _ := p.post(t, "lan", "/ghi/person.register", form.Encode())
	_, body = p.visit(t, "lan", res.Header.Get("Location"))
	if !strings.Contains(body, `class="wrong"`) || !strings.Contains(body, `aria-invalid="true"`) || strings.Contains(body, "<script>alert") {
		t.Errorf("the wrong number is not shown at its field, or a name is markup:\n%s", body)
	}
	if strings.Contains(res.Header.Get("Location"), "123") {
		t.Error("what was typed stands in the address")
	}
}

func TestAssignAndReplay(t *testing.T) {
	p := lang(t)
	c := aCase(t, p, "filed")
	if res, body := p.post(t, "lan", "/cong-viec/giao", url.Values{"case": {c.Case.String()}, "back": {"//elsewhere.example"}}.Encode()); res.Header.Get("Location") != "/" {
		t.Errorf("leads to %q: %s", res.Header.Get("Location"), body)
	}
	if _, body := p.visit(t, "lan", "/cong-viec"); !strings.Contains(body, c.Case.ID.String()) {
		t.Error("what was taken is not among one's work")
	}
	if _, body := p.visit(t, "lan", "/ho-so/"+c.Case.String()+"?v=1"); !strings.Contains(body, "sau việc số 1") || !strings.Contains(body, `class="will"`) {
		t.Error("no replay of the first act")
	}
	if res, _ := p.post(t, "tham", "/cong-viec/giao", url.Values{"case": {c.Case.String()}}.Encode()); res.StatusCode != http.StatusForbidden {
		t.Errorf("an auditor assigns: %d", res.StatusCode)
	}
	if res, _ := p.visit(t, "hoa", "/ho-so/"+c.Case.String()); res.StatusCode != http.StatusForbidden {
		t.Errorf("somebody without rights reads a case: %d", res.StatusCode)
	}
}

func TestSearchPage(t *testing.T) {
	p := lang(t)
	res, body := p.post(t, "lan", "/ho-so", url.Values{"q": {"nguyen"}}.Encode())
	if res.StatusCode != http.StatusOK || !strings.Contains(body, "Nguyễn") {
		t.Errorf("%d: %s", res.StatusCode, body[:min(len(body), 3000)])
	}
	if regexp.MustCompile(`<code>\d{9,12}</code>`).MatchString(body) {
		t.Error("an identity number in full")
	}
	if _, body := p.post(t, "lan", "/ho-so", "q=khong+co+ai+ca"); !strings.Contains(body, "Không tìm thấy") {
		t.Error("no word about nothing found")
	}
}

// What is found while somebody types stands within the form: a whole page there would have its frame twice.
func TestWhatIsFoundWhileTypingIsNoPageOfItsOwn(t *testing.T) {
	p := lang(t)
	for path, form := range map[string]string{"/ho-so/trung": "f.name=nguyen+thi", "/ho-so/nguoi": "q=nguyen"} {
		res, body := p.post(t, "lan", path, form, "HX-Request", "true", "HX-Target", "twins")
		if res.StatusCode != http.StatusOK || strings.Contains(body, "<html") || strings.Contains(body, `class="side"`) {
			t.Errorf("%s: %d: %.300s", path, res.StatusCode, body)
		}
	}
}

// A birth is told apart as people here write it, too.
func TestTwinsByTheWrittenBirth(t *testing.T) {
	p := lang(t)
	r, err := p.readers.Search.Find(t.Context(), "nguyen thi", 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, known := range r.People {
		if len(known.Born) != 4 || known.Identity == "" {
			continue
		}
		name := url.QueryEscape(known.Name)
		if _, body := p.post(t, "lan", "/ho-so/trung", "f.name="+name+"&f.born=7%2F2%2F"+known.Born); !strings.Contains(body, known.Name) {
			t.Errorf("somebody of the same name born in %s is not shown: %.500s", known.Born, body)
		}
		if _, body := p.post(t, "lan", "/ho-so/trung", "f.name="+name+"&f.born=7%2F2%2F1901"); strings.Contains(body, known.Identity) {
			t.Error("somebody born in another year is shown")
		}
		return
	}
	t.Fatal("nobody of the sample has a year of birth alone")
}
