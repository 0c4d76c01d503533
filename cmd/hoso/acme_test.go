package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// pebble is a real certificate authority for tests, from the makers of Let's Encrypt, and the names that it asks for. Both are built
// from the module proxy and run in processes of their own.
var pebble = []string{"github.com/letsencrypt/pebble/v2/cmd/pebble@v2.10.3", "github.com/letsencrypt/pebble/v2/cmd/pebble-challtestsrv@v2.10.3"}

// freePort returns a port that nobody listens at.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// runs starts another program until the test ends.
func runs(t *testing.T, name string, env []string, args ...string) {
	t.Helper()
	c := exec.CommandContext(context.WithoutCancel(t.Context()), name, args...)
	c.Env = append(os.Environ(), env...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
}

// authority starts pebble, which asks hosts at a port for their proofs. It returns its directory, and the certificate by which it
// is known itself.
func authority(t *testing.T, port string) (directory, cert string) {
	t.Helper()
	bin := t.TempDir()
	for _, one := range pebble {
		build := exec.CommandContext(t.Context(), "go", "install", one)
		build.Env, build.Dir = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=-mod=mod"), bin
		if out, err := build.CombinedOutput(); err != nil {
			t.Skipf("SKIPPED, ACME IS NOT TESTED: %s cannot be built here: %v\n%s", one, err, out)
		}
	}
	dns, at, manage := freePort(t), freePort(t), freePort(t)
	cert, key := certify(t, bin, 1)
	config := map[string]any{"pebble": map[string]any{"listenAddress": "127.0.0.1:" + at, "managementListenAddress": "127.0.0.1:" + manage,
		"certificate": cert, "privateKey": key, "httpPort": 1, "tlsPort": json.Number(port)}}
	b, err := json.Marshal(config)
	if err == nil {
		err = os.WriteFile(filepath.Join(bin, "pebble.json"), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	runs(t, filepath.Join(bin, "pebble-challtestsrv"), nil, "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dnsserver", "127.0.0.1:"+dns, "-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "", "-management", "127.0.0.1:"+freePort(t))
	runs(t, filepath.Join(bin, "pebble"), []string{"PEBBLE_VA_NOSLEEP=1"}, "-config", filepath.Join(bin, "pebble.json"), "-dnsserver", "127.0.0.1:"+dns)
	return "https://127.0.0.1:" + at + "/dir", cert
}

// A certificate comes from an authority by itself, after it has asked the host for a proof; it is kept, and used again by the next
// start, which asks nobody.
func TestACertificateFromAnAuthority(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs another program")
	}
	port := freePort(t)
	directory, known := authority(t, port)
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	serve := func(directory string) (stop func()) {
		t.Helper()
		c := process(t, "serve", "--data", data, "--listen", "127.0.0.1:"+port, "--acme-host", "hoso.langson.example", "--acme-directory", directory)
		c.Env = append(c.Environ(), "SSL_CERT_FILE="+known)
		out, err := c.StdoutPipe()
		if err == nil {
			c.Stderr = os.Stderr
			err = c.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = io.Copy(io.Discard, out) }()
		return func() { _ = c.Process.Signal(os.Interrupt); _ = c.Wait() }
	}
	shown := func(name string) (*x509.Certificate, error) {
		c, err := (&tls.Dialer{Config: &tls.Config{ServerName: name, InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}}).DialContext(t.Context(), "tcp", "127.0.0.1:"+port) //nolint:gosec // it is looked at below
		if err != nil {
			return nil, err
		}
		defer c.Close()
		return c.(*tls.Conn).ConnectionState().PeerCertificates[0], nil
	}
	stop := serve(directory)
	var first *x509.Certificate
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) { // the process says nothing when it has it
		var err error
		if first, err = shown("hoso.langson.example"); err == nil {
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("no certificate: %v", err)
		}
	}
	if err := first.VerifyHostname("hoso.langson.example"); err != nil || !strings.Contains(first.Issuer.CommonName, "Pebble") {
		t.Errorf("%v, from %q", err, first.Issuer.CommonName)
	}
	if _, err := shown("khac.example"); err == nil {
		t.Error("a certificate for another name")
	}
	stop()
	stop = serve("https://127.0.0.1:1/nobody")
	defer stop()
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		again, err := shown("hoso.langson.example")
		if err == nil {
			if again.SerialNumber.Cmp(first.SerialNumber) != 0 {
				t.Error("another certificate after a new start")
			}
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("after a new start: %v", err)
		}
	}
	if i, err := os.Stat(filepath.Join(data, "acme")); err != nil || i.Mode().Perm()&0o077 != 0 {
		t.Errorf("the keys: %v, %v", i, err)
	}
}

// Names that are none are refused at the start, and so are two ways to a certificate.
func TestNamesForCertificates(t *testing.T) {
	t.Parallel()
	for host, ok := range map[string]bool{"hoso.langson.example": true, "a-b.example": true, "Hoso.example": false, "*.example": false, "127.0.0.1": false, "example": false,
		"hoso.example:443": false, "https://hoso.example": false, "hoso.example/x": false, "": false, "-a.example": false, "hồsơ.example": false} {
		c, err := acmeFlags{ACMEHost: []string{host}}.certificates(t.TempDir(), func(string) {})
		if (err == nil && c != nil) != ok {
			t.Errorf("%q: %v", host, err)
		}
	}
	if c, err := (acmeFlags{}).certificates(t.TempDir(), nil); c != nil || err != nil {
		t.Errorf("nothing asked for: %v, %v", c, err)
	}
	cert, key := certify(t, t.TempDir(), 1)
	both := listenFlags{TLSCert: cert, TLSKey: key, authority: &certificates{}}
	if _, err := both.secure("h2"); err == nil {
		t.Error("two ways to a certificate at once")
	}
	both = listenFlags{acmeFlags: acmeFlags{ACMEHost: []string{"hoso.langson.example"}}}
	if both.scheme() != "https" {
		t.Error(both.scheme())
	}
}

// Why there is no certificate is told the operator, once, and no visitor.
func TestAnAuthorityThatIsAway(t *testing.T) {
	t.Parallel()
	var told []string
	away := acmeFlags{ACMEHost: []string{"hoso.langson.example"}, ACMEDirectory: "http://127.0.0.1:1/nobody"}
	c, err := away.certificates(t.TempDir(), func(s string) { told = append(told, s) })
	if err != nil {
		t.Fatal(err)
	}
	c.fetch(t.Context())
	if _, err := c.certificate(&tls.ClientHelloInfo{ServerName: "hoso.langson.example"}); err == nil || regexp.MustCompile(`127\.0\.0\.1`).MatchString(err.Error()) {
		t.Errorf("a visitor is told %v", err)
	}
	if _, err := c.certificate(&tls.ClientHelloInfo{ServerName: "khac.example"}); err == nil {
		t.Error("a certificate for another name")
	}
	if len(told) != 1 || !strings.Contains(told[0], "serve.no_certificate") {
		t.Errorf("the operator is told %q", told)
	}
}
