package web_test

import (
	"fmt"
	"strings"
	"testing"
)

// visited are the pages that are looked at in every theme and size, each as somebody who works with it.
var visited = []struct{ as, path string }{
	{"minh", "/"},
	{"minh", "/so-lieu/unemployment.claims?month=2024-04"},
	{"minh", "/so-lieu/merit.allowance_persons?month=2024-04"},
	{"minh", "/?wall=1"},
	{"lan", "/khong-co-trang-nay"},
	{"lan", "/cong-viec?whose=all"},
	{"lan", "/cong-viec?whose=me"},
	{"lan", "/ho-so"},
	{"lan", "/ho-so/{filed}"},
	{"tham", "/ho-so/{receiving}?v=2"},
	{"lan", "/ho-so/{filed}/bien-nhan"},
	{"lan", "/ghi/unemployment.decide?case={filed}"},
	{"lan", "/ghi/unemployment.file"},
	{"lan", "/ghi/person.register"},
	{"lan", "/nhap-du-lieu"},
	{"lan", "{upload}"},
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
					w.fits(v.path)
					w.accessible(v.path)
					w.picture(fmt.Sprintf("%02d%s-%s-%s", n, strings.NewReplacer("/", "_", "?", "_", "&", "_", "=", "-").Replace(visited[n].path), size.name, theme))
				}
			})
		}
	}
}
