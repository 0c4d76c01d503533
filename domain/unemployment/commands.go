package unemployment

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/money"
)

// File opens the case: the claimant hands in the file (form 03 of TT 28/2015, form 10 of NĐ 374/2025).
type File struct {
	Person    domain.PersonID `json:"person" vi:"Người lao động" en:"Claimant"`
	Commune   area.Code       `json:"commune" vi:"Xã, phường cư trú" en:"Commune"`
	Sex       string          `json:"sex" vi:"Giới tính" en:"Sex" values:"female|male"`
	BirthYear int             `json:"birth_year" vi:"Năm sinh" en:"Year of birth" min:"1900" max:"2100"`
	Channel   string          `json:"channel" vi:"Hình thức nộp" en:"Channel" values:"direct|portal|post|proxy" law:"NĐ 374/2025 Đ14"`
	Residence string          `json:"residence" vi:"Nơi cư trú" en:"Residence" values:"own|other_province"`
	Paid      int             `json:"months_paid" vi:"Số tháng đã đóng bảo hiểm" en:"Months contributed" unit:"tháng" min:"0" max:"600" law:"Luật Việc làm 38/2013 Đ49"`
	Facts
}

// RequestSupplement asks the claimant for what the file lacks (form 03 of NĐ 374/2025).
type RequestSupplement struct {
	Missing domain.Private[string] `json:"missing" vi:"Giấy tờ còn thiếu" en:"What is missing"`
}

// Complete records that the claimant has brought what was missing.
type Complete struct{}

// Withdraw records that the claimant no longer wants the benefit (form 08 of TT 28/2015).
type Withdraw struct {
	Reason domain.Private[string] `json:"reason,omitzero" vi:"Lý do" en:"Reason"`
}

// Refuse answers that the claimant is not entitled, with the reason in writing (form 22 of TT 28/2015).
type Refuse struct {
	Reason domain.Private[string] `json:"reason" vi:"Lý do không được hưởng" en:"Reason"`
	Number string                 `json:"number,omitempty" vi:"Số văn bản" en:"Document number"`
	Ground string                 `json:"ground,omitempty" vi:"Điều kiện không đáp ứng" en:"Condition not met" values:"months|late|left_unlawfully|pension|job|service|study|measures|detained|emigrated|died|other" law:"Luật Việc làm 38/2013 Đ49; 74/2025 Đ38.1"`
}

