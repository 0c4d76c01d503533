package sample

import (
	"bytes"
	"testing"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
)

func month(y, m int) calendar.Range {
	return calendar.Civil.Month(calendar.Month{Year: y, Month: time.Month(m)})
}

func TestLangSonClaims(t *testing.T) {
	t.Parallel()
	q1 := calendar.Range{From: 20240101, To: 20240331}
	plan := Plan{Province: "20", Targets: []Target{
		{Where: "a", Indicator: "unemployment.claims", Days: month(2024, 4), Value: 451},
		{Where: "a", Indicator: "unemployment.decisions", Days: month(2024, 4), Value: 269},
		{Where: "a", Indicator: "unemployment.amount_decided", Days: month(2024, 4), Value: 4622000000},
		{Where: "b", Indicator: "unemployment.claims", Days: q1, Value: 921},
		{Where: "b", Indicator: "unemployment.decisions", Days: q1, Value: 1159},
		{Where: "b", Indicator: "unemployment.amount_decided", Days: q1, Value: 17948000000},
		{Where: "c", Indicator: "unemployment.claims", Days: month(2023, 4), Value: 1164},
	}}
	var out bytes.Buffer
	if err := Write(&out, catalog.All(), plan, 1); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lines", bytes.Count(out.Bytes(), []byte("\n")))
	t.Logf("%s", out.Bytes()[:3000])
	_ = domain.Flow
}
