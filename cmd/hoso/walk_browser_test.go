package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// walker is somebody at a browser of his own. It fails the test for what the console says and for any request to another host.
type walker struct {
	*testing.T
	ctx  context.Context
	url  string
	mu   sync.Mutex
	bad  []string
	kept map[string]string // what one step leaves for a later one
}

// walks opens a browser. Without Chromium the test is skipped and says so; .ci/run installs it and lets no test be skipped.
func walks(t *testing.T, address string) *walker {
	t.Helper()
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browserHere(t)),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("lang", "vi"))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	w := &walker{T: t, ctx: ctx, url: strings.TrimSuffix(address, "/"), kept: map[string]string{}}
	chromedp.ListenTarget(ctx, w.hear)
	if err := chromedp.Run(ctx); err != nil { // the browser lives as long as the context of the first run
		t.Fatal(err)
	}
	w.run(network.Enable(), emulation.SetDeviceMetricsOverride(1280, 900, 1, false))
	t.Cleanup(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, s := range w.bad {
			t.Error(s)
		}
	})
	return w
}

func browserHere(t *testing.T) string {
	t.Helper()
	if os.Getenv("CI_BROWSER") == "off" {
		t.Skip("CI_BROWSER is off")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI_BROWSER") != "" {
		t.Fatal("no chromium, and CI_BROWSER says that there must be one")
	}
	t.Skip("NO CHROMIUM: the walks of the README are not tested. Install it (apt-get install chromium) and run again.")
	return ""
}

func (w *walker) hear(event any) {
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
		if u, err := url.Parse(e.Request.URL); err == nil && u.Host != "" && !strings.HasPrefix(e.Request.URL, w.url+"/") {
			complain("a request to another host: %s", e.Request.URL)
		}
	}
}

func (w *walker) run(actions ...chromedp.Action) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		var at, text string
		_ = chromedp.Run(w.ctx, chromedp.Location(&at), chromedp.Evaluate(`document.body.innerText.slice(0, 1500)`, &text))
		w.Fatalf("%v\nat %s\n%s", err, at, text)
	}
}

// onIt finds what can be pressed by the text on it, in the page's main part or anywhere, the first one that is shown.
func onIt(text string) string {
	return fmt.Sprintf(`//*[self::a or self::button or self::summary][contains(normalize-space(.), %q)][not(ancestor-or-self::*[@hidden])]`, text)
}

// press clicks on what bears a text.
func (w *walker) press(text string) {
	w.Helper()
	w.run(chromedp.Click(onIt(text), chromedp.BySearch, chromedp.NodeVisible))
}

// follow presses and waits for the next page.
func (w *walker) follow(text string) {
	w.Helper()
	if _, err := chromedp.RunResponse(w.ctx, chromedp.Click(onIt(text), chromedp.BySearch, chromedp.NodeVisible)); err != nil {
		var page string
		_ = chromedp.Run(w.ctx, chromedp.Evaluate(`location.href + "\n" + document.body.innerText.slice(0, 1500)`, &page))
		w.Fatalf("press %q: %v\n%s", text, err, page)
	}
	w.run(chromedp.WaitReady("main"))
}

// goes follows an entry of the navigation.
func (w *walker) goes(section string) {
	w.Helper()
	w.run(chromedp.Click(fmt.Sprintf(`//nav[@class="side"]//a[normalize-space(.)=%q]`, section), chromedp.BySearch),
		chromedp.WaitVisible(fmt.Sprintf(`//nav[@class="side"]//a[normalize-space(.)=%q][@aria-current="page"]`, section), chromedp.BySearch))
}

// sees waits until the page says all of it.
func (w *walker) sees(texts ...string) {
	w.Helper()
	for _, text := range texts {
		w.run(chromedp.Poll(fmt.Sprintf(`document.readyState === "complete" && document.body.innerText.toLowerCase().includes(%q.toLowerCase())`, text), nil, chromedp.WithPollingTimeout(30*time.Second)))
	}
}

// types fills fields by their ids.
func (w *walker) types(pairs ...string) {
	w.Helper()
	for n := 0; n < len(pairs); n += 2 {
		w.run(chromedp.WaitVisible("#"+pairs[n], chromedp.ByQuery), chromedp.Evaluate(fmt.Sprintf(`document.getElementById(%q).value = ""`, pairs[n]), nil), chromedp.SendKeys("#"+pairs[n], pairs[n+1], chromedp.ByQuery))
	}
}

// chooses sets lists by their ids.
func (w *walker) chooses(pairs ...string) {
	w.Helper()
	for n := 0; n < len(pairs); n += 2 {
		w.run(chromedp.SetValue("#"+pairs[n], pairs[n+1], chromedp.ByQuery))
	}
}

func (w *walker) says(script string) (text string) {
	w.Helper()
	w.run(chromedp.Evaluate(script, &text))
	return text
}
