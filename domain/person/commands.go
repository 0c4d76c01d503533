package person

import (
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
)

// Register makes a person known. The same identity number is the same person: a second registration only adds the
// reference under which another list knows the person.
type Register struct {
	Identity domain.Private[Identity] `json:"identity,omitzero" vi:"Số định danh cá nhân" en:"Identity number" law:"Luật Căn cước 26/2023"`
	Name     domain.Private[string]   `json:"name" vi:"Họ và tên" en:"Full name"`
	Born     domain.Private[Born]     `json:"born,omitzero" vi:"Ngày sinh" en:"Date of birth" hint:"1985, 02/1985, 17/02/1985"`
	Phone    domain.Private[string]   `json:"phone,omitzero" vi:"Số điện thoại" en:"Telephone"`
	Address  domain.Private[string]   `json:"address,omitzero" vi:"Thôn, khối phố, số nhà" en:"Address"`
	Commune  area.Code                `json:"commune,omitempty" vi:"Xã, phường nơi ở" en:"Commune of residence"`
	// Reference is a keyed hash of the name that an office's own list uses for the person.
	Reference uuid.UUID `json:"-"`
}

// CommandName implements [domain.Command].
func (Register) CommandName() string { return "person.register" }

// WithReference returns the command with the reference of the line that brought it.
func (c Register) WithReference(reference uuid.UUID) domain.Command {
	c.Reference = reference
	return c
}

// Link says that another record is the same person.
type Link struct {
	SameAs domain.PersonID        `json:"same_as" vi:"Cùng người với" en:"Same person as"`
	Reason domain.Private[string] `json:"reason" vi:"Căn cứ" en:"Grounds"`
}

// CommandName implements [domain.Command].
func (Link) CommandName() string { return "person.link" }

// Unlink takes a link back.
type Unlink struct {
	Reason domain.Private[string] `json:"reason" vi:"Lý do" en:"Reason"`
}

// CommandName implements [domain.Command].
func (Unlink) CommandName() string { return "person.unlink" }

// Erase destroys the person's key: nobody can read the data any more, in any copy of the log.
type Erase struct {
	Ground string `json:"ground" vi:"Căn cứ xóa" en:"Legal ground" values:"request|retention_over|court" law:"Luật Bảo vệ dữ liệu cá nhân 91/2025"`
}

// CommandName implements [domain.Command].
func (Erase) CommandName() string { return "person.erase" }

// Erases implements [domain.Eraser].
func (Erase) Erases(r domain.Request) domain.PersonID { return domain.PersonID{UUID: r.Case.ID} }
