package natscluster

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// Finding is something about the servers that is not as it should be.
type Finding struct {
	Code string // stable
	Msg  string // one line: what is unsafe, and how to mend it
	// Breaks says that an acknowledged event may be lost: the program is not to use these servers, unless somebody
	// takes that upon himself.
	Breaks bool
}

// Inspect looks at the servers that a connection leads to. It returns an error where the log cannot work on them at
// all, and otherwise what is unsafe. It creates and changes nothing. exists says that the log is there already: then
// a server that is down at the moment does not count.
func Inspect(ctx context.Context, nc *nats.Conn, o Options, exists bool) ([]Finding, error) {
	ctx, cancel := context.WithTimeout(ctx, electionTimeout+totalTimeout)
	defer cancel()
	if err := awaitJetStream(ctx, nc); err != nil {
		return nil, err
	}
	servers, err := ask(ctx, nc, askAnybody)
	if err != nil {
		return nil, unreachable("nats.no_answer", nc.Servers(), "máy chủ không trả lời", err)
	}
	if len(servers) == 0 {
		servers = []server{{Name: nc.ConnectedServerName(), Cluster: nc.ConnectedClusterName(), Version: nc.ConnectedServerVersion(), JetStream: true}}
	}
	if o.System != "" {
		if servers, err = askAsSystem(ctx, o); err != nil {
			return nil, err
		}
	}
	if err := tooOld(servers); err != nil {
		return nil, err
	}
	found := judge(servers, o.Replicas, exists)
	return append(found, plain(nc)...), nil
}

// askAsSystem opens a second connection for a moment.
func askAsSystem(ctx context.Context, o Options) ([]server, error) {
	urls, err := split(o.URLs)
	if err != nil {
		return nil, err
	}
	for i, u := range urls { // the system's login stands in the file, not in the address
		if scheme, rest, ok := strings.Cut(u, "://"); ok {
			urls[i] = scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
		}
	}
	o.URLs = strings.Join(urls, ",")
	nc, err := connect(ctx, o, o.System)
	var known *domain.Error
	if errors.As(err, &known) {
		return nil, &domain.Error{Kind: known.Kind, Code: known.Code, Err: known.Err, Msg: "tài khoản hệ thống (--nats-system-creds): " + known.Msg}
	}
	if err != nil {
		return nil, err
	}
	defer nc.Close()
	servers, err := ask(ctx, nc, askSystem)
	if err == nil && len(servers) == 0 {
		err = &domain.Error{Kind: domain.Usage, Code: "nats.not_system",
			Msg: "tệp --nats-system-creds không phải của tài khoản hệ thống (SYS); hãy xin đơn vị quản trị NATS tệp của tài khoản đó, hoặc bỏ tùy chọn này"}
	}
	return servers, err
}

// electionTimeout is more than an election takes: four to nine seconds.
const electionTimeout = 15 * time.Second

