package remains

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/money"
)

// RequestTransfer opens the case: a relative asks to bring the martyr's remains home (form 32, NĐ 131/2021 Đ159; form
// 43 where the grave lies outside a cemetery, Đ160).
type RequestTransfer struct {
	Person domain.PersonID        `json:"person" vi:"Thân nhân đề nghị" en:"Requesting relative"`
	Martyr domain.Private[string] `json:"martyr" vi:"Họ tên liệt sĩ" en:"The martyr's name"`
	Origin string                 `json:"origin" vi:"Nơi đang an táng" en:"Resting place now" values:"cemetery|outside" hint:"trong nghĩa trang liệt sĩ, ngoài nghĩa trang"`
	From   area.Code              `json:"from" vi:"Địa phương đang an táng" en:"Area of the grave"`
	To     area.Code              `json:"to" vi:"Địa phương đón nhận" en:"Area that receives"`
}

// IssueReferral answers the request with a referral to the office at the grave (form 44, within three working days).
type IssueReferral struct {
	Number string `json:"number,omitempty" vi:"Số giấy giới thiệu" en:"Referral number"`
}

// HandOver records that the office at the grave handed the remains over (minutes and slip form 94, Đ159). It opens a
// case where another province made the referral: then all fields are needed that a request would have brought.
type HandOver struct {
	Person domain.PersonID        `json:"person,omitzero" vi:"Thân nhân nhận bàn giao" en:"Relative"`
	Martyr domain.Private[string] `json:"martyr,omitzero" vi:"Họ tên liệt sĩ" en:"The martyr's name"`
	From   area.Code              `json:"from,omitempty" vi:"Địa phương đang an táng" en:"Area of the grave"`
	To     area.Code              `json:"to,omitempty" vi:"Địa phương đón nhận" en:"Area that receives"`
	Number string                 `json:"number,omitempty" vi:"Số biên bản" en:"Minutes number"`
}

// Receive records the reception of the remains (minutes form 81 or 82, Đ143, Đ150). It opens a case where nobody had
// asked: a recovery team brings remains home. Of somebody whose name is not known yet, no name and no relative stands.
type Receive struct {
	Person domain.PersonID        `json:"person,omitzero" vi:"Thân nhân" en:"Relative"`
	Martyr domain.Private[string] `json:"martyr,omitzero" vi:"Họ tên liệt sĩ" en:"The martyr's name"`
	From   area.Code              `json:"from,omitempty" vi:"Địa phương bàn giao" en:"Area that handed over"`
	To     area.Code              `json:"to,omitempty" vi:"Địa phương đón nhận" en:"Area that receives"`
	Number string                 `json:"number,omitempty" vi:"Số biên bản" en:"Minutes number"`
}

// Rebury records the burial ceremony (Đ150).
type Rebury struct {
	Place string `json:"place,omitempty" vi:"Nghĩa trang và vị trí mộ" en:"Cemetery and grave"`
	Where string `json:"where,omitempty" vi:"Nơi an táng" en:"Where" values:"cemetery|outside" hint:"trong nghĩa trang liệt sĩ, ngoài nghĩa trang liệt sĩ; để trống: trong nghĩa trang"`
}

// IssueGraveNotice tells the relatives and the office that keeps the dossier where the grave is (form 103).
type IssueGraveNotice struct {
	Number string `json:"number,omitempty" vi:"Số giấy báo" en:"Notice number"`
}

// PaySupport records what the relatives were paid for the journey and the grave: once in a case.
type PaySupport struct {
	Exhumation money.VND `json:"exhumation,omitempty" vi:"Hỗ trợ cất bốc" en:"Exhumation" unit:"VND" min:"0" max:"1000000000" law:"NĐ 75/2021 Đ10"`
	Travel     money.VND `json:"travel,omitempty" vi:"Hỗ trợ đi lại" en:"Travel" unit:"VND" min:"0" max:"1000000000" law:"NĐ 75/2021 Đ10"`
	Grave      money.VND `json:"grave,omitempty" vi:"Hỗ trợ xây mộ ngoài nghĩa trang liệt sĩ" en:"A grave outside a martyrs' cemetery" unit:"VND" min:"0" max:"1000000000" law:"NĐ 75/2021 Đ10"`
	Kilometres int64     `json:"kilometres,omitempty" vi:"Quãng đường" en:"Distance" unit:"km" min:"0" max:"20000"`
	Travellers int64     `json:"travellers,omitempty" vi:"Số người đi" en:"Travellers" unit:"người" min:"0" max:"100" law:"NĐ 75/2021 Đ10"`
}

