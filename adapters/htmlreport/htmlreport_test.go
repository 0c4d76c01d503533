package htmlreport_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"hoso/adapters/htmlreport"
	"hoso/projections/report"
	"hoso/projections/report/reporttest"
)

var update = flag.Bool("update", false, "write the golden file anew")

func write(t *testing.T, r report.Report) string {
	t.Helper()
	var one, two bytes.Buffer
	for _, w := range []*bytes.Buffer{&one, &two} {
		if err := htmlreport.Write(w, r); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Fatal("the same report gave different bytes")
	}
	return one.String()
}

func TestPage(t *testing.T) {
	t.Parallel()
	got := write(t, reporttest.Sample())
	const file = "testdata/april.html"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || got != string(want) {
		t.Errorf("%s differs (%v); run with -update and look at it in a browser", file, err)
	}
	if tables := strings.Count(got, "<table>"); tables != strings.Count(got, "<caption>") || tables != strings.Count(got, "<thead>") {
		t.Error("a table lacks its caption or header")
	}
	for _, outside := range []string{"<script", "<link", "<img", "url(", "@import", "href="} {
		if strings.Contains(got, outside) {
			t.Errorf("the page needs something from elsewhere: %s", outside)
		}
	}
}

func TestTextsStayTexts(t *testing.T) {
	t.Parallel()
	got := write(t, reporttest.Hostile())
	if strings.Contains(got, "<script") || strings.Contains(got, "<w:p") {
		t.Error("a text became markup")
	}
	if !strings.Contains(got, "{{.Title}}") {
		t.Error("a text was taken for a template")
	}
}
