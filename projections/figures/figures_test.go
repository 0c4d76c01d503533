package figures_test

import (
	"encoding/json"
	"testing"

	"hoso/domain"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

func i64(n int64) *int64 { return &n }

// april is a small month with a correction, a void, a late entry and a person who comes twice.
func april(t *testing.T) *world {
	w := newWorld(t)
	one, two, three := caseNumber(1), caseNumber(2), caseNumber(3)
	w.must(one, "2023-04-10", probe.Note{Area: "05971", Kind: "a", Amount: 300})
	w.must(one, "2024-01-05", probe.Note{Area: "05971", Kind: "a", Where: "x", Amount: 100, Enters: 1, Persons: []domain.PersonID{person(1)}})
	w.must(two, "2024-04-02", probe.Note{Area: "05974", Kind: "b", Amount: 50, Enters: 1, Persons: []domain.PersonID{person(1), person(2)}})
	w.must(two, "2024-04-03", probe.Note{Area: "05974", Amount: 7, Persons: []domain.PersonID{person(1)}})
	w.must(three, "2024-04-20", probe.Note{Area: "24", Kind: "a", Amount: 1000, Stated: i64(6230)})
	w.must(three, "2024-04-21", probe.Note{Area: "20", Kind: "a", Stated: i64(0)})
	w.must(three, "2024-04-19", probe.Note{Area: "20", Kind: "a", Stated: i64(6230)})
	w.must(three, "2024-05-02", void(2))
	w.must(two, "2024-05-02", correct(1, 0, `{"amount":60}`))
	return w
}

func TestTheFiguresOfAMonth(t *testing.T) {
	t.Parallel()
	w := april(t)
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	got, err := json.Marshal(ask(t, w, f, figures.Query{Month: month("2024-04"), Area: "20"}))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"month":"2024-04","calendar":"calendar","from":"2024-04-01","to":"2024-04-30","area":"20","position":9,"figures":[` +
		`{"indicator":"probe.acts","label":"Số việc","unit":"việc","kind":"flow","value":3,"ytd":4,"last_year":1,"change_pct":200,"breakdown":[{"by":"kind","key":"a","value":1},{"by":"kind","key":"b","value":1},{"by":"kind","key":"khác","value":1},{"by":"where","key":"khác","value":3}]},` +
		`{"indicator":"probe.amount","label":"Số tiền","unit":"VND","kind":"flow","value":67,"ytd":167,"last_year":300,"change_pct":-77.67,"breakdown":[{"by":"kind","key":"a","value":0},{"by":"kind","key":"b","value":60},{"by":"kind","key":"khác","value":7},{"by":"where","key":"khác","value":67}]},` +
		`{"indicator":"probe.present","label":"Đang có mặt","unit":"người","kind":"stock","value":2,"ytd":null,"last_year":0,"change_pct":null,"breakdown":[{"by":"kind","key":"a","value":1},{"by":"kind","key":"b","value":1},{"by":"where","key":"x","value":1},{"by":"where","key":"khác","value":1}]},` +
		`{"indicator":"probe.persons","label":"Số người","unit":"người","kind":"distinct","value":2,"ytd":2,"last_year":0,"change_pct":null,"breakdown":[{"by":"kind","key":"a","value":0},{"by":"kind","key":"b","value":2},{"by":"kind","key":"khác","value":1},{"by":"where","key":"khác","value":2}]},` +
		`{"indicator":"probe.average","label":"Bình quân","unit":"VND","kind":"ratio","value":22.33,"ytd":41.75,"last_year":300,"change_pct":-92.56,"breakdown":[{"by":"kind","key":"a","value":0},{"by":"kind","key":"b","value":60},{"by":"kind","key":"khác","value":7},{"by":"where","key":"khác","value":22.33}]},` +
		`{"indicator":"probe.rate","label":"Tỷ lệ","unit":"%","kind":"reported","value":62.3,"ytd":62.3,"last_year":null,"change_pct":null,"breakdown":[]}]}`
	if string(got) != want {
		t.Errorf("figures:\n got %s\nwant %s", got, want)
	}
}
