package sqliteaccess_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/sqliteaccess"
	"hoso/domain"
	"hoso/projections/desk"
)

func BenchmarkRecord(b *testing.B) {
	l := benchmarked(b)
	for b.Loop() {
		if err := l.Record(b.Context(), reading("lan", hoa)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAMillion looks into a million readings of 200 accounts, of 50,000 persons, over three years.
func BenchmarkAMillion(b *testing.B) {
	l := benchmarked(b)
	var some []desk.Reading
	for n := range 1_000_000 {
		r := reading("canbo-"+string(rune('a'+n%20))+string(rune('a'+n%10)), domain.PersonID{UUID: uuid.UUID{byte(n % 50_000), byte(n % 50_000 >> 8), 1}})
		r.Case.ID = r.Person.UUID
		if some = append(some, r); len(some) == 1000 {
			if err := l.Record(b.Context(), some...); err != nil {
				b.Fatal(err)
			}
			some = some[:0]
		}
	}
	end, _ := l.Find(b.Context(), desk.AccessSearch{Limit: 1})
	last := end.Readings[0].At
	for name, s := range map[string]desk.AccessSearch{
		"the latest":       {},
		"a person":         {Person: domain.PersonID{UUID: uuid.UUID{7, 7, 1}}},
		"an account":       {Account: "canbo-cc"},
		"a case":           {Case: domain.StreamID{Type: "merit", ID: uuid.UUID{7, 7, 1}}},
		"a month":          {Since: last.Add(-500 * time.Minute), Until: last.Add(-300 * time.Minute)},
		"a month long ago": {Since: then, Until: then.Add(30 * time.Minute)},
		"nobody":           {Account: "nobody"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := l.Find(b.Context(), s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("verify", func(b *testing.B) {
		began := time.Now()
		if _, err := l.Verify(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(1_000_000/time.Since(began).Seconds(), "readings/s")
	})
}

func benchmarked(b *testing.B) *sqliteaccess.Log {
	l, err := sqliteaccess.Open(b.Context(), b.TempDir(), key, minutes())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	return l
}
