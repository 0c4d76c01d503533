package convalescent

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/money"
)

// List puts somebody on the commune's list of a year (form 86). It opens the case, and begins every later round.
type List struct {
	Person   domain.PersonID `json:"person" vi:"Người có công hoặc thân nhân liệt sĩ" en:"Meritorious person or relative of a martyr"`
	Commune  area.Code       `json:"commune" vi:"Xã, phường cư trú" en:"Commune"`
	Category string          `json:"category" vi:"Đối tượng" en:"Category" values:"a|b|d|dd|e|g|h|i|k|relative" hint:"điểm của PL 02/2020 Đ3.1 (dd là điểm đ); relative là thân nhân liệt sĩ" law:"NĐ 75/2021 Đ6"`
	Year     int             `json:"year" vi:"Năm điều dưỡng" en:"Year" min:"2000" max:"2100"`
	Every    int             `json:"every" vi:"Chu kỳ" en:"Every how many years" unit:"năm" min:"1" max:"2" hint:"1: hằng năm; 2: hai năm một lần" law:"NĐ 75/2021 Đ6"`
}

// Approve grants the round; the date of the command is that of the decision (form 68).
type Approve struct {
	Form   string `json:"form" vi:"Hình thức" en:"Form" values:"group|home" hint:"tập trung, tại nhà" law:"NĐ 131/2021 Đ84–87"`
	Number string `json:"number,omitempty" vi:"Số quyết định" en:"Decision number"`
}

// Refuse answers that the person is not due.
type Refuse struct {
	Reason domain.Private[string] `json:"reason" vi:"Lý do" en:"Reason"`
}

// Attend records how much of a batch the person attended; fewer days than the batch had is leaving early.
type Attend struct {
	Batch string `json:"batch,omitempty" vi:"Đợt" en:"Batch" hint:"số hoặc tên của đợt"`
	Days  int    `json:"days" vi:"Số ngày đã điều dưỡng" en:"Days attended" unit:"ngày" min:"1" max:"60"`
	Of    int    `json:"of" vi:"Số ngày của đợt" en:"Days of the batch" unit:"ngày" min:"1" max:"60"`
}

// AllowAgain lets somebody who attended too little of a batch attend another, or convalesce at home: the director decides.
type AllowAgain struct {
	Form string `json:"form" vi:"Hình thức" en:"Form" values:"group|home" hint:"tập trung, tại nhà" law:"NĐ 131/2021 Đ84–87"`
}

// PayHome records the payment to somebody who convalesces at home.
type PayHome struct {
	Amount money.VND `json:"amount,omitempty" vi:"Số tiền" en:"Amount" unit:"VND" min:"0" max:"1000000000" hint:"để trống: theo mức của ngày phê duyệt" law:"NĐ 75/2021 Đ6"`
}

// Die records that the person died.
type Die struct{}

// PayRelatives pays the rate at home to the relatives of somebody who died before taking what was approved.
type PayRelatives struct {
	Amount money.VND `json:"amount,omitempty" vi:"Số tiền" en:"Amount" unit:"VND" min:"0" max:"1000000000" hint:"để trống: theo mức của ngày phê duyệt" law:"NĐ 75/2021 Đ6"`
}

func (List) CommandName() string         { return "convalescent.list" }
func (Approve) CommandName() string      { return "convalescent.approve" }
func (Refuse) CommandName() string       { return "convalescent.refuse" }
func (Attend) CommandName() string       { return "convalescent.attend" }
func (AllowAgain) CommandName() string   { return "convalescent.allow_again" }
func (PayHome) CommandName() string      { return "convalescent.pay_home" }
func (Die) CommandName() string          { return "convalescent.die" }
func (PayRelatives) CommandName() string { return "convalescent.pay_relatives" }
