package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"hoso/domain"
)

type benchCommand struct {
	Names         []string      `arg:"" name:"NAME" help:"append-1 append-64 append-256 append-1024 load replay verify figures drill api pages live live-page live-feed start memory search." enum:"append-1,append-64,append-256,append-1024,load,replay,verify,figures,drill,api,pages,live,live-page,live-feed,start,memory,search"`
	For           time.Duration `name:"for" help:"Thời gian đo của mỗi phép đo append, load, figures, drill, api, live." default:"3s"`
	Watchers      int           `help:"Số người theo dõi của live, live-page, live-feed (tối đa 60)." default:"20" placeholder:"N"`
	Cases         int           `help:"Số người, và số hồ sơ, của search, pages." default:"100000" placeholder:"N"`
	Contributions int           `help:"Số dòng đóng góp thử của figures, drill." default:"1000000" placeholder:"N"`
}

// measured is what one benchmark prints. Raw is the same work at the limit of what lies below, measured in the same
// run on the same files: numbers of one machine mean nothing without it.
type measured struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Result  float64 `json:"result"`
	Raw     float64 `json:"raw"`
	Ratio   float64 `json:"ratio"`
	P50     float64 `json:"p50_ms"`
	P95     float64 `json:"p95_ms"`
	P99     float64 `json:"p99_ms"`
	RawIs   string  `json:"raw_is"`
	Machine machine `json:"machine"`
}

type machine struct {
	OS    string `json:"os"`
	Arch  string `json:"arch"`
	Cores int    `json:"cores"`
	Go    string `json:"go"`
	CPU   string `json:"cpu"`
}

// Run measures on a data directory of its own.
func (c benchCommand) Run(ctx context.Context, e *env) error {
	for _, name := range c.Names {
		m, err := c.one(ctx, e, name)
		if err != nil {
			return err
		}
		m.Name, m.Machine = name, thisMachine()
		if m.Raw != 0 {
			m.Ratio = m.Result / m.Raw
		}
		if err := json.NewEncoder(e.out).Encode(m); err != nil {
			return err
		}
	}
	return nil
}

func (c benchCommand) one(ctx context.Context, e *env, name string) (measured, error) {
	dir, err := os.MkdirTemp("", "hoso-bench-")
	if err != nil {
		return measured{}, unusable(err)
	}
	defer os.RemoveAll(dir)
	if name == "figures" || name == "drill" {
		return c.asking(ctx, e, dir, name)
	}
	a, err := e.openNew(ctx, alone(dir))
	if err != nil {
		return measured{}, err
	}
	defer func() { a.close() }()
	var callers int
	if _, err := fmt.Sscanf(name, "append-%d", &callers); err == nil {
		return c.append(ctx, a, callers)
	}
	switch name {
	case "load":
		return c.load(ctx, a)
	case "replay":
		return c.replay(ctx, e, a)
	case "search":
		return c.search(ctx, e, a)
	case "pages":
		return c.pages(ctx, e, a)
	case "verify":
		return c.verify(ctx, e, a)
	case "api":
		return c.api(ctx, e, a)
	case "live", "live-page", "live-feed":
		return c.live(ctx, e, a, name)
	case "start":
		return c.start(ctx, e, &a)
	}
	return c.memory(ctx, e, a)
}

func thisMachine() machine {
	m := machine{runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), ""}
	info, _ := os.ReadFile("/proc/cpuinfo") // only on Linux; elsewhere the name stays empty
	for line := range strings.Lines(string(info)) {
		if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			m.CPU = strings.TrimSpace(model)
			break
		}
	}
	return m
}

// spread fills in the percentiles of what was timed.
func (m *measured) spread(took []time.Duration) {
	slices.Sort(took)
	at := func(p int) float64 {
		if len(took) == 0 {
			return 0
		}
		return ms(took[min(len(took)*p/100, len(took)-1)])
	}
	m.P50, m.P95, m.P99 = at(50), at(95), at(99)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// perSecond returns n things in some time as a rate.
func perSecond(n int, took time.Duration) float64 { return float64(n) / took.Seconds() }

// await returns when the log ends at or after a cursor in a sequence, and how many events came before.
func await(ctx context.Context, log domain.EventLog, to domain.Cursor) (n int, err error) {
	for e, err := range log.Follow(ctx, 0) {
		if err != nil {
			return n, err
		}
		if n++; e.Position >= to {
			break
		}
	}
	return n, nil
}
