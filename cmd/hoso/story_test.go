package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/report"
)

// TestALateClaimAndACorrectedDecision is the story of three reports: March closes, April closes, a late claim of March and a
// corrected decision of April arrive, and May's report says so. What March and April said stays what they said.
func TestALateClaimAndACorrectedDecision(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	imports := func(lines string) {
		t.Helper()
		if r := hosoWith(t.Context(), lines, "import", "--data", data, "-"); r.code != 0 || !strings.Contains(r.out, "bị từ chối 0") {
			t.Fatal(r.out, r.err)
		}
	}
	file := func(ref, on string) string {
		return `{"command":"unemployment.file","case":"` + ref + `","occurred":"` + on + `","data":{"person":"NLD-` + ref + `","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}` + "\n"
	}
	person := func(ref string) string {
		return `{"command":"person.register","case":"NLD-` + ref + `","occurred":"2024-03-01","data":{"name":"Nông Thị Lan","born":"1985"}}` + "\n"
	}
	decide := func(ref, on, level string) string {
		return `{"command":"unemployment.decide","case":"` + ref + `","occurred":"` + on + `","data":{"level":` + level + `,"months":3,"start":"` + on + `"}}` + "\n"
	}
	shut := func(month, number, signed string) string {
		t.Helper()
		return must(t, "close", "--data", data, "--area", "20", "--month", month, "--number", number, "--signer", "Giám đốc", "--signed", signed, "--by", "lan", "--approver", "minh")
	}
	again := func(month, format string) string {
		t.Helper()
		return must(t, "report", "--data", data, "--area", "20", "--month", month, "--published", "--format", format)
	}

	imports(person("1") + person("2") + person("3") + file("1", "2024-03-05") + file("2", "2024-04-04"))
	imports(decide("1", "2024-04-02", "3000000"))
	shut("2024-03", "10/BC-SLĐTBXH", "2024-04-02")
	march := map[string]string{"text": again("2024-03", "text"), "json": again("2024-03", "json")}
	shut("2024-04", "20/BC-SLĐTBXH", "2024-05-02")
	april := map[string]string{"text": again("2024-04", "text"), "json": again("2024-04", "json")}
	if strings.Contains(april["text"], "ĐIỀU CHỈNH") {
		t.Errorf("nothing was late yet:\n%s", april["text"])
	}

	// A claim of March comes late; April's decision was of 3.500.000, not of 3.000.000.
	imports(file("3", "2024-03-20"))
	imports(`{"command":"unemployment.correct","case":"1","occurred":"2024-05-02","data":{"version":2,"data":{"level":3500000},"reason":"nhập nhầm mức","requester":"lan","approver":"minh"}}` + "\n")

	for format, said := range march {
		if again("2024-03", format) != said {
			t.Errorf("March says something else now (%s)", format)
		}
	}
	for format, said := range april {
		if again("2024-04", format) != said {
			t.Errorf("April says something else now (%s)", format)
		}
	}
	shut("2024-05", "30/BC-SLĐTBXH", "2024-05-02") // before the month's end, as offices do
	may := again("2024-05", "text")
	golden(t, "story.txt", may[strings.Index(may, "ĐIỀU CHỈNH"):])

	if out := must(t, "history", "--data", data, "unemployment/1"); !strings.Contains(out, "việc 2 (Quyết định hưởng); level 3000000 → 3500000;") {
		t.Errorf("a correction does not show what was and what is:\n%s", out)
	}

	// On another machine, with another log: the same reports, byte for byte.
	other := filepath.Join(t.TempDir(), "other")
	must(t, "copy", "--from", data, "--to", other)
	for _, month := range []string{"2024-03", "2024-04", "2024-05"} {
		for _, format := range []string{"text", "json"} {
			here := again(month, format)
			if there := must(t, "report", "--data", other, "--area", "20", "--month", month, "--published", "--format", format); there != here {
				t.Errorf("%s is another report there (%s)", month, format)
			}
		}
	}

	golden(t, "story-compare.txt", must(t, "compare", "--data", data, "--area", "20", "--month", "2024-04", "--published"))
	// What is known now differs from what was published by exactly the events that arrived since.
	e := &env{clock: clock}
	a, err := e.openCaughtUp(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	// A stock of claims under review at the end of April has the late one of March too.
	for month, want := range map[string]string{"2024-03": "unemployment.claims +1, unemployment.pending +1", "2024-04": "unemployment.pending +1, unemployment.amount_decided +1500000"} {
		m, _ := calendar.ParseMonth(month)
		p, err := a.published(t.Context(), "", figures.Query{Month: m, Area: "20"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		c, err := a.figures.Difference(t.Context(), figures.Opening{Query: figures.Query{Month: m, Area: "20"}}, p.Position, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range c.Differences {
			for _, e := range d.Events {
				got = append(got, fmt.Sprintf("%s %+d", d.Indicator, e.Quantity.Quantity))
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: what is known now differs from what was published by %v, want %s", month, got, want)
		}
	}
	series := period.Series{Spec: "so-ldtbxh-2024", Area: "20", Calendar: "calendar"}
	all, err := a.periods.Publications(t.Context(), series, 0)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d publications, %v", len(all), err)
	}
	for _, p := range all {
		q := figures.Query{Month: p.Month, Area: "20", AsOf: p.Position}
		spec, err := a.specs.Find("", p.Month)
		if err != nil {
			t.Fatal(err)
		}
		r, err := report.Build(t.Context(), a.catalog, spec, a.cited(), q)
		if err != nil {
			t.Fatal(err)
		}
		if !report.Prints(r, p.Publication) {
			now, _ := json.Marshal(r)
			t.Errorf("%s built anew at its position is another report:\n%s\n%s", p.Month, now, p.Content)
		}
		for _, f := range p.Figures { // every published figure opens, at the position of the report
			q.Indicators = []string{f.Indicator}
			x, err := a.figures.Explain(t.Context(), q, figures.Page{})
			if err != nil {
				t.Fatal(err)
			}
			sum := int64(0)
			for _, e := range x.Events {
				sum += e.Quantity.Quantity
			}
			if f.Value != nil && x.Over == nil && sum != *f.Value {
				t.Errorf("%s %s was published as %d, its events add up to %d", p.Month, f.Indicator, *f.Value, sum)
			}
		}
	}
}
