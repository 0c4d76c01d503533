package seal

import (
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/period"
)

// Figure is a figure of a report that the case published, and the events that it is made of.
type Figure struct {
	Issue     int    `json:"issue"` // of the publication: 1, and more for reissues
	Indicator string `json:"indicator"`
	Value     int64  `json:"value"`
	Parts     []Part `json:"parts"` // their quantities add up to the value
}

// Part is what an event adds to a figure on one day.
type Part struct {
	Position domain.Ordinal `json:"position"`
	Occurred calendar.Date  `json:"occurred"`
	Quantity int64          `json:"quantity"`
}

// CheckFigure verifies, of a bundle whose events are proven, that the report said this figure, that the quantities add up to
// it, and that each event adds its quantity: for flows and stocks computed again from the event; for other measures only that
// the event counts for the indicator. A bundle cannot prove that no event was left out, but what is left out would have to add
// up to nothing.
func (b Bundle) CheckFigure(c *domain.Catalog, events map[domain.Ordinal]domain.Recorded, v *Verdict) {
	s, said, err := b.publication(c, events)
	if err != nil || said == nil {
		v.Add("proof.no_publication", 0, "tệp không có lần phát hành %d của báo cáo", b.Figure.Issue)
		return
	}
	if period.DigestOf(said.Content) != said.Digest {
		v.Add("proof.wrong_digest", 0, "nội dung báo cáo không khớp với dấu của nó")
	}
	published := false
	for _, f := range said.Figures {
		published = published || f.Indicator == b.Figure.Indicator && f.Value != nil && *f.Value == b.Figure.Value
	}
	if !published {
		v.Add("proof.other_figure", 0, "báo cáo không nêu %s = %d", b.Figure.Indicator, b.Figure.Value)
	}
	sum := int64(0)
	seen := map[Part]bool{}
	for _, p := range b.Figure.Parts {
		sum += p.Quantity
		place := Part{p.Position, p.Occurred, 0}
		e, ok := events[p.Position]
		if !ok || seen[place] || p.Position > said.Position || !b.adds(c, s, e, p) {
			v.Add("proof.other_quantity", p.Position, "sự kiện không làm nên %d của chỉ tiêu", p.Quantity)
		}
		seen[place] = true
	}
	if sum != b.Figure.Value {
		v.Add("proof.other_sum", 0, "các sự kiện cộng lại bằng %d, báo cáo nêu %d", sum, b.Figure.Value)
	}
}

// publication returns which report the case is about, and what the issue said.
func (b Bundle) publication(c *domain.Catalog, events map[domain.Ordinal]domain.Recorded) (opened period.Opened, said *period.Publication, err error) {
	issue := 0
	for _, p := range b.Events {
		e := events[p.Position]
		if e.Stream != b.Case {
			continue
		}
		event, err := c.Codec(nil).Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			return opened, nil, err
		}
		var publication period.Publication
		switch event := event.(type) {
		case period.Opened:
			opened = event
			continue
		case period.Published:
			publication = event.Publication
		case period.Reissued:
			publication = event.Publication
		default:
			continue
		}
		if issue++; issue == b.Figure.Issue {
			said = &publication
		}
	}
	return opened, said, nil
}

// adds tells whether an event adds a quantity to the figure on a day.
func (b Bundle) adds(c *domain.Catalog, s period.Opened, e domain.Recorded, p Part) bool {
	i, ok := c.Indicator(b.Figure.Indicator)
	if !ok {
		return false
	}
	days := s.Calendar.Month(s.Month)
	if i.Measure == domain.Stock {
		days.From = 0
	}
	event, err := c.Codec(nil).Decode(e.Type, e.Schema, e.Data)
	if err != nil || p.Occurred < days.From || p.Occurred > days.To {
		return false
	}
	contributions, err := c.Contributions(e.Stream.Type, domain.Act{Event: event, Occurred: e.Meta.Occurred})
	if err != nil {
		return false
	}
	sum, counts := int64(0), false
	for _, k := range contributions {
		if k.Indicator == i.ID && k.Occurred == p.Occurred && inside(k.Area, s.Area, i, p.Occurred, days.To) {
			sum, counts = sum+k.Quantity, true
		}
	}
	if i.Measure == domain.Flow || i.Measure == domain.Stock {
		return counts && sum == p.Quantity
	}
	return counts
}

// inside tells whether what was recorded under a code on a day counts for a unit, in the tree of the time (figures.Then).
func inside(code, in area.Code, i domain.Indicator, on, to calendar.Date) bool {
	if in == "" {
		return true
	}
	was, ok := area.Find(code, on)
	of, known := area.Find(in, to)
	if !ok || !known {
		return false
	}
	counts := []area.Unit{was}
	if i.Measure == domain.Stock {
		counts = area.InUse().Later(was, to)
	}
	return len(counts) > 0 && !slices.ContainsFunc(counts, func(u area.Unit) bool { return !area.InUse().Inside(u, of) })
}
