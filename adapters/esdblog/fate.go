package esdblog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"hoso/domain"
)

// Errors of the library come wrapped or bare, as its own type or as a gRPC status. Its FromError looks only at the
// outermost one and calls no error at all an error; errors.As does neither.

// codeOf returns the library's code of an error, -1 where it has none.
func codeOf(err error) esdb.ErrorCode {
	var e *esdb.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return -1
}

// isConflict tells that the stream does not end where the write expected.
func isConflict(err error) bool { return codeOf(err) == esdb.ErrorCodeWrongExpectedVersion }

// isMissing tells that there is no such stream. The same code stands for every "not found" of a server or a proxy on
// the way, which come as a gRPC status.
func isMissing(err error) bool {
	var e *esdb.Error
	if !errors.As(err, &e) || e.Code() != esdb.ErrorCodeResourceNotFound {
		return false
	}
	_, wire := status.FromError(e.Err())
	return !wire
}

// speaksAgainst tells an error after which the client must not be used again: it would look for a server the next
// time, and be dead for good where it finds none.
func speaksAgainst(err error) bool {
	switch codeOf(err) {
	case esdb.ErrorUnavailable, esdb.ErrorCodeConnectionClosed:
		return true
	}
	return errors.Is(err, errPanicked) || errors.Is(err, errLost) || status.Code(cause(err)) == codes.Unavailable
}

// cause unwraps the library's error down to what came over the wire.
func cause(err error) error {
	var e *esdb.Error
	for errors.As(err, &e) && e.Err() != nil {
		err = e.Err()
	}
	return err
}

// final returns the error with which a call ends, or nil where another attempt may go well: the server is away, or
// something else answers in its place, another one leads now, a call was cut or not answered, or the library saw the end of a stream where there was more
// (a write that the server refused while it was still being sent; what is behind it shows the next time).
func (l *Log) final(err error) error {
	var known *domain.Error
	if errors.As(err, &known) {
		return err
	}
	wire := cause(err)
	code := status.Code(wire)
	switch {
	case isConflict(err):
		return domain.ErrConflict
	case codeOf(err) == esdb.ErrorCodeStreamDeleted:
		return unavailable("log.stream_deleted", "một luồng hồ sơ đã bị xóa trong EventStoreDB; hãy khôi phục từ bản sao lưu và không xóa luồng nào của hoso", err)
	case codeOf(err) == esdb.ErrorCodeUnauthenticated || code == codes.Unauthenticated:
		return unavailable("log.unauthenticated", "EventStoreDB tại "+l.hosts+" không nhận tên hoặc mật khẩu; hãy kiểm tra phần tên:mật-khẩu@ trong địa chỉ", nil)
	case codeOf(err) == esdb.ErrorCodeAccessDenied || code == codes.PermissionDenied:
		return unavailable("log.access_denied", "người dùng EventStoreDB thiếu quyền; hãy cấp quyền đọc $all và quyền ghi các luồng hồ sơ", nil)
	case code == codes.InvalidArgument && strings.Contains(wire.Error(), "Maximum Append Size"):
		return unavailable("log.misconfigured", "EventStoreDB giới hạn một lần ghi quá nhỏ; hãy đặt MaxAppendSize ít nhất 1048576", nil)
	case isStranger(err):
		if l.opened { // in the place of the one that was there stands another, for a while: a proxy, a server that starts
			return nil
		}
		return l.stranger()
	case code == codes.InvalidArgument, code == codes.ResourceExhausted:
		return unavailable("log.refused", "EventStoreDB từ chối yêu cầu", words(err))
	}
	return nil
}

// isStranger tells the answer of something that is no EventStoreDB, or of one too old to say its version.
func isStranger(err error) bool {
	return errors.Is(err, errNotEventStore) || status.Code(cause(err)) == codes.Unimplemented
}

func (l *Log) stranger() error {
	return unavailable("log.not_eventstore", "máy chủ tại "+l.hosts+" không phải EventStoreDB hoặc bản quá cũ; hãy kiểm tra địa chỉ", nil)
}

// words is what came over the wire, or went wrong on it, without what is wrapped around it.
func words(err error) error {
	var wire interface{ GRPCStatus() *status.Status }
	if errors.As(err, &wire) {
		return errors.New(wire.GRPCStatus().Message())
	}
	return err
}

// spent is the error of a call for which no time is left, after the last attempt's.
func (l *Log) spent(err error) error {
	text := err.Error()
	switch {
	case isStranger(err):
		return l.stranger()
	case strings.Contains(text, "x509:") || strings.Contains(text, "tls:"):
		return unavailable("log.tls", "không lập được kết nối TLS tin cậy với EventStoreDB tại "+l.hosts+"; hãy kiểm tra tls và tlsCAFile trong địa chỉ", words(err))
	case strings.Contains(text, "server preface"):
		return unavailable("log.tls", "máy chủ tại "+l.hosts+" không trả lời như EventStoreDB; nếu nó dùng TLS, hãy bỏ tls=false", words(err))
	case speaksAgainst(err):
		return unavailable("log.no_server", "không kết nối được với EventStoreDB tại "+l.hosts+"; hãy kiểm tra địa chỉ, mạng và máy chủ rồi thử lại", words(err))
	case errors.Is(err, io.EOF):
		return unavailable("log.refused", "EventStoreDB ngắt lời ghi mà không nói lý do; hãy gửi lại cùng yêu cầu, và kiểm tra MaxAppendSize của máy chủ", err)
	}
	return unavailable("log.unanswered", "EventStoreDB không trả lời kịp; hãy gửi lại cùng yêu cầu", words(err))
}

var errClosed = &domain.Error{Kind: domain.Unavailable, Code: "log.closed", Msg: "nhật ký sự kiện đã đóng"}

func unavailable(code, msg string, cause error) error {
	return &domain.Error{Kind: domain.Unavailable, Code: code, Msg: msg, Err: cause}
}

func tooOld(v esdb.ServerVersion) error {
	if v.Major == 0 {
		return unavailable("log.server_too_old", fmt.Sprintf("EventStoreDB quá cũ; cần bản %d.%d trở lên, hãy nâng cấp máy chủ", oldest.Major, oldest.Minor), nil)
	}
	return unavailable("log.server_too_old", fmt.Sprintf("EventStoreDB bản %d.%d quá cũ; cần bản %d.%d trở lên, hãy nâng cấp máy chủ",
		v.Major, v.Minor, oldest.Major, oldest.Minor), nil)
}

// orCause returns why the context ended where that is why something went wrong.
func orCause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// isBareEnd tells the end of a stream where an answer was expected.
func isBareEnd(err error) bool { return errors.Is(err, io.EOF) }
