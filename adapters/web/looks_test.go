package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

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
	{"lan", "/bao-cao?month=2024-04", 200},
	{"lan", "/bao-cao/so-sanh?month=2024-04&from=45000&to=46000", 200},
	{"tham", "/kiem-tra", 200},
	{"tham", "/kiem-tra/su-kien?case-type=unemployment", 200},
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
	{"lan", "/ho-so", 200},
	{"lan", "/ho-so/{filed}", 200},
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
