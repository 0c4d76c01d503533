package domain

import (
	"maps"

	"golang.org/x/text/language"
)

// languages are those in which errors are told; the first where none is asked for.
var languages = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// InEnglish tells whether the value of a header Accept-Language prefers English to Vietnamese (RFC 9110, section 12.5.4).
func InEnglish(accept string) bool {
	if accept == "" || len(accept) > 200 {
		return false
	}
	_, i := language.MatchStrings(languages, accept)
	return i == 1
}

// In returns the text in English or in Vietnamese.
func (t Text) In(english bool) string {
	if english {
		return t.En
	}
	return t.Vi
}

// statusTitles are the titles of problems (RFC 9457) by HTTP status.
var statusTitles = map[int]Text{
	400: {Vi: "Yêu cầu không đúng", En: "Malformed request"},
	401: {Vi: "Chưa đăng nhập", En: "Not logged in"},
	403: {Vi: "Không có quyền", En: "Not allowed"},
	404: {Vi: "Không tìm thấy", En: "Not found"},
	405: {Vi: "Phương thức không dùng được ở đây", En: "Method not allowed"},
	408: {Vi: "Gửi quá chậm", En: "Too slow"},
	409: {Vi: "Xung đột với lệnh khác", En: "Conflict"},
	412: {Vi: "Hồ sơ đã thay đổi", En: "The case has changed"},
	413: {Vi: "Quá lớn", En: "Too large"},
	414: {Vi: "Địa chỉ quá dài", En: "Address too long"},
	415: {Vi: "Kiểu nội dung không nhận được", En: "Unsupported content"},
	422: {Vi: "Quy định không cho phép", En: "Refused by a rule"},
	429: {Vi: "Quá nhiều yêu cầu", En: "Too many requests"},
	500: {Vi: "Lỗi của chương trình", En: "Fault of the program"},
	503: {Vi: "Chưa trả lời được", En: "Not available now"},
}

// StatusTitle returns the title of the problems of an HTTP status.
func StatusTitle(status int) Text { return statusTitles[status] }

// StatusTitles returns the titles of problems by HTTP status.
func StatusTitles() map[int]Text { return maps.Clone(statusTitles) }
