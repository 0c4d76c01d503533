package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// A caseworker goes through work with the keyboard, opens the palette, finds somebody by a name without marks, and fills a
// field of a form with a person whom a search offers.
func TestWorkWithTheKeyboard(t *testing.T) {
	w := open(t, "lan", 1280, 900)
	w.visit("/cong-viec?whose=all")
	w.run(chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"), chromedp.KeyEvent("j"))
	if at := eval[int](w, `[...document.querySelectorAll("tr[data-row]")].findIndex(r => r.getAttribute("aria-selected") === "true")`); at != 1 {
		t.Errorf("the second row is to be chosen, not %d", at)
	}
	w.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(input.ModifierCtrl)))
	w.until(5*time.Second, `document.querySelector("dialog.palette")?.open && document.activeElement.id === "palette-q"`)
	w.run(chromedp.SendKeys("#palette-q", "nguyen\r"))
	found := false
	for end := time.Now().Add(30 * time.Second); !found && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		_ = chromedp.Run(w.ctx, chromedp.Evaluate(`document.querySelectorAll(".people > li").length > 0`, &found)) // fails while the page goes
	}
	if !found {
		t.Fatal("the palette finds nobody: " + eval[string](w, "location.href + document.body.innerText.slice(0, 400)"))
	}
	if address := eval[string](w, "location.href"); strings.Contains(address, "nguyen") {
		t.Errorf("what was looked for stands in the address: %s", address)
	}
	w.visit("/ghi/unemployment.file")
	w.run(chromedp.SendKeys("#f-person", "nguyen"))
	w.until(20*time.Second, `document.querySelector("#pick-person [data-pick]")`)
	w.run(chromedp.Click("#pick-person [data-pick]"))
	w.until(5*time.Second, `/^[0-9a-f-]{36}$/.test(document.getElementById("f-person").value) && document.querySelector("#pick-person .chosen")`)
	w.accessible("the form with a person")
}

// What somebody chose in the palette as it opened stays chosen: no later event of its opening draws the list again.
func TestChosenAsThePaletteOpens(t *testing.T) {
	w := open(t, "lan", 1280, 900)
	w.visit("/cong-viec")
	if at := eval[string](w, `(async () => {
		const press = (on, key, ctrlKey = false) => on.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true }));
		press(document.body, "k", true);
		const q = document.getElementById("palette-q");
		q.value = "ho so";
		q.dispatchEvent(new Event("input"));
		press(q, "ArrowDown");
		await new Promise((done) => setTimeout(done, 200));
		return document.activeElement.textContent.slice(0, 80);
	})()`); at != "Hồ sơ" {
		t.Errorf("the focus is on %q", at)
	}
}
