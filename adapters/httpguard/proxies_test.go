package httpguard_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hoso/adapters/httpguard"
)

// Nobody says where he comes from but a proxy that was named, and that one only about who spoke to it.
func TestWhereARequestComesFrom(t *testing.T) {
	t.Parallel()
	proxies, err := httpguard.ParseProxies([]string{"10.0.0.0/8", "192.0.2.1", "fd00::/8"})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		peer string
		said []string
		want string
	}{
		"nobody between":                {"203.0.113.7:1", nil, "203.0.113.7:1"},
		"a stranger says so":            {"203.0.113.7:1", []string{"198.51.100.9"}, "203.0.113.7:1"},
		"a stranger says it is a proxy": {"203.0.113.7:1", []string{"198.51.100.9, 10.0.0.1"}, "203.0.113.7:1"},
		"a proxy":                       {"10.0.0.1:1", []string{"203.0.113.7"}, "203.0.113.7:0"},
		"what the client wrote before":  {"10.0.0.1:1", []string{"198.51.100.9, 203.0.113.7"}, "203.0.113.7:0"},
		"and in a header of its own":    {"10.0.0.1:1", []string{"198.51.100.9", "203.0.113.7"}, "203.0.113.7:0"},
		"two proxies":                   {"10.0.0.1:1", []string{"198.51.100.9, 203.0.113.7, 10.2.3.4"}, "203.0.113.7:0"},
		"a client that says it is one":  {"10.0.0.1:1", []string{"10.9.9.9, 203.0.113.7"}, "203.0.113.7:0"},
		"from inside":                   {"10.0.0.1:1", []string{"10.5.5.5"}, "10.5.5.5:0"},
		"a proxy that says nothing":     {"10.0.0.1:1", nil, "10.0.0.1:1"},
		"a proxy that says nonsense":    {"10.0.0.1:1", []string{"unknown"}, "10.0.0.1:1"},
		"nonsense behind a proxy":       {"10.0.0.1:1", []string{"<script>, 10.2.3.4"}, "10.2.3.4:0"},
		"a line end":                    {"10.0.0.1:1", []string{"203.0.113.7\nX: y"}, "10.0.0.1:1"},
		"with a port":                   {"192.0.2.1:1", []string{"203.0.113.7:4711"}, "203.0.113.7:0"},
		"IPv6":                          {"[fd00::1]:1", []string{"2001:db8::7"}, "[2001:db8::7]:0"},
		"IPv6 in brackets":              {"[fd00::1]:1", []string{"[2001:db8::7]:4711"}, "[2001:db8::7]:0"},
		"IPv4 inside IPv6":              {"[::ffff:10.0.0.1]:1", []string{"::ffff:203.0.113.7"}, "203.0.113.7:0"},
		"a neighbour of a proxy's":      {"192.0.2.2:1", []string{"203.0.113.7"}, "192.0.2.2:1"},
		"many, to keep us busy":         {"10.0.0.1:1", []string{"203.0.113.7" + strings.Repeat(",10.1.1.1", 3000)}, "203.0.113.7:0"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		r.Header["X-Forwarded-For"] = c.said
		got := ""
		proxies.Behind(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })).ServeHTTP(httptest.NewRecorder(), r)
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for _, text := range []string{"0.0.0.0/0", "::/0", "proxy.example", "10.0.0.0/33", ""} {
		if all, err := httpguard.ParseProxies([]string{text}); err == nil {
			t.Errorf("%q is taken: %v", text, all)
		}
	}
}
