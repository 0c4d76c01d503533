package web_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// mostTabs is how often Tab is pressed on a page at most: what comes later in a long table is as what came before.
const mostTabs = 150

// TestTab goes through every page with Tab alone: what can be pressed is reached, what is reached can be seen to be reached, and
// the way leads on until it begins again.
func TestTab(t *testing.T) {
	eachVisited(t, 1280, 900, func(w *window, _ int, path string) {
		w.run(chromedp.Evaluate(watchFocus, nil))
		presses := min(eval[int](w, `pressable().length + 6 * document.querySelectorAll("input[type=date], input[type=month]").length`), mostTabs) + 2
		keys := make([]chromedp.Action, presses)
		for n := range keys {
			keys[n] = chromedp.KeyEvent(kb.Tab)
		}
		w.run(keys...)
		for _, wrong := range eval[[]string](w, fmt.Sprintf(`wrongFocus(%d)`, mostTabs)) {
			t.Errorf("%s with Tab: %s", path, wrong)
		}
	})
}

// watchFocus keeps what gets the focus, and whether that could be seen.
const watchFocus = `
var reached = new Map();
var nameOf = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + " " + (e.textContent || e.name || "").trim().slice(0, 40);
var pressable = () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
	.filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}));
document.addEventListener("focusin", e => {
	const style = getComputedStyle(e.target), box = e.target.getBoundingClientRect();
	const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.height > 0;
	reached.set(e.target, seen);
});
var wrongFocus = most => {
	const wrong = [...reached].filter(([e, seen]) => !seen).map(([e]) => "the focus cannot be seen on " + nameOf(e));
	const all = pressable();
	if (all.length < most) wrong.push(...all.filter(e => !reached.has(e)).map(e => "is not reached: " + nameOf(e)));
	if (reached.size < Math.min(all.length, most / 2)) wrong.push("only " + reached.size + " of " + all.length + " are reached: a trap");
	return wrong.slice(0, 5);
};`
