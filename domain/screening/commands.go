package screening

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Plan opens the case.
type Plan struct {
	Area    area.Code     `json:"area" vi:"Địa bàn" en:"Area"`
	Place   string        `json:"place" vi:"Nơi khám" en:"Place"`
	Partner string        `json:"partner,omitempty" vi:"Đơn vị phối hợp, tài trợ" en:"Partner"`
	Starts  calendar.Date `json:"starts,omitzero" vi:"Ngày dự kiến" en:"First day"`
}

// Hold records the first day. It opens the case of a screening of which no plan is in here: then area and place are
// needed.
type Hold struct {
	Area    area.Code `json:"area,omitempty" vi:"Địa bàn" en:"Area"`
	Place   string    `json:"place,omitempty" vi:"Nơi khám" en:"Place"`
	Partner string    `json:"partner,omitempty" vi:"Đơn vị phối hợp, tài trợ" en:"Partner"`
}

// Record says how many children of a commune were examined, by what the doctors advised. The number of the doctors' list
// tells it from every other record; the list itself stays with them.
type Record struct {
	Commune area.Code `json:"commune" vi:"Xã, phường của trẻ" en:"Commune of the children"`
	Number  string    `json:"number" vi:"Số danh sách khám" en:"Number of the list" hint:"chỉ ghi số, không ghi tên trẻ"`
	Surgery int64     `json:"surgery" vi:"Chỉ định phẫu thuật" en:"Surgery advised" unit:"trẻ em" min:"0" max:"100000"`
	Consult int64     `json:"consult" vi:"Hẹn hội chẩn" en:"Asked to a consultation" unit:"trẻ em" min:"0" max:"100000"`
	None    int64     `json:"none" vi:"Không chỉ định" en:"Neither" unit:"trẻ em" min:"0" max:"100000"`
}

// Close ends the screening.
type Close struct{}

// Cancel records that it does not take place.
type Cancel struct{}

func (Plan) CommandName() string   { return "screening.plan" }
func (Hold) CommandName() string   { return "screening.hold" }
func (Record) CommandName() string { return "screening.record" }
func (Close) CommandName() string  { return "screening.close" }
func (Cancel) CommandName() string { return "screening.cancel" }
