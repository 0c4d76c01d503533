package jobseeker

import (
	"hoso/domain"
	"hoso/domain/area"
)

// Register opens the case.
type Register struct {
	Person  domain.PersonID        `json:"person" vi:"Người tìm việc" en:"Jobseeker"`
	Commune area.Code              `json:"commune" vi:"Nơi cư trú" en:"Commune of residence"`
	Wish    domain.Private[string] `json:"wish,omitzero" vi:"Công việc mong muốn" en:"Work that is looked for"`
}

// Refer sends the seeker to an employer.
type Refer struct {
	Slip     string `json:"slip" vi:"Số phiếu giới thiệu" en:"Slip number" law:"TT 28/2015 mẫu 02; NĐ 374/2025 mẫu 01"`
	Employer string `json:"employer" vi:"Đơn vị tuyển dụng" en:"Employer"`
}

// Confirm records that a referral led to work.
type Confirm struct {
	Slip  string `json:"slip" vi:"Số phiếu giới thiệu" en:"Slip number"`
	Where string `json:"where" vi:"Nơi làm việc" en:"Place of work" values:"in_province|other_province|abroad" hint:"trong tỉnh, tỉnh khác, nước ngoài"`
}

// Decline records that a referral came to nothing.
type Decline struct {
	Slip   string                 `json:"slip" vi:"Số phiếu giới thiệu" en:"Slip number"`
	By     string                 `json:"by" vi:"Bên từ chối" en:"Who declined" values:"seeker|employer" hint:"người tìm việc, đơn vị tuyển dụng"`
	Reason domain.Private[string] `json:"reason,omitzero" vi:"Lý do" en:"Reason"`
}

// Close ends the case.
type Close struct {
	Ground string `json:"ground" vi:"Lý do kết thúc" en:"Ground" values:"placed|found_own|no_need|lost_contact|other" hint:"đã có việc, tự tìm được việc, không còn nhu cầu, mất liên lạc, khác"`
}

func (Register) CommandName() string { return "jobseeker.register" }
func (Refer) CommandName() string    { return "jobseeker.refer" }
func (Confirm) CommandName() string  { return "jobseeker.confirm" }
func (Decline) CommandName() string  { return "jobseeker.decline" }
func (Close) CommandName() string    { return "jobseeker.close" }
