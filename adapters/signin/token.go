package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"hoso/domain/account"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// A token is "hoso_" and the base64url of: the account's id (16 bytes), the token's (16), a secret (32), a checksum (4).
// The prefix lets people and scanners recognise one that lies around; the checksum refuses what was cut or mistyped
// without a look at any account; the ids say where its hash is.
const (
	tokenPrefix = "hoso_"
	secretSize  = 32
	tokenSize   = 16 + 16 + secretSize + 4
)

// NewToken makes a token for an account. The text is shown once and kept nowhere; the event holds a hash of its secret, which
// needs no hard one: nobody guesses 256 random bits.
func NewToken(login account.Login, label string, scope right.Scope, until calendar.Date) (text string, t account.Token) {
	secret := make([]byte, secretSize)
	_, _ = rand.Read(secret) // crypto/rand never fails
	id, owner := uuid.New(), account.ID(login).ID
	body := append(append(append([]byte{}, owner[:]...), id[:]...), secret...)
	return sealToken(body), account.Token{ID: id, Label: label, Hash: hashOf(secret), Scope: scope, Until: until}
}

// IssueToken makes a token for an account and records it, for the account itself or who administers it; see [access.Accounts].
// Without a last day it counts for 90 days.
func (s *SignIn) IssueToken(ctx context.Context, login account.Login, label string, scope right.Scope, until calendar.Date) (text string, t account.Token, err error) {
	if until.IsZero() {
		until = s.Accounts.Today().AddDays(usualToken)
	}
	text, t = NewToken(login, label, scope, until)
	return text, t, s.Accounts.IssueToken(ctx, login, t)
}

// sealToken adds the checksum and writes a token as text.
func sealToken(body []byte) string {
	body = binary.BigEndian.AppendUint32(body, crc32.ChecksumIEEE(body))
	return tokenPrefix + base64.RawURLEncoding.EncodeToString(body)
}

func hashOf(secret []byte) string {
	sum := sha256.Sum256(secret)
	return hex.EncodeToString(sum[:])
}

// presented is a token as somebody sends it.
type presented struct {
	account, id uuid.UUID
	hash        string
}

// bearer reads the token of a request. There is one where there is an Authorization header, right or wrong: then no cookie
// counts.
func bearer(r *http.Request) (p presented, ok, sent bool) {
	h := r.Header.Values("Authorization")
	if len(h) == 0 {
		return p, false, false
	}
	scheme, text, _ := strings.Cut(h[0], " ")
	if len(h) > 1 || !strings.EqualFold(scheme, "Bearer") {
		return p, false, true
	}
	p, ok = readToken(text)
	return p, ok, true
}

func readToken(text string) (p presented, ok bool) {
	text, ok = strings.CutPrefix(text, tokenPrefix)
	if !ok || len(text) != base64.RawURLEncoding.EncodedLen(tokenSize) {
		return p, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || crc32.ChecksumIEEE(b[:tokenSize-4]) != binary.BigEndian.Uint32(b[tokenSize-4:]) {
		return p, false
	}
	return presented{uuid.UUID(b[:16]), uuid.UUID(b[16:32]), hashOf(b[32 : 32+secretSize])}, true
}

// counts returns the scope of the token, where it is in force.
func (p presented) counts(s account.State, today calendar.Date) (right.Scope, bool) {
	t, ok := s.Token(p.id)
	same := subtle.ConstantTimeCompare([]byte(t.Hash), []byte(p.hash)) == 1
	return t.Scope, ok && same && today <= t.Until
}
