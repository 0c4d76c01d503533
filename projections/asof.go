package projections

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
)

// AsOf reads what somebody wrote for "as known at": a position (17), a time (RFC 3339) or a date, which means the end
// of that day in Vietnam. It returns the number of the last event known then; 0, meaning now, for nothing. A time
// counts the longest prefix of the log in which every event was recorded at or before it.
func AsOf(ctx context.Context, db *sql.DB, s string) (domain.Ordinal, error) {
	if s == "" {
		return 0, nil
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	if n, err := strconv.ParseUint(s, 10, 63); err == nil {
		return checkPosition(ctx, tx, domain.Ordinal(n))
	}
	t, err := parseMoment(s)
	if err != nil {
		return 0, err
	}
	n, err := Known(ctx, tx, t)
	if err == nil && n == 0 {
		err = domain.Malformed("asof.before_first", "as_of", "trước thời điểm này chưa có sự kiện nào được ghi")
	}
	return n, err
}

func checkPosition(ctx context.Context, tx *sql.Tx, n domain.Ordinal) (domain.Ordinal, error) {
	last, err := Last(ctx, tx)
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, domain.Malformed("asof.before_first", "as_of", "vị trí bắt đầu từ 1")
	case n > last:
		return 0, domain.Malformed("asof.beyond_end", "as_of", "vị trí %d chưa có; vị trí cuối cùng là %d", n, last)
	}
	return n, nil
}

func parseMoment(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t, nil
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		return time.Time{}, domain.Malformed("asof.malformed", "as_of",
			"cần một vị trí (17), một ngày (2024-04-30) hoặc một thời điểm (2024-04-30T17:00:00+07:00)")
	}
	next := d.AddDays(1)
	return time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, calendar.Zone).Add(-time.Microsecond), nil
}
