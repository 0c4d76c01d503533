package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"hoso/domain"
)

// refusal is why a form was not taken. Its page says so once more than needed for a glance: above, with a link to the field, and at
// the field, which is marked; what was filled in stands there again. The zero value is none.
type refusal struct {
	Why    *domain.Error
	Form   string     // which one of the page's; the ids of its fields begin with it
	Label  string     // of the field that is wrong; empty: it is none of the form's
	Values url.Values // as they were sent
	page   string     // the address of the form's page
}

// Error implements error.
func (r refusal) Error() string { return r.Why.Error() }

// Unwrap gives errors.As the reason.
func (r refusal) Unwrap() error { return r.Why }

// fieldNames are what people call the fields of the forms that no case type declares. The pages say the same.
var fieldNames = map[string]text{
	"login": {"Tên đăng nhập", "Login name"}, "name": {"Họ và tên", "Full name"},
	"role": {"Vai trò", "Role"}, "unit": {"Đơn vị", "Unit"}, "type": {"Loại hồ sơ", "Case types"}, "action": {"Việc được làm", "Actions"},
	"from": {"Từ ngày", "From"}, "until": {"Đến hết ngày", "Until the end of"}, "approve_own": {"Duyệt việc của chính mình", "Approval of own acts"},
	"label": {"Dùng để làm gì", "What for"}, "subject": {"Tên ở máy chủ đăng nhập", "Name at the provider"},
	"account": {"Tài khoản", "Account"}, "file": {"Tệp", "File"}, "title": {"Tên tài liệu", "Title"}, "kind": {"Loại tài liệu", "Kind"}, "person": {"Của người nào", "Whose"},
	"as_of": {"Theo những gì đã biết tới", "As known at"}, "month": {"Tháng", "Month"}, "area": {"Đơn vị", "Unit"}, "calendar": {"Lịch", "Calendar"}, "case": {"Mã hồ sơ", "Case id"},
	"number": {"Số, ký hiệu", "Number"}, "signer": {"Người ký", "Signer"}, "signed": {"Ngày ký", "Signed on"}, "reason": {"Lý do", "Reason"},
}

// sendBack has the page at an address say why its form was not taken, where that is something to mend in the form; other errors,
// and none, stay as they are.
func (a *Ask) sendBack(page, form string, err error) error {
	var why *domain.Error
	if !errors.As(err, &why) || !slices.Contains([]domain.Kind{domain.Usage, domain.Invalid, domain.Rejected, domain.Conflict}, why.Kind) {
		return err
	}
	r := refusal{Why: why, Form: form, Values: a.PostForm, page: page}
	r.Label = fieldNames[r.Field()].In(a.Lang)
	return r
}

// askedAgain has a page whose moment cannot be read (as-of, which people type) say so in its own form, as it is without that.
func (a *Ask) askedAgain(err error) error {
	asked := a.URL.Query()
	var why *domain.Error
	if !errors.As(err, &why) || why.Field != "as_of" || asked.Get("as-of") == "" || !slices.Contains([]string{"dashboard", "report"}, a.page.name) || a.PathValue("format") != "" {
		return err
	}
	values := url.Values{"as_of": {asked.Get("as-of")}}
	asked.Del("as-of")
	return refusal{Why: why, Form: "choose", Label: fieldNames["as_of"].In(a.Lang), Values: values, page: a.URL.Path + "?" + asked.Encode()}
}

type refusalKey struct{}

// again shows the page of a form that was refused, as it is loaded at any time, with what the refusal says.
func (s *Site) again(w http.ResponseWriter, a *Ask, why refusal) {
	to, err := url.Parse(why.page)
	if err != nil {
		s.fail(w, a, why.Why)
		return
	}
	r := a.Clone(context.WithValue(a.Context(), refusalKey{}, why))
	r.Method, r.Body, r.ContentLength, r.Form, r.PostForm, r.MultipartForm = http.MethodGet, http.NoBody, 0, nil, nil, nil
	r.URL, r.RequestURI = to, why.page
	s.mux.ServeHTTP(w, r)
}

// Heading says what went wrong, as the page of an error does.
func (r refusal) Heading() text { return headings[r.Why.Kind] }

// Of is the refusal of one of the page's forms.
func (r refusal) Of(form string) refusal {
	if r.Form != form {
		return refusal{}
	}
	return r
}

// Field is the name of the field that is wrong; empty: it is the whole.
func (r refusal) Field() string {
	if r.Why == nil {
		return ""
	}
	return strings.TrimPrefix(r.Why.Field, "data.")
}

// Wrong says what is wrong with a field; nil: nothing.
func (r refusal) Wrong(field string) *domain.Error {
	if r.Field() != field {
		return nil
	}
	return r.Why
}

// ID is the id of a field in the page.
func (r refusal) ID(field string) string { return r.Form + "-" + field }

// Value is what was filled into a field; in a form that was not sent, what stands there at first.
func (r refusal) Value(field string, first any) any {
	if r.Why == nil {
		return first
	}
	return r.Values.Get(field)
}

// Chose tells whether a value was chosen.
func (r refusal) Chose(field, value string) bool { return slices.Contains(r.Values[field], value) }
