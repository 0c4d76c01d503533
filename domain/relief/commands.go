package relief

import (
	"hoso/domain/area"
	"hoso/domain/campaign"
)

// ListNeed opens the case: the villages' lists (forms 5a and 5b) are added up.
type ListNeed struct {
	Area       area.Code     `json:"area" vi:"Địa bàn" en:"Area"`
	Campaign   campaign.Code `json:"campaign" vi:"Mã đợt" en:"Campaign" hint:"dịp và năm: tet-2024, giap-hat-2024"`
	Occasion   string        `json:"occasion" vi:"Dịp hỗ trợ" en:"Occasion" values:"tet|giap_hat|disaster" hint:"Tết, giáp hạt, thiên tai hoặc lý do bất khả kháng" law:"NĐ 20/2021 Đ12"`
	Months     int64         `json:"months" vi:"Số tháng hỗ trợ" en:"Months" unit:"tháng" min:"1" max:"12" hint:"Tết 1 tháng; giáp hạt, thiên tai không quá 3 tháng" law:"NĐ 20/2021 Đ12"`
	Households int64         `json:"households" vi:"Số hộ thiếu đói" en:"Households in need" unit:"hộ" min:"1" max:"10000000"`
	Persons    int64         `json:"persons" vi:"Số nhân khẩu" en:"Persons in need" unit:"nhân khẩu" min:"1" max:"10000000"`
}

// Allocate records the decision on how much rice there is; there may be several. It opens the case where no lists came
// before: then area, campaign, occasion and months are needed.
type Allocate struct {
	Number   string        `json:"number" vi:"Số quyết định" en:"Decision number"`
	Kg       int64         `json:"kg" vi:"Số gạo được phân bổ" en:"Rice allocated" unit:"kg" min:"1" max:"1000000000"`
	Area     area.Code     `json:"area,omitempty" vi:"Địa bàn" en:"Area"`
	Campaign campaign.Code `json:"campaign,omitempty" vi:"Mã đợt" en:"Campaign" hint:"dịp và năm: tet-2024, giap-hat-2024"`
	Occasion string        `json:"occasion,omitempty" vi:"Dịp hỗ trợ" en:"Occasion" values:"tet|giap_hat|disaster" hint:"Tết, giáp hạt, thiên tai hoặc lý do bất khả kháng" law:"NĐ 20/2021 Đ12"`
	Months   int64         `json:"months,omitempty" vi:"Số tháng hỗ trợ" en:"Months" unit:"tháng" min:"0" max:"12" law:"NĐ 20/2021 Đ12"`
}

// Receive records rice that arrived from the reserve.
type Receive struct {
	Number string `json:"number" vi:"Số biên bản giao nhận" en:"Delivery minutes"`
	Kg     int64  `json:"kg" vi:"Số gạo tiếp nhận" en:"Rice received" unit:"kg" min:"1" max:"1000000000"`
}

// Distribute records what a commune gave out. The minutes' number tells it from every other distribution.
type Distribute struct {
	Commune    area.Code `json:"commune" vi:"Xã, phường" en:"Commune"`
	Number     string    `json:"number" vi:"Số biên bản cấp gạo" en:"Distribution minutes"`
	Households int64     `json:"households" vi:"Số hộ" en:"Households" unit:"hộ" min:"1" max:"10000000"`
	Persons    int64     `json:"persons" vi:"Số nhân khẩu" en:"Persons" unit:"nhân khẩu" min:"1" max:"10000000"`
	Kg         int64     `json:"kg" vi:"Số gạo đã cấp" en:"Rice given" unit:"kg" min:"1" max:"1000000000" law:"NĐ 20/2021 Đ12"`
}

// Close ends the campaign.
type Close struct{}

func (ListNeed) CommandName() string   { return "relief.list_need" }
func (Allocate) CommandName() string   { return "relief.allocate" }
func (Receive) CommandName() string    { return "relief.receive" }
func (Distribute) CommandName() string { return "relief.distribute" }
func (Close) CommandName() string      { return "relief.close" }
