package esdblog

import (
	"maps"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"hoso/domain"
)

// settings are those of a connection string, in lower case; the library only warns of others.
var settings = map[string]bool{
	"tls": true, "tlscafile": true, "tlsverifycert": true, "usercertfile": true, "userkeyfile": true,
	"nodepreference": true, "gossiptimeout": true, "discoveryinterval": true, "maxdiscoverattempts": true,
	"keepaliveinterval": true, "keepalivetimeout": true, "defaultdeadline": true,
}

// addresses is what stands between the password and the settings.
var addresses = regexp.MustCompile(`^[A-Za-z0-9._-]+(:[0-9]+)?(,[A-Za-z0-9._-]+(:[0-9]+)?)*/?$`)

var letters = regexp.MustCompile(`^[A-Za-z]+$`)

var (
	errForm      = wrongAddress("dạng đúng là esdb://máy:2113 hoặc esdb://máy1:2113,máy2:2113, có thể kèm ?tls=true&tlsCAFile=…")
	errUnescaped = wrongAddress("trong tên và mật khẩu, các ký tự / ? # @ , [ ] phải viết là %2F %3F %23 %40 %2C %5B %5D")
)

// parse reads a connection string ("esdb://user:password@host:2113,host:2113?tls=true"). What is wrong with it is told
// without quoting it, since it may hold a password; what follows a character that should have been written with a percent
// sign is never taken for a host or a setting.
func parse(address string) (*esdb.Configuration, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok || scheme != "esdb" && scheme != "esdb+discover" {
		return nil, wrongAddress("phải bắt đầu bằng esdb:// hoặc esdb+discover://")
	}
	servers, query, _ := strings.Cut(rest, "?")
	if strings.ContainsAny(query, "@#") { // a password with a question mark
		return nil, errUnescaped
	}
	if at := strings.LastIndex(servers, "@"); at >= 0 {
		if strings.ContainsAny(servers[:at], "/#,@[] ") {
			return nil, errUnescaped
		}
		servers = servers[at+1:]
	}
	if !addresses.MatchString(servers) {
		return nil, errForm
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, wrongAddress("phần sau dấu ? không đọc được")
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !settings[strings.ToLower(name)] {
			if !letters.MatchString(name) {
				name = "như đã nêu"
			}
			return nil, wrongAddress("không có thiết lập " + name)
		}
		if strings.EqualFold(name, "tlsCAFile") {
			if _, err := os.ReadFile(values.Get(name)); err != nil {
				return nil, wrongAddress("không đọc được tệp chứng thư nêu ở " + name)
			}
		}
	}
	c, err := esdb.ParseConnectionString(address)
	if err == nil {
		err = c.Validate()
	}
	if err != nil {
		return nil, errForm
	}
	if c.DisableTLS && c.Username != "" && !isHere(c) {
		return nil, wrongAddress("tên và mật khẩu chỉ được gửi khi có TLS; hãy bỏ tls=false hoặc bỏ tên và mật khẩu")
	}
	// The supervisor tries again, for as long as somebody waits; one round of the library's must end soon.
	c.MaxDiscoverAttempts, c.DiscoveryInterval = 1, 1
	c.GossipTimeout = min(c.GossipTimeout, 3)
	return c, nil
}

// isHere tells whether all servers named are on this machine. The library sends no password without TLS, and a server
// without TLS asks for none: there, one that is given is only of no use.
func isHere(c *esdb.Configuration) bool {
	for address := range strings.SplitSeq(hosts(c), ",") {
		host, _, _ := strings.Cut(address, ":")
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return false
		}
	}
	return !c.DnsDiscover
}

// hosts names the servers of a configuration, without users and passwords.
func hosts(c *esdb.Configuration) string {
	if len(c.GossipSeeds) == 0 {
		return c.Address
	}
	var all []string
	for _, s := range c.GossipSeeds {
		all = append(all, s.String())
	}
	return strings.Join(all, ",")
}

func wrongAddress(why string) error {
	return &domain.Error{Kind: domain.Usage, Code: "log.wrong_address", Msg: "địa chỉ EventStoreDB không đúng: " + why}
}
