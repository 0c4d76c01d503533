package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/counselling"
)

// counsel records a counselling.
func (p *province) counsel(t *testing.T, day calendar.Date) {
	t.Helper()
	p.record(t, "lan", domain.StreamID{Type: "counselling", ID: uuid.New()}, day, counselling.Give{Employer: "Hợp tác xã Hồi Chi Lăng", Commune: "06550", Purpose: "placement"})
}

// TestLive has a second window see within a second, without being loaded again, what was recorded.
func TestLive(t *testing.T) {
	first, second := open(t, "minh", 1280, 900), open(t, "lan", 1280, 900)
	for _, w := range []*window{first, second} {
		w.visit("/?month=2024-05")
		w.until(5*time.Second, `document.querySelector("[data-live=on]") !== null`)
	}
	const shown = `document.querySelector('[data-figure="employment.employers_counselled"]').textContent`
	before := eval[string](second, shown)
	eval[bool](second, `window.stayed = true`)
	began := time.Now()
	first.p.counsel(t, 20240502)
	second.until(time.Second, shown+` !== `+quote(before))
	took := time.Since(began)
	if !eval[bool](second, `window.stayed === true`) {
		t.Error("the page was loaded again")
	}
	if took > time.Second {
		t.Errorf("seen after %s", took)
	}
	t.Logf("seen after %s", took)
	first.until(time.Second, shown+` !== `+quote(before))
}

func quote(s string) string { b, _ := json.Marshal(s); return string(b) }

// TestPanel opens a figure beside the dashboard with the keyboard alone, and closes it again.
func TestPanel(t *testing.T) {
	w := open(t, "minh", 1600, 900)
	w.visit("/?month=2024-04")
	w.run(chromedp.Focus("#figure-unemployment\\.claims"), chromedp.KeyEvent("\r"))
	w.until(5*time.Second, `document.querySelector("#panel h1")?.textContent.includes("Hồ sơ đề nghị hưởng trợ cấp thất nghiệp")`)
	w.until(time.Second, `document.activeElement === document.querySelector("#panel h1")`)
	w.accessible("dashboard with panel")
	w.fits("dashboard with panel")
	w.picture("panel")
	w.run(chromedp.KeyEvent("\u001b"))
	w.until(time.Second, `document.getElementById("panel").hidden && document.activeElement.id === "figure-unemployment.claims"`)
}

// TestWithoutScripts reads every page as one without scripts does.
func TestWithoutScripts(t *testing.T) {
	p := lang(t)
	for _, v := range visited {
		v.path = p.named(t, v.path)
		res, body := p.visit(t, v.as, v.path)
		if res.StatusCode != v.status || !strings.Contains(body, "</html>") {
			t.Errorf("%s: %s", v.path, res.Status)
		}
		for _, forbidden := range []string{" style=", "<style", " onclick=", "javascript:", "<script>"} {
			if strings.Contains(body, forbidden) {
				t.Errorf("%s has %q, which its policy forbids", v.path, forbidden)
			}
		}
		if v.status == http.StatusOK && strings.Count(body, "<h1") != 1 {
			t.Errorf("%s has %d first headings", v.path, strings.Count(body, "<h1"))
		}
	}
}

// TestEveryNumberOpens follows every link of a report to a number: each is there, and is the number of the link.
func TestEveryNumberOpens(t *testing.T) {
	p := lang(t)
	_, body := p.visit(t, "minh", "/bao-cao?month=2024-04")
	seen := map[string]bool{}
	for _, part := range strings.Split(body, `<a href="/so-lieu/`)[1:] {
		address, rest, _ := strings.Cut(part, `"`)
		_, rest, _ = strings.Cut(rest, ">")
		text, _, _ := strings.Cut(rest, "</a>")
		if seen[address+text] {
			continue
		}
		seen[address+text] = true
		if len(seen)%7 != 1 { // they are hundreds
			continue
		}
		res, page := p.visit(t, "minh", "/so-lieu/"+strings.ReplaceAll(address, "&amp;", "&"), "HX-Target", "panel")
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", address, res.Status)
		}
		number := strings.Fields(text)[0]
		if !strings.ContainsAny(number, "0123456789") {
			continue // "giảm 57,72% so với …" stands for its terms
		}
		if !strings.Contains(page, strings.TrimLeft(number, "0")) && !strings.Contains(text, "%") && !strings.Contains(text, "tấn") && !strings.Contains(text, "lũy kế") {
			t.Errorf("%s does not show %q", address, text)
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d numbers lead somewhere", len(seen))
	}
}

