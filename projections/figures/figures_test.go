package figures_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"hoso/domain"
	"hoso/domain/domaintest"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

func i64(n int64) *int64 { return &n }

// april is a small month with a correction, a void, a late entry and a person who comes twice.
func april(t *testing.T) *world {
	w := newWorld(t)
	one, two, three := caseNumber(1), caseNumber(2), caseNumber(3)
	w.must(one, "2023-04-10", probe.Note{Area: "05971", Kind: "a", Amount: 300})
	w.must(one, "2024-01-05", probe.Note{Area: "05971", Kind: "a", Where: "x", Amount: 100, Enters: 1, Persons: []domain.PersonID{somebody(1)}})
	w.must(two, "2024-04-02", probe.Note{Area: "05974", Kind: "b", Amount: 50, Enters: 1, Persons: []domain.PersonID{somebody(1), somebody(2)}})
	w.must(two, "2024-04-03", probe.Note{Area: "05974", Amount: 7, Persons: []domain.PersonID{somebody(1)}})
	w.must(three, "2024-04-20", probe.Note{Area: "24", Kind: "a", Amount: 1000, Stated: i64(6230)})
	w.must(three, "2024-04-21", probe.Note{Area: "20", Kind: "a", Stated: i64(0)})
	w.must(three, "2024-04-19", probe.Note{Area: "20", Kind: "a", Stated: i64(6230)})
	w.must(three, "2024-05-02", void(2))
	w.must(two, "2024-05-02", correct(1, 0, `{"amount":60}`))
	return w
}

func TestTheFiguresOfAMonth(t *testing.T) {
	t.Parallel()
	w := april(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	got, err := json.MarshalIndent(ask(t, w, f, figures.Query{Month: month("2024-04"), Area: "20"}), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/april.json", append(got, '\n'))
}

// golden compares with a file, and writes it anew with -update.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if domaintest.Update() {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s; look, and write it anew with -update:\n%s", file, got)
	}
}

// The file of an older catalogue knows nothing of an indicator that came later: it is not known there, and is not 0.
func TestAnIndicatorThatTheFileDoesNotKeepIsNotKnown(t *testing.T) {
	t.Parallel()
	w := april(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	later := probe.Type()
	later.Indicators = append(slices.Clone(later.Indicators), domain.Indicator{ID: "probe.later", Unit: "việc", Measure: domain.Flow})
	cat := domain.NewCatalog(later)
	older := figures.NewView(w.catalog).Version()
	if view := figures.NewView(cat); view.Version() == older || !view.Reads(older) || view.Reads("3.00000000") {
		t.Error("which rows can be read")
	}
	q := figures.Query{Month: month("2024-04"), By: "district", Indicators: []string{"probe.acts", "probe.later"}}
	s, err := figures.NewReader(cat, f.DB()).Figures(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if acts, missing := s.Figures[0], s.Figures[1]; acts.Value.Quantity != 4 || missing.Value.Known() || missing.YTD.Known() || missing.LastYear.Known() || missing.Areas != nil {
		t.Errorf("%+v", s.Figures)
	}
}
