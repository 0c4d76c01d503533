package projections_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"hoso/adapters/memlog"
	"hoso/domain"
)

func TestWhatIsSupposedIsSeenAndDoesNotStay(t *testing.T) {
	t.Parallel()
	log, other := memlog.New(), memlog.New()
	last := noted(t, log, 1, 1, 2)
	r, f := open(t, t.TempDir(), log, tally{"1"})
	if err := r.CatchUp(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	noted(t, other, 2, 5, 6, 13)
	var supposed []domain.Recorded
	for e, err := range other.Read(t.Context(), stream, 0) {
		if err != nil {
			t.Fatal(err)
		}
		supposed = append(supposed, e)
	}
	var n, sum int64
	see := func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT count(*), sum(amount) FROM tally").Scan(&n, &sum)
	}
	if err := r.Suppose(t.Context(), supposed[:2], see); err != nil || n != 4 || sum != 14 {
		t.Errorf("supposed: %v, %d events, sum %d", err, n, sum)
	}
	if err := r.Suppose(t.Context(), supposed, see); !errors.Is(err, errThirteen) {
		t.Errorf("what no view can apply: %v", err)
	}
	if n, sum := total(t, f); n != 2 || sum != 3 {
		t.Errorf("stayed: %d events, sum %d", n, sum)
	}
	if err := r.CatchUp(t.Context(), noted(t, log, 3, 7)); err != nil {
		t.Fatal(err)
	}
	if n, sum := total(t, f); n != 3 || sum != 10 {
		t.Errorf("after it: %d events, sum %d", n, sum)
	}
}
