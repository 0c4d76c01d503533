package main

import (
	"context"
	"crypto/tls"
	"net"
	"os"
	"sync"
	"time"

	"hoso/adapters/httpguard"
	"hoso/domain"
)

// listenFlags say where and how the program is reached.
type listenFlags struct {
	Listen  string `help:"Địa chỉ phục vụ; cổng 0 là cổng bất kỳ còn trống." default:":8080" placeholder:"ADDR"`
	TLSCert string `name:"tls-cert" help:"Chứng thư (PEM): phục vụ bằng HTTPS. Tệp được thay thì chứng thư mới có hiệu lực ngay." env:"HOSO_TLS_CERT" type:"path" placeholder:"FILE"`
	feedFlags
	TLSKey string `name:"tls-key" help:"Khóa của chứng thư đó (PEM)." env:"HOSO_TLS_KEY" type:"path" placeholder:"FILE"`
	acmeFlags
	signInFlags
	TrustedProxy []string `name:"trusted-proxy" help:"Máy đứng trước (địa chỉ hoặc mạng): chỉ những máy này được nói người dùng đến từ đâu (X-Forwarded-For); nêu nhiều lần hoặc cách nhau bằng dấu phẩy." env:"HOSO_TRUSTED_PROXY" placeholder:"CIDR"`

	authority *certificates `kong:"-"` // where the certificate comes from one
}

// proxies are the machines before this one whose word counts.
func (f listenFlags) proxies() (httpguard.Proxies, error) {
	p, err := httpguard.ParseProxies(f.TrustedProxy)
	if err != nil {
		return nil, wrongFlag("trusted-proxy", "cần địa chỉ hoặc mạng của từng máy đứng trước, như 10.0.0.5 hoặc 10.42.0.0/16, không phải mọi địa chỉ")
	}
	return p, nil
}

func (f listenFlags) scheme() string {
	if f.TLSCert != "" || len(f.ACMEHost) > 0 {
		return "https"
	}
	return "http"
}

// listen opens the address, and the certificate where there is one.
func (f listenFlags) listen(ctx context.Context) (net.Listener, error) {
	secure, err := f.secure("h2", "http/1.1")
	if err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", f.Listen)
	if err != nil {
		return nil, &domain.Error{Kind: domain.Unavailable, Code: "serve.cannot_listen", Msg: "không mở được địa chỉ " + f.Listen, Err: err}
	}
	if secure == nil {
		return listener, nil
	}
	return tls.NewListener(listener, secure), nil
}

// secure is TLS with the certificate, for some protocols; nil where there is none.
func (f listenFlags) secure(protocols ...string) (*tls.Config, error) {
	if (f.TLSCert == "") != (f.TLSKey == "") {
		return nil, wrongFlag("tls-cert", "chỉ dùng được cùng với --tls-key")
	}
	switch {
	case f.TLSCert != "" && f.authority != nil:
		return nil, wrongFlag("acme-host", "không dùng cùng với --tls-cert")
	case f.authority != nil:
		return f.authority.config(protocols...), nil
	case f.TLSCert == "":
		return nil, nil
	}
	pair := &keyPair{cert: f.TLSCert, key: f.TLSKey}
	if _, err := pair.load(); err != nil {
		return nil, &domain.Error{Kind: domain.Usage, Code: "serve.wrong_certificate", Msg: "không đọc được chứng thư " + f.TLSCert + " hoặc khóa của nó", Err: err}
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: protocols,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return pair.load() }}, nil
}

// keyPair is a certificate in files that are replaced from time to time, when it is renewed.
type keyPair struct {
	cert, key string
	mu        sync.Mutex
	at        time.Time // of the certificate's file when it was read
	now       *tls.Certificate
}

// load returns the certificate of the files. While they do not go together, it is the last one that did.
func (p *keyPair) load() (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	info, err := os.Stat(p.cert)
	if err == nil && p.now != nil && info.ModTime().Equal(p.at) {
		return p.now, nil
	}
	c, err := tls.LoadX509KeyPair(p.cert, p.key)
	switch {
	case err == nil:
		p.now, p.at = &c, info.ModTime()
	case p.now == nil:
		return nil, err
	}
	return p.now, nil
}
