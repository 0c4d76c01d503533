package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colours tells whether w may get colours (no-color.org).
func colours(w io.Writer) bool { return isTerminal(w) && os.Getenv("NO_COLOR") == "" }

// progress is a bar on a terminal for work that takes longer than a second. On anything else it is silent.
type progress struct {
	to    io.Writer
	label string
	total int64
	began time.Time
	bar   *progressbar.ProgressBar
}

func (e *env) progress(label string, total int64) *progress {
	return &progress{to: e.err, label: label, total: total, began: e.clock()}
}

func (p *progress) set(e *env, done int64) {
	if p.bar == nil {
		if !isTerminal(p.to) || e.clock().Sub(p.began) < time.Second {
			return
		}
		p.bar = progressbar.NewOptions64(p.total, progressbar.OptionSetWriter(p.to), progressbar.OptionSetDescription(p.label),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30),
			progressbar.OptionSetPredictTime(true), progressbar.OptionUseANSICodes(os.Getenv("TERM") != "dumb"))
	}
	_ = p.bar.Set64(done)
}

func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
