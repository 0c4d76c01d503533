package yamlreport_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"hoso/adapters/yamlreport"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
)

func TestShippedSpecifications(t *testing.T) {
	t.Parallel()
	all, err := yamlreport.Read(yamlreport.Files(), catalog.All())
	if err != nil {
		t.Fatal(err)
	}
	for month := (calendar.Month{Year: 2023, Month: 1}); month.Year < 2027; month = month.Add(1) {
		want := "so-ldtbxh-2024"
		if month.First() >= 20250301 { // the department was merged
			want = "so-noi-vu-2026"
		}
		if s, err := all.Find("", month); err != nil || s.Name != want {
			t.Errorf("%s: %s, %v", month, s.Name, err)
		}
	}
	for _, form := range []string{"mau-31", "mau-34"} {
		if s, err := all.Find(form, calendar.Month{Year: 2024, Month: 4}); err != nil || !s.Chosen {
			t.Errorf("%s: %v", form, err)
		}
	}
	for _, s := range all {
		for _, section := range s.Sections {
			if section.Owner == "" {
				t.Errorf("%s: nobody answers for %q", s.Name, section.Title)
			}
		}
	}
}

const good = `name: x
title: X
office: Sở X
sections:
  - title: Một
    text: |
      {{value "unemployment.claims"}}.
`

func TestWrongFilesAreNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, code, where string }{
		"not YAML":                              {"name: [", "report.wrong_file", "x.yaml"},
		"an unknown key":                        {good + "colour: red\n", "report.wrong_file", "x.yaml:8"},
		"a month that is none":                  {good + "months: {from: 2024-13}\n", "report.wrong_file", "2024-13"},
		"months in reverse":                     {good + "months: {from: 2024-02, to: 2024-01}\n", "report.wrong_file", "ngược"},
		"no section":                            {"name: x\ntitle: X\noffice: X\n", "report.wrong_file", "sections"},
		"an unknown calendar":                   {strings.Replace(good, "title: Một", "title: Một\n    calendar: lunar", 1), "report.wrong_file", "lunar"},
		"a table of no columns":                 {good + "    tables: [{title: T}]\n", "report.wrong_file", "cột"},
		"an unknown indicator":                  {strings.Replace(good, "claims", "claimz", 1), "report.figure_missing", "x.yaml:7: "},
		"an unknown word":                       {strings.Replace(good, "value", "valeu", 1), "report.bad_text", "x.yaml:7: "},
		"an unknown word in the third sentence": {strings.Replace(good, ".\n", ".\n\n      {{valeu 1}}\n", 1), "report.bad_text", "x.yaml:9: "},
		"an unknown word in a text of one line": {strings.Replace(good, "|\n      {{value \"unemployment.claims\"}}.", "'{{valeu 1}}'", 1), "report.bad_text", "x.yaml:6: "},
		"an unknown word in a table":            {good + "    tables:\n      - title: T\n        columns: [a, b]\n        rows:\n          - [x, y]\n          - [x, '{{valeu 1}}']\n", "report.bad_text", "x.yaml:13: "},
		"too large":                             {good + strings.Repeat("#", 1<<20), "report.wrong_file", "1 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := yamlreport.Read(fstest.MapFS{"x.yaml": {Data: []byte(c.text)}}, catalog.All())
			if domain.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.where) || !strings.Contains(err.Error(), "x.yaml") {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := yamlreport.Read(fstest.MapFS{"x.yaml": {Data: []byte(good)}, "y.yaml": {Data: []byte(good)}}, catalog.All()); domain.CodeOf(err) != "report.wrong_file" {
		t.Errorf("one name twice: %v", err)
	}
	if _, err := yamlreport.Read(fstest.MapFS{}, catalog.All()); domain.CodeOf(err) != "report.wrong_file" {
		t.Errorf("no file: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("sections: [{tables: [{columns: [a], rows: [[1, {b: c}]]}]}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		spec, err := yamlreport.Parse("x.yaml", data)
		if err != nil {
			if domain.CodeOf(err) != "report.wrong_file" {
				t.Error(err)
			}
			return
		}
		if err := spec.Check(catalog.All()); err != nil && domain.KindOf(err) == domain.Internal {
			t.Error(err)
		}
	})
}
