package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReportFiles writes a report in every format, twice, from two programs' lives: the same position gives the same bytes,
// also after more was recorded.
func TestReportFiles(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	begins := map[string]string{"text": "ỦY BAN", "html": "<!DOCTYPE html>", "json": "{", "docx": "PK", "xlsx": "PK", "pdf": "%PDF-"}
	first := map[string][]byte{}
	for format, begin := range begins {
		to := filepath.Join(dir, "report."+format)
		must(t, "report", "--data", data, "--month", "2024-04", "--area", "20", "--as-of", "6", "--format", format, "--out", to)
		got, err := os.ReadFile(to)
		if err != nil || !strings.HasPrefix(string(got), begin) {
			t.Errorf("%s begins with %.20q (%v)", format, got, err)
		}
		first[format] = got
	}
	before := must(t, "report", "--data", data, "--month", "2024-04")
	claim := `{"command":"unemployment.file","case":"TN 99/2024","occurred":"2024-04-25","actor":"canbo-1","unit":"178","data":{"person":"NLD-2","commune":"06550","sex":"male","birth_year":1990,"channel":"direct","residence":"own","months_paid":40}}`
	hosoWith(t.Context(), claim, "import", "--data", data, "-")
	if must(t, "report", "--data", data, "--month", "2024-04") == before {
		t.Fatal("nothing was recorded in between")
	}
	for format, want := range first {
		to := filepath.Join(dir, "again."+format)
		must(t, "report", "--data", data, "--month", "2024-04", "--area", "20", "--as-of", "6", "--format", format, "--out", to)
		if got, err := os.ReadFile(to); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: the report of one position has other bytes the second time (%v)", format, err)
		}
	}
}