// Decide grants the benefit; the date of the command is the date of signature (form 05 of TT 28/2015, form 12 of NĐ
// 374/2025). Level, months and start are computed where they are left out; what is stated and differs needs a reason.
type Decide struct {
	Number    string                 `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
	Level     money.VND              `json:"level,omitempty" vi:"Mức hưởng hằng tháng" en:"Monthly level" unit:"VND" min:"1" max:"1000000000" law:"Luật Việc làm 38/2013 Đ50; 74/2025 Đ39" hint:"để trống để tính theo hồ sơ"`
	Months    int                    `json:"months,omitempty" vi:"Số tháng hưởng" en:"Months granted" unit:"tháng" min:"1" max:"12" law:"Luật Việc làm 38/2013 Đ50; 74/2025 Đ39" hint:"để trống để tính theo hồ sơ"`
	Start     calendar.Date          `json:"start,omitzero" vi:"Ngày bắt đầu hưởng" en:"First day of benefit" hint:"để trống để tính theo hồ sơ"`
	AtMax     bool                   `json:"at_max,omitempty" vi:"Hưởng mức tối đa" en:"At the highest level"`
	Deviation domain.Private[string] `json:"deviation,omitzero" vi:"Lý do khác với kết quả tính" en:"Why it differs from what is computed"`
}

// Collect records that the claimant took the decision; the benefit begins to be received.
type Collect struct{}

// Cancel takes the decision back because it was not collected, or for another reason that is then stated (form 09 of TT
// 28/2015, form 08 of NĐ 374/2025).
type Cancel struct {
	Number string                 `json:"number,omitempty" vi:"Số quyết định hủy" en:"Decision number"`
	Reason domain.Private[string] `json:"reason,omitzero" vi:"Lý do hủy khác" en:"Other reason"`
}

// Notify records the monthly notice of looking for work (form 16 of TT 28/2015, form 24 of NĐ 374/2025).
type Notify struct {
	Month int                    `json:"month" vi:"Tháng hưởng thứ" en:"Benefit month" min:"1" max:"12"`
	Late  domain.Private[string] `json:"late,omitzero" vi:"Lý do thông báo ngoài thời hạn" en:"Why it comes out of its days" law:"TT 28/2015 Đ10.3; NĐ 374/2025 Đ21.2"`
}

// Exempt records that no notice is owed, from a benefit month on or until one (form 17 of TT 28/2015).
type Exempt struct {
	Ground string `json:"ground" vi:"Trường hợp miễn" en:"Ground" values:"age|illness|maternity|course|short_contract" law:"TT 28/2015 Đ10.2" hint:"nam từ đủ 60, nữ từ đủ 55 tuổi; ốm đau dài ngày; thai sản; đang học nghề; hợp đồng dưới 3 tháng"`
	Month  int    `json:"month" vi:"Từ tháng hưởng thứ" en:"From benefit month" min:"1" max:"12"`
	Until  int    `json:"until,omitempty" vi:"Đến tháng hưởng thứ" en:"Until benefit month" min:"1" max:"12"`
}

// Miss records that the notice of a benefit month did not come in its days.
type Miss struct {
	Month int `json:"month" vi:"Tháng hưởng thứ" en:"Benefit month" min:"1" max:"12"`
}

// Suspend stops payment since a monthly notice was missed (form 06 of TT 28/2015).
type Suspend struct {
	Month int `json:"month" vi:"Tháng hưởng không thông báo" en:"Benefit month without notice" min:"1" max:"12"`
}

// Resume lets payment go on after the next notice (form 07 of TT 28/2015).
type Resume struct{}

// Terminate ends the benefit before its time. The effective date depends on the ground and may lie before the day of
// signature (TT 28/2015, example 12: told on 12/5 of a contract in force since 08/4). Ground is exact, Reason the part of
// form 34 in which it counts.
type Terminate struct {
	Reason    string        `json:"reason" vi:"Lý do chấm dứt" en:"Ground" values:"job|three_missed|sanctioned|own_request|other" law:"Luật Việc làm 38/2013 Đ53.3; 74/2025 Đ41.4"`
	Effective calendar.Date `json:"effective,omitzero" vi:"Ngày chấm dứt hưởng" en:"Effective date" law:"NĐ 374/2025 Đ19.1" hint:"chỉ được để trống khi ba tháng liên tục không thông báo"`
	Ground    string        `json:"ground,omitempty" vi:"Căn cứ cụ thể" en:"Exact ground" values:"job|service|pension|two_refusals|three_missed|emigrated|study|sanctioned|died|measures|missing|detained|own_request" law:"Luật Việc làm 38/2013 Đ53.3; 74/2025 Đ41.4"`
	Reported  calendar.Date `json:"reported,omitzero" vi:"Ngày người lao động thông báo" en:"Reported by the claimant on" law:"NĐ 374/2025 Đ19.2, Đ19.5"`
}

// Expire ends the benefit because all granted months have passed.
type Expire struct{}

// TransferOut sends the claimant to the centre of another province (form 11 of TT 28/2015).
type TransferOut struct {
	To area.Code `json:"to" vi:"Tỉnh chuyển đến" en:"Province of destination"`
}

// WithdrawTransfer records that the claimant stays: the referral is given back (NĐ 374/2025 Đ20.4, Đ20.5, form 23).
type WithdrawTransfer struct{}

// TransferIn opens a case for a claimant who comes from another province with months left.
type TransferIn struct {
	Person    domain.PersonID `json:"person" vi:"Người lao động" en:"Claimant"`
	Commune   area.Code       `json:"commune" vi:"Xã, phường cư trú" en:"Commune"`
	Sex       string          `json:"sex" vi:"Giới tính" en:"Sex" values:"female|male"`
	BirthYear int             `json:"birth_year" vi:"Năm sinh" en:"Year of birth" min:"1900" max:"2100"`
	From      area.Code       `json:"from" vi:"Tỉnh chuyển đi" en:"Province of origin"`
	Level     money.VND       `json:"level" vi:"Mức hưởng hằng tháng" en:"Monthly level" unit:"VND" min:"1" max:"1000000000"`
	Months    int             `json:"months" vi:"Số tháng còn được hưởng" en:"Months left" unit:"tháng" min:"1" max:"11" law:"NĐ 28/2015 Đ22: đã hưởng ít nhất 1 tháng"`
	Paid      int             `json:"months_paid,omitempty" vi:"Số tháng đóng còn lại chưa được hưởng" en:"Months of contributions not used yet" unit:"tháng" min:"0" max:"600"`
	Start     calendar.Date   `json:"start,omitzero" vi:"Ngày đầu của các tháng còn lại" en:"First day of the months left"`
	Referred  calendar.Date   `json:"referred,omitzero" vi:"Ngày đề nghị chuyển ở nơi đi" en:"Day of the request at the old place" law:"TT 28/2015 Đ10, ví dụ 15"`
}

// Pay records the payment of a benefit month by the social-insurance agency.
type Pay struct {
	Month  int       `json:"month" vi:"Tháng hưởng thứ" en:"Benefit month" min:"1" max:"12"`
	Amount money.VND `json:"amount" vi:"Số tiền" en:"Amount" unit:"VND" min:"1" max:"1000000000"`
}

// NotifyUnclaimed records the notice of the social-insurance agency that nobody came for a month's money (form 14 of TT
// 28/2015, form 13 of NĐ 374/2025).
type NotifyUnclaimed struct {
	Month int `json:"month" vi:"Tháng hưởng thứ" en:"Benefit month" min:"1" max:"12"`
}

// Reserve decides that months of contributions stay for the next time (form 15 of TT 28/2015, form 14 of NĐ 374/2025).
type Reserve struct {
	Months    int                    `json:"months,omitempty" vi:"Số tháng đóng được bảo lưu" en:"Months of contributions reserved" unit:"tháng" min:"0" max:"600" hint:"để trống để tính theo hồ sơ"`
	Number    string                 `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
	Deviation domain.Private[string] `json:"deviation,omitzero" vi:"Lý do khác với kết quả tính" en:"Why it differs from what is computed"`
}

