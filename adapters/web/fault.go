package web

import (
	"cmp"
	"errors"
	"net/http"

	"hoso/domain"
)

// fault is the page of an error.
type fault struct {
	Heading text
	Said    string // what is wrong, for people
	Law     string
	Field   string
	Code    string
	Again   bool   // the same request may succeed in a moment
	Retry   string // its address, where loading it again does nothing
	SignIn  bool
	lang    Lang
}

// Title implements titled.
func (f fault) Title(l Lang) string { return f.Heading.In(l) }

var headings = map[domain.Kind]text{
	domain.Usage:           {"Yêu cầu không đọc được", "This request cannot be read"},
	domain.Invalid:         {"Thông tin chưa đúng", "Something is not right"},
	domain.Rejected:        {"Chưa thực hiện được", "This cannot be done now"},
	domain.Conflict:        {"Có người vừa thay đổi", "Somebody was faster"},
	domain.NotFound:        {"Không tìm thấy", "Not found"},
	domain.Unauthenticated: {"Cần đăng nhập", "Sign in"},
	domain.Forbidden:       {"Không có quyền", "Not allowed"},
	domain.Busy:            {"Quá nhiều việc cùng lúc", "Too much at once"},
	domain.Unavailable:     {"Chưa trả lời được", "No answer now"},
	domain.Internal:        {"Hệ thống gặp lỗi", "Something went wrong here"},
}

// fail answers with the page of an error, or with that of the form that was refused. What is no fault of the request is logged, and its inside is not shown.
func (s *Site) fail(w http.ResponseWriter, a *Ask, err error) {
	var back refusal
	if errors.As(err, &back) {
		s.again(w, a, back)
		return
	}
	if a.Refused.Why != nil { // the form's page cannot be shown: then what was wrong is said by itself
		err = a.Refused.Why
	}
	kind := domain.KindOf(err)
	f := fault{Heading: headings[kind], Code: domain.CodeOf(err), Again: kind == domain.Unavailable || kind == domain.Busy, SignIn: kind == domain.Unauthenticated, lang: a.Lang,
		Said: text{"lỗi này đã được ghi lại; hãy thử lại, và báo cho quản trị nếu còn gặp", "this was noted; try again, and tell the administrator if it stays"}.In(a.Lang)}
	var own *domain.Error
	if kind != domain.Internal && errors.As(err, &own) {
		f.Said, f.Law, f.Field = said(err, a.Lang), own.Law, cmp.Or(fieldNames[own.Field].In(a.Lang), own.Field)
	} else if a.Context().Err() == nil {
		s.Log.Error("request", "path", a.Pattern, "error", err.Error())
	}
	if f.Again && a.Method == http.MethodGet {
		f.Retry = a.URL.RequestURI()
	}
	if f.Again {
		w.Header().Set("Retry-After", "2")
	}
	s.render(w, a, kind.Status(), "fault", f)
}

// said is what an error says to people, in their language where it has one.
func said(err error, l Lang) string {
	var own *domain.Error
	if !errors.As(err, &own) {
		return err.Error()
	}
	if l == En && own.En != "" {
		return own.English()
	}
	return own.Msg
}