// TestAMonthIsClosed takes a report from its opening to its publication in the browser, by two people, and then has an auditor
// count it again and verify the log.
func TestAMonthIsClosed(t *testing.T) {
	lan, minh, tham := open(t, "lan", 1280, 1000), open(t, "minh", 1280, 1000), open(t, "tham", 1280, 1000)
	const page = "/bao-cao?month=2024-04&area=20"
	step := func(w *window, name string, wait string) {
		t.Helper()
		w.visit(page)
		w.run(chromedp.Click(`form:has([name=step][value=`+name+`]) button`), chromedp.WaitVisible(wait))
	}
	now := func(label string) string { return `//li[@aria-current="step"][contains(., "` + label + `")]` }
	step(lan, "open", now("Mở kỳ"))
	step(lan, "draft", now("Đã soạn"))
	step(lan, "submit", now("Đã trình"))
	if said := eval[string](lan, `document.querySelector("main").textContent`); !strings.Contains(said, "không có quyền duyệt") {
		t.Error("who submitted is not told why somebody else approves")
	}
	minh.visit(page)
	minh.run(chromedp.SendKeys("#return-reason", "thiếu lời giải thích"), chromedp.Click(`form:has([value=return]) button`), chromedp.WaitVisible(`//p[contains(., "bị trả lại")]`))
	step(lan, "draft", now("Đã soạn"))
	step(lan, "submit", now("Đã trình"))
	step(minh, "approve", now("Đã duyệt"))
	lan.visit(page)
	lan.run(chromedp.SendKeys("#publish-number", "123/BC-SLĐTBXH"), chromedp.SendKeys("#publish-signer", "Hoàng Văn Minh"),
		chromedp.Click(`form:has([value=publish]) button`), chromedp.WaitVisible(`//span[contains(., "Số chính thức")]`))
	lan.accessible("a published report")
	lan.picture("published")
	if said := eval[string](lan, `document.querySelector("article").textContent`); !strings.Contains(said, "1.485 lượt người") || eval[int](lan, `document.querySelectorAll("article a").length`) < 40 {
		t.Error("the published report does not say what it said, with links")
	}

	tham.visit("/kiem-tra")
	tham.run(chromedp.Click(`//a[contains(., "Đếm lại")]`), chromedp.WaitVisible(`.notice.good`))
	tham.accessible("recount")
	tham.picture("recount")
	tham.visit("/kiem-tra")
	tham.run(chromedp.Click(`form[action="/kiem-tra/doi-chieu"] button`), chromedp.WaitVisible(`//span[contains(., "Nguyên vẹn")]`))
	tham.accessible("verified")
	tham.picture("verified")
	tham.visit("/kiem-tra/su-kien?case-type=period")
	tham.run(chromedp.Click(`tbody a`), chromedp.WaitVisible(`#state`))
	tham.accessible("history")
	tham.fits("history")
	tham.picture("history")

	// What comes in later leaves the report as it is, and is told.
	lan.p.counsel(t, 20240411)
	lan.visit("/?month=2024-04&area=20")
	lan.run(chromedp.WaitVisible(`//span[contains(., "chỉ tiêu có điều chỉnh sau khi chốt")]`))
	lan.accessible("dashboard with adjustments")
	lan.visit(page)
	lan.run(chromedp.Click(`//a[contains(., "So bản phát hành với hiện nay")]`), chromedp.WaitVisible(`details.change`))
	if n := eval[int](lan, `document.querySelectorAll("details.change").length`); n != 1 {
		t.Errorf("%d figures differ since the publication, want the one counselling", n)
	}
}

