package campaign

import (
	"testing"

	"hoso/domain/calendar"
)

func TestDays(t *testing.T) {
	t.Parallel()
	for code, want := range map[Code]calendar.Range{
		"tet-2024":         {From: 20240101, To: 20240229},
		"tet-2025":         {From: 20250101, To: 20250228},
		"giap-hat-2024":    {From: 20240301, To: 20240430},
		"27-7-2024":        {From: 20240701, To: 20240731},
		"bao-yagi-2024":    {From: 20240101, To: 20241231},
		"2024":             {From: 20240101, To: 20241231},
		"tet":              {},
		"giap-hat":         {},
		"tet-24":           {},
		"tet-0024":         {},
		"tet-20x4":         {},
		"":                 {},
		"quyet-dinh-99999": {},
	} {
		if got, ok := code.Days(); got != want || ok != (want != calendar.Range{}) {
			t.Errorf("%s: %v, %t; want %v", code, got, ok, want)
		}
	}
}

func TestCodesStandInBreakdowns(t *testing.T) {
	t.Parallel()
	for code, ok := range map[string]bool{
		"tet-2024": true, "27-7.2024": true, "1": true, "a=b": false, "a;b": false, "Tết-2024": false, "tet 2024": false,
		"a123456789012345678901234567890123456789": true, "a1234567890123456789012345678901234567890": false,
	} {
		if err := new(Code).UnmarshalText([]byte(code)); (err == nil) != ok {
			t.Errorf("%q: %v", code, err)
		}
	}
}
