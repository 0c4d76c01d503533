package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"hoso/domain"
	"hoso/domain/account"
)

// Cost is what checking a password takes.
type Cost struct {
	Time    uint32 // passes
	Memory  uint32 // KiB
	Threads uint8
}

// usual is the second recommended choice of RFC 9106, section 4: 64 MiB, three passes, four lanes.
var usual = Cost{Time: 3, Memory: 64 << 10, Threads: 4}

const (
	saltLength, keyLength = 16, 32
	// shortest and longest are the lengths of passwords in letters: long ones instead of odd ones (NIST SP 800-63B, 5.1.1).
	shortest, longest = 12, 128
	// checking is how many passwords are checked at once: each takes its memory.
	checking = 2
)

var (
	errTooShort = &domain.Error{Kind: domain.Invalid, Code: "signin.password_too_short", Field: "new",
		Msg: "mật khẩu phải có từ 12 đến 128 ký tự; nên dùng một câu dễ nhớ", En: "a password has 12 to 128 characters; best is a sentence"}
	errTooSimple = &domain.Error{Kind: domain.Invalid, Code: "signin.password_too_simple", Field: "new",
		Msg: "mật khẩu quá dễ đoán: lặp lại, hoặc chứa tên đăng nhập", En: "the password is too easy to guess: repetitive, or with the login name in it"}
	errSame = &domain.Error{Kind: domain.Invalid, Code: "signin.password_same", Field: "new",
		Msg: "mật khẩu mới phải khác mật khẩu đang dùng", En: "the new password must be another one"}
)

// fit tells why a password will not do.
func fit(password string, login account.Login) error {
	password = norm.NFC.String(password)
	letters := map[rune]bool{}
	for _, r := range password {
		letters[r] = true
	}
	switch n := utf8.RuneCountInString(password); {
	case n < shortest || n > longest:
		return errTooShort
	case len(letters) < 5 || strings.Contains(strings.ToLower(password), string(login)):
		return errTooSimple
	}
	return nil
}

// hasher makes verifiers and checks against them, a few at a time.
type hasher struct {
	cost   Cost
	slots  chan struct{}
	derive func(password string, salt []byte, c Cost) []byte
	dummy  string // checked against where there is no account, so that this takes as long
}

func newHasher(c Cost) *hasher {
	if c == (Cost{}) {
		c = usual
	}
	h := &hasher{cost: c, slots: make(chan struct{}, checking), derive: derive}
	h.dummy = h.make(rand.Text())
	return h
}

// Verifier returns what a password is checked against, in the usual form ($argon2id$v=19$m=…,t=…,p=…$salt$hash).
func Verifier(password string) string { return newVerifier(password, usual) }

func (h *hasher) make(password string) string { return newVerifier(password, h.cost) }

func newVerifier(password string, c Cost) string {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // crypto/rand never fails
	key := derive(password, salt, c)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Time, c.Threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// derive composes letters first: a password typed on another machine is the same.
func derive(password string, salt []byte, c Cost) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Time, c.Memory, c.Threads, keyLength)
}

// check tells whether a password is that of a verifier; of none it is not, and takes as long to say so.
func (h *hasher) check(ctx context.Context, verifier, password string) (bool, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	there := verifier != ""
	if !there {
		verifier = h.dummy
	}
	salt, key, c, err := readVerifier(verifier)
	if err != nil || utf8.RuneCountInString(password) > longest {
		return false, err
	}
	same := subtle.ConstantTimeCompare(h.derive(password, salt, c), key) == 1
	return same && there, nil
}

func readVerifier(s string) (salt, key []byte, c Cost, err error) {
	parts := strings.Split(s, "$")
	wrong := fmt.Errorf("a verifier of a password is malformed") // and is not quoted
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return nil, nil, c, wrong
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Threads); err != nil || c.Time == 0 || c.Threads == 0 {
		return nil, nil, c, wrong
	}
	salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err == nil {
		key, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	if err != nil || len(key) != keyLength {
		return nil, nil, c, wrong
	}
	return salt, key, c, nil
}

// OneTime returns a password for somebody who has to change it at once: 130 random bits, as letters that are not mistaken.
func OneTime() string {
	t := rand.Text()
	return strings.ToLower(t[:6] + "-" + t[6:12] + "-" + t[12:18] + "-" + t[18:])
}