// TestForms are what a form may not do.
func TestForms(t *testing.T) {
	p := lang(t)
	form := "step=open&month=2024-05&area=20&command=" + uuid.NewString()
	for name, c := range map[string]struct {
		as, path, form string
		headers        []string
		want           int
	}{
		"nobody":           {"", "/bao-cao/buoc", form, nil, 401},
		"no right":         {"tham", "/bao-cao/buoc", form, nil, 403},
		"another site":     {"lan", "/bao-cao/buoc", form, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		"another origin":   {"lan", "/bao-cao/buoc", form, []string{"Origin", "https://evil.example"}, 403},
		"no command id":    {"lan", "/bao-cao/buoc", "step=open&month=2024-05&area=20", nil, 400},
		"no such step":     {"lan", "/bao-cao/buoc", "step=rob&month=2024-05&area=20&command=" + uuid.NewString(), nil, 400},
		"out of turn":      {"lan", "/bao-cao/buoc", "step=submit&month=2024-05&area=20&command=" + uuid.NewString(), nil, 422},
		"no such unit":     {"lan", "/bao-cao/buoc", "step=open&month=2024-05&area=99999&command=" + uuid.NewString(), nil, 400},
		"a book":           {"lan", "/bao-cao/buoc", form + "&reason=" + strings.Repeat("a", 2<<20), nil, 400},
		"verify, no right": {"lan", "/kiem-tra/doi-chieu", "", nil, 403},
	} {
		res, body := p.post(t, c.as, c.path, c.form, c.headers...)
		if res.StatusCode != c.want {
			t.Errorf("%s: %s, want %d: %.300s", name, res.Status, c.want, body)
		}
	}
	for back, want := range map[string]string{"/bao-cao?month=2024-04": "/bao-cao?month=2024-04", "//evil.example/": "/", "https://evil.example/": "/", `/\evil.example`: "/", "": "/"} {
		res, _ := p.post(t, "lan", "/giao-dien", "theme=dark&back="+url.QueryEscape(back))
		if got := res.Header.Get("Location"); got != want {
			t.Errorf("back %q leads to %q", back, got)
		}
	}
	// The same form sent twice is one step.
	again := "step=open&month=2024-06&area=20&command=" + uuid.NewString()
	for range 2 {
		if res, body := p.post(t, "lan", "/bao-cao/buoc", again); res.StatusCode != http.StatusSeeOther {
			t.Errorf("%s %s", res.Status, body)
		}
	}
}

// TestAddresses are what somebody may write into an address.
func TestAddresses(t *testing.T) {
	p := lang(t)
	for path, want := range map[string]int{
		"/?month=2024-13": 400, "/?month=<script>alert(1)</script>": 400, "/?area=' OR 1=1": 400, "/?calendar=julian": 400, "/?as-of=99999999": 400, "/?as-of=hôm qua": 400,
		"/so-lieu/no.such": 404, "/so-lieu/unemployment.claims?number=x": 400, "/so-lieu/unemployment.claims?part=kind": 400, "/so-lieu/unemployment.claims?after=%00": 400,
		"/bao-cao?spec=no-such": 404, "/bao-cao?issue=99": 404, "/bao-cao/tep/exe": 404, "/../etc/passwd": 404, "/assets/../web.go": 404, "/bao-cao/so-sanh?from=50&to=10": 400,
	} {
		res, body := p.visit(t, "minh", strings.ReplaceAll(path, " ", "%20"))
		if res.StatusCode == http.StatusMovedPermanently || res.StatusCode == http.StatusTemporaryRedirect {
			continue // to the cleaned path
		}
		if res.StatusCode != want || strings.Contains(body, "<script>alert") {
			t.Errorf("%s: %s, want %d", path, res.Status, want)
		}
	}
	for path, want := range map[string]int{"/kiem-tra/ho-so/unemployment-0": 404, "/kiem-tra/ho-so/nothing-" + uuid.NewString(): 404, "/kiem-tra/su-kien?case=x": 400, "/kiem-tra/su-kien?before=-1": 400, "/kiem-tra/su-kien?from=2024-02-30": 400} {
		if res, _ := p.visit(t, "tham", path); res.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, res.Status, want)
		}
	}
	for _, path := range []string{"/kiem-tra", "/kiem-tra/su-kien", "/kiem-tra/dem-lai", "/kiem-tra/ho-so/unemployment-" + uuid.NewString()} {
		if res, _ := p.visit(t, "lan", path); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s for somebody without the right: %s", path, res.Status)
		}
		if res, _ := p.visit(t, "", path); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s for nobody: %s", path, res.Status)
		}
	}
}

