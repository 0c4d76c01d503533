package remains

import (
	"hoso/domain"
	"hoso/domain/area"
)

// RequestTransfer opens the case: a relative asks to bring the martyr's remains home (form 32, NĐ 131/2021 Đ159; form
// 43 where the grave lies outside a cemetery, Đ160).
type RequestTransfer struct {
	Person domain.PersonID        `json:"person" vi:"Thân nhân đề nghị" en:"Requesting relative"`
	Martyr domain.Private[string] `json:"martyr" vi:"Họ tên liệt sĩ" en:"The martyr's name"`
	Origin string                 `json:"origin" vi:"Nơi đang an táng" en:"Resting place now" values:"cemetery|outside" hint:"trong nghĩa trang liệt sĩ, ngoài nghĩa trang"`
	From   area.Code              `json:"from" vi:"Địa phương đang an táng" en:"Area of the grave"`
	To     area.Code              `json:"to" vi:"Địa phương đón nhận" en:"Area that receives"`
}

// IssueReferral answers the request with a referral to the office at the grave (form 44, within three working days).
type IssueReferral struct {
	Number string `json:"number,omitempty" vi:"Số giấy giới thiệu" en:"Referral number"`
}

// HandOver records that the office at the grave handed the remains over (minutes and slip form 94, Đ159). It opens a
// case where another province made the referral: then all fields are needed that a request would have brought.
type HandOver struct {
	Person domain.PersonID        `json:"person,omitzero" vi:"Thân nhân nhận bàn giao" en:"Relative"`
	Martyr domain.Private[string] `json:"martyr,omitzero" vi:"Họ tên liệt sĩ" en:"The martyr's name"`
	From   area.Code              `json:"from,omitempty" vi:"Địa phương đang an táng" en:"Area of the grave"`
	To     area.Code              `json:"to,omitempty" vi:"Địa phương đón nhận" en:"Area that receives"`
	Number string                 `json:"number,omitempty" vi:"Số biên bản" en:"Minutes number"`
}

// Receive records the reception of the remains (minutes form 81 or 82, Đ143, Đ150). It opens a case where nobody had
// asked: a recovery team brings remains home. Of somebody whose name is not known yet, no name and no relative stands.
type Receive struct {
	Person domain.PersonID        `json:"person,omitzero" vi:"Thân nhân" en:"Relative"`
	Martyr domain.Private[string] `json:"martyr,omitzero" vi:"Họ tên liệt sĩ" en:"The martyr's name"`
	From   area.Code              `json:"from,omitempty" vi:"Địa phương bàn giao" en:"Area that handed over"`
	To     area.Code              `json:"to,omitempty" vi:"Địa phương đón nhận" en:"Area that receives"`
	Number string                 `json:"number,omitempty" vi:"Số biên bản" en:"Minutes number"`
}

// Rebury records the burial ceremony (Đ150).
type Rebury struct {
	Place string `json:"place,omitempty" vi:"Nghĩa trang và vị trí mộ" en:"Cemetery and grave"`
}

// IssueGraveNotice tells the relatives and the office that keeps the dossier where the grave is (form 103).
type IssueGraveNotice struct {
	Number string `json:"number,omitempty" vi:"Số giấy báo" en:"Notice number"`
}

func (RequestTransfer) CommandName() string  { return "remains.request_transfer" }
func (IssueReferral) CommandName() string    { return "remains.issue_referral" }
func (HandOver) CommandName() string         { return "remains.hand_over" }
func (Receive) CommandName() string          { return "remains.receive" }
func (Rebury) CommandName() string           { return "remains.rebury" }
func (IssueGraveNotice) CommandName() string { return "remains.issue_grave_notice" }
