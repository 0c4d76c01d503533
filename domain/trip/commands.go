package trip

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Plan opens the case.
type Plan struct {
	Area        area.Code     `json:"area" vi:"Đơn vị tổ chức" en:"Area that sends the group"`
	Destination string        `json:"destination" vi:"Nơi đến" en:"Destination"`
	Starts      calendar.Date `json:"starts,omitzero" vi:"Ngày dự kiến khởi hành" en:"Day of departure"`
	Delegates   int64         `json:"delegates,omitempty" vi:"Số đại biểu dự kiến" en:"Delegates expected" unit:"đại biểu" min:"0" max:"10000"`
}

// Hold records that the trip took place; the date of the command is that of departure. It opens the case of a trip of
// which no plan is in here: then area and destination are needed.
type Hold struct {
	Delegates   int64     `json:"delegates" vi:"Số đại biểu" en:"Delegates" unit:"đại biểu" min:"1" max:"10000"`
	Area        area.Code `json:"area,omitempty" vi:"Đơn vị tổ chức" en:"Area that sends the group"`
	Destination string    `json:"destination,omitempty" vi:"Nơi đến" en:"Destination"`
}

// Cancel records that the trip does not take place.
type Cancel struct{}

func (Plan) CommandName() string   { return "trip.plan" }
func (Hold) CommandName() string   { return "trip.hold" }
func (Cancel) CommandName() string { return "trip.cancel" }
