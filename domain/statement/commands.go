package statement

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Record takes a figure over as its authority states it.
type Record struct {
	Indicator string         `json:"indicator" vi:"Chỉ tiêu" en:"Indicator" values:"training.trained_rate|poverty.poor_households|poverty.near_poor_households"`
	Area      area.Code      `json:"area" vi:"Địa bàn" en:"Area"`
	Month     calendar.Month `json:"month" vi:"Tháng số liệu" en:"Month of the figure" hint:"YYYY-MM"`
	// Value is in the smallest part of the indicator's unit: hundredths of a percent, households.
	Value  int64  `json:"value" vi:"Giá trị" en:"Value" min:"0" max:"1000000000" hint:"số nguyên; tỷ lệ ghi theo phần trăm của phần trăm: 62,3% là 6230"`
	Source string `json:"source" vi:"Văn bản công bố" en:"Document that states it"`
}

func (Record) CommandName() string { return "statement.record" }
