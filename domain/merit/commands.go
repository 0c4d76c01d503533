package merit

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/money"
)

// Receive takes a dossier in. It opens the case, or takes a returned dossier in again.
type Receive struct {
	Person    domain.PersonID `json:"person" vi:"Người có công hoặc thân nhân" en:"Meritorious person or relative"`
	Commune   area.Code       `json:"commune" vi:"Xã, phường cư trú" en:"Commune"`
	Category  string          `json:"category" vi:"Đối tượng" en:"Category" values:"a|b|c|d|dd|e|g|h|i|k|l|m|relative" hint:"điểm của PL 02/2020 Đ3.1 (dd là điểm đ); relative là thân nhân" law:"PL 02/2020 Đ3"`
	Procedure Code            `json:"procedure" vi:"Thủ tục" en:"Procedure" law:"NĐ 131/2021"`
	Due       calendar.Date   `json:"due,omitzero" vi:"Hạn trả kết quả" en:"Due date" hint:"để trống: tính theo thời hạn của thủ tục"`
	Channel   string          `json:"channel" vi:"Hình thức nộp" en:"Channel" values:"direct|post|portal" law:"NĐ 131/2021 Đ126"`
	At        string          `json:"at,omitempty" vi:"Nơi tiếp nhận" en:"Received at" values:"commune|district|department|medical_panel|military|police|ministry|grave_office|other_department" hint:"để trống: Sở"`
}

// Forward passes the dossier on to who has to look at it next, and whose time begins.
type Forward struct {
	To  string        `json:"to" vi:"Nơi nhận" en:"Forwarded to" values:"commune|district|department|medical_panel|military|police|ministry|grave_office|other_department" hint:"other_department là Sở của tỉnh khác"`
	Due calendar.Date `json:"due,omitzero" vi:"Hạn của bước này" en:"Due date of the step" hint:"để trống: tính theo thời hạn của bước" law:"NĐ 131/2021"`
}

// Examine records the conclusion of an examination, of the papers or by a medical panel.
type Examine struct {
	Conclusion domain.Private[string] `json:"conclusion" vi:"Kết luận" en:"Conclusion"`
}

// Resolve grants what was asked; the date of the command is the date of signature.
type Resolve struct {
	Number string `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
}

// Refuse answers in writing that the conditions are not met (NĐ 131/2021 Đ126).
type Refuse struct {
	Reason domain.Private[string] `json:"reason" vi:"Lý do không đủ điều kiện" en:"Reason" law:"NĐ 131/2021 Đ126"`
	Number string                 `json:"number,omitempty" vi:"Số văn bản" en:"Document number"`
}

// ReturnDossier gives the dossier back for completion; its time ends, and begins anew when it is received again.
type ReturnDossier struct {
	Missing domain.Private[string] `json:"missing" vi:"Nội dung cần bổ sung" en:"What is missing"`
}

// Withdraw records that the dossier is no longer wanted.
type Withdraw struct {
	Reason domain.Private[string] `json:"reason,omitzero" vi:"Lý do" en:"Reason"`
}

// StartAllowance begins a monthly allowance. It opens a case for somebody recognised before this log began: then
// person, commune and category are needed. After a dossier they are known. A level is a fixed amount or a multiple of the
// standard, which then follows every rise of the standard by itself.
type StartAllowance struct {
	Person   domain.PersonID `json:"person,omitzero" vi:"Người hưởng" en:"Beneficiary"`
	Commune  area.Code       `json:"commune,omitempty" vi:"Xã, phường cư trú" en:"Commune"`
	Category string          `json:"category,omitempty" vi:"Đối tượng" en:"Category" values:"a|b|c|d|dd|e|g|h|i|k|l|m|relative" law:"PL 02/2020 Đ3"`
	From     calendar.Month  `json:"from" vi:"Hưởng từ tháng" en:"First month" hint:"YYYY-MM"`
	Level    money.VND       `json:"level,omitempty" vi:"Mức hưởng hằng tháng" en:"Monthly level" unit:"VND" min:"0" max:"1000000000" law:"NĐ 75/2021, 55/2023, 77/2024"`
	Number   string          `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
	PerMille int             `json:"per_mille,omitempty" vi:"Hệ số so với mức chuẩn" en:"Multiple of the standard" unit:"‰" min:"1" max:"10000" hint:"1000 là một lần mức chuẩn; thay cho mức hưởng" law:"NĐ 75/2021 Đ3"`
}

