package eventlogtest

import (
	"crypto/sha256"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestScriptsStayTheSame: a seed in an old report names the script that it named then.
func TestScriptsStayTheSame(t *testing.T) {
	t.Parallel()
	h := sha256.New()
	seen := map[action]int{}
	for _, seed := range seeds {
		for _, s := range scripted(seed) {
			fmt.Fprintln(h, s)
			seen[s.do]++
		}
	}
	if got, want := fmt.Sprintf("%x", h.Sum(nil)[:8]), "fbf1e3fd14acd985"; got != want {
		t.Errorf("the scripts are %s, want %s", got, want)
	}
	for do, name := range names {
		if seen[action(do)] == 0 {
			t.Errorf("no script has the step %q", name)
		}
	}
}

// TestFailuresSayWhere: seed and step stand in the message, so that the script can be replayed on another log.
func TestFailuresSayWhere(t *testing.T) {
	t.Parallel()
	for _, c := range clauses() {
		if c.name != "model/the same scripts on every log" {
			continue
		}
		found := try(t, c, broken(faults[c.name]))
		if len(found) == 0 || !strings.HasPrefix(found[0], "seed ") || !strings.Contains(found[0], ", step ") {
			t.Errorf("found %q", found)
		}
	}
}

// TestTheSuiteReadsNoFile: it runs as a compiled binary, on a machine that has neither Go nor sources.
func TestTheSuiteReadsNoFile(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			if slices.Contains([]string{"os", "os/exec", "io/fs", "embed", "path/filepath", "go/build"}, p) {
				t.Errorf("%s imports %s", e.Name(), p)
			}
		}
	}
}
