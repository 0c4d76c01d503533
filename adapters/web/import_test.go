package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"
)

const peopleTable = "Lệnh,Hồ sơ,Họ và tên,Ngày sinh,Số định danh cá nhân,Ghi chú\n" +
	"person.register,IMP-1,Nông Thị Thử Một,1985,020185991234,a\nperson.register,IMP-2,Vi Văn Thử Hai,hôm qua,,b\nperson.register,IMP-3,Lý Thị Thử Ba,,12,=1+1\n"

// uploaded sends a file and waits until it was rehearsed.
func (p *province) uploaded(t *testing.T, name, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write([]byte(content))
	_ = w.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/nhap-du-lieu", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	res, body := p.send(t, "lan", r)
	at := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d: %s", res.StatusCode, body)
	}
	if strings.HasSuffix(name, ".csv") {
		if res, body := p.post(t, "lan", at+"/cot", "c0=0&c1=1&c2=4&c3=5&c4=3&c5=-1"); res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%d: %s", res.StatusCode, body)
		}
	}
	p.settled(t, at)
	return at
}

func (p *province) settled(t *testing.T, at string) (body string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, body = p.visit(t, "lan", at); !strings.Contains(body, "<progress") {
			return body
		}
	}
	t.Fatal("it never ends")
	return ""
}

func TestImportFromATableToItsErrorFile(t *testing.T) {
	p := lang(t)
	at := p.uploaded(t, "nguoi.csv", peopleTable)
	body := p.settled(t, at)
	for _, want := range []string{"sẽ ghi <strong>1</strong>", "sai <strong>2</strong>", ">D3<", ">E4<", "Chưa ghi gì"} {
		if !strings.Contains(body, want) {
			t.Errorf("the rehearsal does not say %q:\n%s", want, body)
		}
	}
	if r, err := p.readers.Search.Find(t.Context(), "Nông Thị Thử Một", 5); err != nil || len(r.People) > 0 {
		t.Errorf("the rehearsal recorded: %+v, %v", r, err)
	}
	if res, _ := p.visit(t, "minh", at); res.StatusCode != http.StatusNotFound {
		t.Errorf("another one's file: %d", res.StatusCode)
	}
	_, list := p.visit(t, "lan", at+"/loi")
	if !strings.Contains(list, "Vi Văn Thử Hai") || !strings.Contains(list, "Ngày sinh: ") || strings.Contains(list, "Thử Một") {
		t.Errorf("error file:\n%s", list)
	}
	if res, body := p.post(t, "lan", at+"/nhap", ""); res.StatusCode != http.StatusSeeOther {
		t.Fatal(body)
	}
	if body := p.settled(t, at); !strings.Contains(body, "Đã nhập xong") || !strings.Contains(body, "Ghi mới <strong>1</strong>") {
		t.Errorf("the end:\n%s", body)
	}
}

func TestUploadsThatAreNone(t *testing.T) {
	p := lang(t)
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/nhap-du-lieu", strings.NewReader("file=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if res, body := p.send(t, "lan", r); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, "Chưa chọn tệp") {
		t.Errorf("%d: %s", res.StatusCode, body)
	}
	if res, _ := p.visit(t, "lan", "/tep-mau/person.register"); res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Content-Disposition"), "person.register.xlsx") {
		t.Errorf("template: %d", res.StatusCode)
	}
	if res, _ := p.visit(t, "lan", "/tep-mau/period.publish"); res.StatusCode != http.StatusNotFound {
		t.Errorf("template of what only the program does: %d", res.StatusCode)
	}
}
