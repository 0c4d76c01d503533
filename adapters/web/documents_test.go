package web_test

import (
	"bytes"
	"context"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/desk"
)

// readBy is an access log that remembers what it was given.
type readBy struct {
	desk.AccessLog
	mu  sync.Mutex
	all []desk.Reading
}

func (r *readBy) Record(ctx context.Context, some ...desk.Reading) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, some...)
	return r.AccessLog.Record(ctx, some...)
}

func (r *readBy) of(id domain.StreamID) (all []desk.Reading) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range r.all {
		if one.Case == id {
			all = append(all, one)
		}
	}
	return all
}

const aPDF = "%PDF-1.7\nĐơn của bà Lục Thị Én\n%%EOF\n"

var paperKey = regexp.MustCompile(`name="id" value="([0-9a-f-]{36})"`)

// sendPaper sends the form of a case's page.
func (p *province) sendPaper(t *testing.T, as string, id domain.StreamID, file, media, content string, fields ...string) (*http.Response, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		_ = w.WriteField(fields[i], fields[i+1])
	}
	part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + file + `"`}, "Content-Type": {media}})
	_, _ = part.Write([]byte(content))
	_ = w.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/ho-so/"+id.String()+"/tai-lieu", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(t, as, r)
}

func TestADocumentThroughThePages(t *testing.T) {
	p := lang(t)
	id := aCase(t, p, "filed").Case
	page := "/ho-so/" + id.String()
	_, body := p.visit(t, "lan", page)
	key := paperKey.FindStringSubmatch(body)
	if key == nil {
		t.Fatalf("no form for documents: %s", body)
	}
	const title = `<script>alert(1)</script> "=1+1" Lục Thị Én`
	var shown string
	for range 2 { // sent twice
		res, body := p.sendPaper(t, "lan", id, `..\\..\\don.pdf`, "application/pdf", aPDF, "id", key[1], "kind", "identity", "title", title, "person", "")
		next := res.Header.Get("Location")
		if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(next, page+"?done=") || shown != "" && next != shown {
			t.Fatalf("%d to %q: %s", res.StatusCode, next, body)
		}
		shown = next
	}
	version := strings.TrimSuffix(strings.TrimPrefix(shown, page+"?done="), "#tai-lieu")
	_, body = p.visit(t, "lan", page)
	for _, want := range []string{"Giấy tờ tùy thân", "PDF · ", "Đính kèm tài liệu", page + "/tai-lieu/" + version, "Để làm gì"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(body, "alert(1)") || strings.Contains(body, "1+1") {
		t.Error("the page shows the title, which is private")
	}
	if before := len(p.readings.of(id)); before != 0 {
		t.Errorf("%d readings before anybody read", before)
	}
	res, body := p.post(t, "tham", page+"/tai-lieu/"+version, "purpose=audit")
	if res.StatusCode != 200 || body != aPDF || res.Header.Get("Content-Type") != "application/pdf" || res.Header.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.HasPrefix(res.Header.Get("Content-Security-Policy"), "sandbox;") || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v %q", res.StatusCode, res.Header, body)
	}
	if kind, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition")); err != nil || kind != "attachment" || params["filename"] != "_script_alert(1)__script_ _=1+1_ Lục Thị Én.pdf" {
		t.Errorf("%s: %v", res.Header.Get("Content-Disposition"), err)
	}
	if r := p.readings.of(id); len(r) != 1 || r[0].Account != "tham" || r[0].Purpose != desk.ForAudit || r[0].Person.IsZero() {
		t.Errorf("recorded: %+v", r)
	}
	for _, c := range []struct {
		as, path, form string
		status         int
	}{
		{"lan", "/tai-lieu/" + version, "", 400}, {"lan", "/tai-lieu/" + version, "purpose=curiosity", 400}, {"lan", "/tai-lieu/999", "purpose=handling", 404},
		{"lan", "/tai-lieu/x", "purpose=handling", 400}, {"hoa", "/tai-lieu/" + version, "purpose=handling", 403}, {"thu", "/tai-lieu/" + version, "purpose=handling", 404}, {"", "/tai-lieu/" + version, "purpose=handling", 401},
	} {
		if res, body := p.post(t, c.as, page+c.path, c.form); res.StatusCode != c.status || strings.Contains(body, aPDF) {
			t.Errorf("%s at %s with %q: %d, want %d", c.as, c.path, c.form, res.StatusCode, c.status)
		}
	}
	if res, _ := p.visit(t, "lan", page+"/tai-lieu/"+version+"?purpose=handling"); res.StatusCode != http.StatusNotFound && res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a document is read by an address: %d", res.StatusCode)
	}
	if res, _ := p.post(t, "lan", page+"/tai-lieu/"+version, "purpose=handling", "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example"); res.StatusCode != http.StatusForbidden {
		t.Errorf("another site opens a document: %d", res.StatusCode)
	}
}

