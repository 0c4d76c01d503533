package gift

import (
	"hoso/domain/area"
	"hoso/domain/campaign"
	"hoso/domain/money"
)

// Round stands in every event, so that what an event adds to the figures follows from the event alone.
type Round struct {
	Area     area.Code     `json:"area"`
	Campaign campaign.Code `json:"campaign"`
	Giver    string        `json:"giver" values:"president|province|district|commune|other"`
}

func (r Round) round() Round { return r }

// Decided opens the campaign.
type Decided struct {
	Round
	Number  string `json:"number"`
	Persons int64  `json:"persons,omitempty" min:"0" max:"10000000"`
}

// HandedOver says what a commune handed over.
type HandedOver struct {
	Round
	Commune area.Code `json:"commune"`
	Number  string    `json:"number"`
	Persons int64     `json:"persons" min:"1" max:"10000000"`
	Amount  money.VND `json:"amount" min:"1" max:"1000000000000"`
}

// Closed ends the campaign.
type Closed struct{ Round }

func (Decided) EventType() string    { return "gift.decided" }
func (HandedOver) EventType() string { return "gift.handed_over" }
func (Closed) EventType() string     { return "gift.closed" }
