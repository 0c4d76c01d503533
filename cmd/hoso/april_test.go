package main

import (
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"hoso/projections/figures"
)

// TestTheReportOfApril2024 makes the demonstration and looks for every figure that the published report states
// (F01–F39), in the answer of hoso figures and behind it.
func TestTheReportOfApril2024(t *testing.T) {
	if testing.Short() {
		t.Skip("makes the demonstration")
	}
	data := filepath.Join(t.TempDir(), "data")
	must(t, "demo", "--no-serve", "--data", data)
	april, may := sheetOf(t, data, "2024-04"), sheetOf(t, data, "2024-05")
	for _, f := range []struct {
		name string
		got  json.Number
		want string
	}{
		{"F01", april.value("employment.sessions"), "8"},
		{"F02", april.part("employment.sessions", "kind", "fixed"), "5"},
		{"F03", april.part("employment.sessions", "kind", "mobile"), "2"},
		{"F04", april.value("employment.counselled"), "1485"},
		{"F04 change", april["employment.counselled"].ChangePct, "-57.72"},
		{"F05", april.value("employment.seekers_registered"), "200"},
		{"F06", april.value("employment.placed"), "197"},
		{"F07", april.value("unemployment.claims"), "451"},
		{"F07 change", april["unemployment.claims"].ChangePct, "-61.25"},
		{"F08", april.year("unemployment.claims"), "1372"},
		{"F09", april.value("unemployment.decisions"), "269"},
		{"F10", april.year("unemployment.decisions"), "1428"},
		{"F11", april.value("unemployment.amount_decided"), "4622000000"},
		{"F12", april.year("unemployment.amount_decided"), "22570000000"},
		{"F13", april.part("training.joint_schools", "level", "trung_cap"), "2"},
		{"F14", april.part("training.joint_schools", "level", "cao_dang"), "1"},
		{"F15", april.value("training.enrolled"), "1801"},
		{"F16", april.part("training.enrolled", "level", "so_cap"), "845"},
		{"F17", april.part("training.enrolled", "level", "under_3_months"), "956"},
		{"F18", april.value("training.trained_rate"), "62.3"},
		{"F19", april.value("merit.allowance_persons"), "3591"},
		{"F20", april.value("merit.allowance_amount"), "8510800000"},
		{"F21", april.part("merit.allowance_persons", "channel", "account"), "998"},
		{"F22", april.part("merit.allowance_amount", "channel", "account"), "2372800000"},
		{"F23", april.value("merit.dossiers_resolved"), "199"},
		{"F24", april.year("merit.dossiers_resolved"), "457"},
		{"F25", april.value("merit.trip_delegates"), "18"},
		{"F26", april.value("remains.received"), "1"},
		{"F27", april.value("convalescence.batches"), "3"},
		{"F28", april.value("convalescence.delegates"), "186"},
		{"F29", april.partOfYear("relief.households", "campaign", "tet-2024"), "3302"},
		{"F30", april.partOfYear("relief.persons", "campaign", "tet-2024"), "10676"},
		{"F31", april.partOfYear("relief.rice_kg", "campaign", "tet-2024"), "160140"},
		{"F32", april.partOfYear("relief.households", "campaign", "giap-hat-2024"), "4753"},
		{"F33", april.partOfYear("relief.persons", "campaign", "giap-hat-2024"), "15760"},
		{"F34", april.partOfYear("relief.rice_kg", "campaign", "giap-hat-2024"), "236400"},
		{"F35", april.value("children.screened"), "412"},
		{"F36", april.value("children.referred"), "106"},
		{"F37", april.value("rehab.present"), "452"},
		{"F38", april.part("rehab.completed", "regime", "compulsory"), "34"},
		{"F39", may.value("convalescence.batches_planned"), "2"},
		{"plan 85", april.value("register.plans_issued"), "1"},
	} {
		if string(f.got) != f.want {
			t.Errorf("%s is %s, want %s", f.name, f.got, f.want)
		}
	}
	// Every figure can be opened, and the list adds up to it.
	e := &env{out: io.Discard, err: io.Discard, clock: clock}
	a, err := e.openCaughtUp(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	for id := range april {
		x, err := a.figures.Explain(t.Context(), figures.Query{Month: demoMonth, Indicators: []string{id}}, figures.Page{})
		if err != nil {
			t.Fatal(err)
		}
		sum := int64(0)
		for _, e := range x.Events {
			sum += e.Quantity.Quantity
		}
		if x.Over == nil && sum != x.Value.Quantity {
			t.Errorf("%s is %s, its events add up to %d", id, x.Value, sum)
		}
	}
}

// sheet is the answer of hoso figures by indicator.
type sheet map[string]figure

type figure struct {
	Indicator string
	Value     json.Number
	YTD       json.Number
	ChangePct json.Number `json:"change_pct"`
	Plan      json.Number
	PlanPct   json.Number `json:"plan_pct"`
	Breakdown []struct {
		By, Key    string
		Value, YTD json.Number
	}
}

func sheetOf(t *testing.T, data, month string, flags ...string) sheet {
	t.Helper()
	out := must(t, append([]string{"figures", "--data", data, "--month", month, "--format", "json"}, flags...)...)
	var s struct{ Figures []figure }
	if err := json.Unmarshal([]byte(strings.ReplaceAll(out, ": null", `: 0`)), &s); err != nil {
		t.Fatal(err)
	}
	by := sheet{}
	for _, f := range s.Figures {
		by[f.Indicator] = f
	}
	return by
}

func (s sheet) value(id string) json.Number { return s[id].Value }
func (s sheet) year(id string) json.Number  { return s[id].YTD }

func (s sheet) part(id, by, key string) json.Number {
	for _, p := range s[id].Breakdown {
		if p.By == by && p.Key == key {
			return p.Value
		}
	}
	return ""
}

func (s sheet) partOfYear(id, by, key string) json.Number {
	for _, p := range s[id].Breakdown {
		if p.By == by && p.Key == key {
			return p.YTD
		}
	}
	return ""
}

// TestPlans sets a target of the year and changes it: the figures say how much of it is reached, then and now.
func TestPlans(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl")) // two claims in April
	lines := `{"command":"target.set","case":"KH-1","occurred":"2024-01-15","data":{"indicator":"unemployment.claims","area":"20","year":2024,"value":8,"document":"KH 12/KH-UBND"}}
{"command":"target.set","case":"KH-2","occurred":"2024-01-15","data":{"indicator":"unemployment.claims","area":"188","year":2024,"value":100,"document":"KH 3/KH-UBND"}}
`
	set := func(lines string) {
		t.Helper()
		if r := hosoWith(t.Context(), lines, "import", "--data", data, "-"); r.code != 0 {
			t.Fatal(r.out, r.err)
		}
	}
	set(lines)
	says := func(plan, pct string, flags ...string) {
		t.Helper()
		f := sheetOf(t, data, "2024-04", flags...)["unemployment.claims"]
		if string(f.Plan) != plan || string(f.PlanPct) != pct {
			t.Errorf("%v: plan %s, reached %s %%; want %s, %s", flags, f.Plan, f.PlanPct, plan, pct)
		}
	}
	says("8", "25", "--area", "20")
	set(`{"command":"target.change","case":"KH-1","occurred":"2024-05-02","data":{"value":3,"reason":"giảm theo nguồn lực"}}` + "\n")
	says("3", "66.67", "--area", "20")
	says("8", "25", "--area", "20", "--as-of", "9")
	says("0", "0", "--area", "20", "--as-of", "7")
	says("100", "2", "--area", "188") // a district's own target
	if out := must(t, "figures", "--data", data, "--month", "2024-04", "--area", "20"); !strings.Contains(out, "Kế hoạch năm") || !strings.Contains(out, "66,67%") {
		t.Error(out)
	}
}
