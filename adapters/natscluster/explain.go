package natscluster

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"syscall"

	"github.com/nats-io/nats.go"

	"hoso/domain"
)

// cause is something that people can mend, and how it shows.
type cause struct {
	code string
	is   func(error) bool
	msg  string
}

// causes are tried in this order: what a server says about us comes before what the network says about a server.
var causes = []cause{
	{"nats.login_refused", says("authorization violation", "authentication", "user jwt", "nkey", "nonce signature"),
		"máy chủ từ chối đăng nhập; hãy kiểm tra tên và mật khẩu trong địa chỉ, hoặc tệp --nats-creds"},
	{"nats.tls_wrong_name", asks[x509.HostnameError],
		"chứng thư của máy chủ không mang tên này; hãy dùng tên máy ghi trong chứng thư"},
	{"nats.tls_expired", says("certificate has expired or is not yet valid"),
		"chứng thư đã hết hạn hoặc chưa có hiệu lực; hãy gia hạn, hoặc chỉnh lại đồng hồ của máy"},
	{"nats.tls_untrusted", asks[x509.UnknownAuthorityError],
		"không tin được chứng thư của máy chủ; hãy nêu tệp chứng thư gốc bằng --nats-ca"},
	{"nats.tls_client_cert", says("certificate required", "closed by remote after tls handshake", "bad certificate", "unknown certificate", "unknown certificate authority"),
		"máy chủ không nhận chứng thư của máy này; hãy nêu --nats-cert và --nats-key do đơn vị quản trị cấp"},
	{"nats.tls_not_offered", is(nats.ErrSecureConnWanted),
		"máy chủ không dùng TLS; hãy bật TLS trên máy chủ, hoặc bỏ tls:// và các tùy chọn chứng thư"},
	{"nats.tls_failed", says("tls:", "first record does not look like", "x509"),
		"không thiết lập được kết nối TLS; hãy kiểm tra cổng và chứng thư"},
	{"nats.unknown_host", asks[*net.DNSError],
		"không tìm thấy tên máy; hãy kiểm tra địa chỉ và máy chủ tên miền"},
	{"nats.refused", func(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, nats.ErrNoServers) },
		"không có gì lắng nghe ở đó; hãy kiểm tra cổng, và máy chủ NATS đã chạy chưa"},
	{"nats.no_answer", func(err error) bool {
		var timeout net.Error
		return errors.Is(err, nats.ErrTimeout) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
	}, "máy chủ không trả lời; hãy kiểm tra địa chỉ, mạng và tường lửa"},
}

// explain makes one error of what went wrong with each server: that which says most.
func explain(urls []string, errs []error) error {
	for _, c := range causes {
		for _, err := range errs {
			if err != nil && c.is(err) {
				return unreachable(c.code, urls, c.msg, nil)
			}
		}
	}
	if errors.Is(errs[0], context.Canceled) {
		return errs[0]
	}
	return unreachable("nats.unreachable", urls, "hãy kiểm tra địa chỉ và máy chủ", errs[0])
}

func unreachable(code string, urls []string, msg string, err error) error {
	return &domain.Error{Kind: domain.Unavailable, Code: code, Err: err, Msg: "không nối được tới máy chủ NATS " + hosts(urls) + ": " + msg}
}

func is(target error) func(error) bool { return func(err error) bool { return errors.Is(err, target) } }

func asks[E error](err error) bool {
	var e E
	return errors.As(err, &e)
}

// says looks at the words of an error: servers, and the library for TLS alerts, tell no other way.
func says(words ...string) func(error) bool {
	return func(err error) bool {
		text := strings.ToLower(err.Error())
		for _, w := range words {
			if strings.Contains(text, w) {
				return true
			}
		}
		return false
	}
}
