package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hoso/adapters/web"
	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/worklist"
)

// leastVisits is how often each page is asked for at least: so often that the p95 is not the slowest visit of all.
const leastVisits = 60

// pages measures how long a server works on each page over c.Cases cases (see crowd), from the request to the last byte, one
// request after the other, each for a tenth of --for; the result is the slowest page's p95. Each page is told in a line of its own. Raw is /healthz, asked
// in the same way: what the way there and back costs.
func (c benchCommand) pages(ctx context.Context, e *env, a *app) (measured, error) {
	if err := c.crowd(ctx, e, a); err != nil {
		return measured{}, err
	}
	if err := a.catchUp(ctx, e); err != nil {
		return measured{}, err
	}
	bearer, err := a.benchCaller(ctx, right.Roles()...)
	if err != nil {
		return measured{}, err
	}
	if err := a.catchUp(ctx, e); err != nil {
		return measured{}, err
	}
	fill, err := a.fillers(ctx)
	if err != nil {
		return measured{}, err
	}
	address, stop, err := a.serveFor(ctx, e, listenFlags{Listen: "127.0.0.1:0"})
	if err != nil {
		return measured{}, err
	}
	defer stop()
	if err := a.search.Refresh(ctx); err != nil { // the names of all people come into memory once, behind what is measured
		return measured{}, err
	}
	raw, err := c.visit(ctx, address, bearer, "/healthz")
	if err != nil {
		return measured{}, err
	}
	m := measured{Unit: fmt.Sprintf("ms, p95 of the slowest page, %d cases", c.Cases), RawIs: "/healthz, ms, p95"}
	m.spread(raw)
	m.Raw = m.P95
	var slowest []time.Duration
	for _, path := range web.Paths() {
		path = fill.Replace(path)
		if strings.Contains(path, "{") {
			continue // an upload of its own
		}
		took, err := c.visit(ctx, address, bearer, path)
		if err != nil {
			return measured{}, err
		}
		one := measured{}
		one.spread(took)
		fmt.Fprintf(e.err, "%-60s %8.1f ms p50 %8.1f ms p95\n", path, one.P50, one.P95)
		if m.spread(slowest); slowest == nil || one.P95 > m.P95 {
			slowest = took
		}
	}
	m.spread(slowest)
	m.Result = m.P95
	return m, nil
}

// fillers say what stands for the names in the pages' paths.
func (a *app) fillers(ctx context.Context) (*strings.Replacer, error) {
	r, err := a.reading()
	if err != nil {
		return nil, err
	}
	list, err := r.worklist.List(ctx, worklist.Query{Types: []string{"unemployment"}, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(list.Cases) == 0 {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "bench.no_case", Msg: "không có hồ sơ thất nghiệp nào"}
	}
	return strings.NewReplacer("{$}", "", "{indicator}", "unemployment.claims", "{case}", list.Cases[0].Case.String(), "{login}", "bench",
		"{command}", "unemployment.file", "{format}", "xlsx"), nil
}

// visit asks for a page over and over, as one browser does.
func (c benchCommand) visit(ctx context.Context, address *url.URL, bearer, path string) (took []time.Duration, err error) {
	for begun := time.Now(); len(took) < leastVisits || time.Since(begun) < c.For/10; {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.JoinPath("/").String()+strings.TrimPrefix(path, "/"), nil)
		if err != nil {
			return nil, err
		}
		request.Header.Set("Authorization", "Bearer "+bearer)
		begun := time.Now()
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		if err != nil {
			return nil, err
		}
		if response.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s: %s", path, response.Status)
		}
		took = append(took, time.Since(begun))
	}
	return took, nil
}
