package natscluster

import (
	"errors"
	"net"
	"net/url"
	"slices"

	"github.com/nats-io/nats.go"

	"hoso/domain"
)

// guard refuses to send a secret (a password, or a token that is good without a signature) without TLS to another
// machine. It looks at the options alone: a server that is asked first could claim that it has no TLS. Where all servers
// are on this machine, the option that it returns keeps the connection here, whatever others of the cluster those name.
func (o Options) guard(urls []string, secret bool) ([]nats.Option, error) {
	encrypted := o.CA != "" || o.Cert != "" // the library then insists on TLS
	var clear []string
	for _, s := range urls {
		u, err := url.Parse(s)
		if err != nil {
			return nil, badURL("một địa chỉ máy chủ NATS không đọc được")
		}
		secret = secret || u.User != nil
		if !encrypted && !slices.Contains([]string{"tls", "wss"}, u.Scheme) {
			clear = append(clear, s)
		}
	}
	if !secret || len(clear) == 0 {
		return nil, nil
	}
	for _, s := range clear {
		if u, err := url.Parse(s); err != nil || !isLoopback(u.Hostname()) {
			return nil, &domain.Error{Kind: domain.Usage, Code: "nats.secret_in_clear", Msg: "mật khẩu sẽ đi qua mạng không mã hóa tới " +
				hosts([]string{s}) + "; hãy bật TLS trên máy chủ và dùng tls://, hoặc đăng nhập bằng tệp .creds của nsc"}
		}
	}
	if len(clear) < len(urls) { // with one that is encrypted, the library insists on TLS with all
		return nil, nil
	}
	return []nats.Option{nats.SetCustomDialer(&here{net.Dialer{Timeout: dialTimeout}})}, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// here dials nothing but this machine.
type here struct{ net.Dialer }

var errInClear = errors.New("another machine, without TLS")

// Dial implements nats.CustomDialer. The library has looked up names before.
func (d *here) Dial(network, address string) (net.Conn, error) {
	if host, _, err := net.SplitHostPort(address); err != nil || !isLoopback(host) {
		return nil, errInClear
	}
	return d.Dialer.Dial(network, address)
}
