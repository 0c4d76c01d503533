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
	exists = domain.Rule{Code: "account.exists",
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
	badGrant = domain.Rule{Code: "account.bad_grant",
		Say: domain.Text{Vi: "quyền cần mã mới, vai trò, đơn vị có thật và khoảng ngày đúng thứ tự; chỉ người duyệt mới được duyệt việc của mình",
			En: "a right needs a new id, a role, a unit that exists and days in order; only an approver can approve his own acts"}}
	noGrant = domain.Rule{Code: "account.no_grant",
		Say: domain.Text{Vi: "tài khoản không có quyền mang mã này, hoặc quyền đã thu hồi", En: "the account has no such right, or it was revoked"}}
	badToken = domain.Rule{Code: "account.bad_token",
		Say: domain.Text{Vi: "mã truy cập cần mã mới, nhãn, phạm vi có thật và ngày hết hạn trong vòng một năm", En: "a token needs a new id, a label, a scope that exists and a last day within a year"}}
	noToken = domain.Rule{Code: "account.no_token",
		Say: domain.Text{Vi: "tài khoản không có mã truy cập này, hoặc mã đã thu hồi", En: "the account has no such token, or it was revoked"}}
	linkedAlready = domain.Rule{Code: "account.linked_already",
		Say: domain.Text{Vi: "danh tính này đã được gắn với tài khoản", En: "this identity is linked already"}}
	notLinked = domain.Rule{Code: "account.not_linked",
		Say: domain.Text{Vi: "danh tính này không gắn với tài khoản", En: "this identity is not linked"}}
)

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
		if !grantable(s, e.Grant) {
			return badGrant.Refuse()
		}
	case Revoked:
		if !slices.ContainsFunc(s.Grants, func(g right.Grant) bool { return g.ID == e.Grant }) {
			return noGrant.Refuse()
		}
	case TokenIssued:
		if !issuable(s, e.Token, act.Occurred) {
			return badToken.Refuse()
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

// grantable tells whether a right means something, and is none that was there before.
func grantable(s State, g right.Grant) bool {
	id, err := uuid.Parse(g.ID)
	return err == nil && id.String() == g.ID && !slices.Contains(s.Used, id) && g.Role.Known() &&
		(g.Unit == "" || area.Known(g.Unit)) && (g.Until.IsZero() || g.From <= g.Until) && (!g.ApproveOwn || g.Role == right.Approver)
}

// issuable tells whether a token means something, and is none that was there before.
func issuable(s State, t Token, on calendar.Date) bool {
	hash, err := hex.DecodeString(t.Hash)
	return err == nil && len(hash) == 32 && t.ID != uuid.Nil && !slices.Contains(s.Used, t.ID) && t.Label != "" &&
		!slices.ContainsFunc(t.Scope.Actions, func(a right.Action) bool { return !a.Known() }) &&
		(t.Scope.Unit == "" || area.Known(t.Scope.Unit)) && t.Until >= on && t.Until <= on.AddDays(LongestToken)
}
