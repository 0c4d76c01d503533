package httpapi

import (
	"net/http"

	"hoso/domain"
)

// The problems of requests themselves, before any case is asked.
var (
	errNoAddress    = wrong(domain.NotFound, "request.no_such_address", "không có địa chỉ này trong API", "the API has no such address")
	errNoMethod     = wrong(domain.Usage, "request.no_such_method", "địa chỉ này không nhận phương thức đó", "this address does not take that method")
	errWrongRequest = wrong(domain.Invalid, "request.wrong_parameter", "tham số thiếu, thừa hoặc không đúng dạng; xem /api/v1/openapi.json", "a parameter is missing, unknown or malformed; see /api/v1/openapi.json")
	errTooLarge     = wrong(domain.Invalid, "request.too_large", "yêu cầu quá lớn", "the request is too large")
	errNotJSON      = wrong(domain.Usage, "request.not_json", "nội dung phải là JSON: Content-Type: application/json", "the body has to be JSON: Content-Type: application/json")
	errNotLines     = wrong(domain.Usage, "request.not_lines", "nội dung phải là JSON Lines: Content-Type: application/jsonl", "the body has to be JSON Lines: Content-Type: application/jsonl")
	errEncoded      = wrong(domain.Usage, "request.encoded", "nội dung phải gửi nguyên dạng, không nén: bỏ Content-Encoding", "the body has to be sent as it is: without Content-Encoding")
	errSlowBody     = wrong(domain.Usage, "request.too_slow", "nội dung gửi lên quá chậm", "the body came too slowly")
	errTooSlow      = wrong(domain.Unavailable, "request.too_long", "chưa trả lời được trong thời gian cho phép; hãy hỏi ít hơn hoặc thử lại", "no answer in the time allowed; ask for less, or try again")
	errInternal     = wrong(domain.Internal, "internal", "lỗi của chương trình; hãy báo quản trị viên kèm mã ở instance", "a fault of the program; tell its administrator, with the number in instance")
	errNoKey        = wrong(domain.Invalid, "command.no_id", "cần đầu mục Idempotency-Key: một uuid của lệnh; gửi lại lệnh thì giữ nguyên uuid đó", "the header Idempotency-Key is needed: a uuid of the command; keep it when sending the command again")
	errWrongKey     = wrong(domain.Invalid, "command.wrong_id", "Idempotency-Key phải là một uuid", "Idempotency-Key has to be a uuid")
	errWrongMatch   = wrong(domain.Invalid, "request.wrong_if_match", `If-Match phải là ETag của hồ sơ, như "7"`, `If-Match has to be the ETag of the case, like "7"`)
)

func wrong(k domain.Kind, code, vi, en string) *domain.Error {
	return &domain.Error{Kind: k, Code: code, Msg: vi, En: en}
}

// statuses are those of the problems about HTTP itself; of all others it is that of their kind.
var statuses = map[string]int{
	"request.no_such_method": http.StatusMethodNotAllowed,
	"request.too_large":      http.StatusRequestEntityTooLarge,
	"log.too_large":          http.StatusRequestEntityTooLarge,
	"request.not_json":       http.StatusUnsupportedMediaType,
	"request.encoded":        http.StatusUnsupportedMediaType,
	"request.not_lines":      http.StatusUnsupportedMediaType,
	"document.not_a_form":    http.StatusUnsupportedMediaType,
	"document.too_large":     http.StatusRequestEntityTooLarge,
	"request.too_slow":       http.StatusRequestTimeout,
}

func statusOf(e *domain.Error) int {
	if s, ok := statuses[e.Code]; ok {
		return s
	}
	return e.Kind.Status()
}
