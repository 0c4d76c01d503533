package session

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Plan announces a session.
type Plan struct {
	Kind  string        `json:"kind" vi:"Hình thức" en:"Kind" values:"fixed|mobile|online" hint:"tại sàn, lưu động, trực tuyến"`
	Place area.Code     `json:"place" vi:"Địa bàn tổ chức" en:"Place"`
	Day   calendar.Date `json:"day" vi:"Ngày dự kiến" en:"Planned day"`
}

// Hold records what came of a session; the date of the act is the day of the session. Kind and place may be left out
// where the plan says them.
type Hold struct {
	Kind        string    `json:"kind,omitempty" vi:"Hình thức" en:"Kind" values:"fixed|mobile|online" hint:"tại sàn, lưu động, trực tuyến"`
	Place       area.Code `json:"place,omitempty" vi:"Địa bàn tổ chức" en:"Place"`
	Employers   int       `json:"employers" vi:"Đơn vị tham gia" en:"Employers" unit:"đơn vị" min:"0" max:"10000"`
	Vacancies   int       `json:"vacancies" vi:"Chỉ tiêu tuyển dụng" en:"Vacancies" unit:"chỉ tiêu" min:"0" max:"1000000"`
	Registered  int       `json:"registered,omitempty" vi:"Người đăng ký tham gia" en:"Registered" unit:"người" min:"0" max:"1000000"`
	Interviewed int       `json:"interviewed" vi:"Người được phỏng vấn" en:"Interviewed" unit:"người" min:"0" max:"1000000"`
	Hired       int       `json:"hired" vi:"Người được tuyển tại phiên" en:"Hired on the spot" unit:"người" min:"0" max:"1000000"`
}

// Cancel says that a planned session does not take place.
type Cancel struct {
	Reason string `json:"reason,omitempty" vi:"Lý do" en:"Reason" hint:"không ghi thông tin cá nhân"`
}

func (Plan) CommandName() string   { return "session.plan" }
func (Hold) CommandName() string   { return "session.hold" }
func (Cancel) CommandName() string { return "session.cancel" }
