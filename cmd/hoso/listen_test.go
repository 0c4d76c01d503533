package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// certify writes a certificate for 127.0.0.1 with its key.
func certify(t *testing.T, dir string, serial int64) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "hoso"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{key: {Type: "PRIVATE KEY", Bytes: secret}, cert: {Type: "CERTIFICATE", Bytes: der}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// A certificate in files is served, and a renewed one without a new start.
func TestHTTPS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := listenFlags{Listen: "127.0.0.1:0"}
	at.TLSCert, at.TLSKey = certify(t, dir, 1)
	l, err := at.listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	serial := func() int64 {
		b, err := os.ReadFile(at.TLSCert)
		if err != nil {
			t.Fatal(err)
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(b)
		c, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	if n := serial(); n != 1 {
		t.Errorf("certificate %d", n)
	}
	certify(t, dir, 2)
	later := time.Now().Add(2 * time.Second) // clocks of files may be coarse
	if err := os.Chtimes(at.TLSCert, later, later); err != nil {
		t.Fatal(err)
	}
	if n := serial(); n != 2 {
		t.Errorf("after the renewal: certificate %d", n)
	}
	if _, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{MaxVersion: tls.VersionTLS11, InsecureSkipVerify: true}); err == nil {
		t.Error("an old version of TLS was spoken")
	}
}

func TestWrongCertificates(t *testing.T) {
	t.Parallel()
	cert, key := certify(t, t.TempDir(), 1)
	_, other := certify(t, t.TempDir(), 2)
	for name, f := range map[string]listenFlags{
		"no key": {TLSCert: cert}, "no certificate": {TLSKey: key}, "another key": {TLSCert: cert, TLSKey: other}, "no file": {TLSCert: cert + "x", TLSKey: key},
	} {
		if l, err := f.listen(t.Context()); err == nil {
			l.Close()
			t.Errorf("%s: it serves", name)
		}
	}
}

var refusedFrom = regexp.MustCompile(`log-in refused" code=signin.wrong address=(\S+)`)

// Where people come from is said by a proxy that was named, and by nobody else.
func TestATrustedProxySaysWhoComes(t *testing.T) {
	t.Parallel()
	for trusted, want := range map[string]string{"127.0.0.0/8,10.0.0.1": "203.0.113.7", "10.0.0.1": "127.0.0.1"} {
		out := servingHere(t, "--data", filepath.Join(t.TempDir(), "data"), "--trusted-proxy", trusted)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, out.find(t, servesAt)+"/api/v1/session", strings.NewReader(`{"login":"mai","password":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Forwarded-For", "198.51.100.1, 203.0.113.7")
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = a.Body.Close()
		if got := out.find(t, refusedFrom); got != want {
			t.Errorf("behind %s it comes from %s, want %s", trusted, got, want)
		}
	}
	for _, wrong := range []string{"0.0.0.0/0", "proxy.example"} {
		if r := hoso(t, "serve", "--data", filepath.Join(t.TempDir(), "data"), "--trusted-proxy", wrong); r.code != 2 || !strings.Contains(r.err, "--trusted-proxy") {
			t.Errorf("%s: %d %s", wrong, r.code, r.err)
		}
	}
}
