package gift

import (
	"hoso/domain/area"
	"hoso/domain/campaign"
	"hoso/domain/money"
)

// Decide opens the case: somebody decided to give.
type Decide struct {
	Area     area.Code     `json:"area" vi:"Địa bàn" en:"Area"`
	Campaign campaign.Code `json:"campaign" vi:"Mã đợt" en:"Campaign" hint:"dịp và năm: tet-2024, 27-7-2024"`
	Giver    string        `json:"giver" vi:"Nguồn quà" en:"Giver" values:"president|province|district|commune|other" hint:"Chủ tịch nước, tỉnh, huyện, xã, khác"`
	Number   string        `json:"number" vi:"Số quyết định" en:"Decision number"`
	Persons  int64         `json:"persons,omitempty" vi:"Số người dự kiến" en:"Persons expected" unit:"người" min:"0" max:"10000000"`
}

// HandOver records what a commune handed over. The number of the signed list tells it from every other one.
type HandOver struct {
	Commune area.Code `json:"commune" vi:"Xã, phường" en:"Commune"`
	Number  string    `json:"number" vi:"Số danh sách ký nhận" en:"Number of the signed list"`
	Persons int64     `json:"persons" vi:"Số người được tặng quà" en:"Persons" unit:"người" min:"1" max:"10000000"`
	Amount  money.VND `json:"amount" vi:"Kinh phí" en:"Amount" unit:"VND" min:"1" max:"1000000000000" law:"QĐ của Chủ tịch nước từng năm"`
}

// Close ends the campaign.
type Close struct{}

func (Decide) CommandName() string   { return "gift.decide" }
func (HandOver) CommandName() string { return "gift.hand_over" }
func (Close) CommandName() string    { return "gift.close" }
