package poverty

import "hoso/domain/area"

// Plan opens the case, under a plan document.
type Plan struct {
	Area area.Code `json:"area" vi:"Địa bàn" en:"Area"`
	Kind string    `json:"kind" vi:"Loại rà soát" en:"Kind" values:"annual|ongoing" hint:"định kỳ hằng năm, thường xuyên" law:"QĐ 24/2021/QĐ-TTg"`
	Year int       `json:"year" vi:"Năm rà soát" en:"Year" min:"2000" max:"2100"`
	Plan string    `json:"plan" vi:"Kế hoạch" en:"Plan" hint:"số, ký hiệu của kế hoạch: 85/KH-UBND"`
}

// Begin records that the review has begun in the area.
type Begin struct{}

// Close records the result.
type Close struct {
	Households int64 `json:"households" vi:"Số hộ được rà soát" en:"Households reviewed" unit:"hộ" min:"1" max:"10000000"`
}

// Cancel records that the review does not take place.
type Cancel struct{}

func (Plan) CommandName() string   { return "poverty.plan" }
func (Begin) CommandName() string  { return "poverty.begin" }
func (Close) CommandName() string  { return "poverty.close" }
func (Cancel) CommandName() string { return "poverty.cancel" }
