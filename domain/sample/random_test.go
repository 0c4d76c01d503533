package sample_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/sample"
)

// TestAnyFigureAlone states one indicator at a time, with each of its breakdowns.
func TestAnyFigureAlone(t *testing.T) {
	t.Parallel()
	cat := catalog.All()
	for _, ct := range cat.Types {
		for _, ind := range ct.Indicators {
			if ind.Measure == domain.Ratio || ind.Hidden {
				continue
			}
			for _, key := range append([]string{""}, keysOf(ind)...) {
				t.Run(fmt.Sprintf("%s by %s", ind.ID, key), func(t *testing.T) {
					t.Parallel()
					rapid.Check(t, func(t *rapid.T) {
						check(t, sample.Plan{
							Province: rapid.SampledFrom([]area.Code{"20", "01"}).Draw(t, "province"),
							Targets:  []sample.Target{draw(t, ind, key)},
						}, rapid.Uint64().Draw(t, "seed"))
					})
				})
			}
		}
	}
}

func keysOf(ind domain.Indicator) []string {
	var keys []string
	for _, b := range ind.Breakdowns {
		keys = append(keys, b.Key)
	}
	return keys
}

// draw makes a stated figure of a random month, with parts that add up.
func draw(t *rapid.T, ind domain.Indicator, key string) sample.Target {
	m := calendar.Month{Year: rapid.IntRange(2023, 2025).Draw(t, "year"), Month: 4}
	target := sample.Target{Where: "m", Indicator: ind.ID, Days: calendar.Civil.Month(m)}
	if ind.Measure == domain.Stock {
		target.Days.From = 0
	}
	most := int64(30)
	if ind.Unit == "VND" {
		most = 500_000_000
	}
	amount := func(label string) int64 {
		n := rapid.Int64Range(0, most).Draw(t, label)
		if ind.Unit == "VND" && n > 0 {
			n += 5_000_000
		}
		return n
	}
	if key == "" {
		target.Value = amount("value")
		return target
	}
	target.By = map[string]map[string]int64{key: {}}
	for _, b := range ind.Breakdowns {
		if b.Key != key {
			continue
		}
		values := b.Values
		if len(values) == 0 {
			values = []string{"1", "2"}
		}
		for _, v := range values {
			if n := amount(v); n > 0 {
				target.By[key][v] = n
				target.Value += n
			}
		}
	}
	return target
}
