package course

import "hoso/domain/area"

// Open enrols a class.
type Open struct {
	Institution string    `json:"institution" vi:"Cơ sở giáo dục nghề nghiệp" en:"Institution"`
	Area        area.Code `json:"area" vi:"Địa bàn mở lớp" en:"Area"`
	Level       string    `json:"level" vi:"Trình độ" en:"Level" values:"under_3_months|so_cap|trung_cap|cao_dang" hint:"dưới 3 tháng, sơ cấp, trung cấp, cao đẳng"`
	Trade       string    `json:"trade,omitempty" vi:"Ngành, nghề" en:"Trade"`
	Trainees    int       `json:"trainees" vi:"Số học viên" en:"Trainees" unit:"học viên" min:"1" max:"10000"`
}

// Enlarge enrols more trainees into a class that runs.
type Enlarge struct {
	Trainees int `json:"trainees" vi:"Số học viên" en:"Trainees" unit:"học viên" min:"1" max:"10000"`
}

// Drop records how many have left; the date of the act is the day on which they left.
type Drop struct {
	Trainees int `json:"trainees" vi:"Số học viên" en:"Trainees" unit:"học viên" min:"1" max:"10000"`
}

// Graduate records to how many a diploma or certificate was granted.
type Graduate struct {
	Trainees int    `json:"trainees" vi:"Số học viên" en:"Trainees" unit:"học viên" min:"1" max:"10000"`
	Number   string `json:"number,omitempty" vi:"Số quyết định công nhận tốt nghiệp" en:"Decision number"`
}

// Close ends the class.
type Close struct{}

func (Open) CommandName() string     { return "course.open" }
func (Enlarge) CommandName() string  { return "course.enlarge" }
func (Drop) CommandName() string     { return "course.drop" }
func (Graduate) CommandName() string { return "course.graduate" }
func (Close) CommandName() string    { return "course.close" }
