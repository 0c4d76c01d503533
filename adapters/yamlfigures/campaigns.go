package yamlfigures

import (
	"fmt"
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/campaign"
	"hoso/domain/sample"
)

// campaigns reads the section that states figures by campaign and not by month:
//
//	campaigns:
//	  tet-2024:
//	    relief.persons: 10676
//
// What is stated for a campaign lies on the days that its code tells (see [campaign.Code.Days]): Tết in January and
// February, giáp hạt in March and April, 27-7 in July, any other in its year; but not after the last day of which the file speaks
// elsewhere, unless it begins after it. The figures of a campaign and those of a month in which it runs would not say how
// they hang together: that is an error.
func (p *parser) campaigns(figures map[string]map[string]any) error {
	until := p.last()
	var stated []sample.Target
	for _, key := range slices.Sorted(maps.Keys(figures)) {
		where := "campaigns." + key
		days, err := campaignDays(key, until)
		if err != nil {
			return domain.Malformed("figures.unknown_period", where, "%s", err.Error())
		}
		for _, id := range slices.Sorted(maps.Keys(figures[key])) {
			ind, err := p.indicator(where, id, id)
			if err != nil {
				return err
			}
			if ind == nil {
				continue
			}
			t, err := p.ofCampaign(sample.Target{Where: where, Indicator: id, Days: days}, key, figures[key][id], *ind)
			if err != nil {
				return err
			}
			stated = append(stated, t)
		}
	}
	p.targets = append(p.targets, nested(stated)...)
	return nil
}

func (p *parser) ofCampaign(t sample.Target, key string, value any, ind domain.Indicator) (sample.Target, error) {
	if ind.Measure != domain.Flow || !slices.ContainsFunc(ind.Breakdowns, func(b domain.Breakdown) bool { return b.Key == "campaign" }) {
		return t, domain.Malformed("figures.wrong_section", t.Where, "chỉ tiêu %s không chia theo đợt", t.Indicator)
	}
	for _, other := range p.targets {
		if other.Indicator == t.Indicator && other.Days.From <= t.Days.To && t.Days.From <= other.Days.To {
			return t, domain.Malformed("figures.overlap", t.Where, "chỉ tiêu %s cũng được nêu ở %s; chỉ nêu ở một phần", t.Indicator, other.Where)
		}
	}
	var err error
	t.Value, err = number(&t, value, ind)
	t.By = map[string]map[string]int64{"campaign": {key: t.Value}}
	return t, err
}

func campaignDays(key string, until calendar.Date) (calendar.Range, error) {
	var code campaign.Code
	if err := code.UnmarshalText([]byte(key)); err != nil {
		return calendar.Range{}, err
	}
	days, ok := code.Days()
	if !ok {
		return days, fmt.Errorf("mã đợt phải kết thúc bằng năm, ví dụ tet-2024")
	}
	if days.From <= until {
		days.To = min(days.To, until)
	}
	return days, nil
}

// last returns the last day of which the file speaks so far.
func (p *parser) last() (last calendar.Date) {
	for _, t := range p.targets {
		last = max(last, t.Days.To)
	}
	return last
}

// nested makes of what several campaigns state what their days add up to: campaigns of the same days become one figure
// divided by campaign, and one of a longer time has in it those of the shorter times inside.
func nested(stated []sample.Target) []sample.Target {
	var all []sample.Target
	for _, t := range stated {
		i := slices.IndexFunc(all, func(other sample.Target) bool { return other.Indicator == t.Indicator && other.Days == t.Days })
		if i < 0 {
			t.Value, t.By = 0, map[string]map[string]int64{"campaign": {}}
			all = append(all, t)
		}
	}
	for i := range all {
		for _, t := range stated {
			if t.Indicator == all[i].Indicator && all[i].Days.From <= t.Days.From && t.Days.To <= all[i].Days.To {
				all[i].Value += t.Value
				maps.Copy(all[i].By["campaign"], t.By["campaign"])
			}
		}
	}
	return all
}
