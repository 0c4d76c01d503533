package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// claims writes an import file of n claims, four lines each.
func claims(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"command":"person.register","case":"CLM-%[1]d","occurred":"2024-04-01","data":{"identity":"020%09[1]d","name":"Người Thứ %[1]d"}}
{"command":"unemployment.file","case":"TN-%[1]d","occurred":"2024-04-%02[2]d","data":{"person":"CLM-%[1]d","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}
{"command":"unemployment.decide","case":"TN-%[1]d","occurred":"2024-04-22","data":{"level":%[3]d,"months":3}}
{"command":"unemployment.collect","case":"TN-%[1]d","occurred":"2024-04-23","data":{}}
`, i, 1+i%20, 1_000_000+i)
	}
	return b.String()
}

var position = regexp.MustCompile(`"position": \d+`)

// An import that is killed at any moment, again and again, and then run to its end leaves the figures of one clean
// import: nothing is lost, nothing is there twice.
func TestKilledImports(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	const people = 3000
	input := filepath.Join(t.TempDir(), "claims.jsonl")
	if err := os.WriteFile(input, []byte(claims(people)), 0o600); err != nil {
		t.Fatal(err)
	}
	figures := func(data string) string {
		return must(t, "figures", "--data", data, "--month", "2024-04", "--format", "json")
	}
	clean := filepath.Join(t.TempDir(), "clean")
	must(t, "import", "--data", clean, input)

	data := filepath.Join(t.TempDir(), "killed")
	torn := 0
	for range 6 {
		c := process(t, "import", "--data", data, input)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		select {
		case <-time.After(time.Duration(300+rand.IntN(900)) * time.Millisecond):
			_ = c.Process.Kill()
			<-ended
			torn++
		case <-ended:
		}
	}
	out := must(t, "import", "--data", data, input)
	t.Logf("killed %d times; at last %s", torn, out)
	got, want := figures(data), figures(clean)
	if got != want {
		t.Errorf("figures differ after kills\n--- got\n%s\n--- want\n%s", got, want)
	}
	if p := position.FindString(got); p != fmt.Sprintf(`"position": %d`, 4*people) {
		t.Errorf("the log holds %s events", p)
	}
}
