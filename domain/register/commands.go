package register

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Draft opens the case of a document.
type Draft struct {
	Kind    string    `json:"kind" vi:"Loại văn bản" en:"Kind" values:"plan|decision|letter|report" hint:"kế hoạch, quyết định, công văn, báo cáo"`
	Subject string    `json:"subject" vi:"Trích yếu" en:"Subject" hint:"không ghi thông tin cá nhân"`
	Field   string    `json:"field" vi:"Lĩnh vực" en:"Field of work" values:"employment|unemployment|training|merit|convalescence|remains|relief|poverty|children|rehab|other"`
	Issuer  string    `json:"issuer" vi:"Cơ quan ban hành" en:"Issuing body"`
	Area    area.Code `json:"area" vi:"Địa bàn" en:"Area"`
}

// Submit hands the draft to whoever signs it.
type Submit struct {
	To string `json:"to,omitempty" vi:"Trình" en:"Submitted to" hint:"chức danh hoặc cơ quan"`
}

// Approve accepts the draft for issue.
type Approve struct{}

// Return sends the draft back for changes.
type Return struct {
	Reason string `json:"reason,omitempty" vi:"Nội dung cần sửa" en:"What to change" hint:"không ghi thông tin cá nhân"`
}

// Issue gives the document its number; the date of the act is its date. What the draft says may be left out; a
// document that was drafted elsewhere needs it all.
type Issue struct {
	Kind    string    `json:"kind,omitempty" vi:"Loại văn bản" en:"Kind" values:"plan|decision|letter|report" hint:"kế hoạch, quyết định, công văn, báo cáo"`
	Subject string    `json:"subject,omitempty" vi:"Trích yếu" en:"Subject" hint:"không ghi thông tin cá nhân"`
	Field   string    `json:"field,omitempty" vi:"Lĩnh vực" en:"Field of work" values:"employment|unemployment|training|merit|convalescence|remains|relief|poverty|children|rehab|other"`
	Issuer  string    `json:"issuer,omitempty" vi:"Cơ quan ban hành" en:"Issuing body"`
	Area    area.Code `json:"area,omitempty" vi:"Địa bàn" en:"Area"`
	Number  Number    `json:"number" vi:"Số, ký hiệu" en:"Number" hint:"85/KH-UBND" law:"NĐ 30/2020"`
}

func (c Issue) document() Document { return Document{c.Kind, c.Subject, c.Field, c.Issuer, c.Area} }

// Cancel gives the draft up.
type Cancel struct {
	Reason string `json:"reason,omitempty" vi:"Lý do" en:"Reason" hint:"không ghi thông tin cá nhân"`
}

// Plan opens the case of work that is planned for a month. Where the work will add to a figure, it may say to which one
// and how much.
type Plan struct {
	What      string         `json:"what" vi:"Nội dung công việc" en:"What" hint:"không ghi thông tin cá nhân"`
	Month     calendar.Month `json:"month" vi:"Tháng thực hiện" en:"Month" hint:"YYYY-MM"`
	Field     string         `json:"field" vi:"Lĩnh vực" en:"Field of work" values:"employment|unemployment|training|merit|convalescence|remains|relief|poverty|children|rehab|other"`
	Area      area.Code      `json:"area" vi:"Địa bàn" en:"Area"`
	Indicator IndicatorID    `json:"indicator,omitempty" vi:"Chỉ tiêu" en:"Indicator" hint:"convalescence.batches"`
	Quantity  int64          `json:"quantity,omitempty" vi:"Số lượng dự kiến" en:"Quantity" min:"1" max:"1000000000000"`
}

// Move plans the work for another month.
type Move struct {
	Month  calendar.Month `json:"month" vi:"Tháng thực hiện" en:"Month" hint:"YYYY-MM"`
	Reason string         `json:"reason,omitempty" vi:"Lý do" en:"Reason" hint:"không ghi thông tin cá nhân"`
}

// Complete records that the work is done.
type Complete struct {
	Result string `json:"result,omitempty" vi:"Kết quả" en:"Result" hint:"không ghi thông tin cá nhân"`
}

// Drop takes the work out of the plan.
type Drop struct {
	Reason string `json:"reason,omitempty" vi:"Lý do" en:"Reason" hint:"không ghi thông tin cá nhân"`
}

func (Draft) CommandName() string    { return "register.draft" }
func (Submit) CommandName() string   { return "register.submit" }
func (Approve) CommandName() string  { return "register.approve" }
func (Return) CommandName() string   { return "register.return" }
func (Issue) CommandName() string    { return "register.issue" }
func (Cancel) CommandName() string   { return "register.cancel" }
func (Plan) CommandName() string     { return "register.plan" }
func (Move) CommandName() string     { return "register.move" }
func (Complete) CommandName() string { return "register.complete" }
func (Drop) CommandName() string     { return "register.drop" }
