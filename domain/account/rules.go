package account

import (
	"encoding/hex"
	"slices"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

var (
	unknownCommand = domain.Rule{Code: "account.unknown_command",
		Say: domain.Text{Vi: "tài khoản không có lệnh này", En: "an account has no such command"}}
	exists = domain.Rule{Code: "account.exists", Field: "login",
		Say: domain.Text{Vi: "tên đăng nhập này đã có tài khoản", En: "there is an account of this name"}}
	missing = domain.Rule{Code: "account.missing",
		Say: domain.Text{Vi: "không có tài khoản này", En: "there is no such account"}}
	otherName = domain.Rule{Code: "account.other_name",
		Say: domain.Text{Vi: "mã tài khoản không phải của tên đăng nhập này", En: "the account's id is not that of this name"}}
	isClosed = domain.Rule{Code: "account.closed",
		Say: domain.Text{Vi: "tài khoản đã khóa từ ngày %s", En: "the account is closed since %s"}}
	notClosed = domain.Rule{Code: "account.not_closed",
		Say: domain.Text{Vi: "tài khoản đang mở", En: "the account is open"}}
	toOneself = domain.Rule{Code: "account.to_oneself",
		Say: domain.Text{Vi: "không ai tự cấp quyền cho mình; hãy để quản trị viên khác cấp", En: "nobody grants a right to himself; let another administrator do it"}}
	passwordChanged = domain.Rule{Code: "account.password_changed",
		Say: domain.Text{Vi: "mật khẩu vừa được đổi ở nơi khác; hãy thử lại", En: "the password was changed elsewhere in the meantime; try again"}}
	noVerifier = domain.Rule{Code: "account.no_verifier",
		Say: domain.Text{Vi: "mật khẩu cần khóa riêng và giá trị kiểm tra", En: "a password needs a key of its own and a verifier"}}
	noGrant = domain.Rule{Code: "account.no_grant",
		Say: domain.Text{Vi: "tài khoản không có quyền mang mã này, hoặc quyền đã thu hồi", En: "the account has no such right, or it was revoked"}}
	noToken = domain.Rule{Code: "account.no_token",
		Say: domain.Text{Vi: "tài khoản không có mã truy cập này, hoặc mã đã thu hồi", En: "the account has no such token, or it was revoked"}}
	linkedAlready = domain.Rule{Code: "account.linked_already",
		Say: domain.Text{Vi: "danh tính này đã được gắn với tài khoản", En: "this identity is linked already"}}
	notLinked = domain.Rule{Code: "account.not_linked",
		Say: domain.Text{Vi: "danh tính này không gắn với tài khoản", En: "this identity is not linked"}}
)

// badGrant are the reasons for which a right is none, by the field that is wrong.
var badGrant = wrongBy("account.bad_grant", map[string]domain.Text{
	"id":          {Vi: "quyền cần một mã mới", En: "a right needs a new id"},
	"role":        {Vi: "không có vai trò này", En: "there is no such role"},
	"unit":        {Vi: "không có đơn vị hành chính này", En: "there is no such unit"},
	"until":       {Vi: "ngày cuối không được trước ngày đầu", En: "the last day must not be before the first"},
	"approve_own": {Vi: "chỉ người duyệt mới được duyệt việc của chính mình", En: "only an approver can approve his own acts"},
})

// badToken are those of a token.
var badToken = wrongBy("account.bad_token", map[string]domain.Text{
	"id":     {Vi: "mã truy cập cần mã mới và giá trị băm của nó", En: "a token needs a new id and its hash"},
	"label":  {Vi: "cần ghi mã truy cập dùng để làm gì", En: "a token says what it is for"},
	"action": {Vi: "không có việc này trong phạm vi của mã truy cập", En: "a token’s scope has no such action"},
	"unit":   {Vi: "không có đơn vị hành chính này", En: "there is no such unit"},
	"until":  {Vi: "ngày cuối phải từ hôm nay và trong vòng một năm", En: "the last day is today or later, within a year"},
})

// wrongBy makes the rules of one code, by the field that each names.
func wrongBy(code string, reasons map[string]domain.Text) map[string]domain.Rule {
	rules := map[string]domain.Rule{}
	for field, say := range reasons {
		rules[field] = domain.Rule{Code: code, Field: field, Say: say}
	}
	return rules
}

// LongestToken is for how many days a token counts at most.
const LongestToken = 366

func allow(s State, act domain.Act) error {
	if e, ok := act.Event.(Opened); ok {
		if s.Login != "" {
			return exists.Refuse()
		}
		if e.Login == "" {
			return missing.Refuse()
		}
		return nil
	}
	if s.Login == "" {
		return missing.Refuse()
	}
	switch act.Event.(type) {
	case Reopened:
		if !s.Closed {
			return notClosed.Refuse()
		}
		return nil
	case Revoked, TokenRevoked, Unlinked: // taking away is always possible
	default:
		if s.Closed {
			return isClosed.Refuse(s.Since)
		}
	}
	return allowOpen(s, act)
}

func allowOpen(s State, act domain.Act) error {
	switch e := act.Event.(type) {
	case PasswordSet:
		switch {
		case e.Password.IsZero() || e.Verifier.IsZero():
			return noVerifier.Refuse()
		case e.Replaces != s.Password.Key || e.Password.Key == e.Replaces:
			return passwordChanged.Refuse()
		}
	case Granted:
		if field := wrongOfGrant(s, e.Grant); field != "" {
			return badGrant[field].Refuse()
		}
	case Revoked:
		if !slices.ContainsFunc(s.Grants, func(g right.Grant) bool { return g.ID == e.Grant }) {
			return noGrant.Refuse()
		}
	case TokenIssued:
		if field := wrongOfToken(s, e.Token, act.Occurred); field != "" {
			return badToken[field].Refuse()
		}
	case TokenRevoked:
		if _, ok := s.Token(e.Token); !ok {
			return noToken.Refuse()
		}
	case Linked:
		if e.Identity.Issuer == "" || e.Identity.Subject == uuid.Nil || slices.Contains(s.Linked, e.Identity) {
			return linkedAlready.Refuse()
		}
	case Unlinked:
		if !slices.Contains(s.Linked, e.Identity) {
			return notLinked.Refuse()
		}
	}
	return nil
}

// wrongOfGrant returns the field for which a right means nothing, or is one that was there before; empty: it may be granted.
func wrongOfGrant(s State, g right.Grant) string {
	id, err := uuid.Parse(g.ID)
	switch {
	case err != nil || id.String() != g.ID || slices.Contains(s.Used, id):
		return "id"
	case !g.Role.Known():
		return "role"
	case g.Unit != "" && !area.Known(g.Unit):
		return "unit"
	case !g.Until.IsZero() && g.From > g.Until:
		return "until"
	case g.ApproveOwn && g.Role != right.Approver:
		return "approve_own"
	}
	return ""
}

// wrongOfToken is the same of a token.
func wrongOfToken(s State, t Token, on calendar.Date) string {
	hash, err := hex.DecodeString(t.Hash)
	switch {
	case err != nil || len(hash) != 32 || t.ID == uuid.Nil || slices.Contains(s.Used, t.ID):
		return "id"
	case t.Label == "":
		return "label"
	case slices.ContainsFunc(t.Scope.Actions, func(a right.Action) bool { return !a.Known() }):
		return "action"
	case t.Scope.Unit != "" && !area.Known(t.Scope.Unit):
		return "unit"
	case t.Until < on || t.Until > on.AddDays(LongestToken):
		return "until"
	}
	return ""
}
