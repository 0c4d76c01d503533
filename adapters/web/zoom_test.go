package web_test

import "testing"

// TestZoom has no page be wider than its window at 200 % (a screen of 1,280 pixels) and 400 % (WCAG 2.2, 1.4.10 Reflow).
func TestZoom(t *testing.T) {
	for zoom, width := range map[string]int64{"200 %": 640, "400 %": 320} {
		t.Run(zoom, func(t *testing.T) {
			eachVisited(t, width, 450, func(w *window, _ int, path string) { w.fits(path + " at " + zoom) })
		})
	}
}
