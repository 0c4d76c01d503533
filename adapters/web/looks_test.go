package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoso/adapters/web"
)

// visited are the pages that are looked at in every theme and size, each as somebody who works with it.
var visited = []struct {
	as, path string
	status   int
}{
	{"minh", "/", 200},
	{"minh", "/so-lieu/unemployment.claims?month=2024-04", 200},
	{"minh", "/so-lieu/merit.allowance_persons?month=2024-04", 200},
	{"minh", "/?wall=1", 200},
	{"minh", "/?month=2022-02", 200},
	{"lan", "/bao-cao?month=2024-04", 200},
	{"lan", "/bao-cao/so-sanh?month=2024-04&from=45000&to=46000", 200},
	{"tham", "/kiem-tra", 200},
	{"tham", "/kiem-tra/su-kien?case-type=unemployment", 200},
	{"tham", "/kiem-tra/su-kien?by=lan&area=178", 200},
	{"tham", "/kiem-tra/ho-so/{receiving}?with=1", 200},
	{"tham", "/kiem-tra/ai-doc", 200},
	{"tham", "/kiem-tra/dem-lai?month=2024-04", 200},
	{"quan", "/quan-tri", 200},
	{"quan", "/quan-tri/tai-khoan", 200},
	{"quan", "/quan-tri/tai-khoan/{account}", 200},
	{"tham", "/quan-tri/tai-khoan/{account}", 200},
	{"quan", "/quan-tri/quyen?area=178", 200},
	{"xem.giao.dien", "/tai-khoan", 200},
	{"quan", "/quan-tri/danh-muc", 200},
	{"quan", "/quan-tri/danh-muc/su-kien", 200},
	{"quan", "/quan-tri/danh-muc/don-vi?find=chi+lang", 200},
	{"quan", "/quan-tri/danh-muc/lich", 200},
	{"quan", "/quan-tri/danh-muc/phap-luat", 200},
	{"hoa", "/bao-cao", 403},
	{"lan", "/khong-co-trang-nay", 404},
	{"lan", "/cong-viec?whose=all", 200},
	{"lan", "/cong-viec?whose=me", 200},
	{"minh", "/cong-viec?hang-doi=thu-ly", 200},
	{"minh", "/cong-viec?hang-doi=duyet", 200},
	{"khoa", "/cong-viec?hang-doi=bao-cao", 403},
	{"lan", "/ho-so", 200},
	{"lan", "/ho-so/{filed}", 200},
	{"lan", "/ho-so/{papers}", 200},
	{"tham", "/ho-so/{receiving}?v=2", 200},
	{"hien", "/ho-so/{asked}", 200},
	{"lan", "/ho-so/{filed}/bien-nhan", 200},
	{"lan", "/ghi/unemployment.decide?case={filed}", 200},
	{"lan", "/ghi/unemployment.file", 200},
	{"lan", "/ghi/person.register", 200},
	{"lan", "/nhap-du-lieu", 200},
	{"lan", "{upload}", 200},
}

// TestLooks has a browser show every page in both themes, on a telephone and on a wide screen, and axe-core look at it.
func TestLooks(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int64
	}{{"360", 360, 740}, {"1920", 1920, 1080}} {
		for _, theme := range []string{"light", "dark"} {
			t.Run(size.name+" "+theme, func(t *testing.T) {
				for n, v := range visited {
					w := open(t, v.as, size.width, size.height)
					w.theme(theme)
					v.path = w.p.named(t, v.path)
					w.visit(v.path)
					if status := eval[int](w, `performance.getEntriesByType("navigation")[0].responseStatus`); status != v.status {
						t.Errorf("%s: %d, want %d", v.path, status, v.status)
					}
					w.fits(v.path)
					w.accessible(v.path)
					w.picture(fmt.Sprintf("%02d%s-%s-%s", n, strings.NewReplacer("/", "_", "?", "_", "&", "_", "=", "-").Replace(visited[n].path), size.name, theme))
				}
			})
		}
	}
}

