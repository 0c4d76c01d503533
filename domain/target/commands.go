package target

import "hoso/domain/area"

// Set records a target of a plan.
type Set struct {
	Indicator string    `json:"indicator" vi:"Chỉ tiêu" en:"Indicator" hint:"mã chỉ tiêu, ví dụ training.enrolled"`
	Area      area.Code `json:"area" vi:"Đơn vị được giao" en:"Unit"`
	Year      int       `json:"year" vi:"Năm kế hoạch" en:"Year" min:"2000" max:"2100"`
	// Value is in the smallest part of the indicator's unit: persons, VND, kg, hundredths of a percent.
	Value    int64  `json:"value" vi:"Giá trị" en:"Value" min:"1" max:"1000000000000000" hint:"số nguyên; tỷ lệ ghi theo phần trăm của phần trăm: 62,3% là 6230"`
	Document string `json:"document" vi:"Văn bản giao chỉ tiêu" en:"Document that sets it"`
}

// Change replaces the value.
type Change struct {
	Value    int64  `json:"value" vi:"Giá trị mới" en:"New value" min:"1" max:"1000000000000000"`
	Reason   string `json:"reason" vi:"Lý do điều chỉnh" en:"Reason"`
	Document string `json:"document,omitempty" vi:"Văn bản điều chỉnh" en:"Document"`
}

func (Set) CommandName() string    { return "target.set" }
func (Change) CommandName() string { return "target.change" }
