package jointtraining

import "hoso/domain/area"

// Request opens the case.
type Request struct {
	School  string    `json:"school" vi:"Trường đề nghị" en:"School"`
	Area    area.Code `json:"area" vi:"Địa bàn đào tạo" en:"Area of the training"`
	Level   string    `json:"level" vi:"Trình độ" en:"Level" values:"trung_cap|cao_dang" hint:"trung cấp, cao đẳng"`
	Partner string    `json:"partner,omitempty" vi:"Cơ sở phối hợp" en:"Partner institution"`
	Trades  string    `json:"trades,omitempty" vi:"Ngành, nghề đào tạo" en:"Trades"`
}

// Approve lets the school enrol.
type Approve struct {
	Number string `json:"number,omitempty" vi:"Số văn bản" en:"Document number"`
}

// Refuse answers that it may not.
type Refuse struct {
	Reason string `json:"reason" vi:"Lý do" en:"Reason" hint:"không ghi thông tin cá nhân"`
	Number string `json:"number,omitempty" vi:"Số văn bản" en:"Document number"`
}

// Withdraw takes the request or the approval back.
type Withdraw struct {
	Reason string `json:"reason,omitempty" vi:"Lý do" en:"Reason" hint:"không ghi thông tin cá nhân"`
}

func (Request) CommandName() string  { return "jointtraining.request" }
func (Approve) CommandName() string  { return "jointtraining.approve" }
func (Refuse) CommandName() string   { return "jointtraining.refuse" }
func (Withdraw) CommandName() string { return "jointtraining.withdraw" }
