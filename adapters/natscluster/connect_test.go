package natscluster_test

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoso/adapters/natscluster"
	"hoso/adapters/natscluster/clustertest"
	"hoso/domain"
)

// refused fails unless it is refused soon, with one line and this code, and without any secret.
func refused(t *testing.T, o natscluster.Options, code string) {
	t.Helper()
	began := time.Now()
	nc, err := natscluster.Connect(t.Context(), o)
	if err == nil {
		nc.Close()
		t.Errorf("connected, want %s", code)
		return
	}
	if !errors.Is(err, &domain.Error{Code: code}) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "secret") {
		t.Errorf("got [%s] %v, want %s", domain.CodeOf(err), err, code)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("%s: told after %v", code, took)
	}
}

func file(t *testing.T, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// listen takes connections and says something to them, or nothing.
func listen(t *testing.T, says string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = c.Close() })
			_, _ = c.Write([]byte(says))
		}
	}()
	return l.Addr().String()
}

func TestWhatIsWrongIsTold(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1})
	login, good := c.Account(t), c.Addresses()
	nobody := listen(t, "")
	for _, test := range []struct {
		code string
		o    natscluster.Options
	}{
		{"nats.bad_url", natscluster.Options{URLs: " , "}},
		{"nats.bad_url", natscluster.Options{URLs: "http://lan:secret@host"}},
		{"nats.bad_url", natscluster.Options{URLs: "nats://lan:secret%zz@host"}},
		{"nats.bad_url", natscluster.Options{URLs: "nats://a:12/secret@host"}}, // a password with / ? or #
		{"nats.bad_url", natscluster.Options{URLs: "nats://a:12?secret@host"}},
		{"nats.bad_url", natscluster.Options{URLs: "nats://a:12#secret@host"}},
		{"nats.bad_url", natscluster.Options{URLs: "nats://a:4222?"}},
		{"nats.unknown_host", natscluster.Options{URLs: "tls://lan:secret@no-such-host.invalid:4222"}},
		{"nats.secret_in_clear", natscluster.Options{URLs: "nats://lan:secret@no-such-host.invalid:4222"}},
		{"nats.refused", natscluster.Options{URLs: "nats://lan:secret@127.0.0.1:1"}},
		{"nats.no_answer", natscluster.Options{URLs: nobody}},
		{"nats.login_refused", natscluster.Options{URLs: good}},
		{"nats.login_refused", natscluster.Options{URLs: clustertest.Login{User: login.User, Password: "secret"}.In(good)}},
		{"nats.login_refused", natscluster.Options{URLs: "127.0.0.1:1," + good}}, // what can be mended comes first
		{"nats.login_refused", natscluster.Options{URLs: good, Creds: file(t, "lan:secret\n", 0o600)}},
		{"nats.tls_not_offered", natscluster.Options{URLs: strings.Replace(good, "nats:", "tls:", 1), Creds: login.File}},
		{"nats.file_missing", natscluster.Options{URLs: good, Creds: filepath.Join(t.TempDir(), "none")}},
		{"nats.creds_exposed", natscluster.Options{URLs: good, Creds: file(t, "lan:secret", 0o640)}},
		{"nats.creds_malformed", natscluster.Options{URLs: good, Creds: file(t, "secret", 0o600)}},
		{"nats.creds_malformed", natscluster.Options{URLs: good, Creds: file(t, "-----BEGIN NATS USER JWT-----\nsecret", 0o600)}},
		{"nats.creds_unreadable", natscluster.Options{URLs: good, Creds: t.TempDir()}},
		{"nats.ca_unreadable", natscluster.Options{URLs: good, CA: file(t, "secret", 0o600)}},
		{"nats.ca_unreadable", natscluster.Options{URLs: good, CA: filepath.Join(t.TempDir(), "none")}},
		{"nats.cert_unreadable", natscluster.Options{URLs: good, Cert: "client.pem"}},
		{"nats.cert_unreadable", natscluster.Options{URLs: good, Cert: file(t, "secret", 0o600), Key: file(t, "secret", 0o600)}},
		{"nats.key_exposed", natscluster.Options{URLs: good, Cert: file(t, "secret", 0o600), Key: file(t, "secret", 0o644)}},
	} {
		refused(t, test.o, test.code)
	}
	for _, urls := range []string{login.In(good), "127.0.0.1:1," + login.In(good), login.In(good) + ", " + nobody} {
		nc, err := natscluster.Connect(t.Context(), natscluster.Options{URLs: urls})
		if err != nil {
			t.Errorf("one of the servers would do: %v", err)
			continue
		}
		nc.Close()
	}
}

// TestTLS speaks to servers that want certificates and tokens.
func TestTLS(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1, TLS: true, Tokens: true})
	strange := filepath.Join(t.TempDir(), "ca.pem")
	cert, key := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	clustertest.NewAuthority(t, strange).Issue(t, "client", cert, key)
	good := natscluster.Options{URLs: c.Addresses(), Creds: c.Account(t).File, CA: c.CA, Cert: c.Cert, Key: c.Key}
	for _, test := range []struct {
		code  string
		spoil func(*natscluster.Options)
	}{
		{"nats.tls_untrusted", func(o *natscluster.Options) { o.CA = "" }},
		{"nats.tls_untrusted", func(o *natscluster.Options) { o.CA = strange }},
		{"nats.tls_client_cert", func(o *natscluster.Options) { o.Cert, o.Key = "", "" }},
		{"nats.tls_client_cert", func(o *natscluster.Options) { o.Cert, o.Key = cert, key }},
		{"nats.tls_wrong_name", func(o *natscluster.Options) { o.URLs = strings.Replace(o.URLs, "127.0.0.1", "localhost", 1) }},
		{"nats.login_refused", func(o *natscluster.Options) { o.Creds = "" }},
		{"nats.login_refused", func(o *natscluster.Options) { o.Creds = clustertest.Stranger(t) }},
	} {
		o := good
		test.spoil(&o)
		refused(t, o, test.code)
	}
	nc, err := natscluster.Connect(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
}

// TestConnectionComesBack kills the server and starts it again.
func TestConnectionComesBack(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1})
	nc, err := natscluster.Connect(t.Context(), natscluster.Options{URLs: c.Account(t).In(c.Addresses())})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	fault := natscluster.Fault(nc)
	if err := fault(); err != nil {
		t.Fatal(err)
	}
	c.Servers[0].Kill()
	await(t, func() bool { return fault() != nil })
	if err := fault(); !errors.Is(err, &domain.Error{Code: "nats.disconnected"}) || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
	c.Servers[0].Start(t)
	await(t, func() bool { return fault() == nil })
}

func await(t *testing.T, ok func() bool) {
	t.Helper()
	for began := time.Now(); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			t.Fatal("it does not happen")
		}
	}
}
