package natscluster

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"hoso/domain"
)

// Options say which servers, and as whom. No error and no finding quotes a password, a token or a key.
type Options struct {
	// URLs of one or more servers of a cluster, separated by commas: "nats://a:4222,b". They may hold user:password
	// or a token. The others of the cluster are learned from those.
	URLs string
	// Creds is a file with the login: a creds file as nsc writes it, or one line user:password. "" means none.
	Creds string
	// System is the same for a user of the system account. It is used once, to see how the servers are set up.
	System string
	// CA is a file with the authority that signed the servers' certificates; "" means the machine's own.
	CA string
	// Cert and Key are files of a client certificate.
	Cert, Key string
	// Replicas is the number of servers that shall keep each event.
	Replicas int
	// Warn is told what the servers complain of while the connection is used, each thing once; nil means nobody.
	Warn func(text string)
}

const (
	dialTimeout  = 4 * time.Second
	totalTimeout = 10 * time.Second
)

// Connect opens a connection. It comes back by itself whenever it was cut, for ever, on any server of the cluster;
// meanwhile a publish fails at once instead of waiting in a buffer whose fate nobody knows. The caller closes it.
//
// No password goes without TLS to another machine: that is refused (nats.secret_in_clear) before any server is asked.
// What is wrong is told within ten seconds, as one domain.Error: of kind Usage where it is in the options, otherwise
// Unavailable.
func Connect(ctx context.Context, o Options) (*nats.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, totalTimeout)
	defer cancel()
	return connect(ctx, o, o.Creds)
}

func connect(ctx context.Context, o Options, creds string) (*nats.Conn, error) {
	urls, err := split(o.URLs)
	if err != nil {
		return nil, err
	}
	login, secret, err := o.login(creds)
	if err != nil {
		return nil, err
	}
	guard, err := o.guard(urls, secret)
	if err != nil {
		return nil, err
	}
	login = append(login, guard...)
	good, err := try(ctx, urls, login)
	if err != nil {
		return nil, err
	}
	// Those that answered first, so that a server that is down costs nothing.
	urls = append(good, slices.DeleteFunc(urls, func(u string) bool { return slices.Contains(good, u) })...)
	nc, err := nats.Connect(strings.Join(urls, ","), append(login, forEver(o.Warn)...)...)
	if err != nil {
		return nil, explain(urls, []error{err})
	}
	return nc, nil
}

// try connects to each server by itself and returns those that take the login. The library alone would only say that
// no server is available.
func try(ctx context.Context, urls []string, login []nats.Option) (good []string, err error) {
	errs := make([]error, len(urls))
	var all sync.WaitGroup
	for i, u := range urls {
		all.Go(func() {
			var nc *nats.Conn
			if nc, errs[i] = nats.Connect(u, append(slices.Clone(login), nats.NoReconnect(), nats.Timeout(dialTimeout), quiet)...); errs[i] == nil {
				nc.Close()
			}
		})
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		return nil, explain(urls, []error{context.Cause(ctx)})
	}
	for i, u := range urls {
		if errs[i] == nil {
			good = append(good, u)
		}
	}
	if len(good) == 0 {
		return nil, explain(urls, errs)
	}
	return good, nil
}

// split reads a list of addresses. What is wrong with one is told without quoting it: it may hold a password.
func split(list string) (urls []string, err error) {
	for s := range strings.SplitSeq(list, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if !strings.Contains(s, "://") {
			s = "nats://" + s
		}
		u, err := url.Parse(s)
		if err != nil || u.Hostname() == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) {
			return nil, badURL("một địa chỉ máy chủ NATS không đúng dạng nats://máy:cổng; các địa chỉ cách nhau bằng dấu phẩy")
		}
		if u.Path != "" || strings.ContainsAny(s, "?#") { // what looks like the host may be half of a password
			return nil, badURL("sau máy:cổng của một địa chỉ máy chủ NATS còn có / ? hoặc #; trong mật khẩu hãy viết các ký tự đó là %2F %3F %23")
		}
		urls = append(urls, s)
	}
	if len(urls) == 0 {
		return nil, badURL("chưa nêu địa chỉ máy chủ NATS nào")
	}
	return urls, nil
}

func badURL(msg string) error {
	return &domain.Error{Kind: domain.Usage, Code: "nats.bad_url", Msg: msg}
}

// hosts names the servers, without what else stands in their addresses.
func hosts(urls []string) string {
	var names []string
	for _, s := range urls {
		if u, err := url.Parse(s); err == nil {
			names = append(names, u.Host)
		}
	}
	return strings.Join(names, ", ")
}

func quiet(o *nats.Options) error {
	o.AsyncErrorCB = func(*nats.Conn, *nats.Subscription, error) {} // without one, the library prints
	return nil
}

func forEver(warn func(string)) []nats.Option {
	var told sync.Map
	return []nats.Option{
		nats.Name("hoso"), nats.Timeout(dialTimeout), nats.DontRandomize(),
		nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort(), nats.ReconnectBufSize(-1),
		nats.ReconnectWait(100 * time.Millisecond), nats.ReconnectJitter(100*time.Millisecond, 200*time.Millisecond),
		nats.PingInterval(5 * time.Second), nats.MaxPingsOutstanding(2), // a server that fell silent is left after 15 s
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			if _, again := told.LoadOrStore(err.Error(), true); !again && warn != nil && !errors.Is(err, net.ErrClosed) {
				warn("máy chủ NATS báo: " + err.Error())
			}
		}),
	}
}

// Fault returns what tells why nothing can be written now: a domain.Error of kind Unavailable while the connection is
// cut, otherwise nil.
func Fault(nc *nats.Conn) func() error {
	return func() error {
		if nc.IsConnected() {
			return nil
		}
		return &domain.Error{Kind: domain.Unavailable, Code: "nats.disconnected",
			Msg: "mất kết nối với máy chủ NATS (" + hosts(nc.Servers()) + "); đang tự nối lại, hãy kiểm tra máy chủ và mạng"}
	}
}
