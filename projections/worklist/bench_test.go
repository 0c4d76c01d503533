package worklist_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"hoso/projections/worklist"
)

// BenchmarkMillion measures lists and counts among HOSO_CASES cases (a million took a minute to open), each question a
// hundred times: go test -bench Million -benchtime 1x ./projections/worklist
func BenchmarkMillion(b *testing.B) {
	n, _ := strconv.Atoi(os.Getenv("HOSO_CASES"))
	if n == 0 {
		n = 20_000
	}
	w := newWorld(b)
	w.fill(n)
	begun := time.Now()
	w.catchUp()
	fmt.Printf("%d cases, %d events: %.0f events/s\n", n, w.runner.Position(), float64(w.runner.Position())/time.Since(begun).Seconds())
	for _, q := range []struct {
		name string
		worklist.Query
	}{
		{"all open", worklist.Query{}},
		{"overdue in the province", worklist.Query{Unit: "20", Urgency: worklist.Overdue}},
		{"soon", worklist.Query{Urgency: worklist.Soon}},
		{"of a commune", worklist.Query{Unit: communes[9].Code, Types: []string{"unemployment"}}},
		{"a type in a district", worklist.Query{Unit: communes[9].Parent, Types: []string{"register"}}},
		{"a step nobody is at", worklist.Query{Types: []string{"unemployment"}, Step: "incomplete"}},
		{"mine", worklist.Query{Assigned: "lan"}},
		{"mine of a type in a commune", worklist.Query{Assigned: "lan", Types: []string{"register"}, Unit: communes[9].Code}},
		{"nobody's in a commune", worklist.Query{Assigned: worklist.Nobody, Unit: communes[9].Code}},
		{"all of a type, closed too", worklist.Query{Closed: true, Types: []string{"merit"}}},
		{"a type in a scope of two", worklist.Query{Types: []string{"merit"}, Within: []worklist.Scope{{Unit: communes[3].Code}, {Unit: communes[9].Code}}}},
	} {
		q.On = 20240501
		measure(b, q.name, func() {
			if _, err := w.reader.List(b.Context(), q.Query); err != nil {
				b.Fatal(err)
			}
		})
	}
	measure(b, "one case", func() { w.get(w.cases[n/3]) })
	measure(b, "counts of the province", func() { _, _ = w.reader.Counts(b.Context(), worklist.Query{Unit: "20", On: 20240501}) })
	measure(b, "counts of an account", func() { _, _ = w.reader.Counts(b.Context(), worklist.Query{Assigned: "lan", On: 20240501}) })
}

func measure(b *testing.B, name string, do func()) {
	b.Helper()
	var took []time.Duration
	for range 100 {
		begun := time.Now()
		do()
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	fmt.Printf("%-30s p50 %8.2f ms   p95 %8.2f ms\n", name, float64(took[50].Microseconds())/1000, float64(took[95].Microseconds())/1000)
}
