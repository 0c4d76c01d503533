package web_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestPrint has every page be printed: nothing that is only pressed, nothing cut at the right of a sheet of A4.
func TestPrint(t *testing.T) {
	eachVisited(t, a4, 1123, func(w *window, n int, path string) {
		w.run(emulation.SetEmulatedMedia().WithMedia("print"))
		w.picture(fmt.Sprintf("print-%02d", n))
		for _, wrong := range eval[[]string](w, unprintable) {
			t.Errorf("%s in print: %s", path, wrong)
		}
		w.run(emulation.SetEmulatedMedia().WithMedia(""))
	})
}

// a4 is how wide a sheet is between margins of 1 cm, in CSS pixels.
const a4 = 718

// unprintable lists what is only there to be pressed, and what is cut off.
const unprintable = `(() => {
	const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";
	const name = e => e.tagName.toLowerCase() + (e.className ? "." + e.className : "") + " " + e.textContent.trim().slice(0, 40);
	const all = s => [...document.querySelectorAll(s)].filter(shown);
	const wrong = all("nav, body > header, footer, button, .button, .filters, .search, .begin, .skip, dialog").map(e => "is pressed, not read: " + name(e));
	const sheet = document.documentElement;
	if (sheet.scrollWidth > sheet.clientWidth) wrong.push("the page is " + sheet.scrollWidth + " wide, of " + sheet.clientWidth);
	for (const e of all("main, .scroll, .chart, .card, table, pre")) {
		if (e.scrollWidth > e.clientWidth + 1) wrong.push("cut: " + name(e) + ", " + e.scrollWidth + " of " + e.clientWidth);
		if (e.getBoundingClientRect().right > sheet.clientWidth + 1) wrong.push("beyond the sheet: " + name(e));
	}
	return [...new Set(wrong)].slice(0, 6);
})()`

// TestPrintedPages has the report and a receipt come out of the printer with their words.
func TestPrintedPages(t *testing.T) {
	for n, v := range []struct {
		as, path string
		pages    int // at most
		texts    int // at least; a blank sheet has none
	}{{"lan", "/bao-cao?month=2024-04", 12, 3000}, {"lan", "/ho-so/{filed}/bien-nhan", 1, 100}} {
		w := open(t, v.as, 1280, 900)
		w.visit(w.p.named(t, v.path))
		var sheet []byte
		w.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
			sheet, _, err = page.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).Do(ctx)
			return err
		}))
		w.keep(fmt.Sprintf("print-%d.pdf", n), sheet)
		pages, texts := bytes.Count(sheet, []byte("/Type /Page\n")), textIn(sheet)
		t.Logf("%s: %d bytes, %d sheets, %d texts", v.path, len(sheet), pages, texts)
		if pages < 1 || pages > v.pages || texts < v.texts {
			t.Errorf("%s: %d sheets with %d texts, want at most %d with at least %d", v.path, pages, texts, v.pages, v.texts)
		}
	}
}

// textIn counts how often text is drawn in a PDF.
func textIn(pdf []byte) (n int) {
	for {
		_, rest, found := bytes.Cut(pdf, []byte("stream\n"))
		if !found {
			return n
		}
		if in, err := zlib.NewReader(bytes.NewReader(rest)); err == nil {
			content, _ := io.ReadAll(in)
			n += bytes.Count(content, []byte(" Tj")) + bytes.Count(content, []byte(" TJ"))
		}
		pdf = rest
	}
}
