package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"hoso/domain/account"
)

// A device is a browser with which somebody has logged in before: it keeps a cookie for the account. The cookie opens nothing. It
// only sets the owner's attempts apart from those of strangers, who can then wear out their own tries and not the owner's
// (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). What one device gets wrong is counted by itself.
const (
	devicesOfOne = 20 // of an account; the one that was not used for longest goes first
	deviceKept   = 180 * 24 * time.Hour
)

// deviceCookie is the name of the cookie for an account: several people may use one browser.
func (s *SignIn) deviceCookie(login account.Login) string {
	sum := sha256.Sum256([]byte("device cookie\x00" + string(login)))
	return s.cookieName() + "-" + hex.EncodeToString(sum[:4])
}

// device returns what is counted for the device that a request comes from; false where it is none that is known for the account.
func (s *SignIn) device(r *http.Request, login account.Login) (limited, bool, error) {
	c, err := r.Cookie(s.deviceCookie(login))
	if err != nil || c.Value == "" {
		return limited{}, false, nil //nolint:nilerr // no cookie is no device
	}
	l := byDevice(login, c.Value)
	known, err := s.file.known(r.Context(), l)
	return l, known, err
}

// remember lets a browser with which somebody has just logged in be known from now on, by a secret that the browser did not choose.
func (s *SignIn) remember(w http.ResponseWriter, r *http.Request, login account.Login) error {
	secret := rand.Text()
	if c, err := r.Cookie(s.deviceCookie(login)); err == nil {
		if known, err := s.file.known(r.Context(), byDevice(login, c.Value)); err == nil && known {
			secret = c.Value
		}
	}
	if err := s.file.remember(r.Context(), byDevice(login, secret), byAccount(string(login))); err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: s.deviceCookie(login), Value: secret, Path: "/", MaxAge: int(deviceKept / time.Second),
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
	return nil
}

func (f *file) known(ctx context.Context, device limited) (known bool, err error) {
	err = f.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM devices WHERE key = ? AND last > ?)", device.key[:], f.clock().Add(-deviceKept).UnixMicro()).Scan(&known)
	return known, err
}

func (f *file) remember(ctx context.Context, device, account limited) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "INSERT INTO devices VALUES (?,?,?) ON CONFLICT DO UPDATE SET last = excluded.last",
		device.key[:], account.key[:], f.clock().UnixMicro()); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM devices WHERE account = ? AND key NOT IN (SELECT key FROM devices WHERE account = ? ORDER BY last DESC, key LIMIT ?)",
		account.key[:], account.key[:], devicesOfOne); err != nil {
		return err
	}
	return tx.Commit()
}
