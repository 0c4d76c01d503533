package main

import (
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"hoso/adapters/natsfeed"
)

const deployDir = "../../deploy"

// deployed reads the files of the deployment, decisions left out.
func deployed(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(deployDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && d.Name() == "decisions" {
				return fs.SkipDir
			}
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(deployDir, path)
		files[filepath.ToSlash(name)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d files: the test looks in the wrong place", len(files))
	}
	return files
}

// program returns the command line as the program has it.
func program(t *testing.T) *kong.Kong {
	t.Helper()
	k, err := kong.New(&cli{}, kong.Vars{"data": "data"}, kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// commandLines are what the files would run: units, containers, and what people are told to type.
func commandLines(files map[string]string) (lines [][]string) {
	typed := regexp.MustCompile(`(?m)^(?:ExecStart=\S*/|\$ |\s*(?:docker|kubectl) .*?(?:exec|hoso).*? /)(hoso [^#\n]*)`)
	for _, text := range files {
		for _, found := range typed.FindAllStringSubmatch(text, -1) {
			lines = append(lines, strings.Fields(strings.ReplaceAll(found[1], "${HOSO_LISTEN}", ":8080"))[1:])
		}
	}
	return append(lines, []string{"serve", "--listen", ":8080"}, []string{"serve", "--listen=:8080"})
}

func TestDeployRunsWhatTheProgramKnows(t *testing.T) {
	t.Parallel()
	files := deployed(t)
	lines := commandLines(files)
	for _, want := range []string{"serve", "backup", "restore", "verify"} {
		if !slices.ContainsFunc(lines, func(l []string) bool { return l[0] == want }) {
			t.Errorf("nothing runs hoso %s: %v", want, lines)
		}
	}
	for _, line := range lines {
		if _, err := program(t).Parse(line); err != nil {
			t.Errorf("hoso %s: %v", strings.Join(line, " "), err)
		}
	}
	compose := struct {
		Services map[string]struct{ Command []string }
	}{}
	decode(t, files["compose/compose.yaml"], &compose)
	if _, err := program(t).Parse(compose.Services["hoso"].Command); err != nil {
		t.Errorf("compose: %v", err)
	}
	// Flags that are named in a sentence.
	known := map[string]bool{}
	var walk func(*kong.Node)
	variables := map[string]bool{"HOSO_LISTEN": true, "HOSO_TOKEN": true} // of the unit, and of the program's client
	walk = func(n *kong.Node) {
		for _, f := range n.Flags {
			known["--"+f.Name] = true
			for _, v := range f.Envs {
				variables[v] = true
			}
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(program(t).Model.Node)
	for name, text := range files {
		if strings.HasPrefix(name, "examples/") { // programs of their own
			continue
		}
		for _, v := range regexp.MustCompile(`\bHOSO_[A-Z_]+`).FindAllString(text, -1) {
			if !variables[v] {
				t.Errorf("%s: the program knows no variable %s", name, v)
			}
		}
		for _, f := range regexp.MustCompile("`(?:hoso [a-z]+ )?(--[a-z-]+)").FindAllStringSubmatch(text, -1) {
			if !known[f[1]] && !slices.Contains([]string{"--read-only", "--stop-timeout"}, f[1]) { // of docker
				t.Errorf("%s: the program knows no flag %s", name, f[1])
			}
		}
	}
}

func decode(t *testing.T, text string, v any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(text), v); err != nil {
		t.Fatal(err)
	}
}

func TestDeployIsWellFormed(t *testing.T) {
	t.Parallel()
	for name, text := range deployed(t) {
		if strings.Contains(name, "/templates/") { // helm reads them
			continue
		}
		var v any
		switch filepath.Ext(name) {
		case ".yaml", ".yml":
			if err := yaml.Unmarshal([]byte(text), &v); err != nil || v == nil {
				t.Errorf("%s: %v", name, err)
			}
		case ".json":
			if err := json.Unmarshal([]byte(text), &v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// measuredNames are the names under which the program tells numbers.
func measuredNames(t *testing.T) map[string]bool {
	t.Helper()
	a, err := (&env{out: io.Discard, err: io.Discard, clock: clock}).openNew(t.Context(), alone(filepath.Join(t.TempDir(), "data")))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	a.measure()
	a.fed.Store(&fed{Feeder: &natsfeed.Feeder{}})
	w := &answered{header: http.Header{}}
	a.metrics.Handler().ServeHTTP(w, &http.Request{Method: http.MethodGet, Header: http.Header{}})
	names := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^# TYPE (\w+) (\w+)$`).FindAllStringSubmatch(w.String(), -1) {
		names[found[1]] = true
		if found[2] == "histogram" {
			for _, end := range []string{"_bucket", "_sum", "_count"} {
				names[found[1]+end] = true
			}
		}
	}
	return names
}

func TestDeployWatchesWhatIsMeasured(t *testing.T) {
	t.Parallel()
	names, named := measuredNames(t), map[string]bool{}
	for file, text := range deployed(t) {
		if !strings.HasPrefix(file, "grafana/") && !strings.HasPrefix(file, "prometheus/") {
			continue
		}
		for _, n := range regexp.MustCompile(`\b(?:hoso|process|go)_[a-z_]*[a-z]\b`).FindAllString(text, -1) {
			if named[n] = true; !names[n] {
				t.Errorf("%s names %s, which is not measured", file, n)
			}
		}
	}
	for n := range names {
		base := regexp.MustCompile(`_(bucket|sum|count)$`).ReplaceAllString(n, "")
		if strings.HasPrefix(n, "hoso_") && !named[n] && !named[base] {
			t.Errorf("%s is measured, and prometheus/README.md does not say what it is", n)
		}
	}
}

// dashboard is what the test reads of Grafana's file.
type dashboard struct {
	Panels []struct {
		ID      int
		Title   string
		Targets []struct {
			Expr    string
			URL     string `json:"url"`
			Root    string `json:"root_selector"`
			Columns []struct{ Selector string }
		}
	}
	Templating struct {
		List []struct {
			Name    string
			Current struct{ Value any }
		}
	}
}

// TestDeployDashboardAsksWhatIsAnswered asks a server what each panel asks, as the dashboard stands when it is opened.
func TestDeployDashboardAsksWhatIsAnswered(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	server := served(t, data, "khoa")
	var d dashboard
	if err := json.Unmarshal([]byte(deployed(t)["grafana/hoso.json"]), &d); err != nil {
		t.Fatal(err)
	}
	chosen := func(text string) string {
		for _, v := range d.Templating.List {
			if value, ok := v.Current.Value.(string); ok {
				text = strings.ReplaceAll(text, "${"+v.Name+"}", value)
			}
		}
		return text
	}
	ids, asked := map[int]bool{}, 0
	for _, p := range d.Panels {
		if ids[p.ID] {
			t.Errorf("two panels have the id %d", p.ID)
		}
		ids[p.ID] = true
		for _, q := range p.Targets {
			if q.URL == "" {
				if q.Expr == "" {
					t.Errorf("%s asks nothing", p.Title)
				}
				continue
			}
			asked++
			r, err := http.NewRequest(http.MethodGet, strings.TrimSuffix(server, "/")+chosen(q.URL), nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer khoa")
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			var v any
			err = json.NewDecoder(answer.Body).Decode(&v)
			_ = answer.Body.Close()
			if err != nil || answer.StatusCode != http.StatusOK {
				t.Errorf("%s: %s: %d %v", p.Title, q.URL, answer.StatusCode, v)
				continue
			}
			rows := under(v, q.Root)
			if len(rows) == 0 {
				t.Errorf("%s: nothing at %s", p.Title, q.Root)
			}
			for _, c := range q.Columns {
				if !slices.ContainsFunc(rows, func(row map[string]any) bool { _, ok := row[c.Selector]; return ok }) {
					t.Errorf("%s: the answer has no %s", p.Title, c.Selector)
				}
			}
		}
	}
	if asked < 5 {
		t.Errorf("only %d panels ask for figures", asked)
	}
}

// under returns the rows at a path of names, through all lists on the way.
func under(v any, path string) (rows []map[string]any) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			rows = append(rows, under(one, path)...)
		}
	case map[string]any:
		if path == "" {
			return []map[string]any{v}
		}
		name, rest, _ := strings.Cut(path, ".")
		return under(v[name], rest)
	}
	return rows
}

// tool returns a program of the machine, and skips loudly where it is not there.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("NOT TESTED: %s is not on this machine", name)
	}
	return path
}

func checked(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestDeployUnits(t *testing.T) {
	t.Parallel()
	analyze, here := tool(t, "systemd-analyze"), t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var units []string
	for _, name := range []string{"hoso.service", "hoso-backup.service", "hoso-backup.timer"} {
		text := strings.ReplaceAll(deployed(t)["systemd/"+name], "/usr/local/bin/hoso", self)
		units = append(units, filepath.Join(here, name))
		if err := os.WriteFile(units[len(units)-1], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out := checked(t, analyze, append([]string{"verify", "--man=no"}, units...)...); strings.TrimSpace(out) != "" {
		t.Errorf("systemd says\n%s", out)
	}
	// 20 is 2.0 of 10, 10 being a unit that may everything.
	checked(t, analyze, "security", "--offline=true", "--threshold=20", "--no-pager", units[0])
}

func TestDeployChart(t *testing.T) {
	t.Parallel()
	helm, chart := tool(t, "helm"), filepath.Join(deployDir, "helm", "hoso")
	all := []string{"--set", "replicas=3,nats.urls=nats://a:4222,nats.credsSecret=c,tlsSecret=t,ingress.enabled=true,ingress.tlsSecret=x,metrics.serviceMonitor=true," +
		"address=https://h,eventstoreSecret=e,backup.claim=b,metrics.networkPolicy.from[0].namespaceSelector.matchLabels.a=b"}
	for _, set := range [][]string{nil, all} {
		checked(t, helm, append([]string{"lint", "--strict", chart}, set...)...)
		out := checked(t, helm, append([]string{"template", "hoso", chart, "--kube-version", "1.30"}, set...)...)
		if !strings.Contains(out, "kind: StatefulSet") {
			t.Error(out)
		}
	}
	if out, err := exec.CommandContext(t.Context(), helm, "template", "hoso", chart, "--kube-version", "1.30", "--set", "replicas=2").CombinedOutput(); err == nil {
		t.Errorf("two processes over one data directory\n%s", out)
	}
}

func TestDeployAlerts(t *testing.T) {
	t.Parallel()
	promtool := tool(t, "promtool")
	checked(t, promtool, "check", "rules", filepath.Join(deployDir, "prometheus", "alerts.yml"))
	checked(t, promtool, "check", "config", filepath.Join(deployDir, "prometheus", "prometheus.yml"))
}
