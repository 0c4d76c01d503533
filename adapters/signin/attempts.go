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
	"strings"
	"time"

	"hoso/domain"
	"hoso/domain/account"
)

// Failed attempts are counted before anything is looked at. The first few cost nothing, each further one doubles the time in which
// nothing more is looked at, up to a quarter of an hour; a day without one forgives all. Nothing is locked for good.
//
// What is counted is chosen so that a stranger cannot keep the owner out (OWASP, Authentication Cheat Sheet: "a malicious user can
// lock out" whoever is counted by account alone):
//
//   - From a device with which the owner has logged in before: what that device got wrong, and nothing else, see [deviceCookie].
//   - From anywhere else: what an address got wrong for an account; what it got wrong for all accounts; and, ten times slower,
//     what all addresses together got wrong for the account, so that many addresses do not guess without end (NIST SP 800-63B,
//     5.2.2: no more than 100 in a row). Of one address only its first tries count for that: with the delays that follow it cannot wear out
//     the account for everybody, however long it goes on. Many addresses can, for browsers that are new to the account.
const (
	freeByDevice  = 5
	freeByPair    = 5
	freeByAddress = 20
	freeByAccount = 50
	longestDelay  = 15 * time.Minute
	forgiven      = 24 * time.Hour
)

// limited is something that attempts are counted by. Its key is hashed: people type passwords into the wrong field.
type limited struct {
	key  [32]byte
	free int
}

func counted(free int, what ...string) limited {
	return limited{sha256.Sum256([]byte(strings.Join(what, "\x00"))), free}
}

func byAccount(name string) limited { return counted(freeByAccount, "account", name) }

func byAddress(address string) limited { return counted(freeByAddress, "address", network(address)) }

func byPair(name, address string) limited { return counted(freeByPair, "pair", name, network(address)) }

func byDevice(login account.Login, secret string) limited {
	return counted(freeByDevice, "device", string(login), secret)
}

// network is what counts as one client: its address; of IPv6 the network of 64 bits, of which one client has all.
func network(address string) string {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Is6() && !ip.Is4In6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return address
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

// Unwrap returns what people and programs are told.
func (e *TooMany) Unwrap() error { return e.problem() }

func (e *TooMany) problem() *domain.Error {
	s := int(math.Ceil(e.Wait.Seconds()))
	return &domain.Error{Kind: domain.Busy, Code: "signin.too_many",
		Msg: fmt.Sprintf("đăng nhập quá nhiều lần chưa thành; hãy thử lại sau %d giây", s),
		En:  fmt.Sprintf("too many attempts that did not succeed; try again in %d seconds", s)}
}

// begin counts an attempt, before anything is looked at, and refuses it where it comes too early; what is refused is not
// counted. Once the first of what is counted by has used up what is free, only that and the second go on being counted.
func (f *file) begin(ctx context.Context, all ...limited) error {
	if err := f.sweepNow(ctx); err != nil {
		return err
	}
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	now, worn := f.clock(), false
	for n, l := range all {
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
		if n == 0 {
			worn = failures >= int64(l.free)
		}
		if worn && n > 1 {
			continue
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

// succeed forgives what was counted by the first. Of the others only the attempt itself is forgiven: who knows one password cannot
// go on guessing others, and who guessed before is not helped by the owner.
func (f *file) succeed(ctx context.Context, all ...limited) error {
	for n, l := range all {
		query := "UPDATE attempts SET failures = max(failures - 1, 0) WHERE key = ?"
		if n == 0 {
			query = "DELETE FROM attempts WHERE key = ?"
		}
		if _, err := f.db.ExecContext(ctx, query, l.key[:]); err != nil {
			return err
		}
	}
	return nil
}
