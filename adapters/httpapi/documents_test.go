package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http/httptest"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/httpapi"
	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
)

const aPDF = "%PDF-1.7\nĐơn của bà Nông Thị Lan\n%%EOF\n"

// sentForm is a form with a document.
type sentForm struct{ kind, body string }

func paperForm(file, media, content string, fields ...string) sentForm {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if len(fields) == 0 {
		fields = []string{"kind", "application"}
	}
	for i := 0; i+1 < len(fields); i += 2 {
		_ = w.WriteField(fields[i], fields[i+1])
	}
	h := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename="%s"`, file)}}
	if media != "" {
		h.Set("Content-Type", media)
	}
	part, _ := w.CreatePart(h)
	_, _ = part.Write([]byte(content))
	_ = w.Close()
	return sentForm{w.FormDataContentType(), b.String()}
}

func (o *office) sendForm(c right.Caller, name string, f sentForm, header ...string) *httptest.ResponseRecorder {
	o.Helper()
	r := httptest.NewRequestWithContext(right.With(o.Context(), c), "POST", httpapi.Prefix+"/cases/unemployment/"+name+"/documents", strings.NewReader(f.body))
	r.Header.Set("Content-Type", f.kind)
	r.Header.Set("Idempotency-Key", uuid.NewString())
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	o.api.ServeHTTP(w, r)
	return w
}

func (o *office) attach(c right.Caller, name string, f sentForm) (r httpapi.Receipt) {
	o.Helper()
	w := o.sendForm(c, name, f)
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Code != 200 {
		o.Fatalf("%d %s", w.Code, w.Body)
	}
	return r
}

func TestDocumentsOverTheAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	lan := right.Caller{Account: "lan", Via: right.ViaToken, From: "192.0.2.7", Grants: []right.Grant{{Role: right.Caseworker, Unit: ownCommune}}}
	form := paperForm("don.pdf", "application/pdf", aPDF, "kind", "application", "title", "Đơn của bà Lan \"<b>\"")
	key := uuid.NewString()
	first := o.sendForm(lan, "TN-1", form, "Idempotency-Key", key, "If-Match", `"1"`)
	again := o.sendForm(lan, "TN-1", form, "Idempotency-Key", key, "If-Match", `"1"`)
	if first.Code != 200 || first.Body.String() != again.Body.String() || first.Header().Get("ETag") != `"2"` || again.Header().Get("Location") != first.Header().Get("Location") {
		t.Fatalf("%d %s %v\n%d %s", first.Code, first.Body, first.Header(), again.Code, again.Body)
	}
	if w := o.sendForm(lan, "TN-1", paperForm("don.pdf", "", aPDF+"%%"), "Idempotency-Key", key); w.Code != 409 || codeOf(w) != "command.id_reused" {
		t.Errorf("other bytes under the same key: %d %s", w.Code, w.Body)
	}
	if w := o.sendForm(lan, "TN-1", form, "If-Match", `"1"`); w.Code != 412 {
		t.Errorf("another version: %d %s", w.Code, w.Body)
	}
	w := o.as(lan, "GET", "/cases/unemployment/TN-1/documents?wait_for=3", "")
	var list struct{ Documents []desk.Attachment }
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || len(list.Documents) != 1 || list.Documents[0].Version != 2 || strings.Contains(w.Body.String(), "Lan ") {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	w = o.as(lan, "GET", strings.TrimPrefix(first.Header().Get("Location"), httpapi.Prefix)+"?purpose=handling", "")
	h := w.Header()
	if w.Code != 200 || w.Body.String() != aPDF || h.Get("Content-Type") != "application/pdf" || h.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox;") || h.Get("Cache-Control") != "no-store" || !strings.HasPrefix(h.Get("Repr-Digest"), "sha-256=:") {
		t.Errorf("%d %v %q", w.Code, h, w.Body)
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	if err != nil || kind != "attachment" || params["filename"] != "Đơn của bà Lan __b__.pdf" {
		t.Errorf("%s: %q %v", h.Get("Content-Disposition"), params, err)
	}
	history := o.as(lan, "GET", "/cases/unemployment/TN-1/history", "").Body.String()
	if !strings.Contains(history, "unemployment.attached") || strings.Contains(history, "Đơn của") || !strings.Contains(history, list.Documents[0].Stored) {
		t.Errorf("%s", history)
	}
	if r := read[readings](t, o.send("GET", "/readings", "")); len(r.Readings) != 1 || r.Readings[0].Case.Type != "unemployment" {
		t.Errorf("%+v", r)
	}
}

// Each is refused with a problem, attaches nothing and names nobody.
func TestFormsThatAttachNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	all := everywhere("lan")
	whole := paperForm("a.pdf", "application/pdf", aPDF)
	for name, c := range map[string]struct {
		caller right.Caller
		form   sentForm
		status int
		code   string
	}{
		"another unit":         {right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Caseworker, Unit: otherCommune}}}, whole, 404, "case.not_found"},
		"an auditor":           {right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Auditor}}}, whole, 403, right.CodeMissing},
		"JSON":                 {all, sentForm{"application/json", "{}"}, 415, "document.not_a_form"},
		"an own form's type":   {all, sentForm{"application/x-www-form-urlencoded", "kind=photo"}, 415, "document.not_a_form"},
		"no boundary":          {all, sentForm{"multipart/form-data", whole.body}, 415, "document.not_a_form"},
		"cut off":              {all, sentForm{whole.kind, whole.body[:len(whole.body)/2]}, 400, "document.wrong_form"},
		"no file":              {all, sentForm{whole.kind, strings.Replace(whole.body, `name="file"; filename="a.pdf"`, `name="title"`, 1)}, 400, "document.empty"},
		"a field twice":        {all, paperForm("a.pdf", "", aPDF, "kind", "photo", "kind", "photo"), 400, "document.wrong_form"},
		"an unknown field":     {all, paperForm("a.pdf", "", aPDF, "kind", "photo", "stored", strings.Repeat("ab", 32)), 400, "document.wrong_form"},
		"a field like a book":  {all, paperForm("a.pdf", "", aPDF, "kind", strings.Repeat("x", 3000)), 400, "document.wrong_form"},
		"a person who is none": {all, paperForm("a.pdf", "", aPDF, "kind", "photo", "person", "Nông Thị Lan"), 400, "data.ill_typed"},
		"too large":            {all, paperForm("a.pdf", "", aPDF+strings.Repeat("x", domain.MaxDocument)), 413, "document.too_large"},
		"far too large":        {all, paperForm("a.pdf", "", aPDF+strings.Repeat("x", desk.MaxForm)), 413, "request.too_large"},
		"a page":               {all, paperForm("a.pdf", "", "<html>"), 400, "document.wrong_type"},
		"not as declared":      {all, paperForm("a.pdf", "image/png", aPDF), 400, "document.not_as_declared"},
		"no kind":              {all, paperForm("a.pdf", "", aPDF, "title", "x"), 422, "attach.malformed"},
		"a header in a title":  {all, paperForm("a.pdf", "", aPDF, "kind", "photo", "title", "x\r\nSet-Cookie: a=b"), 422, "attach.wrong_title"},
	} {
		w := o.sendForm(c.caller, "TN-1", c.form)
		if w.Code != c.status || codeOf(w) != c.code || strings.Contains(w.Body.String(), "Nông") {
			t.Errorf("%s: %d %s, want %d %s", name, w.Code, w.Body, c.status, c.code)
		}
	}
	if n := o.position(); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
	if logged := o.logged.String(); logged != "" {
		t.Errorf("the log says %s", logged)
	}
}

// A file's name cannot end a header line, whatever is in it.
func TestNamesOfDocumentsInHeaders(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	for _, title := range []string{`"; filename=evil.exe; x="`, "%0d%0aSet-Cookie: a=b", "../../../etc/passwd", "=cmd|' /C calc'!A0", "Đặng Thị Ằ 雪", strings.Repeat("ệ", 200)} {
		r := o.attach(everywhere("lan"), "TN-1", paperForm("a.pdf", "", aPDF, "kind", "photo", "title", title))
		w := o.as(everywhere("lan"), "GET", fmt.Sprintf("/cases/unemployment/TN-1/documents/%d/content?purpose=audit", r.Version), "")
		field := w.Header().Get("Content-Disposition")
		kind, params, err := mime.ParseMediaType(field)
		if err != nil || kind != "attachment" || len(params) != 1 || strings.ContainsAny(params["filename"], "/\\\r\n") || !strings.HasSuffix(params["filename"], ".pdf") {
			t.Errorf("%q: %s: %q, %v", title, field, params, err)
		}
		for i := range len(field) {
			if field[i] < ' ' || field[i] > '~' {
				t.Errorf("%q: byte %x in %s", title, field[i], field)
			}
		}
	}
}

func TestALinkElsewhereOpensNoDocument(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	o.attach(everywhere("lan"), "TN-1", paperForm("a.pdf", "", aPDF))
	for site, want := range map[string]int{"cross-site": 403, "same-site": 403, "same-origin": 200, "none": 200} {
		if a := o.send("GET", "/cases/unemployment/TN-1/documents/2/content?purpose=handling", "", "Sec-Fetch-Site: "+site); a.StatusCode != want {
			t.Errorf("%s: %d %s", site, a.StatusCode, a.body)
		}
	}
}

// Documents that come at once are taken one by one up to a bound, and none is lost.
func TestManyDocumentsAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	var sending sync.WaitGroup
	var mu sync.Mutex
	got := map[int]int{}
	for n := range 24 {
		sending.Go(func() {
			w := o.sendForm(everywhere("lan"), "TN-1", paperForm("a.pdf", "", aPDF+strconv.Itoa(n)))
			mu.Lock()
			defer mu.Unlock()
			got[w.Code]++
		})
	}
	sending.Wait()
	all, err := o.desk.Documents(right.With(context.Background(), everywhere("lan")), "unemployment", "TN-1", 0)
	if err != nil || got[200] == 0 || got[200]+got[429] != 24 || len(all) != got[200] {
		t.Errorf("%v, %d attached, %v", got, len(all), err)
	}
}

// Who may attach, list and read is asked in the unit of the case; elsewhere the case is none, letter by letter.
func TestDocumentsInEveryUnit(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	w.attach(everywhere("lan"), "TN-1", paperForm("don.pdf", "application/pdf", aPDF))
	form := paperForm("don.pdf", "application/pdf", aPDF)
	walk := map[string]struct {
		need right.Action
		ask  func(right.Caller, string) *httptest.ResponseRecorder
	}{
		"attach": {right.Act, func(c right.Caller, name string) *httptest.ResponseRecorder {
			return w.sendForm(c, name, form, "If-Match", `"999"`)
		}},
		"document": {right.ReadPerson, func(c right.Caller, name string) *httptest.ResponseRecorder {
			return w.as(c, "GET", "/cases/unemployment/"+name+"/documents/2/content?purpose=audit", "")
		}},
	}
	for id, op := range walk {
		for _, unit := range slices.Concat(w.at.in, w.at.out) {
			in := slices.Contains(w.at.in, unit)
			for role, c := range callers(unit) {
				what := string(role) + " in " + string(unit) + " at " + id
				there, none := op.ask(c, "TN-1"), op.ask(c, "KHONG-CO")
				switch {
				case !slices.Contains(mayDo[role], op.need):
					w.want(what, there, 403, right.CodeMissing)
				case in && id == "attach":
					w.want(what, there, 412, "case.version_changed")
				case in:
					w.want(what, there, 200, "")
				case there.Code != 404 || there.Body.String() != none.Body.String():
					w.Errorf("%s: of a case that is there\n%d %s and of one that is not\n%d %s", what, there.Code, there.Body, none.Code, none.Body)
				}
			}
		}
	}
}
