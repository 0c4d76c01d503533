package projections

import (
	"database/sql"
	"math/rand/v2"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"hoso/domain"
)

// The last event at or before something is the one that looking through all of them finds.
func TestLastWhere(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE events (ordinal INTEGER PRIMARY KEY, latest INTEGER NOT NULL)"); err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	r := rand.New(rand.NewPCG(3, 4))
	var latest []int64
	for n, v := domain.Ordinal(0), int64(10); n < 70; n++ {
		for range 3 {
			at := int64(r.IntN(int(v) + 5))
			want := domain.Ordinal(0)
			for i, l := range latest {
				if l <= at {
					want = domain.Ordinal(i + 1)
				}
			}
			if got, err := lastWhere(t.Context(), tx, "latest", at); err != nil || got != want {
				t.Fatalf("%d in %v: %d, want %d, %v", at, latest, got, want, err)
			}
		}
		v += int64(r.IntN(4))
		latest = append(latest, v)
		if _, err := tx.ExecContext(t.Context(), "INSERT INTO events VALUES (?, ?)", int64(n+1), v); err != nil {
			t.Fatal(err)
		}
	}
}
