package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"regexp"
	"sync"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"hoso/domain"
)

// acmeFlags have the program get its certificate by itself (RFC 8555), and renew it. The authority asks for a proof at the address
// itself (RFC 8737, TLS-ALPN-01), so that it has to reach port 443 of the host; nothing else has to be open.
type acmeFlags struct {
	ACMEHost      []string `name:"acme-host" help:"Tự lấy và gia hạn chứng thư cho tên miền này (ACME), và chấp nhận điều khoản của nơi cấp; nêu nhiều lần hoặc cách nhau bằng dấu phẩy. Nơi cấp phải vào được cổng 443 của tên miền. Chứng thư và khóa ở thư mục acme/ của thư mục dữ liệu." env:"HOSO_ACME_HOST" placeholder:"HOST"`
	ACMEDirectory string   `name:"acme-directory" help:"Nơi cấp chứng thư (địa chỉ directory của ACME); không nêu là Let's Encrypt." env:"HOSO_ACME_DIRECTORY" placeholder:"URL"`
}

var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)

// certificates are those of an authority, kept in the data directory. It may be asked from many goroutines at once.
type certificates struct {
	*autocert.Manager
	hosts []string
	warn  func(string)
	mu    sync.Mutex
	said  string // what went wrong last
}

// certificates returns those that the flags ask for; nil where they ask for none.
func (f acmeFlags) certificates(dir string, warn func(string)) (*certificates, error) {
	if len(f.ACMEHost) == 0 {
		return nil, nil
	}
	for _, host := range f.ACMEHost {
		if !hostName.MatchString(host) || net.ParseIP(host) != nil {
			return nil, wrongFlag("acme-host", "cần một tên miền viết thường, như hoso.langson.example")
		}
	}
	return &certificates{&autocert.Manager{
		Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(f.ACMEHost...), Cache: autocert.DirCache(filepath.Join(dir, "acme")),
		Client: &acme.Client{DirectoryURL: f.ACMEDirectory, UserAgent: "hoso"}, // no address is Let's Encrypt
	}, f.ACMEHost, warn, sync.Mutex{}, ""}, nil
}

// config is TLS with these certificates, for some protocols.
func (c *certificates) config(protocols ...string) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: append(protocols, acme.ALPNProto), GetCertificate: c.certificate}
}

// certificate answers a client. Why the authority gave none is told the operator, once for each reason; a client learns nothing.
func (c *certificates) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	one, err := c.GetCertificate(hello)
	if err == nil || c.HostPolicy(hello.Context(), hello.ServerName) != nil { // of other names nobody wants to know
		return one, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.said != err.Error() {
		c.said = err.Error()
		c.warn(fmt.Sprintf("chưa lấy được chứng thư của %s: %v; kiểm tra tên miền và cổng 443 [serve.no_certificate]", hello.ServerName, err))
	}
	return nil, errNoCertificate
}

var errNoCertificate = &domain.Error{Kind: domain.Unavailable, Code: "serve.no_certificate", Msg: "chưa có chứng thư", En: "there is no certificate yet"}

// fetch gets what is missing, so that the operator is told at the start what goes wrong, and the first visitor does not wait. The
// address has to be served already: the authority asks there.
func (c *certificates) fetch(ctx context.Context) {
	for _, host := range c.hosts {
		hello := &tls.ClientHelloInfo{ServerName: host, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
			SignatureSchemes: []tls.SignatureScheme{tls.ECDSAWithP256AndSHA256}, SupportedCurves: []tls.CurveID{tls.CurveP256}}
		if _, err := c.certificate(hello); err != nil && (ctx.Err() != nil || !errors.Is(err, errNoCertificate)) {
			return
		}
	}
}