// awaitJetStream waits, bounded, for servers that have just started to elect their leader.
func awaitJetStream(ctx context.Context, nc *nats.Conn) error {
	js, err := jetstream.New(nc)
	if err != nil {
		return err
	}
	for began := time.Now(); ; {
		asking, cancel := context.WithTimeout(ctx, firstAnswer) // without a leader nobody answers: ask again
		_, err := js.AccountInfo(asking)
		cancel()
		switch {
		case err == nil:
			return nil
		case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount), errors.Is(err, nats.ErrNoResponders):
			return &domain.Error{Kind: domain.Unavailable, Code: "nats.no_jetstream",
				Msg: "máy chủ NATS " + hosts(nc.Servers()) + " không có JetStream cho tài khoản này; hãy bật JetStream trên máy chủ và cho tài khoản"}
		case time.Since(began) > electionTimeout || ctx.Err() != nil:
			return &domain.Error{Kind: domain.Unavailable, Code: "nats.no_leader", Err: err,
				Msg: "cụm NATS " + hosts(nc.Servers()) + " không trả lời về JetStream; hãy kiểm tra quá nửa số máy chủ đang chạy, và quyền $JS.API của tài khoản"}
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// Atomic batches came with this version.
const needMajor, needMinor = 2, 12

func tooOld(servers []server) error {
	var old []string
	for _, s := range servers {
		if older(s.Version, needMajor, needMinor) {
			old = append(old, s.Name+" "+s.Version)
		}
	}
	if len(old) == 0 {
		return nil
	}
	return &domain.Error{Kind: domain.Unavailable, Code: "nats.too_old",
		Msg: fmt.Sprintf("máy chủ NATS quá cũ (%s); cần phiên bản %d.%d trở lên trên mọi máy chủ", strings.Join(old, ", "), needMajor, needMinor)}
}

// judge says what is unsafe about servers for so many replicas.
func judge(servers []server, replicas int, exists bool) (found []Finding) {
	keepers, peers, clustered := 0, 0, false
	var lax []string
	unseen := false
	for _, s := range servers {
		if s.JetStream {
			keepers++
			unseen = unseen || s.Synced == nil
		}
		peers = max(peers, s.Peers)
		clustered = clustered || s.Cluster != ""
		if s.JetStream && s.Synced != nil && !*s.Synced {
			lax = append(lax, s.Name)
		}
	}
	silent := peers - keepers
	keepers = max(keepers, peers) // those that are down now count as well, where we may see them
	add := func(breaks bool, code, format string, args ...any) {
		found = append(found, Finding{code, fmt.Sprintf(format, args...), breaks})
	}
	switch {
	case replicas > keepers && !exists:
		add(true, "nats.too_few_servers", "chỉ thấy %d máy chủ lưu dữ liệu, không đủ cho %d bản sao; hãy thêm máy chủ vào cụm, hoặc giảm --replicas", keepers, replicas)
	case replicas == 1 && clustered:
		add(true, "nats.one_replica", "cụm có %d máy chủ nhưng chỉ giữ 1 bản sao: mất một ổ đĩa là mất dữ liệu đã xác nhận; hãy dùng --replicas 3", keepers)
	case replicas%2 == 0:
		add(false, "nats.even_replicas", "%d bản sao không an toàn hơn %d mà dễ ngừng hơn; hãy dùng --replicas %d", replicas, replicas-1, replicas+1)
	}
	if len(lax) > 0 {
		slices.Sort(lax)
		add(true, "nats.not_synced", "máy chủ %s xác nhận trước khi ghi xuống đĩa: mất điện là mất dữ liệu đã xác nhận; hãy đặt sync_interval: always trong khối jetstream rồi khởi động lại", strings.Join(lax, ", "))
	}
	switch {
	case silent > 0:
		add(false, "nats.sync_unseen", "%d máy chủ trong cụm không trả lời nên không xem được nó có ghi xuống đĩa trước khi xác nhận không; hãy bảo đảm mọi máy chủ đặt sync_interval: always, và khởi động lại hoso khi đủ máy chủ", silent)
	case unseen:
		add(false, "nats.sync_unseen", "không xem được máy chủ có ghi xuống đĩa trước khi xác nhận không; hãy bảo đảm mọi máy chủ đặt sync_interval: always, hoặc nêu --nats-system-creds để chương trình tự kiểm tra")
	}
	return found
}

// plain tells of a connection that others on the network can read.
func plain(nc *nats.Conn) []Finding {
	if _, err := nc.TLSConnectionState(); err == nil {
		return nil
	}
	host, _, err := net.SplitHostPort(nc.ConnectedAddr())
	if err == nil && isLoopback(host) {
		return nil
	}
	return []Finding{{"nats.no_tls", "kết nối tới máy chủ NATS " + nc.ConnectedAddr() + " không mã hóa: người khác trên mạng đọc và sửa được nội dung; hãy bật TLS trên máy chủ và dùng tls://", false}}
}
