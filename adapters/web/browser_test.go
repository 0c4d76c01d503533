package web_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe.min.js
var axe string

var (
	browserOnce sync.Once
	browser     context.Context
	browserErr  error
	stopBrowser = func() {}
)

// window is a window of a real browser, signed in as somebody. It fails the test for what the console says and for any
// request to another host.
type window struct {
	*testing.T
	ctx context.Context
	p   *province
	mu  sync.Mutex
	bad []string
}

// open opens a window. Without Chromium the test is skipped and says so; .ci/run installs it and lets no test be skipped.
func open(t *testing.T, as string, width, height int64) *window {
	t.Helper()
	if os.Getenv("CI_BROWSER") == "off" {
		t.Skip("CI_BROWSER is off")
	}
	p := lang(t)
	path := chromium()
	if path == "" {
		if os.Getenv("CI_BROWSER") != "" {
			t.Fatal("no chromium, and CI_BROWSER says that there must be one")
		}
		t.Skip("NO CHROMIUM: the pages are not tested in a browser. Install it (apt-get install chromium) and run again.")
	}
	browserOnce.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("lang", "vi"))
		allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
		var cancel context.CancelFunc
		browser, cancel = chromedp.NewContext(allocator)
		stopBrowser = func() { cancel(); stop() }
		browserErr = chromedp.Run(browser)
	})
	if browserErr != nil {
		t.Fatal(browserErr)
	}
	// A window and cookies of its own.
	var tab target.ID
	if err := chromedp.Run(browser, chromedp.ActionFunc(func(ctx context.Context) error {
		ctx = cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		own, err := target.CreateBrowserContext().WithDisposeOnDetach(true).Do(ctx)
		if err == nil {
			tab, err = target.CreateTarget("about:blank").WithBrowserContextID(own).WithNewWindow(true).Do(ctx)
		}
		return err
	})); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(tab))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	w := &window{T: t, ctx: ctx, p: p}
	chromedp.ListenTarget(ctx, w.hear)
	host, _ := url.Parse(p.url)
	w.run(network.Enable(), emulation.SetDeviceMetricsOverride(width, height, 1, width < 600),
		network.SetCookie("as", as).WithDomain(host.Hostname()).WithPath("/"))
	t.Cleanup(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, s := range w.bad {
			t.Error(s)
		}
	})
	return w
}

func (w *window) hear(event any) {
	complain := func(format string, args ...any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.bad = append(w.bad, fmt.Sprintf(format, args...))
	}
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		complain("exception on the page: %s", e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
			complain("console: %s", e.Args[0].Value)
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, w.p.url) && !strings.HasPrefix(e.Request.URL, "data:") && e.Request.URL != "about:blank" {
			complain("a request to another host: %s", e.Request.URL)
		}
	}
}

func (w *window) run(actions ...chromedp.Action) {
	w.Helper()
	if err := chromedp.Run(w.ctx, actions...); err != nil {
		w.Fatal(err)
	}
}

// visit loads a page and waits until it is there.
func (w *window) visit(path string) {
	w.Helper()
	w.run(chromedp.Navigate(w.p.url+path), chromedp.WaitReady("main"))
}

// eval runs a script in the page.
func eval[T any](w *window, script string) (v T) {
	w.Helper()
	w.run(chromedp.Evaluate(script, &v, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return v
}

// until waits for a script to be true.
func (w *window) until(patience time.Duration, script string) {
	w.Helper()
	w.run(chromedp.Poll(script, nil, chromedp.WithPollingTimeout(patience), chromedp.WithPollingInterval(20*time.Millisecond)))
}

// dark has the window prefer a theme.
func (w *window) theme(name string) {
	w.Helper()
	w.run(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}))
}

// accessible has axe-core look at the page (WCAG 2.2, A and AA, and its best practices).
func (w *window) accessible(what string) {
	w.Helper()
	w.run(chromedp.ActionFunc(func(ctx context.Context) error { return page.SetBypassCSP(true).Do(ctx) }), chromedp.Evaluate(axe, nil))
	found := eval[string](w, `axe.run(document, {runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]}).then(r => JSON.stringify(
		r.violations.flatMap(v => v.nodes.slice(0, 5).map(n => v.id + ": " + n.target.join(" ") + " – " + n.failureSummary.split("\n").slice(1, 2).join(" ")))))`)
	var all []string
	if err := json.Unmarshal([]byte(found), &all); err != nil {
		w.Fatal(err)
	}
	for _, one := range all {
		w.Errorf("%s: axe: %s", what, one)
	}
}

// fits fails where a page is wider than its window: only tables may be scrolled sideways, in a box of their own.
func (w *window) fits(what string) {
	w.Helper()
	if wide := eval[[]string](w, `(() => { const d = document.documentElement; if (d.scrollWidth <= d.clientWidth) return [];
		return ["page " + d.scrollWidth + " of " + d.clientWidth, ...[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > d.clientWidth + 1 && !e.closest(".scroll, .chart")).slice(0, 5).map(e => e.tagName + "." + e.className)] })()`); len(wide) > 0 {
		w.Errorf("%s does not fit: %v", what, wide)
	}
}

// picture keeps a picture of the page, for people to look at.
func (w *window) picture(name string) {
	w.Helper()
	if os.Getenv("PICTURES") == "" {
		return
	}
	var b []byte
	w.run(chromedp.FullScreenshot(&b, 100))
	w.keep(name+".png", b)
}

// keep keeps a file in the folder that PICTURES names.
func (w *window) keep(name string, content []byte) {
	w.Helper()
	dir := os.Getenv("PICTURES")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
		w.Fatal(err)
	}
}