// OrderRecovery decides that money has to come back (forms 34 to 36 of TT 28/2015).
type OrderRecovery struct {
	Amount money.VND              `json:"amount" vi:"Số tiền" en:"Amount" unit:"VND" min:"1" max:"1000000000"`
	Number string                 `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
	Reason domain.Private[string] `json:"reason,omitzero" vi:"Lý do" en:"Reason"`
}

// Recover records money that came back.
type Recover struct {
	Amount money.VND `json:"amount" vi:"Số tiền" en:"Amount" unit:"VND" min:"1" max:"1000000000"`
}

// AskVocational opens a case for somebody who asks for vocational support without claiming benefit (form 02 of NĐ
// 374/2025; Luật 74/2025 Đ37.2). Claimants ask in the case of their claim.
type AskVocational struct {
	Person    domain.PersonID `json:"person" vi:"Người lao động" en:"Claimant"`
	Commune   area.Code       `json:"commune" vi:"Xã, phường cư trú" en:"Commune"`
	Sex       string          `json:"sex" vi:"Giới tính" en:"Sex" values:"female|male"`
	BirthYear int             `json:"birth_year" vi:"Năm sinh" en:"Year of birth" min:"1900" max:"2100"`
	Paid      int             `json:"months_paid,omitempty" vi:"Số tháng đã đóng trong 36 tháng trước khi nghỉ" en:"Months contributed in the 36 months before" unit:"tháng" min:"0" max:"600" law:"Luật Việc làm 74/2025 Đ37.2d"`
	Ended     calendar.Date   `json:"ended,omitzero" vi:"Ngày chấm dứt hợp đồng hoặc việc làm" en:"Day on which the work ended" law:"Luật Việc làm 74/2025 Đ37.2b"`
}

// SupportVocational decides to pay for a vocational course (form 18 of TT 28/2015, form 05 of NĐ 374/2025).
type SupportVocational struct {
	Number string    `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
	Months int       `json:"months" vi:"Số tháng hỗ trợ" en:"Months of support" unit:"tháng" min:"1" max:"12" law:"Luật Việc làm 74/2025 Đ37.3" hint:"từ 15 ngày trở lên tính một tháng"`
	Amount money.VND `json:"amount" vi:"Kinh phí hỗ trợ" en:"Amount" unit:"VND" min:"1" max:"1000000000" law:"NĐ 374/2025 Đ11"`
}

// CancelVocational takes the decision on vocational support back (form 08 of NĐ 374/2025).
type CancelVocational struct {
	Number string `json:"number,omitempty" vi:"Số quyết định hủy" en:"Decision number"`
}

func (File) CommandName() string              { return "unemployment.file" }
func (RequestSupplement) CommandName() string { return "unemployment.request_supplement" }
func (Complete) CommandName() string          { return "unemployment.complete" }
func (Withdraw) CommandName() string          { return "unemployment.withdraw" }
func (Refuse) CommandName() string            { return "unemployment.refuse" }
func (Decide) CommandName() string            { return "unemployment.decide" }
func (Collect) CommandName() string           { return "unemployment.collect" }
func (Cancel) CommandName() string            { return "unemployment.cancel" }
func (Notify) CommandName() string            { return "unemployment.notify" }
func (Suspend) CommandName() string           { return "unemployment.suspend" }
func (Resume) CommandName() string            { return "unemployment.resume" }
func (Terminate) CommandName() string         { return "unemployment.terminate" }
func (Expire) CommandName() string            { return "unemployment.expire" }
func (TransferOut) CommandName() string       { return "unemployment.transfer_out" }
func (TransferIn) CommandName() string        { return "unemployment.transfer_in" }
func (Pay) CommandName() string               { return "unemployment.pay" }
func (Exempt) CommandName() string            { return "unemployment.exempt" }
func (Miss) CommandName() string              { return "unemployment.miss" }
func (WithdrawTransfer) CommandName() string  { return "unemployment.withdraw_transfer" }
func (NotifyUnclaimed) CommandName() string   { return "unemployment.notify_unclaimed" }
func (Reserve) CommandName() string           { return "unemployment.reserve" }
func (OrderRecovery) CommandName() string     { return "unemployment.order_recovery" }
func (Recover) CommandName() string           { return "unemployment.recover" }
func (AskVocational) CommandName() string     { return "unemployment.ask_vocational" }
func (SupportVocational) CommandName() string { return "unemployment.support_vocational" }
func (CancelVocational) CommandName() string  { return "unemployment.cancel_vocational" }
