package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrongLinesAreListedAndRightOnesGoIn(t *testing.T) {
	data, wrong := filepath.Join(t.TempDir(), "data"), file(t, "wrong.jsonl")
	for i, want := range []string{": 16 dòng; ghi mới 3, đã có 0, bị từ chối 13", ": 16 dòng; ghi mới 0, đã có 3, bị từ chối 13"} {
		r := hoso(t, "import", "--data", data, wrong)
		if r.code != 3 || !strings.HasPrefix(r.out, wrong+want) || !strings.HasSuffix(r.err, "[import.refused]\n") {
			t.Fatalf("time %d: exit code %d\n%s%s", i+1, r.code, r.out, r.err)
		}
		golden(t, "wrong.errors.jsonl", read(t, wrong+".errors.jsonl"))
	}
	// A corrected file leaves no list behind.
	if err := os.WriteFile(wrong, []byte(strings.Split(read(t, wrong), "\n")[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "--data", data, wrong)
	if _, err := os.Stat(wrong + ".errors.jsonl"); !os.IsNotExist(err) {
		t.Errorf("the old list of refused lines is still there: %v", err)
	}
}

// A line that was wrong and is right now goes in, though lines below it are in the log already.
func TestACorrectedLineGoesIn(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	pay := func(amount string) string {
		return read(t, file(t, "small.jsonl")) +
			`{"command":"unemployment.pay","case":"TN 01/2024","occurred":"2024-04-25","data":{"month":1,"amount":` + amount + `}}
{"command":"unemployment.pay","case":"TN 01/2024","occurred":"2024-04-26","data":{"month":2,"amount":3000000}}
`
	}
	list := filepath.Join(t.TempDir(), "errors")
	if r := hosoWith(t.Context(), pay("-1"), "import", "--data", data, "--errors", list, "-"); r.code != 3 || !strings.Contains(r.out, "ghi mới 8") {
		t.Fatal(r)
	}
	if r := hosoWith(t.Context(), pay("3000000"), "import", "--data", data, "--errors", list, "-"); r.code != 0 || !strings.Contains(r.out, "ghi mới 1, đã có 8") {
		t.Fatal(r, read(t, list))
	}
}

// What an earlier import left is known to a later one, by whatever name.
func TestImportsBuildOnEachOther(t *testing.T) {
	data, dir := filepath.Join(t.TempDir(), "data"), t.TempDir()
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	later := filepath.Join(dir, "later.jsonl")
	lines := []string{
		// the same woman under the reference of another list, and both of her references
		`{"command":"person.register","case":"NCC/7","occurred":"2024-04-24","data":{"identity":"020185001234","name":"Nông Thị Lan"}}`,
		`{"command":"unemployment.file","case":"TN 05/2024","occurred":"2024-04-25","data":{"person":"NCC/7","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}`,
		`{"command":"unemployment.file","case":"TN 06/2024","occurred":"2024-04-25","data":{"person":"NLD-2","commune":"06550","sex":"male","birth_year":1990,"channel":"direct","residence":"own","months_paid":40}}`,
	}
	if err := os.WriteFile(later, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := must(t, "import", "--data", data, later); !strings.Contains(out, "ghi mới 3") {
		t.Error(out)
	}
	lan, again := must(t, "history", "--data", data, "person/NLD-1"), must(t, "history", "--data", data, "person/NCC/7")
	if lan != again {
		t.Errorf("one woman, two histories:\n%s%s", lan, again)
	}
}

func TestAnIDOfAnEarlierImportIsNotUsedForAnotherCase(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	line := func(ref string) string {
		return `{"command":"person.register","case":"` + ref + `","id":"0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c","data":{"name":"A"}}`
	}
	steps := []struct{ ref, want string }{{"X-1", "ghi mới 1"}, {"X-1", "đã có 1"}, {"X-2", "bị từ chối 1"}}
	for _, s := range steps {
		dir := t.TempDir()
		r := hosoWith(t.Context(), line(s.ref), "import", "--data", data, "--errors", filepath.Join(dir, "e"), "-")
		if !strings.Contains(r.out, s.want) {
			t.Errorf("%s: want %q, got\n%s%s", s.ref, s.want, r.out, r.err)
		}
		if s.ref == "X-2" && !strings.Contains(read(t, filepath.Join(dir, "e")), "command.id_reused") {
			t.Error(read(t, filepath.Join(dir, "e")))
		}
	}
}

func TestARehearsalChecksTheRulesAndLeavesNothing(t *testing.T) {
	data, wrong := filepath.Join(t.TempDir(), "data"), file(t, "wrong.jsonl")
	r := hoso(t, "import", "--dry-run", "--data", data, wrong)
	if r.code != 3 || !strings.Contains(r.out, "sẽ ghi 3, đã có 0, bị từ chối 13") {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("the rehearsal left a directory: %v", err)
	}
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	before := must(t, "figures", "--data", data, "--month", "2024-04", "--format", "json")
	hoso(t, "import", "--dry-run", "--data", data, wrong)
	if after := must(t, "figures", "--data", data, "--month", "2024-04", "--format", "json"); after != before {
		t.Error("the rehearsal changed figures")
	}
}

func TestAnInterruptedImportSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := hosoWith(ctx, "", "import", "--data", filepath.Join(t.TempDir(), "data"), file(t, "small.jsonl"))
	if r.code != 1 || strings.Count(r.err, "\n") != 1 {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}
