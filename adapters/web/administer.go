package web

import (
	"slices"
	"strings"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// newPassword is a password that is shown this once.
type newPassword struct {
	Login    account.Login
	Password string
}

// Every act below asks [access.Accounts], which keeps the rule who may administer whom.

// openAccount opens an account that may nothing yet. A form sent twice is refused the second time: the account is there.
func openAccount(a *Ask) (any, error) {
	shown, err := a.openAccount()
	return shown, a.sendBack("/quan-tri/tai-khoan", "open", err)
}

func (a *Ask) openAccount() (any, error) {
	login, err := account.ParseLogin(a.PostFormValue("login"))
	if err != nil {
		return nil, err
	}
	name := strings.TrimSpace(a.PostFormValue("name"))
	if name == "" || len(name) > longestField {
		return nil, domain.Malformed("data.missing", "name", "cần họ và tên của người dùng tài khoản")
	}
	if a.SignIn == nil {
		return nil, noSignIn
	}
	if err := a.Accounts.Open(a.Context(), account.Open{Login: login, Name: domain.Hide(name)}); err != nil {
		return nil, err
	}
	return a.newPassword(login)
}

func resetPassword(a *Ask) (any, error) {
	login, err := account.ParseLogin(a.PathValue("login"))
	if err != nil {
		return nil, err
	}
	return a.newPassword(login)
}

var noSignIn = &domain.Error{Kind: domain.NotFound, Code: "web.no_sign_in", Msg: "ở đây không có đăng nhập bằng mật khẩu", En: "nobody signs in with a password here"}

func (a *Ask) newPassword(login account.Login) (any, error) {
	if a.SignIn == nil {
		return nil, noSignIn
	}
	password, err := a.SignIn.NewPassword(a.Context(), login)
	if err != nil {
		return nil, err
	}
	return newPassword{login, password}, a.untilShown()
}

// administer does what a form asks to the account of the address, or to the caller's own, and leads back to it.
func (a *Ask) administer(form string, do func(account.Login) error) (string, error) {
	login, err := a.login()
	if err != nil {
		return "", err
	}
	if err := do(login); err != nil {
		return "", a.sendBack(a.backTo(login), form, err)
	}
	return a.backTo(login), a.untilShown()
}

// untilShown waits until the pages show what was just done.
func (a *Ask) untilShown() error {
	head, err := a.Desk.Log.Head(a.Context())
	if err != nil {
		return err
	}
	return a.WaitFor(a.Context(), head)
}

func grant(a *Ask) (string, error) {
	return a.administer("grant", func(l account.Login) (err error) {
		g := right.Grant{Role: right.Role(a.PostFormValue("role")), Unit: area.Code(a.PostFormValue("unit")), ApproveOwn: a.PostFormValue("approve_own") != ""}
		if g.CaseTypes, err = a.chosenTypes(); err != nil {
			return err
		}
		if g.From, err = a.day("from"); err != nil {
			return err
		}
		if g.Until, err = a.day("until"); err != nil {
			return err
		}
		_, err = a.Accounts.Grant(a.Context(), l, g)
		return err
	})
}

// chosenTypes returns the case types that a form names.
func (a *Ask) chosenTypes() (all []string, err error) {
	for _, name := range a.PostForm["type"] {
		if _, known := a.Catalog.Type(name); !known || slices.Contains(all, name) {
			return nil, domain.Malformed("data.not_allowed", "type", "không có loại hồ sơ này")
		}
		all = append(all, name)
	}
	return all, nil
}

// day returns a day of a form; zero where it names none.
func (a *Ask) day(field string) (calendar.Date, error) {
	said := a.PostFormValue(field)
	if said == "" {
		return 0, nil
	}
	day, err := calendar.ParseDate(said)
	if err != nil {
		return 0, domain.Malformed("data.ill_typed", field, "cần ngày có thật dạng YYYY-MM-DD")
	}
	return day, nil
}

func revoke(a *Ask) (string, error) {
	return a.administer("", func(l account.Login) error { return a.Accounts.Revoke(a.Context(), l, a.PostFormValue("grant")) })
}

func closeAccount(a *Ask) (string, error) {
	return a.administer("", func(l account.Login) error { return a.Accounts.Close(a.Context(), l) })
}

func reopenAccount(a *Ask) (string, error) {
	return a.administer("", func(l account.Login) error { return a.Accounts.Reopen(a.Context(), l) })
}
