package catalog_test

import (
	"reflect"
	"strings"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// plausible holds values for fields whose declaration alone would hardly ever be met.
var plausible = map[string][]any{
	"identity":     {"020085001234", "020190005678"},
	"born":         {"1985-02-17", "1928"},
	"birth_year":   {1950, 1970, 1990},
	"procedure":    {"survivor", "education", "war_invalid", "another"},
	"per_mille":    {600, 1000},
	"amount":       {1, 500_000, 2_000_000},
	"level":        {1_000_000, 2_000_000, 3_000_000},
	"absent":       {true, false},
	"months_paid":  {12, 40},
	"counted_days": {0, 15},
	"indicator":    {"training.trained_rate", "poverty.poor_households", "unemployment.claims"},
	"trainees":     {1, 2, 30},
	"hired":        {0, 5},
	"interviewed":  {3, 40},
	"number":       {"85/KH-UBND", "3/QĐ-SNV", "x"},
	"case":         {"unemployment-6ad5c0a3-0d5c-4f4e-9c0f-0a4d1c2b3e4f"},
	"year":         {2024, 2025, 2026},
	"of":           {5, 10},
	"days":         {1, 2, 5, 7},
	"kg":           {15, 300, 1000},
	"note": {"x", "hoso\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— hoso Gyw9TgAAAA==\n",
		"hoso\n9\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— hoso Gyw9TgAAAA==\n"},
	"wages": {"5000000 5000000 5000000 5000000 5000000 5000000"},
}

// draw makes data for fields; some optional ones are left out where that is allowed.
func (l *life) draw(t *rapid.T, fields []domain.Field, optional bool) map[string]any {
	data := map[string]any{}
	for _, f := range fields {
		if optional && f.Optional && rapid.Bool().Draw(t, "without "+f.Name) {
			continue
		}
		data[f.Name] = l.value(t, f)
	}
	return data
}

func (l *life) value(t *rapid.T, f domain.Field) any {
	if f.Values != nil {
		return rapid.SampledFrom(f.Values).Draw(t, f.Name)
	}
	if vs := plausible[f.Name]; vs != nil {
		return rapid.SampledFrom(vs).Draw(t, f.Name)
	}
	switch f.Type {
	case reflect.TypeFor[domain.PersonID]():
		// One person lives one life; somebody else only ever by mistake.
		if f.Name == "same_as" || rapid.IntRange(0, 20).Draw(t, "somebody else") == 20 {
			return "99999999-2222-4333-8444-555555555555"
		}
		return domaintest.Case.String()
	case reflect.TypeFor[area.Code]():
		return rapid.SampledFrom([]string{"06550", "05977", "04"}).Draw(t, f.Name)
	case reflect.TypeFor[calendar.Date]():
		return l.today.AddDays(rapid.SampledFrom([]int{-60, -20, -3, 0, 0, 1, 30, 200}).Draw(t, f.Name)).String()
	case reflect.TypeFor[calendar.Month]():
		return calendar.Civil.MonthOf(l.today).Add(rapid.IntRange(-5, 3).Draw(t, f.Name)).String()
	}
	switch f.Type.Kind() {
	case reflect.Bool:
		return rapid.Bool().Draw(t, f.Name)
	case reflect.Int, reflect.Int64, reflect.Uint64:
		low, high := int64(0), int64(1000)
		if f.Min != nil {
			low = *f.Min
		}
		if f.Max != nil {
			high = *f.Max
		}
		return rapid.Int64Range(low, high).Draw(t, f.Name)
	case reflect.String, reflect.Struct: // a Private of text is a struct
		return strings.Repeat("x", rapid.IntRange(0, 2).Draw(t, f.Name))
	}
	return "11111111-2222-4333-8444-555555555555" // a uuid: the reference of another list
}
