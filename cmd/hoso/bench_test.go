package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// What scripts depend on in the answer of a benchmark; the numbers themselves are nobody's promise.
func TestBenchAnswers(t *testing.T) {
	out := must(t, "bench", "append-1", "append-64", "load", "figures", "drill", "api", "pages", "live", "live-page", "live-feed", "--watchers", "3", "--for", "1s", "--contributions", "20000", "--cases", "200")
	for line := range strings.Lines(out) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		for _, field := range []string{"name", "unit", "result", "raw", "ratio", "p50_ms", "p95_ms", "p99_ms", "machine"} {
			if m[field] == nil || m[field] == 0.0 {
				t.Errorf("%s: %s = %v", m["name"], field, m[field])
			}
		}
	}
	if n := strings.Count(out, "\n"); n != 10 {
		t.Errorf("ten benchmarks gave %d lines", n)
	}
}
