package main

import (
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// keyboardDay is a caseworker's day with the keyboard alone, from the log-in to an act that is recorded. Its steps are not the
// README's.
var keyboardDay = []stepOfWalk{
	{"Log in.", func(w *walker) {
		w.run(chromedp.Navigate(w.url+"/"), chromedp.WaitReady("main", chromedp.ByQuery))
		w.tabs(`e.tagName === "A" && e.textContent.includes("Đăng nhập")`)
		w.loads(kb.Enter)
		w.typed("login", w.kept["login"])
		w.tabs(`e.id === "password"`)
		w.typed("password", w.kept["password"])
		w.loads(kb.Enter)
		w.sees("Bảng điều khiển")
	}},
	{"Skip to the content.", func(w *walker) {
		w.tabs(`e.className === "skip"`)
		w.run(chromedp.KeyEvent(kb.Enter))
		w.tabs(`e.closest("main")`)
	}},
	{"Go to the work.", func(w *walker) {
		w.palette("cong viec")
		w.run(chromedp.KeyEvent(kb.ArrowDown))
		w.loads(kb.Enter)
		w.tabs(`e.textContent.trim() === "Chưa giao"`)
		w.loads(kb.Enter)
		w.sees("Quá hạn")
	}},
	{"Take a case and open it.", func(w *walker) {
		w.run(chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
		taken := w.says(`document.querySelector("tr[aria-selected] a").getAttribute("href")`)
		w.loads("a")
		w.tabs(`e.textContent.trim() === "Việc của tôi"`)
		w.loads(kb.Enter)
		for range 50 {
			w.run(chromedp.KeyEvent("j"))
			if w.says(`document.querySelector("tr[aria-selected] a").getAttribute("href")`) == taken {
				break
			}
		}
		w.loads(kb.Enter)
		if at := w.says(`location.pathname`); at != taken {
			w.Errorf("%s was taken, and %s opened", taken, at)
		}
	}},
	{"Register a person.", func(w *walker) {
		w.palette("ho so")
		w.run(chromedp.KeyEvent(kb.ArrowDown))
		w.loads(kb.Enter)
		w.tabs(`e.getAttribute("href") === "/ghi/person.register"`)
		w.loads(kb.Enter)
		for _, field := range [][2]string{{"identity", "020190000888"}, {"name", "Lục Văn Phím"}, {"born", "1990"}, {"commune", "06550"}} {
			w.tabs(fmt.Sprintf(`e.id === "f-%s"`, field[0]))
			w.typed("f-"+field[0], field[1])
		}
		w.tabs(`e.tagName === "BUTTON" && e.value === "check"`)
		w.loads(kb.Enter)
		w.sees("Kiểm tra lại trước khi ghi nhận", "Lục Văn Phím")
		w.tabs(`e.id === "record"`)
		w.loads(kb.Enter)
		w.sees("Đã ghi nhận việc số 1")
	}},
	{"Find the person.", func(w *walker) {
		w.palette("luc van phim")
		w.loads(kb.Enter)
		w.sees("Lục Văn Phím")
		w.run(chromedp.KeyEvent("/"))
		if at := w.says(`document.activeElement.type`); at != "search" {
			w.Errorf("/ leads to %q, not to the search", at)
		}
	}},
	{"Log out.", func(w *walker) {
		w.tabs(`e.tagName === "BUTTON" && e.textContent === "Đăng xuất"`)
		w.loads(kb.Enter)
		w.run(chromedp.Navigate(w.url + "/"))
		w.sees("Cần đăng nhập")
	}},
}

// tabs presses Tab until the focus is on what a script says of e. Wherever it comes by, one can see that it is there.
func (w *walker) tabs(there string) {
	w.Helper()
	var way []string
	for range 400 {
		w.run(chromedp.KeyEvent(kb.Tab))
		at := w.says(`(() => { const e = document.activeElement, s = getComputedStyle(e), seen = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
			const name = e.tagName + " " + (e.id || e.textContent.trim().slice(0, 30));
			return e === document.body ? "" : !seen ? "hidden: " + name : (` + there + `) ? "there" : name })()`)
		if at == "there" {
			return
		}
		if strings.HasPrefix(at, "hidden: ") {
			w.Errorf("the focus cannot be seen: %s", at)
		}
		if len(way) >= 8 && strings.Count(strings.Join(way[len(way)-8:], "\n"), at) == 8 && at != "" {
			w.Fatalf("Tab stays on %s", at)
		}
		way = append(way, at)
	}
	w.Fatalf("Tab does not lead to %s: %q", there, way)
}

// typed types into the field that has the focus.
func (w *walker) typed(id, text string) {
	w.Helper()
	if at := w.says(`document.activeElement.id`); at != id {
		w.Fatalf("the focus is on %q, not on %q", at, id)
	}
	w.run(chromedp.KeyEvent(text))
}

// loads presses a key that leads to another page.
func (w *walker) loads(key string) {
	w.Helper()
	if _, err := chromedp.RunResponse(w.ctx, chromedp.KeyEvent(key)); err != nil {
		w.Fatalf("%q: %v", key, err)
	}
	w.run(chromedp.WaitReady("main", chromedp.ByQuery), chromedp.Poll(`document.readyState === "complete"`, nil))
}

// palette opens the palette and types.
func (w *walker) palette(text string) {
	w.Helper()
	w.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(input.ModifierCtrl)), chromedp.Poll(`document.activeElement.id === "palette-q"`, nil), chromedp.KeyEvent(text))
}
