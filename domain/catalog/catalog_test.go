package catalog_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/catalog"
)

// typeFunc is how a folder declares a case type, under the law or without it.
var typeFunc = regexp.MustCompile(`\nfunc Type\(.*\) domain\.CaseType {`)

func TestNoFolderIsForgotten(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no source files beside the catalogue: %v", err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Base(filepath.Dir(file))
		if !typeFunc.Match(source) {
			continue
		}
		if _, ok := catalog.All().Type(folder); !ok {
			t.Errorf("domain/%s has a Type() and no line in All(), or its case type has another name", folder)
		}
	}
}

// The catalogue of indicators is agreed with those who read the figures: what a case type declares must be in it.
func TestIndicatorsAreThoseAgreed(t *testing.T) {
	t.Parallel()
	agreed := agreedIndicators(t)
	for _, ct := range catalog.All().Types {
		for _, i := range ct.Indicators {
			if i.Hidden {
				continue
			}
			want, ok := agreed[i.ID]
			if !ok {
				t.Errorf("%s: not among the agreed indicators", i.ID)
				continue
			}
			got := indicator{i.Label.Vi, i.Unit, string(i.Measure), i.Breakdowns}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s:\n got %v\nwant %v", i.ID, got, want)
			}
			if i.Label.En == "" {
				t.Errorf("%s: no English label", i.ID)
			}
		}
	}
}

type indicator struct {
	label, unit, kind string
	breakdowns        []domain.Breakdown
}

func agreedIndicators(t *testing.T) map[string]indicator {
	t.Helper()
	f, err := os.Open("indicators.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	agreed := map[string]indicator{}
	for _, r := range rows[1:] {
		i := indicator{label: r[1], unit: r[2], kind: r[3]}
		if r[4] != "" {
			// The twelve categories of PL 02/2020 Đ3.1, where đ is written dd.
			i.breakdowns = domain.By(strings.ReplaceAll(r[4], "a..m", "a|b|c|d|dd|e|g|h|i|k|l|m"))
		}
		agreed[r[0]] = i
	}
	return agreed
}

func TestEverythingIsLabelled(t *testing.T) {
	t.Parallel()
	check := func(what string, label domain.Text) {
		if label.Vi == "" || label.En == "" {
			t.Errorf("%s needs a label in both languages", what)
		}
	}
	for _, ct := range catalog.All().Types {
		check(ct.Name, ct.Label)
		for _, c := range ct.Commands {
			check(c.Name, c.Label)
			for _, f := range c.Fields() {
				check(c.Name+" "+f.Name, f.Label)
			}
		}
		for _, e := range ct.Events {
			check(e.Name, e.Label)
		}
		for _, s := range ct.Steps {
			check(ct.Name+" "+s.Name, s.Label)
		}
		if len(ct.Steps) == 0 && !slices.Contains([]string{"person", "account", "seal"}, ct.Name) {
			t.Errorf("%s: a work list shows no step of it", ct.Name)
		}
	}
}

// A correction is checked against the fields of the event. What a command's field does not take, the event's field of
// the same name must not take either, or a correction could write what no command can.
func TestEventsKeepToTheBoundsOfCommands(t *testing.T) {
	t.Parallel()
	cat := catalog.All()
	for _, ct := range cat.Types {
		same := map[string][]domain.Field{}
		for _, c := range ct.Commands {
			for _, f := range c.Fields() {
				same[f.Name+f.Type.String()] = append(same[f.Name+f.Type.String()], f)
			}
		}
		for _, e := range ct.Events {
			zero, err := cat.Codec(nil).Decode(e.Name, e.Schema(), []byte("{}"))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range domain.Fields(reflect.TypeOf(zero)) {
				commands := same[f.Name+f.Type.String()]
				like := func(c domain.Field) bool {
					return slices.Equal(c.Values, f.Values) && reflect.DeepEqual(c.Min, f.Min) && reflect.DeepEqual(c.Max, f.Max)
				}
				if len(commands) > 0 && !slices.ContainsFunc(commands, like) {
					t.Errorf("%s: the field %s has not the values and bounds of a command's field", e.Name, f.Name)
				}
			}
		}
	}
}