// ChangeAllowance sets another level from a month on (a new standard level, another percentage).
type ChangeAllowance struct {
	From     calendar.Month `json:"from" vi:"Mức mới từ tháng" en:"From month" hint:"YYYY-MM"`
	Level    money.VND      `json:"level,omitempty" vi:"Mức hưởng hằng tháng" en:"Monthly level" unit:"VND" min:"1" max:"1000000000"`
	Number   string         `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
	PerMille int            `json:"per_mille,omitempty" vi:"Hệ số so với mức chuẩn" en:"Multiple of the standard" unit:"‰" min:"1" max:"10000" hint:"1000 là một lần mức chuẩn; thay cho mức hưởng" law:"NĐ 75/2021 Đ3"`
}

// PayAllowance records the payment for an allowance month. Without an amount it is the level of the month.
type PayAllowance struct {
	Month   calendar.Month `json:"month" vi:"Tháng trợ cấp" en:"Allowance month" hint:"YYYY-MM"`
	Amount  money.VND      `json:"amount,omitempty" vi:"Số tiền" en:"Amount" unit:"VND" min:"1" max:"1000000000" hint:"để trống: mức hưởng của tháng"`
	Channel string         `json:"channel" vi:"Hình thức chi trả" en:"Channel" values:"account|cash"`
}

// SuspendAllowance stops payment from a month on (NĐ 131/2021 Đ118, form 72).
type SuspendAllowance struct {
	From   calendar.Month         `json:"from" vi:"Tạm đình chỉ từ tháng" en:"Suspended from month" hint:"YYYY-MM"`
	Reason domain.Private[string] `json:"reason" vi:"Lý do" en:"Reason" law:"NĐ 131/2021 Đ118"`
}

// ResumeAllowance lets payment go on from a month on (NĐ 131/2021 Đ119, form 73).
type ResumeAllowance struct {
	From calendar.Month `json:"from" vi:"Hưởng lại từ tháng" en:"Resumed from month" hint:"YYYY-MM" law:"NĐ 131/2021 Đ119"`
}

// EndAllowance ends the allowance with a last month.
type EndAllowance struct {
	Last   calendar.Month `json:"last" vi:"Tháng hưởng cuối cùng" en:"Last month" hint:"YYYY-MM"`
	Ground string         `json:"ground" vi:"Căn cứ" en:"Ground" values:"died|terminated|moved|expired|other" law:"NĐ 131/2021 Đ118, Đ122–124, Đ131"`
}

func (Receive) CommandName() string          { return "merit.receive" }
func (Forward) CommandName() string          { return "merit.forward" }
func (Examine) CommandName() string          { return "merit.examine" }
func (Resolve) CommandName() string          { return "merit.resolve" }
func (Refuse) CommandName() string           { return "merit.refuse" }
func (ReturnDossier) CommandName() string    { return "merit.return" }
func (Withdraw) CommandName() string         { return "merit.withdraw" }
func (StartAllowance) CommandName() string   { return "merit.start_allowance" }
func (ChangeAllowance) CommandName() string  { return "merit.change_allowance" }
func (PayAllowance) CommandName() string     { return "merit.pay_allowance" }
func (SuspendAllowance) CommandName() string { return "merit.suspend_allowance" }
func (ResumeAllowance) CommandName() string  { return "merit.resume_allowance" }
func (EndAllowance) CommandName() string     { return "merit.end_allowance" }
