package right

import (
	"fmt"
	"strings"

	"hoso/domain"
)

// Codes of the refusals.
const (
	CodeMissing     = "right.missing"
	CodeBeyondScope = "right.beyond_scope"
	CodeOwn         = "right.own_approval"
)

// missing says which right is not there, and who gives it.
func missing(a Action, t Target) error {
	where, whereEn := t.describe()
	var vi, en []string
	for _, r := range Roles() {
		if (Grant{Role: r, ApproveOwn: a == ApproveOwn}).allows(a) {
			vi, en = append(vi, r.Label().Vi), append(en, r.Label().En)
		}
	}
	e := &domain.Error{Kind: domain.Forbidden, Code: CodeMissing,
		Msg: fmt.Sprintf("tài khoản này không có quyền %s%s; quyền đó thuộc vai trò %s, do quản trị viên cấp", a.Label().Vi, where, strings.Join(vi, ", ")),
		En:  fmt.Sprintf("this account has no right to %s%s; it comes with the role of %s, from an administrator", a.Label().En, whereEn, strings.Join(en, ", "))}
	if a == ApproveOwn {
		e.Msg = fmt.Sprintf("không được duyệt việc của chính mình%s, cũng không tự sửa hoặc hủy một mình; hãy gửi đề nghị để người khác duyệt, hoặc xin quản trị viên cấp quyền riêng", where)
		e.En = fmt.Sprintf("nobody approves an act of his own%s, nor corrects or voids alone; request it and let somebody else approve, or ask an administrator for that right", whereEn)
		e.Code = CodeOwn
	}
	if law, yes := Sensitive(t.CaseType); yes {
		e.Law = law
		e.Msg += ", nêu rõ loại hồ sơ này"
		e.En += ", who has to name this case type"
	}
	return e
}

func beyondScope(a Action, t Target) error {
	where, whereEn := t.describe()
	return &domain.Error{Kind: domain.Forbidden, Code: CodeBeyondScope,
		Msg: fmt.Sprintf("mã truy cập này không dùng được để %s%s; hãy tạo mã có phạm vi rộng hơn", a.Label().Vi, where),
		En:  fmt.Sprintf("this token does not reach so far as to %s%s; issue one with a wider scope", a.Label().En, whereEn)}
}

// describe says where the right is missing. Names of case types and codes of units are nobody's data.
func (t Target) describe() (vi, en string) {
	if t.CaseType != "" {
		vi, en = " loại "+t.CaseType, " of type "+t.CaseType
	}
	if t.Unit != "" {
		vi, en = vi+" ở đơn vị "+string(t.Unit), en+" in unit "+string(t.Unit)
	}
	if t == (Target{}) {
		return " trên toàn bộ địa bàn", " everywhere"
	}
	return vi, en
}