// UpdateDatabase records that the national database of martyrs was told where the remains are now.
type UpdateDatabase struct{}

// File ends the case at the office that keeps the martyr's dossier.
type File struct {
	Number string `json:"number,omitempty" vi:"Số hồ sơ liệt sĩ" en:"Dossier number"`
}

// RequestIdentification opens a case: a relative asks whose remains lie in a grave, and says whose they should be.
type RequestIdentification struct {
	Person domain.PersonID        `json:"person" vi:"Thân nhân đề nghị" en:"Requesting relative"`
	Martyr domain.Private[string] `json:"martyr" vi:"Họ tên liệt sĩ" en:"The martyr's name"`
	Area   area.Code              `json:"area" vi:"Địa phương có mộ" en:"Area of the grave"`
	Method string                 `json:"method" vi:"Phương pháp" en:"Method" values:"evidence|dna" hint:"thực chứng, giám định ADN" law:"NĐ 131/2021 Đ145–148"`
}

// TakeSample records that a sample of remains was taken: where they are found without a name (Đ143), or where it is asked
// whose they are.
type TakeSample struct {
	Number string `json:"number" vi:"Mã mẫu" en:"Sample number"`
}

// RecordResult records what the laboratory found.
type RecordResult struct {
	Result string `json:"result" vi:"Kết quả" en:"Result" values:"match|no_match" hint:"trùng khớp, không trùng khớp" law:"NĐ 131/2021 Đ147"`
	Number string `json:"number,omitempty" vi:"Số văn bản kết quả" en:"Document number"`
}

// Identify records whose remains these are. It opens a case where that was concluded elsewhere: then the area is needed.
type Identify struct {
	Person domain.PersonID        `json:"person,omitzero" vi:"Thân nhân" en:"Relative"`
	Martyr domain.Private[string] `json:"martyr,omitzero" vi:"Họ tên liệt sĩ" en:"The martyr's name"`
	Area   area.Code              `json:"area,omitempty" vi:"Địa phương có mộ" en:"Area of the grave"`
	Method string                 `json:"method" vi:"Phương pháp" en:"Method" values:"evidence|dna" hint:"thực chứng, giám định ADN" law:"NĐ 131/2021 Đ145–148"`
	Number string                 `json:"number,omitempty" vi:"Số văn bản" en:"Document number"`
}

// DeclareUnidentified answers that it cannot be found out.
type DeclareUnidentified struct {
	Number string `json:"number,omitempty" vi:"Số văn bản" en:"Document number"`
}

func (RequestTransfer) CommandName() string       { return "remains.request_transfer" }
func (IssueReferral) CommandName() string         { return "remains.issue_referral" }
func (HandOver) CommandName() string              { return "remains.hand_over" }
func (Receive) CommandName() string               { return "remains.receive" }
func (Rebury) CommandName() string                { return "remains.rebury" }
func (IssueGraveNotice) CommandName() string      { return "remains.issue_grave_notice" }
func (PaySupport) CommandName() string            { return "remains.pay_support" }
func (UpdateDatabase) CommandName() string        { return "remains.update_database" }
func (File) CommandName() string                  { return "remains.file" }
func (RequestIdentification) CommandName() string { return "remains.request_identification" }
func (TakeSample) CommandName() string            { return "remains.take_sample" }
func (RecordResult) CommandName() string          { return "remains.record_result" }
func (Identify) CommandName() string              { return "remains.identify" }
func (DeclareUnidentified) CommandName() string   { return "remains.declare_unidentified" }
