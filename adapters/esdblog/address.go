package esdblog

import (
	"maps"
	"net/url"
	"os"
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

// parse reads a connection string ("esdb://user:password@host:2113,host:2113?tls=true"). What is wrong with it is told
// without quoting it, since it may hold a password.
func parse(address string) (*esdb.Configuration, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok || scheme != "esdb" && scheme != "esdb+discover" {
		return nil, wrongAddress("phải bắt đầu bằng esdb:// hoặc esdb+discover://")
	}
	_, query, _ := strings.Cut(rest, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, wrongAddress("phần sau dấu ? không đọc được")
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !settings[strings.ToLower(name)] {
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
		return nil, wrongAddress("dạng đúng là esdb://máy:2113 hoặc esdb://máy1:2113,máy2:2113, có thể kèm ?tls=true&tlsCAFile=…")
	}
	if c.DisableTLS && c.Username != "" {
		return nil, wrongAddress("tên và mật khẩu chỉ được gửi khi có TLS; hãy bỏ tls=false hoặc bỏ tên và mật khẩu")
	}
	// The supervisor tries again, for as long as somebody waits; one round of the library's must end soon.
	c.MaxDiscoverAttempts, c.DiscoveryInterval = 1, 1
	c.GossipTimeout = min(c.GossipTimeout, 3)
	return c, nil
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
