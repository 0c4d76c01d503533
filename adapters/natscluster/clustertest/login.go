package clustertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
)

// Login is how a client says who it is: by name and password, or by a creds file.
type Login struct {
	User, Password string
	File           string // a creds file, or one line user:password
	token          bool
}

func (l Login) option() nats.Option {
	if l.token {
		return nats.UserCredentials(l.File)
	}
	return nats.UserInfo(l.User, l.Password)
}

// In puts the name and the password into addresses.
func (l Login) In(addresses string) string {
	return strings.ReplaceAll(addresses, "://", "://"+l.User+":"+l.Password+"@")
}

type logins struct {
	Accounts      []Login
	System, Plain Login
	configuration string
}

// accounts is how many accounts with JetStream there are.
const accounts = 60

func newLogins(t testing.TB, dir string, tokens bool) logins {
	t.Helper()
	if tokens {
		return signed(t, dir)
	}
	var l logins
	var b strings.Builder
	add := func(name, settings string) Login {
		login := Login{User: name, Password: "secret-of-" + name, File: filepath.Join(dir, name+".creds")}
		if err := os.WriteFile(login.File, []byte(login.User+":"+login.Password+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "  %s { %susers: [{user: %s, password: %s}] }\n", name, settings, login.User, login.Password)
		return login
	}
	b.WriteString("accounts {\n")
	for i := range accounts {
		l.Accounts = append(l.Accounts, add(fmt.Sprintf("a%d", i), "jetstream: enabled, "))
	}
	l.Plain, l.System = add("plain", ""), add("SYS", "")
	b.WriteString("}\nsystem_account: SYS\n")
	l.configuration = b.String()
	return l
}

// signed makes an operator, three accounts and a user of each, as a cluster with decentralised administration has.
func signed(t testing.TB, dir string) (l logins) {
	t.Helper()
	operator := newKey(t, nkeys.CreateOperator)
	var preload strings.Builder
	var system string
	add := func(name string, disk int64) Login {
		account, user := newKey(t, nkeys.CreateAccount), newKey(t, nkeys.CreateUser)
		claims := jwt.NewAccountClaims(account.public)
		claims.Name = name
		claims.Limits.JetStreamLimits = jwt.JetStreamLimits{DiskStorage: disk, MemoryStorage: disk, Streams: disk, Consumer: disk}
		token, err := claims.Encode(operator.pair)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&preload, "  %s: %s\n", account.public, token)
		if name == "SYS" {
			system = account.public
		}
		who := jwt.NewUserClaims(user.public)
		who.Name = name
		pass, err := who.Encode(account.pair)
		if err != nil {
			t.Fatal(err)
		}
		file, err := jwt.FormatUserConfig(pass, user.seed)
		if err != nil {
			t.Fatal(err)
		}
		login := Login{File: filepath.Join(dir, name+".creds"), token: true}
		if err := os.WriteFile(login.File, file, 0o600); err != nil {
			t.Fatal(err)
		}
		return login
	}
	for i := range 4 {
		l.Accounts = append(l.Accounts, add(fmt.Sprintf("a%d", i), -1))
	}
	l.Plain, l.System = add("plain", 0), add("SYS", 0)
	token, err := jwt.NewOperatorClaims(operator.public).Encode(operator.pair)
	if err != nil {
		t.Fatal(err)
	}
	l.configuration = fmt.Sprintf("operator: %s\nsystem_account: %s\nresolver: MEMORY\nresolver_preload {\n%s}\n", token, system, preload.String())
	return l
}

type key struct {
	pair   nkeys.KeyPair
	public string
	seed   []byte
}

func newKey(t testing.TB, create func() (nkeys.KeyPair, error)) key {
	t.Helper()
	pair, err := create()
	if err != nil {
		t.Fatal(err)
	}
	public, err := pair.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := pair.Seed()
	if err != nil {
		t.Fatal(err)
	}
	return key{pair, public, seed}
}

// Stranger returns a creds file that an operator signed whom no server knows.
func Stranger(t testing.TB) (file string) {
	t.Helper()
	return signed(t, t.TempDir()).Accounts[0].File
}
