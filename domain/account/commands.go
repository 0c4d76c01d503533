package account

import (
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/right"
)

// Open makes an account. It may nothing until something is granted.
type Open struct {
	Login Login                  `json:"login" vi:"Tên đăng nhập" en:"Login name" hint:"chữ không dấu, chữ số, . - _"`
	Name  domain.Private[string] `json:"name" vi:"Họ và tên" en:"Full name"`
}

// SetPassword replaces the password. The key of the one before is destroyed.
type SetPassword struct {
	Password Password  `json:"password" vi:"Mật khẩu" en:"Password"`
	Replaces uuid.UUID `json:"replaces,omitzero" vi:"Thay mật khẩu" en:"Replaces"` // the key of the password in force; zero: there is none
	// Verifier stands beside the rest, because only what is at the top of an event is sealed.
	Verifier domain.Private[string] `json:"verifier" vi:"Giá trị kiểm tra" en:"Verifier"`
}

// Erases implements [domain.Eraser].
func (c SetPassword) Erases(domain.Request) domain.PersonID { return domain.PersonID{UUID: c.Replaces} }

// Grant gives a right.
type Grant struct {
	Grant right.Grant `json:"grant" vi:"Quyền" en:"Right"`
}

// Revoke takes a right back.
type Revoke struct {
	Grant string `json:"grant" vi:"Mã quyền" en:"Right"`
}

// IssueToken lets a program act for the account.
type IssueToken struct {
	Token Token `json:"token" vi:"Mã truy cập" en:"Token"`
}

// RevokeToken ends that.
type RevokeToken struct {
	Token uuid.UUID `json:"token" vi:"Mã truy cập" en:"Token"`
}

// Link lets somebody log in as the account who is known to the office's own provider.
type Link struct {
	Identity Identity `json:"identity" vi:"Danh tính ngoài" en:"Outside identity"`
}

// Unlink ends that.
type Unlink struct {
	Identity Identity `json:"identity" vi:"Danh tính ngoài" en:"Outside identity"`
}

// Close ends all that the account may, its sessions and its tokens.
type Close struct{}

// Reopen takes a closing back. What was granted before counts again; sessions have to begin anew.
type Reopen struct{}

func (Open) CommandName() string        { return "account.open" }
func (SetPassword) CommandName() string { return "account.set_password" }
func (Grant) CommandName() string       { return "account.grant" }
func (Revoke) CommandName() string      { return "account.revoke" }
func (IssueToken) CommandName() string  { return "account.issue_token" }
func (RevokeToken) CommandName() string { return "account.revoke_token" }
func (Link) CommandName() string        { return "account.link" }
func (Unlink) CommandName() string      { return "account.unlink" }
func (Close) CommandName() string       { return "account.close" }
func (Reopen) CommandName() string      { return "account.reopen" }
