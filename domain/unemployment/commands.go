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
}

// Decide grants the benefit; the date of the command is the date of signature (form 05 of TT 28/2015).
type Decide struct {
	Number string        `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
	Level  money.VND     `json:"level" vi:"Mức hưởng hằng tháng" en:"Monthly level" unit:"VND" min:"1" max:"1000000000" law:"Luật Việc làm 38/2013 Đ50; 74/2025 Đ39"`
	Months int           `json:"months" vi:"Số tháng hưởng" en:"Months granted" unit:"tháng" min:"1" max:"12" law:"Luật Việc làm 38/2013 Đ50; 74/2025 Đ39"`
	Start  calendar.Date `json:"start,omitzero" vi:"Ngày bắt đầu hưởng" en:"First day of benefit"`
	AtMax  bool          `json:"at_max,omitempty" vi:"Hưởng mức tối đa" en:"At the highest level"`
}

// Collect records that the claimant took the decision; the benefit begins to be received.
type Collect struct{}

// Cancel takes the decision back because it was not collected (form 09 of TT 28/2015).
type Cancel struct {
	Number string `json:"number,omitempty" vi:"Số quyết định hủy" en:"Decision number"`
}

// Notify records the monthly notice of looking for work (form 16 of TT 28/2015, form 24 of NĐ 374/2025).
type Notify struct {
	Month int `json:"month" vi:"Tháng hưởng thứ" en:"Benefit month" min:"1" max:"12"`
}

// Suspend stops payment since a monthly notice was missed (form 06 of TT 28/2015).
type Suspend struct {
	Month int `json:"month" vi:"Tháng hưởng không thông báo" en:"Benefit month without notice" min:"1" max:"12"`
}

// Resume lets payment go on after the next notice (form 07 of TT 28/2015).
type Resume struct{}

// Terminate ends the benefit before its time. The effective date depends on the ground and may lie before the day of
// signature (TT 28/2015, example 12: told on 12/5 of a contract in force since 08/4).
type Terminate struct {
	Reason    string        `json:"reason" vi:"Lý do chấm dứt" en:"Ground" values:"job|three_missed|sanctioned|own_request|other" law:"Luật Việc làm 38/2013 Đ53.3; 74/2025 Đ41.4"`
	Effective calendar.Date `json:"effective" vi:"Ngày chấm dứt hưởng" en:"Effective date" law:"NĐ 374/2025 Đ19.1"`
}

// Expire ends the benefit because all granted months have passed.
type Expire struct{}

// TransferOut sends the claimant to the centre of another province (form 11 of TT 28/2015).
type TransferOut struct {
	To area.Code `json:"to" vi:"Tỉnh chuyển đến" en:"Province of destination"`
}

// TransferIn opens a case for a claimant who comes from another province with months left.
type TransferIn struct {
	Person    domain.PersonID `json:"person" vi:"Người lao động" en:"Claimant"`
	Commune   area.Code       `json:"commune" vi:"Xã, phường cư trú" en:"Commune"`
	Sex       string          `json:"sex" vi:"Giới tính" en:"Sex" values:"female|male"`
	BirthYear int             `json:"birth_year" vi:"Năm sinh" en:"Year of birth" min:"1900" max:"2100"`
	From      area.Code       `json:"from" vi:"Tỉnh chuyển đi" en:"Province of origin"`
	Level     money.VND       `json:"level" vi:"Mức hưởng hằng tháng" en:"Monthly level" unit:"VND" min:"1" max:"1000000000"`
	Months    int             `json:"months" vi:"Số tháng còn được hưởng" en:"Months left" unit:"tháng" min:"1" max:"11" law:"NĐ 28/2015 Đ22: đã hưởng ít nhất 1 tháng"`
}

// Pay records the payment of a benefit month by the social-insurance agency.
type Pay struct {
	Month  int       `json:"month" vi:"Tháng hưởng thứ" en:"Benefit month" min:"1" max:"12"`
	Amount money.VND `json:"amount" vi:"Số tiền" en:"Amount" unit:"VND" min:"1" max:"1000000000"`
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
