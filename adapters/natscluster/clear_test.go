package natscluster

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nkeys"

	"hoso/domain"
)

// credsFile is a file of nsc's form.
func credsFile(t *testing.T, bearer bool) string {
	t.Helper()
	account, err := nkeys.CreateAccount()
	if err != nil {
		t.Fatal(err)
	}
	user, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	name, err := user.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := user.Seed()
	if err != nil {
		t.Fatal(err)
	}
	claims := jwt.NewUserClaims(name)
	claims.BearerToken = bearer
	token, err := claims.Encode(account)
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.FormatUserConfig(token, seed)
	if err != nil {
		t.Fatal(err)
	}
	return credsText(t, string(text))
}

func credsText(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "creds")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestNoSecretInClear: what others on the network could use is not sent without TLS; the refusal comes before any server
// is asked. 192.0.2.0/24 belongs to nobody.
func TestNoSecretInClear(t *testing.T) {
	t.Parallel()
	password, signed, bearer := credsText(t, "lan:secret"), credsFile(t, false), credsFile(t, true)
	ca := filepath.Join("testdata", "none.pem")
	for name, c := range map[string]struct {
		o    Options
		want bool
	}{
		"password in the address":      {Options{URLs: "nats://lan:secret@192.0.2.1"}, true},
		"token in the address":         {Options{URLs: "secret@192.0.2.1:4222"}, true},
		"over a websocket":             {Options{URLs: "ws://lan:secret@192.0.2.1"}, true},
		"password in a file":           {Options{URLs: "nats://db.tinh.vn", Creds: password}, true},
		"one of several":               {Options{URLs: "tls://lan:secret@a,nats://192.0.2.1"}, true},
		"far, with the one for near":   {Options{URLs: "nats://lan:secret@127.0.0.1,nats://192.0.2.1"}, true},
		"a token that is no signature": {Options{URLs: "nats://192.0.2.1", Creds: bearer}, true},
		"a signature":                  {Options{URLs: "nats://192.0.2.1", Creds: signed}, false},
		"no login":                     {Options{URLs: "nats://192.0.2.1"}, false},
		"TLS by its scheme":            {Options{URLs: "tls://lan:secret@192.0.2.1,wss://lan:secret@b"}, false},
		"TLS by its authority":         {Options{URLs: "nats://lan:secret@192.0.2.1", CA: ca}, false},
		"this machine":                 {Options{URLs: "nats://lan:secret@127.0.0.1,nats://lan:secret@[::1]:4222,localhost", Creds: password}, false},
	} {
		urls, err := split(c.o.URLs)
		if err != nil {
			t.Fatal(err)
		}
		secret := false
		if c.o.Creds != "" {
			if _, secret, err = readCreds(c.o.Creds); err != nil {
				t.Fatal(err)
			}
		}
		_, err = c.o.guard(urls, secret)
		if refused := errors.Is(err, &domain.Error{Kind: domain.Usage, Code: "nats.secret_in_clear"}); refused != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && (strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n")) {
			t.Errorf("%s: %q", name, err)
		}
	}
	began := time.Now()
	if _, err := Connect(t.Context(), Options{URLs: "nats://lan:secret@192.0.2.1"}); domain.CodeOf(err) != "nats.secret_in_clear" || time.Since(began) > 3*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

// TestLearnedServersAreDialledOnlyHere: a server on this machine may name others of its cluster.
func TestLearnedServersAreDialledOnlyHere(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"192.0.2.1:4222", "[2001:db8::1]:4222", "db.tinh.vn:4222"} {
		if c, err := (&here{}).Dial("tcp", address); !errors.Is(err, errInClear) {
			t.Errorf("%s: %v %v", address, c, err)
		}
	}
}