// TestWhatFormsAnswerWith has the browser look at what no address shows: people found while somebody types, a form that was refused, a
// password and a token that are shown this once.
func TestWhatFormsAnswerWith(t *testing.T) {
	known, err := lang(t).readers.Search.Find(t.Context(), "nguyen", 1)
	if err != nil || len(known.People) == 0 {
		t.Fatal("nobody of the sample is called Nguyễn", err)
	}
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			look := func(w *window, name string) {
				t.Helper()
				w.fits(name)
				w.accessible(name)
				w.picture(name + "-" + theme)
			}
			lan := open(t, "lan", 360, 740)
			lan.theme(theme)
			lan.visit("/ghi/person.register")
			lan.run(chromedp.SendKeys("#f-name", known.People[0].Name, chromedp.ByID), chromedp.WaitVisible("#twins .notice"))
			if n := eval[int](lan, `document.querySelectorAll("nav.side, main").length`); n != 2 {
				t.Errorf("%d frames of a page in the form, want one", n)
			}
			look(lan, "twins")
			lan.run(chromedp.SendKeys("#f-born", "1900", chromedp.ByID), chromedp.WaitNotPresent("#twins .notice")) // born in another year: somebody else
			lan.visit("/ghi/unemployment.file")
			lan.run(chromedp.SendKeys("#f-person", "nguyen", chromedp.ByID), chromedp.WaitVisible("#pick-person [data-pick]"))
			look(lan, "pick")
			lan.run(chromedp.Click("#pick-person [data-pick]"), chromedp.WaitVisible("#pick-person .chosen"))
			lan.visit("/ghi/unemployment.file")
			lan.run(chromedp.Evaluate(`document.querySelector("button[value=check]").form.noValidate = true; document.querySelector("button[value=check]").click()`, nil), chromedp.WaitVisible("#wrong", chromedp.ByID))
			look(lan, "refused-form")

			quan := open(t, "quan", 1280, 900)
			quan.theme(theme)
			login := "xem." + theme
			quan.visit("/quan-tri/tai-khoan")
			quan.run(chromedp.SendKeys("#open-login", login, chromedp.ByID), chromedp.SendKeys("#open-name", "Nguyễn Phước Quý Thị Thùy Dương Hoàng Ngân Công Tằng Tôn Nữ", chromedp.ByID), chromedp.Submit("#open-name", chromedp.ByID), chromedp.WaitVisible("#password", chromedp.ByID))
			look(quan, "password")
			quan.visit("/quan-tri/tai-khoan/" + login)
			quan.run(chromedp.Evaluate(`document.getElementById("token-label").closest("details").open = true`, nil), chromedp.SendKeys("#token-label", "Bảng tổng hợp", chromedp.ByID),
				chromedp.Submit("#token-label", chromedp.ByID), chromedp.WaitVisible("#token", chromedp.ByID))
			look(quan, "token")
		})
	}
}

// eachVisited shows every page of visited in windows of a size, one for each of those who look.
func eachVisited(t *testing.T, width, height int64, do func(w *window, n int, path string)) {
	t.Helper()
	windows := map[string]*window{}
	for n, v := range visited {
		w := windows[v.as]
		if w == nil {
			w = open(t, v.as, width, height)
			windows[v.as] = w
		}
		path := w.p.named(t, v.path)
		w.visit(path)
		do(w, n, path)
	}
}

// TestAllPagesAreLookedAt fails for a page of pages.go that no browser looks at.
func TestAllPagesAreLookedAt(t *testing.T) {
	seen := http.NewServeMux()
	unseen := map[string]bool{}
	for _, path := range web.Paths() {
		if path == "/tep-mau/{command}" || path == "/nhap-du-lieu/{upload}/loi" { // files
			continue
		}
		seen.Handle(path, http.NotFoundHandler())
		unseen[path] = true
	}
	for _, v := range visited {
		path, _, _ := strings.Cut(v.path, "?")
		path = strings.NewReplacer("{upload}", "/nhap-du-lieu/x", "{", "", "}", "").Replace(path)
		_, pattern := seen.Handler(httptest.NewRequest(http.MethodGet, path, nil))
		delete(unseen, pattern)
	}
	for path := range unseen {
		t.Errorf("nobody looks at %s: add it to visited", path)
	}
}
