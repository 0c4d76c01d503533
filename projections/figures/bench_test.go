package figures_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/person"
	"hoso/domain/unemployment"
	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
	"hoso/projections/people"
)

// claims fills a log with the claims of some years, four events each: filed, decided, a notice, paid.
func claims(b *testing.B, cases int) (*memlog.Log, *domain.Codec) {
	b.Helper()
	codec, log := catalog.All().Codec(domaintest.Keys()), memlog.New()
	communes := area.Communes(area.LangSon, 20240401)
	start := calendar.Date(20220101)
	for n := range cases {
		id := domain.StreamID{Type: "unemployment", ID: uuid.New()}
		who := unemployment.Claimant{
			Person: domain.PersonID{UUID: uuid.New()}, Commune: communes[n*7%len(communes)].Code, Sex: []string{"female", "male"}[n%2],
		}
		filed := start.AddDays(n * 900 / cases)
		acts := []domain.Act{
			{Event: unemployment.Filed{Claimant: who, BirthYear: 1980, Channel: "direct", Residence: "own", Paid: 36}, Occurred: filed},
			{Event: unemployment.Decided{Claimant: who, Age: []string{"up_to_30", "31_40", "41_50"}[n%3], Level: 3_000_000, Months: 5, Start: filed}, Occurred: filed.AddDays(15)},
			{Event: unemployment.NoticeReceived{Claimant: who}, Occurred: filed.AddDays(45)},
			{Event: unemployment.Paid{Claimant: who, Amount: 3_000_000}, Occurred: filed.AddDays(47)},
		}
		var drafts []domain.Draft
		for _, a := range acts {
			name, schema, data, err := codec.Encode(b.Context(), a.Event)
			if err != nil {
				b.Fatal(err)
			}
			drafts = append(drafts, domain.Draft{ID: uuid.New(), Type: name, Schema: schema, Data: data,
				Meta: domain.Meta{Occurred: a.Occurred, Recorded: time.Unix(int64(n), 0).UTC()}})
		}
		if _, err := log.Append(b.Context(), id, domain.Tail{}, drafts...); err != nil {
			b.Fatal(err)
		}
	}
	return log, codec
}

func rebuild(b *testing.B, dir string, log domain.EventLog, codec *domain.Codec, views ...projections.View) *sqliteviews.File {
	b.Helper()
	f, err := sqliteviews.Open(b.Context(), dir, projections.Generation(views...))
	if err != nil {
		b.Fatal(err)
	}
	r, err := projections.New(b.Context(), log, codec, f, views...)
	if err != nil {
		b.Fatal(err)
	}
	head, err := log.Head(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if err := r.CatchUp(b.Context(), head); err != nil {
		b.Fatal(err)
	}
	return f
}

// One operation is one event.
func BenchmarkRebuild(b *testing.B) {
	const cases = 25_000
	log, codec := claims(b, cases)
	var bytes int64
	for b.Loop() {
		dir := b.TempDir()
		f := rebuild(b, dir, log, codec, figures.NewView(catalog.All()), people.View{})
		_ = f.Close()
		entries, _ := os.ReadDir(dir)
		info, _ := entries[0].Info()
		bytes = info.Size()
	}
	events := float64(b.N * cases * 4)
	b.ReportMetric(events/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(bytes)/(cases*4), "B/event")
}

// A sheet of all figures of a month, with their breakdowns, year to date and the year before.
func BenchmarkFigures(b *testing.B) {
	log, codec := claims(b, 25_000)
	f := rebuild(b, b.TempDir(), log, codec, figures.NewView(catalog.All()))
	defer f.Close()
	r := figures.NewReader(catalog.All(), f.DB())
	for name, q := range map[string]figures.Query{
		"everything": {Month: month("2024-04")},
		"province":   {Month: month("2024-04"), Area: "20"},
		"commune":    {Month: month("2024-04"), Area: "05971"},
		"past":       {Month: month("2024-04"), Area: "20", AsOf: 90_000},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := r.Figures(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Allowances of 3,600 persons, month by month for three years: the year to date counts 14,400 rows by person.
func BenchmarkDistinct(b *testing.B) {
	for _, links := range []int64{0, 300} {
		b.Run(fmt.Sprintf("%d links", links), func(b *testing.B) { distinct(b, links) })
	}
}

func distinct(b *testing.B, links int64) {
	cat := domain.NewCatalog(probe.Type(), person.Type())
	codec, log := cat.Codec(domaintest.Keys()), memlog.New()
	before := uuid.Nil
	for n := range 3_600 {
		id, tail := domain.StreamID{Type: "probe", ID: uuid.New()}, domain.Tail{}
		for m := range 36 {
			name, schema, data, err := codec.Encode(b.Context(), probe.Noted{Area: "05971", Kind: []string{"a", "b"}[n%2],
				Persons: []domain.PersonID{{UUID: id.ID}}})
			if err != nil {
				b.Fatal(err)
			}
			d := domain.Draft{ID: uuid.New(), Type: name, Schema: schema, Data: data,
				Meta: domain.Meta{Occurred: calendar.Date(20220105).AddMonths(m), Recorded: time.Unix(int64(m), 0).UTC()}}
			if tail, err = log.Append(b.Context(), id, tail, d); err != nil {
				b.Fatal(err)
			}
		}
		if before != uuid.Nil && int64(n) <= links {
			name, schema, data, err := codec.Encode(b.Context(), person.Linked{Person: domain.PersonID{UUID: id.ID}, SameAs: domain.PersonID{UUID: before}, Reason: domain.Hide("trùng")})
			if err != nil {
				b.Fatal(err)
			}
			d := domain.Draft{ID: uuid.New(), Type: name, Schema: schema, Data: data, Meta: domain.Meta{Occurred: 20240405, Recorded: time.Unix(99, 0).UTC()}}
			if _, err := log.Append(b.Context(), domain.StreamID{Type: "person", ID: id.ID}, domain.Tail{}, d); err != nil {
				b.Fatal(err)
			}
		}
		before = id.ID
	}
	f := rebuild(b, b.TempDir(), log, codec, figures.NewView(cat))
	defer f.Close()
	r := figures.NewReader(cat, f.DB())
	for b.Loop() {
		s, err := r.Figures(b.Context(), figures.Query{Month: month("2024-04"), Indicators: []string{"probe.persons"}})
		if err != nil || s.Figures[0].YTD.Quantity != 3_600-links {
			b.Fatal(s, err)
		}
	}
}

func BenchmarkExplain(b *testing.B) {
	log, codec := claims(b, 25_000)
	f := rebuild(b, b.TempDir(), log, codec, figures.NewView(catalog.All()))
	defer f.Close()
	r := figures.NewReader(catalog.All(), f.DB())
	q := figures.Query{Month: month("2024-04"), Indicators: []string{"unemployment.claims"}}
	for b.Loop() {
		if _, err := r.Explain(b.Context(), q, figures.Page{Limit: 100}); err != nil {
			b.Fatal(err)
		}
	}
}
