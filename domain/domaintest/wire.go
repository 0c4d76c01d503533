package domaintest

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hoso/domain"
)

var update = flag.Bool("update", false, "write missing golden files")

// Update tells whether golden files are to be written: every test package that imports this one has the flag.
func Update() bool { return *update }

// placeholder stands in golden files where sealed bytes, never the same twice, would stand.
const placeholder = "c2VhbGVk" // "sealed"

// Wire checks the stored form of a case type's events against dir (testdata/wire), which has one file,
// <name>@<schema>.json, for every version of every event that a released program ever wrote. The files are
// append-only: today's program must read all of them, and must write each sample as today's version says.
//
// There is one sample for every event of the case type. With -update a missing file is written; one that is there is
// never changed, because logs with that form exist. To change an event, give it an upcast and so a new version.
func Wire(t *testing.T, ct domain.CaseType, dir string, samples ...domain.Event) {
	t.Helper()
	w := newWorld(ct)
	sampled := map[string]bool{}
	for _, e := range samples {
		if sampled[e.EventType()] {
			t.Errorf("%s: two samples, one file", e.EventType())
			continue
		}
		sampled[e.EventType()] = true
		name, schema, data, err := w.codec.Encode(t.Context(), e)
		if err != nil {
			t.Errorf("encode %s: %v", e.EventType(), err)
			continue
		}
		golden(t, filepath.Join(dir, fmt.Sprintf("%s@%d.json", name, schema)), data)
	}
	for _, e := range ct.Events {
		if !sampled[e.Name] {
			t.Errorf("%s: no sample", e.Name)
		}
		for schema := 1; schema < e.Schema(); schema++ {
			if _, err := os.Stat(filepath.Join(dir, fmt.Sprintf("%s@%d.json", e.Name, schema))); err != nil {
				t.Errorf("%s: the file of version %d is gone, the events are not: %v", e.Name, schema, err)
			}
		}
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, file := range files {
		w.reads(t, file)
	}
}

// reads checks that today's program can read a file of any version.
func (w *world) reads(t *testing.T, file string) {
	t.Helper()
	name, version, ok := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".json"), "@")
	schema, err := strconv.Atoi(version)
	if !ok || err != nil {
		t.Errorf("%s: not a file <name>@<schema>.json", file)
		return
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.codec.Decode(name, schema, data); err != nil {
		t.Errorf("%s can no longer be read: %v", file, err)
	}
}

// golden compares stored data with a file.
func golden(t *testing.T, file string, data []byte) {
	t.Helper()
	got := readable(t, data)
	want, err := os.ReadFile(file)
	switch {
	case os.IsNotExist(err) && *update:
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	case os.IsNotExist(err):
		t.Errorf("%s is missing; go test -update writes it", file)
	case err != nil:
		t.Fatal(err)
	case !bytes.Equal(got, want):
		t.Errorf("%s: today's program writes another form (-file +today):\n%s\nEvents in this form are stored: keep it, or declare an upcast.",
			file, diff(string(want), string(got)))
	}
}

// readable indents stored data, in the order of its fields, and puts the placeholder in place of sealed bytes.
func readable(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		if before, _, ok := strings.Cut(line, `"sealed": "`); ok && strings.TrimSpace(before) == "" {
			lines[i] = before + `"sealed": "` + placeholder + `"`
		}
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}
