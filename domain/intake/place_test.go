package intake_test

import (
	"strings"
	"testing"
	"time"

	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/intake"
	"hoso/domain/person"
	"hoso/domain/unemployment"
)

func TestACommuneMayBeANameOfTheDay(t *testing.T) {
	names, err := intake.NewNames(t.Context(), domaintest.Keys())
	if err != nil {
		t.Fatal(err)
	}
	today := time.Date(2026, 1, 10, 3, 0, 0, 0, time.UTC)
	p := intake.NewParser(catalog.All(), names, intake.Nobody{}, func() time.Time { return today })
	parse(t, p, registerLan)
	for _, c := range []struct {
		name, on string
		want     area.Code
	}{
		{"06550", "2024-04-03", "06550"},
		{"xã Hữu Khánh", "2024-04-03", "06550"},
		{"huu khanh", "2024-04-03", "06550"},
		{"Xã Chi Lăng, huyện Tràng Định", "2024-04-03", "06034"},
		{"xã Chi Lăng", "2025-08-03", "06463"},
		{"Thất Khê", "2024-04-03", "05995"},
		{"Thất Khê", "2025-02-03", "06040"},
		{"thị trấn Lộc Bình", "2025-06-30", "06529"},
		{"Lộc Bình", "2025-07-01", "06529"},
	} {
		line := strings.NewReplacer("06550", c.name, "2024-04-03", c.on).Replace(fileLan)
		if got := parse(t, p, line).Command.(unemployment.File).Commune; got != c.want {
			t.Errorf("%q on %s is %s, want %s", c.name, c.on, got, c.want)
		}
	}
	// A registration without a day counts from today, and so do its names.
	today = calendar.Date(20250801).Time()
	line := strings.Replace(registerLan, "06550", "xã Lộc Bình", 1)
	if got := parse(t, p, line).Command.(person.Register).Commune; got != "06529" {
		t.Errorf("today it is %s", got)
	}
}

func TestAnAmbiguousCommuneIsAnsweredWithTheCandidates(t *testing.T) {
	p := parser(t)
	parse(t, p, registerLan)
	_, err := p.Parse(t.Context(), []byte(strings.Replace(fileLan, "06550", "Tân Thành", 1)))
	const want = "data.commune: có 3 đơn vị mang tên này: Xã Tân Thành, Huyện Cao Lộc (06250); Xã Tân Thành, Huyện Bắc Sơn (06379); " +
		"Xã Tân Thành, Huyện Hữu Lũng (06442); hãy ghi thêm cấp và huyện, hoặc dùng mã"
	if err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}