// TestUnits has somebody with rights in one district see that, and no other.
func TestUnits(t *testing.T) {
	p := lang(t)
	if res, body := p.visit(t, "thu", "/?month=2024-04"); res.StatusCode != http.StatusOK || !strings.Contains(body, `<option value="178" selected>`) {
		t.Errorf("one's own unit does not come first: %s", res.Status)
	}
	for path, want := range map[string]int{
		"/?area=178": 200, "/?area=185": 403, "/?area=20": 403, "/?area=": 403, "/so-lieu/unemployment.claims?area=20": 403, "/bao-cao?area=20": 403, "/bao-cao/so-sanh?area=20&from=1": 403,
		"/bao-cao/tep/pdf?area=20": 403, "/kiem-tra": 200, "/kiem-tra/su-kien": 403, "/kiem-tra/dem-lai?area=20": 403, "/kiem-tra/ho-so/unemployment-" + uuid.NewString(): 404,
	} {
		if res, _ := p.visit(t, "thu", path); res.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, res.Status, want)
		}
	}
	if res, _ := p.post(t, "thu", "/kiem-tra/doi-chieu", ""); res.StatusCode != http.StatusForbidden {
		t.Errorf("verification by somebody of one district: %s", res.Status)
	}
}

// TestWeight is how much goes over the wire: at most 100 KB of script and 60 KB of style.
func TestWeight(t *testing.T) {
	p := lang(t)
	_, page := p.visit(t, "minh", "/bao-cao?month=2024-05")
	weight := map[string]int{}
	for _, part := range strings.Split(page, `="/assets/`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		res, body := p.visit(t, "", "/assets/"+name, "Accept-Encoding", "gzip")
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %s", name, res.Status)
		}
		weight[name[strings.LastIndexByte(name, '.'):]] += len(body)
	}
	t.Logf("%v", weight)
	if weight[".js"] == 0 || weight[".js"] > 100_000 || weight[".css"] == 0 || weight[".css"] > 60_000 {
		t.Errorf("too heavy: %v", weight)
	}
}

// TestFiles has what is downloaded be files of their kinds, without the marks that links are made of.
func TestFiles(t *testing.T) {
	p := lang(t)
	for format, begins := range map[string]string{"docx": "PK", "xlsx": "PK", "pdf": "%PDF-"} {
		res, body := p.visit(t, "minh", "/bao-cao/tep/"+format+"?month=2024-04")
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(body, begins) || !strings.Contains(res.Header.Get("Content-Disposition"), "bao-cao-2024-04-") {
			t.Errorf("%s: %s %q", format, res.Status, body[:min(20, len(body))])
		}
	}
}

// BenchmarkPages loads pages as somebody looks at them: each time what was recorded meanwhile is counted anew.
func BenchmarkPages(b *testing.B) {
	once.Do(func() { made, fail = makeProvince(b.Context(), sharedDir) })
	if fail != nil {
		b.Fatal(fail)
	}
	for _, path := range []string{"/?month=2024-04", "/so-lieu/unemployment.claims?month=2024-04", "/bao-cao?month=2024-04", "/kiem-tra/su-kien"} {
		for _, warm := range []bool{true, false} {
			b.Run(fmt.Sprintf("%s warm=%t", path, warm), func(b *testing.B) {
				var all []time.Duration
				for n := 0; b.Loop(); n++ {
					address := path
					if !warm { // a position that nobody has asked about
						address += "&as-of=" + fmt.Sprint(49000-n%900)
					}
					r := httptest.NewRequest(http.MethodGet, strings.Replace(address, "su-kien&", "su-kien?", 1), nil)
					r = r.WithContext(as(r.Context(), "tham"))
					began := time.Now()
					w := httptest.NewRecorder()
					made.site.ServeHTTP(w, r)
					all = append(all, time.Since(began))
					if w.Code != http.StatusOK {
						b.Fatal(w.Code)
					}
				}
				slices.Sort(all)
				b.ReportMetric(float64(all[len(all)*95/100].Microseconds())/1000, "p95-ms")
			})
		}
	}
}
