package convalescence

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Plan opens the case: a batch is planned for a month.
type Plan struct {
	Area      area.Code      `json:"area" vi:"Đơn vị tổ chức" en:"Area that sends the batch"`
	Month     calendar.Month `json:"month" vi:"Tháng dự kiến" en:"Month" hint:"YYYY-MM"`
	Starts    calendar.Date  `json:"starts,omitzero" vi:"Ngày dự kiến bắt đầu" en:"First day"`
	Days      int            `json:"days,omitempty" vi:"Số ngày, không kể ngày đi và về" en:"Days without travel" unit:"ngày" min:"0" max:"60" law:"NĐ 131/2021 Đ84–87"`
	Place     string         `json:"place,omitempty" vi:"Cơ sở điều dưỡng" en:"Place"`
	Delegates int64          `json:"delegates,omitempty" vi:"Số người dự kiến" en:"Persons expected" unit:"người" min:"0" max:"10000"`
}

// Reschedule moves a planned batch to another day or month.
type Reschedule struct {
	Month  calendar.Month `json:"month" vi:"Tháng dự kiến" en:"Month" hint:"YYYY-MM"`
	Starts calendar.Date  `json:"starts,omitzero" vi:"Ngày dự kiến bắt đầu" en:"First day"`
}

// Start records the first day. It opens the case of a batch that was planned elsewhere: then the area is needed.
type Start struct {
	Area  area.Code `json:"area,omitempty" vi:"Đơn vị tổ chức" en:"Area that sends the batch"`
	Place string    `json:"place,omitempty" vi:"Cơ sở điều dưỡng" en:"Place"`
}

// Complete records the last day, and who was there: all who attended, also those who left early for a good reason.
type Complete struct {
	Delegates int64 `json:"delegates" vi:"Số người đã điều dưỡng" en:"Persons who attended" unit:"người" min:"1" max:"10000"`
	LeftEarly int64 `json:"left_early,omitempty" vi:"Trong đó về sớm" en:"Of whom left early" unit:"người" min:"0" max:"10000" law:"NĐ 131/2021 Đ84–87"`
	Days      int   `json:"days" vi:"Số ngày điều dưỡng, không kể ngày đi và về" en:"Days held, without travel" unit:"ngày" min:"1" max:"60" law:"NĐ 131/2021 Đ84–87"`
}

// Cancel records that the batch does not take place, or was broken off.
type Cancel struct {
	Ground string `json:"ground" vi:"Lý do" en:"Ground" values:"disaster|epidemic|facility|too_few|other" hint:"thiên tai, dịch bệnh, cơ sở không nhận, không đủ người, khác"`
}

func (Plan) CommandName() string       { return "convalescence.plan" }
func (Reschedule) CommandName() string { return "convalescence.reschedule" }
func (Start) CommandName() string      { return "convalescence.start" }
func (Complete) CommandName() string   { return "convalescence.complete" }
func (Cancel) CommandName() string     { return "convalescence.cancel" }
