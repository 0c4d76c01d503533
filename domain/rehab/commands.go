package rehab

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Admit opens the case: the centre takes the trainee in (minutes form 40 of NĐ 116/2021 Đ55; for a volunteer the day
// on which the contract begins). The term runs from this day.
type Admit struct {
	Person  domain.PersonID `json:"person" vi:"Học viên" en:"Trainee"`
	Commune area.Code       `json:"commune" vi:"Xã, phường cư trú" en:"Commune"`
	Regime  string          `json:"regime" vi:"Chế độ" en:"Regime" values:"compulsory|voluntary|holding" hint:"bắt buộc, tự nguyện, lưu trú trong thời gian lập hồ sơ"`
	Minor   bool            `json:"minor,omitempty" vi:"Từ đủ 12 đến dưới 18 tuổi" en:"Aged 12 to 17"`
	Number  string          `json:"number,omitempty" vi:"Số quyết định hoặc hợp đồng" en:"Decision or contract number"`
	Decided calendar.Date   `json:"decided" vi:"Ngày quyết định hoặc hợp đồng" en:"Date of decision or contract"`
	Months  int             `json:"months,omitempty" vi:"Thời hạn" en:"Term" unit:"tháng" min:"0" max:"36" law:"NĐ 116/2021 Đ22–26; Luật 120/2025 Đ29"`
	Counted int             `json:"counted_days,omitempty" vi:"Số ngày đã quản lý tại cơ sở được tính" en:"Days before placement that count" unit:"ngày" min:"0" max:"366" law:"NĐ 116/2021 Đ44.3"`
	Times   string          `json:"times,omitempty" vi:"Lần cai nghiện bắt buộc" en:"Which time" values:"first|again" hint:"lần đầu, từ lần thứ hai" law:"Luật 120/2025 Đ29"`
}

// TransferIn opens a case for a trainee who comes from another centre. The minutes of hand-over state when the term
// ends, with everything that happened there.
type TransferIn struct {
	Person  domain.PersonID `json:"person" vi:"Học viên" en:"Trainee"`
	Commune area.Code       `json:"commune" vi:"Xã, phường cư trú" en:"Commune"`
	Regime  string          `json:"regime" vi:"Chế độ" en:"Regime" values:"compulsory|voluntary"`
	Minor   bool            `json:"minor,omitempty" vi:"Từ đủ 12 đến dưới 18 tuổi" en:"Aged 12 to 17"`
	From    area.Code       `json:"from" vi:"Tỉnh chuyển đi" en:"Province of origin"`
	Decided calendar.Date   `json:"decided" vi:"Ngày quyết định hoặc hợp đồng" en:"Date of decision or contract"`
	Months  int             `json:"months" vi:"Thời hạn" en:"Term" unit:"tháng" min:"1" max:"36"`
	Due     calendar.Date   `json:"due" vi:"Ngày hết thời hạn" en:"End of term"`
}

// Escape records that the trainee is gone; the director decides to search (NĐ 116/2021 Đ56).
type Escape struct {
	Number string `json:"number,omitempty" vi:"Số quyết định truy tìm" en:"Search decision number"`
}

// Return records that a trainee who had escaped is back, brought or by himself.
type Return struct {
	Own bool `json:"own,omitempty" vi:"Tự trở lại" en:"Came back by himself"`
}

// LeaveTemporarily records that the trainee is out of the centre with its leave, or that the court suspended the term
// because of a long illness; the time counts.
type LeaveTemporarily struct {
	Reason string `json:"reason" vi:"Lý do" en:"Reason" values:"hospital|investigation|family|other|suspension" hint:"suspension là tạm đình chỉ chấp hành" law:"NĐ 116/2021 Đ58, Đ59"`
	Days   int    `json:"days,omitempty" vi:"Số ngày phải điều trị nội trú" en:"Days in hospital" unit:"ngày" min:"1" max:"366" hint:"cần khi tạm đình chỉ" law:"NĐ 116/2021 Đ58"`
}

// ComeBack ends a temporary leave.
type ComeBack struct{}

// ReduceTerm records that the court shortened the term (NĐ 116/2021 Đ58).
type ReduceTerm struct {
	Months int    `json:"months" vi:"Số tháng được giảm" en:"Months taken off" unit:"tháng" min:"1" max:"6" law:"NĐ 116/2021 Đ58"`
	Number string `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
	Ground string `json:"ground,omitempty" vi:"Căn cứ giảm" en:"Ground" values:"progress|merit" hint:"tiến bộ, lập công" law:"NĐ 116/2021 Đ58"`
}

// NotifyEnd records that court, commune and family were told when the term ends (NĐ 116/2021 Đ62).
type NotifyEnd struct{}

// TransferOut hands the trainee over to the centre of another province.
type TransferOut struct {
	To area.Code `json:"to" vi:"Tỉnh chuyển đến" en:"Province of destination"`
}

// Complete records that the term is over; the date is that of the certificate (form 46, NĐ 116/2021 Đ62).
type Complete struct {
	Number string `json:"number,omitempty" vi:"Số giấy chứng nhận" en:"Certificate number"`
}

// Release ends the stay in another way than by completing it.
type Release struct {
	Ground string `json:"ground" vi:"Căn cứ" en:"Ground" values:"placed|not_placed|exempted|contract_ended" law:"NĐ 116/2021 Đ44, Đ58" hint:"đã có quyết định đưa vào cơ sở, không đưa vào cơ sở, được miễn phần còn lại, chấm dứt hợp đồng"`
}

// Die records that the trainee died (NĐ 116/2021 Đ61).
type Die struct {
	Cause domain.Private[string] `json:"cause,omitzero" vi:"Nguyên nhân" en:"Cause"`
}

func (Admit) CommandName() string            { return "rehab.admit" }
func (TransferIn) CommandName() string       { return "rehab.transfer_in" }
func (Escape) CommandName() string           { return "rehab.escape" }
func (Return) CommandName() string           { return "rehab.return" }
func (LeaveTemporarily) CommandName() string { return "rehab.leave_temporarily" }
func (ComeBack) CommandName() string         { return "rehab.come_back" }
func (ReduceTerm) CommandName() string       { return "rehab.reduce_term" }
func (NotifyEnd) CommandName() string        { return "rehab.notify_end" }
func (TransferOut) CommandName() string      { return "rehab.transfer_out" }
func (Complete) CommandName() string         { return "rehab.complete" }
func (Release) CommandName() string          { return "rehab.release" }
func (Die) CommandName() string              { return "rehab.die" }
