package account

import (
	"regexp"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
)

// Login is the name under which somebody logs in, and by which events name who did something. It is no secret.
type Login string

// form keeps names to what can be typed on every keyboard and cannot be mistaken for another one.
var form = regexp.MustCompile(`^[a-z][a-z0-9]*([._-][a-z0-9]+)*$`)

// maxLogin is how long a login name may be.
const maxLogin = 40

var errNoLogin = &domain.Error{Kind: domain.Invalid, Code: "account.not_a_login", Field: "login",
	Msg: "tên đăng nhập gồm 2 đến 40 chữ cái không dấu, chữ số, và dấu . - _ ở giữa",
	En:  "a login name has 2 to 40 plain letters, digits, and . - _ between them"}

// ParseLogin reads what somebody typed: capitals and spaces around it do not count.
func ParseLogin(s string) (Login, error) {
	l := Login(strings.ToLower(strings.TrimSpace(s)))
	if len(l) < 2 || len(l) > maxLogin || !form.MatchString(string(l)) {
		return "", errNoLogin
	}
	return l, nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (l *Login) UnmarshalText(b []byte) (err error) {
	*l, err = ParseLogin(string(b))
	return err
}

// accounts is the name space of their ids (RFC 9562, UUIDv5).
var accounts = uuid.MustParse("00000000-0000-8000-8000-686f736f0001")

// ID returns the case of the account with a login name. Login names stand in every event, so there is nothing to hide.
func ID(l Login) domain.StreamID {
	return domain.StreamID{Type: "account", ID: uuid.NewSHA1(accounts, []byte(l))}
}
