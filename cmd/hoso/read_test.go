package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What people read, each answer in a file that a clerk can check.
func TestAnswers(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	for line := range strings.Lines(read(t, file(t, "small.jsonl"))) { // one by one: an import keeps no order between cases
		r := hosoWith(t.Context(), line, "import", "--data", data, "-")
		if want := "-: 1 dòng; ghi mới 1, đã có 0, bị từ chối 0\n"; r.out != want || r.err != "" || r.code != 0 {
			t.Fatalf("got %+v, want %q", r, want)
		}
	}
	for name, args := range map[string][]string{
		"figures.txt":      {"figures", "--month", "2024-04", "--area", "20"},
		"figures.csv":      {"figures", "--month", "2024-04", "--format", "csv"},
		"figures-15.txt":   {"figures", "--month", "2024-04", "--calendar", "15-14"},
		"explain.txt":      {"explain", "--month", "2024-04", "--indicator", "unemployment.amount_decided"},
		"explain.json":     {"explain", "--month", "2024-04", "--indicator", "unemployment.claims", "--format", "json"},
		"explain.csv":      {"explain", "--month", "2024-05", "--indicator", "unemployment.claims", "--number", "ytd", "--by", "channel=direct", "--format", "csv"},
		"explain-pct.txt":  {"explain", "--month", "2024-05", "--indicator", "unemployment.claims", "--number", "month_change_pct"},
		"explain-unit.txt": {"explain", "--month", "2024-04", "--indicator", "unemployment.average_level", "--by", "district=188"},
		"explain-page.txt": {"explain", "--month", "2024-04", "--indicator", "unemployment.claims", "--limit", "1"},
		"compare.txt":      {"compare", "--month", "2024-04", "--as-of", "4"},
		"compare.json":     {"compare", "--month", "2024-04", "--as-of", "4", "--to", "6", "--indicator", "unemployment.pending", "--format", "json"},
		"history.txt":      {"history", "unemployment/TN 01/2024"},
		"history-at.txt":   {"history", "unemployment/TN 01/2024", "--at", "2024-04-21"},
		"history.json":     {"history", "unemployment/TN 02/2024", "--format", "json"},
		"person.txt":       {"history", "person/NLD-1"},
		"report.txt":       {"report", "--month", "2024-04", "--area", "20"},
		"figures-3.csv":    {"figures", "--month", "2024-04", "--as-of", "3", "--format", "csv"},
	} {
		out := must(t, append(args, "--data", data)...)
		if slices.Contains(args, "csv") { // of the whole catalogue, one figure is enough to check
			out = strings.Join(slices.DeleteFunc(strings.SplitAfter(out, "\n"), func(line string) bool { return !strings.Contains(line, "unemployment.claims") }), "")
		}
		golden(t, name, out)
	}
}

func TestFiguresForPrograms(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	var sheet struct {
		Month, Calendar, From, To, Area string
		Position                        int
		Figures                         []struct {
			Indicator, Label, Unit, Kind string
			Value, YTD                   *json.Number
			Breakdown                    []struct {
				By, Key string
				Value   json.Number
			}
		}
	}
	if err := json.Unmarshal([]byte(must(t, "figures", "--data", data, "--month", "2024-04", "--format", "json")), &sheet); err != nil {
		t.Fatal(err)
	}
	if sheet.Position != 7 || sheet.From != "2024-04-01" || sheet.To != "2024-04-30" || sheet.Calendar != "calendar" {
		t.Errorf("%+v", sheet)
	}
	for _, f := range sheet.Figures {
		if f.Indicator == "unemployment.amount_decided" && f.Value.String() != "9000000" {
			t.Errorf("amounts are whole đồng: %s", f.Value)
		}
	}
}

func TestWrongUsage(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "none")
	for _, test := range []struct {
		args string
		code int
		name string
	}{
		{"", 2, "usage"},
		{"fly", 2, "usage"},
		{"figures", 2, "usage"},
		{"figures --month 2024-13", 2, "usage"},
		{"figures --month 2024-04 --area 99999", 2, "usage"},
		{"figures --month 2024-04 --format xml", 2, "usage"},
		{"figures --month 2024-04 --data " + empty, 2, "data.none"},
		{"import nothing.jsonl", 2, "file.unreadable"},
		{"import list.doc", 2, "import.unknown_format"},
		{"import --errors e a.jsonl b.jsonl", 2, "usage"},
		{"sample --figures nothing.yaml", 2, "file.unreadable"},
		{"history", 2, "usage"},
	} {
		r := hoso(t, strings.Fields(test.args)...)
		if r.code != test.code || r.out != "" || strings.Count(r.err, "\n") != 1 || !strings.HasSuffix(r.err, "["+test.name+"]\n") || !strings.HasPrefix(r.err, "hoso: ") {
			t.Errorf("hoso %s: exit code %d, want %d [%s]\nout %q\nerr %q", test.args, r.code, test.code, test.name, r.out, r.err)
		}
	}
}

// TestNoPasswordInAWrongCommandLine: an address may stand where it does not belong.
func TestNoPasswordInAWrongCommandLine(t *testing.T) {
	for _, args := range [][]string{
		{"serve", "nats://admin:secret@host"},
		{"serve", "admin:secret@host"},
		{"figures", "nats://admin:a secret/b@host,nats://admin:secret@host"},
		{"copy", "--from", "a", "--to", "b", "--format", "esdb://admin:secret@host"},
		{"compare", "--month", "2024-04"},
		{"figures", "--month", "2024-04", "--eventstor=esdb://admin:secret@host:2113"},
		{"esdb://admin:secret@host:2113"},
	} {
		fails(t, 2, "usage", args...)
	}
	fails(t, 2, "import.unknown_format", "import", "nats://admin:secret@host")
}

func TestTheDataSaysNo(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	for args, name := range map[string]string{
		"explain --month 2024-04 --indicator no.such":                             "figures.no_such_indicator",
		"explain --month 2024-04 --indicator unemployment.claims --by colour=red": "figures.no_such_part",
		"explain --month 2024-04 --indicator unemployment.claims --after xyz":     "figures.bad_page",
		"compare --month 2024-04 --as-of 5 --to 3":                                "figures.no_interval",
		"history unemployment/none":                                               "case.not_found",
		"history 0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c":                            "case.not_found",
		"history nothing/1":                                 "case.unknown_type",
		"report --month 2019-04":                            "report.no_such_spec",
		"figures --month 2024-04 --as-of 99":                "asof.beyond_end",
		"history unemployment/TN --at 2024-01-01T00:00:00Z": "asof.before_first",
	} {
		r := hoso(t, append(strings.Fields(args), "--data", data)...)
		if r.code != 3 || r.out != "" || !strings.HasSuffix(r.err, "["+name+"]\n") {
			t.Errorf("hoso %s: exit code %d, want 3 [%s]\n%s%s", args, r.code, name, r.out, r.err)
		}
	}
}

func TestHelpIsInVietnamese(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"import", "--help"}, {"figures", "--help"}} {
		out := must(t, args...)
		for _, english := range []string{"Usage:", "Flags:", "Show ", "Run \""} {
			if strings.Contains(out, english) {
				t.Errorf("hoso %v says %q", args, english)
			}
		}
	}
}
