package signin

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"net"
	"net/netip"
	"time"

	"hoso/domain"
)

// Failed attempts are counted by account and by address. The first few cost nothing, each further one doubles the time in
// which nothing more is looked at, up to a quarter of an hour; a day without one forgives all. Accounts are not locked for
// good: that would let anybody lock out everybody.
const (
	freeByAccount = 5
	freeByAddress = 20
	longestDelay  = 15 * time.Minute
	forgiven      = 24 * time.Hour
)

// limited is something that attempts are counted by. Its key is hashed: people type passwords into the wrong field.
type limited struct {
	key  [32]byte
	free int
}

func byAccount(name string) limited {
	return limited{sha256.Sum256([]byte("account\x00" + name)), freeByAccount}
}

// byAddress counts a client's address; of IPv6 the network of 64 bits, of which one client has all.
func byAddress(address string) limited {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Is6() && !ip.Is4In6() {
		if p, err := ip.Prefix(64); err == nil {
			address = p.String()
		}
	}
	return limited{sha256.Sum256([]byte("address\x00" + address)), freeByAddress}
}

// clientOf returns the address that a request comes from. Headers in which others say where it comes from are not believed.
func clientOf(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return remote
	}
	return host
}

// TooMany says that nothing is looked at for a while.
type TooMany struct{ Wait time.Duration }

// Error says how long.
func (e *TooMany) Error() string { return e.problem().Error() }

func (e *TooMany) problem() *domain.Error {
	s := int(math.Ceil(e.Wait.Seconds()))
	return &domain.Error{Kind: domain.Busy, Code: "signin.too_many",
		Msg: fmt.Sprintf("đăng nhập sai quá nhiều lần; hãy thử lại sau %d giây", s),
		En:  fmt.Sprintf("too many wrong attempts; try again in %d seconds", s)}
}

// begin counts an attempt, before anything is looked at, and refuses it where it comes too early; what is refused is not
// counted, so that nobody can hold somebody else out for ever.
func (f *file) begin(ctx context.Context, all ...limited) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	now := f.clock()
	for _, l := range all {
		var failures, last int64
		err := tx.QueryRowContext(ctx, "SELECT failures, last FROM attempts WHERE key = ?", l.key[:]).Scan(&failures, &last)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		since := now.Sub(time.UnixMicro(last))
		if since > forgiven {
			failures = 0
		}
		if wait := l.delay(failures) - since; wait > 0 {
			return &TooMany{wait}
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO attempts VALUES (?,?,?) ON CONFLICT DO UPDATE SET failures = excluded.failures, last = excluded.last",
			l.key[:], failures+1, now.UnixMicro()); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// delay returns how long nothing is looked at after so many failures.
func (l limited) delay(failures int64) time.Duration {
	over := failures - int64(l.free)
	if over < 0 {
		return 0
	}
	return min(time.Second<<min(over, 20), longestDelay)
}

// succeed forgives what was counted for an account. Of the address only the attempt itself is forgiven: who knows one password
// cannot go on guessing others.
func (f *file) succeed(ctx context.Context, account, address limited) error {
	_, err := f.db.ExecContext(ctx, "DELETE FROM attempts WHERE key = ?", account.key[:])
	if err == nil {
		_, err = f.db.ExecContext(ctx, "UPDATE attempts SET failures = max(failures - 1, 0) WHERE key = ?", address.key[:])
	}
	return err
}
