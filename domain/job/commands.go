package job

import "hoso/domain/area"

// Record takes over how many persons a channel brought into work.
type Record struct {
	Channel string    `json:"channel" vi:"Kênh giải quyết việc làm" en:"Channel" values:"loan|exchange|abroad|other" hint:"vay vốn, giới thiệu việc làm, đi làm việc ở nước ngoài, khác"`
	Area    area.Code `json:"area" vi:"Địa bàn" en:"Area"`
	Persons int       `json:"persons" vi:"Số người được giải quyết việc làm" en:"Persons" unit:"người" min:"1" max:"100000"`
	Source  string    `json:"source" vi:"Danh sách, báo cáo làm căn cứ" en:"List or report" hint:"số, ký hiệu văn bản; không ghi tên người"`
}

func (Record) CommandName() string { return "job.record" }
