package httpapi_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// attacks are those that have to be in the README's table.
var attacks = []string{"no session", "expired", "other unit", "other role", "forged requests", "replayed requests", "cross-site", "id guessing", "mass assignment",
	"oversized bodies", "malformed bodies", "path tricks", "header injection", "log injection", "XSS through names in Vietnamese letters", "SQL through search",
	"CSV formulas", "brute force", "session fixation", "token of a revoked account", "race between revocation and use"}

var named = regexp.MustCompile("`([a-z]+)\\.(Test\\w+)(?:/([^`]+))?`")

// TestTheAttacksThatAreListedAreTested: each attack of the README names tests, and they are there.
func TestTheAttacksThatAreListedAreTested(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	source := map[string]string{} // the tests of an adapter
	testsOf := func(adapter string) string {
		if source[adapter] == "" {
			files, _ := filepath.Glob(filepath.Join("..", adapter, "*_test.go"))
			for _, f := range files {
				b, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				source[adapter] += string(b)
			}
		}
		return source[adapter]
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(readme)) {
		if cells := strings.Split(line, " | "); strings.HasPrefix(line, "| ") && len(cells) == 2 && strings.Contains(cells[1], ".Test") {
			rows[strings.TrimPrefix(cells[0], "| ")] = cells[1]
		}
	}
	for _, attack := range attacks {
		if rows[attack] == "" {
			t.Errorf("%q is not in the table", attack)
		}
	}
	for attack, tests := range rows {
		for _, one := range named.FindAllStringSubmatch(tests, -1) {
			adapter, name, part := one[1], one[2], one[3]
			_, body, there := strings.Cut(testsOf(adapter), "\nfunc "+name+"(")
			body, _, _ = strings.Cut(body, "\n}\n")
			if !there || part != "" && !strings.Contains(body, `"`+part+`":`) {
				t.Errorf("%s: there is no %s", attack, one[0])
			}
		}
		if len(named.FindAllString(tests, -1)) != strings.Count(tests, " · ")+1 {
			t.Errorf("%s: what are these tests? %s", attack, tests)
		}
	}
}
