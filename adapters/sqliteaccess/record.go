package sqliteaccess

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"hoso/domain"
	"hoso/projections/desk"
)

// longest is how many bytes each text of a reading may have.
const longest = 100

// Record implements desk.AccessLog.
func (l *Log) Record(ctx context.Context, readings ...desk.Reading) error {
	for _, r := range readings {
		if err := check(r); err != nil {
			return err
		}
	}
	if len(readings) == 0 {
		return nil
	}
	if err := l.append(ctx, readings); err != nil {
		return unavailable(err)
	}
	return nil
}

// check refuses what the program must not ask for. Texts are signs that print, so that no reading can look like two.
func check(r desk.Reading) error {
	ok := r.Account != "" && (!r.Person.IsZero() || r.Case != domain.StreamID{}) && r.Purpose.Known()
	for _, s := range []string{r.Account, r.Role, r.Unit, r.Via, r.From, r.Case.Type} {
		ok = ok && len(s) <= longest
		for i := range len(s) {
			ok = ok && s[i] > ' ' && s[i] <= '~'
		}
	}
	if !ok {
		return &domain.Error{Kind: domain.Internal, Code: "access.malformed",
			Msg: "lần xem dữ liệu cá nhân cần tài khoản, người hoặc hồ sơ được xem, và mục đích", En: "a reading needs an account, a person or a case, and a purpose"}
	}
	return nil
}

func (l *Log) append(ctx context.Context, readings []desk.Reading) error {
	tx, err := l.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a Commit it has nothing to do
	last, err := head(ctx, tx)
	if err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO readings VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	now := l.clock().UTC().Truncate(time.Microsecond)
	for _, r := range readings {
		r.Number, r.At = last.Number+1, now
		last = l.next(last, r)
		if _, err := insert.ExecContext(ctx, int64(r.Number), r.At.UnixMicro(), r.Account, r.Role, r.Unit, r.Via, r.From,
			r.Person.UUID[:], r.Case.Type, r.Case.ID[:], string(r.Purpose), last.Chain[:]); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// head returns the mark of the last reading.
func head(ctx context.Context, tx *sql.Tx) (m Mark, err error) {
	var chain []byte
	err = tx.QueryRowContext(ctx, "SELECT number, chain FROM readings ORDER BY number DESC LIMIT 1").Scan(&m.Number, &chain)
	if errors.Is(err, sql.ErrNoRows) {
		return Mark{}, nil
	}
	if err == nil && copy(m.Chain[:], chain) != len(m.Chain) {
		err = broken(m.Number)
	}
	return m, err
}