func TestFilesThatArePutAsideByThePages(t *testing.T) {
	p := lang(t)
	id := aCase(t, p, "filed").Case
	for name, c := range map[string]struct {
		as, media, content, key string
		status                  int
		says                    string
	}{
		"too large":        {"lan", "application/pdf", aPDF + strings.Repeat("x", domain.MaxDocument), uuid.NewString(), 400, "document.too_large"},
		"far too large":    {"lan", "application/pdf", aPDF + strings.Repeat("x", desk.MaxForm), uuid.NewString(), 400, "document.too_large"},
		"a page":           {"lan", "text/html", "<html><script>alert(1)</script>", uuid.NewString(), 400, "document.wrong_type"},
		"not as declared":  {"lan", "image/png", aPDF, uuid.NewString(), 400, "document.not_as_declared"},
		"empty":            {"lan", "application/octet-stream", "", uuid.NewString(), 400, "document.empty"},
		"no id":            {"lan", "application/pdf", aPDF, uuid.Nil.String(), 400, "command.no_id"},
		"an auditor":       {"tham", "application/pdf", aPDF, uuid.NewString(), 403, "right.missing"},
		"nobody signed in": {"", "application/pdf", aPDF, uuid.NewString(), 401, "web.not_signed_in"},
	} {
		res, body := p.sendPaper(t, c.as, id, "a.pdf", c.media, c.content, "id", c.key, "kind", "photo")
		if res.StatusCode != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%s: %d, want %d %s: %.300s", name, res.StatusCode, c.status, c.says, body)
		}
	}
	if _, body := p.visit(t, "tham", "/ho-so/"+id.String()); !strings.Contains(body, "Không đính kèm được: tài khoản của bạn chỉ được xem") || strings.Contains(body, `enctype="multipart/form-data"`) {
		t.Error("an auditor is not told why nothing can be attached")
	}
}

// TestAttachInABrowser: from the file to the list and the timeline, by the form alone, on a telephone.
func TestAttachInABrowser(t *testing.T) {
	w := open(t, "lan", 360, 740)
	id := aCase(t, w.p, "receiving").Case
	path := filepath.Join(t.TempDir(), "Giấy xác nhận.pdf")
	if err := os.WriteFile(path, []byte(aPDF), 0o600); err != nil {
		t.Fatal(err)
	}
	w.visit("/ho-so/" + id.String())
	w.fits("without documents")
	w.run(chromedp.Click(`//details[summary[text()="Đính kèm tài liệu"]]/summary`, chromedp.BySearch),
		chromedp.SetUploadFiles("#paper-file", []string{path}, chromedp.ByID), chromedp.SetValue("#paper-kind", "certificate", chromedp.ByID))
	w.accessible("the form of a document")
	w.fits("the form of a document")
	w.picture("document-form-360")
	w.run(chromedp.Click(`form[action$="/tai-lieu"] button`, chromedp.ByQuery), chromedp.WaitVisible(".papers li", chromedp.ByQuery))
	w.until(10*time.Second, `document.querySelector(".papers")?.textContent.includes("Giấy xác nhận, chứng nhận") && document.querySelector(".timeline").textContent.includes("Đính kèm tài liệu")`)
	w.run(chromedp.Click(`.papers details summary`, chromedp.ByQuery))
	w.accessible("a document")
	w.fits("a document")
	w.picture("document-360")
	events := eval[string](w, `document.querySelector(".timeline li details")?.textContent`)
	if !strings.Contains(events, "Giấy xác nhận, chứng nhận") || !strings.Contains(events, "«riêng tư»") || strings.Contains(events, "Giấy xác nhận.pdf") {
		t.Errorf("the timeline says %q", events)
	}
	// What the download form sends is what is given out.
	got := eval[string](w, `(() => { const f = document.querySelector(".papers form"); return fetch(f.action, {method: "POST", body: new URLSearchParams(new FormData(f))}).then(r => r.headers.get("Content-Disposition")) })()`)
	if name, _ := url.PathUnescape(got); !strings.HasPrefix(got, "attachment;") || !strings.Contains(name, "Giấy xác nhận.pdf") {
		t.Errorf("given out as %q", got)
	}
	if r := w.p.readings.of(id); !slices.ContainsFunc(r, func(r desk.Reading) bool { return r.Account == "lan" && r.Purpose == desk.ForHandling }) {
		t.Errorf("recorded: %+v", r)
	}
	wide := open(t, "lan", 1920, 1080)
	wide.visit("/ho-so/" + id.String())
	wide.run(chromedp.Click(`.papers details summary`, chromedp.ByQuery))
	wide.accessible("a document, wide")
	wide.fits("a document, wide")
	wide.picture("document-1920")
}
