package relief

import (
	"hoso/domain/area"
	"hoso/domain/campaign"
)

// Round stands in every event, so that what an event adds to the figures follows from the event alone.
type Round struct {
	Area     area.Code     `json:"area"`
	Campaign campaign.Code `json:"campaign"`
	Occasion string        `json:"occasion" values:"tet|giap_hat|disaster"`
	Months   int64         `json:"months" min:"1" max:"12"`
}

func (r Round) round() Round { return r }

// Share is what a distribution gave, and to how many.
type Share struct {
	Households int64 `json:"households" min:"1" max:"10000000"`
	Persons    int64 `json:"persons" min:"1" max:"10000000"`
	Kg         int64 `json:"kg" min:"1" max:"1000000000"`
}

// NeedListed says how many are in need.
type NeedListed struct {
	Round
	Households int64 `json:"households" min:"1" max:"10000000"`
	Persons    int64 `json:"persons" min:"1" max:"10000000"`
}

// Allocated says how much rice was granted.
type Allocated struct {
	Round
	Number string `json:"number"`
	Kg     int64  `json:"kg" min:"1" max:"1000000000"`
}

// Received says how much arrived.
type Received struct {
	Round
	Number string `json:"number"`
	Kg     int64  `json:"kg" min:"1" max:"1000000000"`
}

// Distributed says what a commune gave out.
type Distributed struct {
	Round
	Commune area.Code `json:"commune"`
	Number  string    `json:"number"`
	Share
}

// Closed ends the campaign.
type Closed struct{ Round }

func (e Allocated) document() string   { return "QĐ " + e.Number }
func (e Received) document() string    { return "BBGN " + e.Number }
func (e Distributed) document() string { return "BBCG " + e.Number }

func (NeedListed) EventType() string  { return "relief.need_listed" }
func (Allocated) EventType() string   { return "relief.allocated" }
func (Received) EventType() string    { return "relief.received" }
func (Distributed) EventType() string { return "relief.distributed" }
func (Closed) EventType() string      { return "relief.closed" }
