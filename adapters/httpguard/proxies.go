package httpguard

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the machines whose word counts about where a request comes from: what stands before this program, and nobody else.
type Proxies []netip.Prefix

// ParseProxies reads addresses and networks (10.0.0.5, 10.42.0.0/16, fd00::/8). Everybody (0.0.0.0/0) is nobody to be trusted.
func ParseProxies(texts []string) (all Proxies, err error) {
	for _, text := range texts {
		p, err := netip.ParsePrefix(text)
		if one, oneErr := netip.ParseAddr(text); oneErr == nil {
			p, err = netip.PrefixFrom(one, one.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("proxy %q: neither an address nor a network", text)
		}
		if p.Bits() == 0 {
			return nil, fmt.Errorf("proxy %q: that is everybody", text)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// Behind returns a handler whose requests come from where the proxies say (RemoteAddr): X-Forwarded-For is read from its end,
// where the nearest proxy writes, up to the first address that is none of them. What a client wrote before that counts for
// nothing, and where the request itself is not a proxy's, nothing in it does.
func (p Proxies) Behind(next http.Handler) http.Handler {
	if len(p) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from := p.client(r); from.IsValid() {
			r.RemoteAddr = net.JoinHostPort(from.String(), "0") // which port is known to the proxy alone
		}
		next.ServeHTTP(w, r)
	})
}

// client is the address of who sent a request to the first of the proxies; none where it did not come through them.
func (p Proxies) client(r *http.Request) (from netip.Addr) {
	at := addressOf(r.RemoteAddr)
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, text := range slices.Backward(said) {
		if !p.holds(at) {
			return from
		}
		if at = addressOf(strings.TrimSpace(text)); !at.IsValid() {
			return from // the nearest of whom anything is known
		}
		from = at
	}
	return from
}

func (p Proxies) holds(a netip.Addr) bool {
	return a.IsValid() && slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(a) })
}

// addressOf reads an address, with or without a port.
func addressOf(text string) netip.Addr {
	if both, err := netip.ParseAddrPort(text); err == nil {
		return both.Addr().Unmap().WithZone("")
	}
	a, _ := netip.ParseAddr(strings.Trim(text, "[]"))
	return a.Unmap().WithZone("")
}
