package figures_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"hoso/adapters/sqliteviews"
	"hoso/adapters/yamlreport"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/period"
	"hoso/projections"
	"hoso/projections/crowd"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/register"
	"hoso/projections/report"
)

var (
	contributions = flag.Int("contributions", 10_000_000, "of BenchmarkMillion")
	kept          = flag.String("views", "", "directory that keeps the file of BenchmarkMillion for another run")
)

// million opens a file of millions of contributions, and makes it where it is not there.
func million(b *testing.B) (*sqliteviews.File, *domain.Catalog) {
	b.Helper()
	dir := *kept
	if dir == "" {
		dir = b.TempDir()
	}
	log, c := crowd.Of(catalog.All(), *contributions)
	view := figures.NewView(c)
	f, err := sqliteviews.Open(b.Context(), dir, projections.Generation(view))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	r, err := projections.New(b.Context(), log, c.Codec(domaintest.Keys()), f, view)
	if err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	if err := r.CatchUp(b.Context(), domain.Cursor(log.Events)); err != nil {
		b.Fatal(err)
	}
	var size int64
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			size += info.Size()
		}
	}
	b.Logf("%d events in %v, %d MB", log.Events, time.Since(begun).Round(time.Second), size>>20)
	return f, c
}

// The questions of issue 5 at ten million contributions: go test -run '^$' -bench Million ./projections/figures -views DIR
// Every one is measured beside a bare scan of the month's rows by SQLite itself.
func BenchmarkMillion(b *testing.B) {
	f, c := million(b)
	r := figures.NewReader(c, f.DB())
	var last domain.Ordinal
	if err := f.DB().QueryRow("SELECT max(ordinal) FROM events").Scan(&last); err != nil {
		b.Fatal(err)
	}
	draw := func(change func(*figures.Query, *rand.Rand)) func(*rand.Rand) figures.Query {
		return func(rnd *rand.Rand) figures.Query {
			q := crowd.Asks(c, rnd)
			if change != nil {
				change(&q, rnd)
			}
			return q
		}
	}
	past := func(q *figures.Query, rnd *rand.Rand) { q.AsOf = 1 + domain.Ordinal(rnd.Int64N(int64(last))) }
	all := func(q *figures.Query, _ *rand.Rand) { q.Indicators = nil }
	forms := specs(b, c)
	one := func(ctx context.Context, q figures.Query) error { _, err := r.Figures(ctx, q); return err }
	for _, m := range []struct {
		name string
		draw func(*rand.Rand) figures.Query
		do   func(context.Context, figures.Query) error
	}{
		{"figure", draw(nil), one},
		{"persons", draw(func(q *figures.Query, _ *rand.Rand) { q.Indicators = []string{"merit.allowance_persons"} }), one},
		{"figure as of", draw(past), one},
		{"sheet", draw(all), one},
		{"sheet as of", draw(func(q *figures.Query, rnd *rand.Rand) { all(q, rnd); past(q, rnd) }), one},
		{"drill", draw(nil), func(ctx context.Context, q figures.Query) error {
			_, err := r.Explain(ctx, q, figures.Page{Limit: 100})
			return err
		}},
		{"report", draw(func(q *figures.Query, _ *rand.Rand) { q.Area = "20" }), func(ctx context.Context, q figures.Query) error {
			spec, err := forms.Find("", q.Month)
			if err == nil {
				_, err = report.Build(ctx, c, spec, alone{r}, q)
			}
			return err
		}},
	} {
		b.Run(m.name, func(b *testing.B) {
			rnd := rand.New(rand.NewPCG(1, 2))
			var took, raw []time.Duration
			slowest := ""
			for b.Loop() {
				q := m.draw(rnd)
				raw = append(raw, scan(b, f.DB(), c, q))
				begun := time.Now()
				if err := m.do(b.Context(), q); err != nil && domain.KindOf(err) != domain.NotFound {
					b.Fatal(err)
				}
				if took = append(took, time.Since(begun)); took[len(took)-1] == slices.Max(took) {
					slowest = fmt.Sprintf("%v: %+v", took[len(took)-1], q)
				}
			}
			b.Log(len(took), slowest)
			b.ReportMetric(at(took, 50), "p50-ms")
			b.ReportMetric(at(took, 95), "p95-ms")
			b.ReportMetric(at(raw, 50), "raw-p50-ms")
			b.ReportMetric(at(raw, 95), "raw-p95-ms")
		})
	}
}

func at(took []time.Duration, percent int) float64 {
	slices.Sort(took)
	return float64(took[min(len(took)*percent/100, len(took)-1)].Microseconds()) / 1000
}

// scan is the least that a month costs without sums: its rows, read once in their order.
func scan(b *testing.B, db *sql.DB, c *domain.Catalog, q figures.Query) time.Duration {
	begun := time.Now()
	month := q.Calendar.Month(q.Month)
	ids := q.Indicators
	if ids == nil {
		for _, t := range c.Types {
			for _, i := range t.Indicators {
				ids = append(ids, i.ID)
			}
		}
	}
	for _, id := range ids {
		var sum sql.NullInt64
		if err := db.QueryRow("SELECT sum(quantity) FROM figures_contributions WHERE indicator = (SELECT id FROM names WHERE name = ?) AND occurred BETWEEN ? AND ?",
			id, month.From, month.To).Scan(&sum); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(begun)
}

func specs(b *testing.B, c *domain.Catalog) report.Specs {
	b.Helper()
	all, err := yamlreport.Read(yamlreport.Files(), c)
	if err != nil {
		b.Fatal(err)
	}
	return all
}

// alone are figures without documents and publications.
type alone struct{ *figures.Reader }

func (alone) Register(context.Context, register.Query) (register.Register, error) {
	return register.Register{}, nil
}

func (alone) Publications(context.Context, period.Series, domain.Ordinal) ([]periods.Published, error) {
	return nil, nil
}
