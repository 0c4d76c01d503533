package relief

import (
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

// An invented campaign: 40 people of Hữu Khánh and 20 of another commune get rice for a month before Tết.
var (
	tet        = Round{"20", "tet-2024", "tet", 1}
	need       = on(20240102, ListNeed{"20", "tet-2024", "tet", 1, 20, 60})
	allocate   = on(20240115, Allocate{Number: "12/QĐ-UBND", Kg: 900})
	receive    = on(20240120, Receive{"3", 900})
	distribute = on(20240125, Distribute{"06550", "1/BB", 13, 40, 600})
	second     = on(20240124, Distribute{"05977", "1/BB-X", 7, 20, 300})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func amendment(version uint64, was domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "relief", Version: version, Was: domain.Act{Event: was, Occurred: day},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func void(version uint64) domaintest.Step {
	return on(20240601, domain.Void{Type: "relief", Version: version, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func correct(version uint64, data string) domaintest.Step {
	return on(20240601, domain.Correct{Type: "relief", Version: version, Data: []byte(data), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func given40(sign int64, e Distributed) []domain.Contribution {
	return []domain.Contribution{
		e.adds("households", 20240125, sign*e.Households), e.adds("persons", 20240125, sign*e.Persons), e.adds("rice_kg", 20240125, sign*e.Kg),
	}
}

func TestCampaign(t *testing.T) {
	t.Parallel()
	first := Distributed{tet, "06550", "1/BB", Share{13, 40, 600}}
	for name, s := range map[string]domaintest.Spec{
		"list the need": {When: need, Then: []domain.Event{NeedListed{tet, 20, 60}}, AddsNothing: true,
			State: State{Status: StatusListed, Since: 20240102, Last: 20240102, Round: tet, Need: Need{20, 60}}},
		"allocate": {Given: given(need), When: allocate, Then: []domain.Event{Allocated{tet, "12/QĐ-UBND", 900}}, AddsNothing: true},
		"allocate without lists": {When: on(20240115, Allocate{"12/QĐ-UBND", 900, "20", "tet-2024", "tet", 1}),
			Then: []domain.Event{Allocated{tet, "12/QĐ-UBND", 900}}},
		"allocate more while rice is given out": {Given: given(need, allocate, receive, distribute), When: on(20240126, Allocate{Number: "13/QĐ-UBND", Kg: 100}),
			Then: []domain.Event{Allocated{tet, "13/QĐ-UBND", 100}}},
		"receive": {Given: given(need, allocate), When: receive, Then: []domain.Event{Received{tet, "3", 900}}, AddsNothing: true},
		"distribute counts at the commune, under the campaign": {Given: given(need, allocate, receive), When: distribute, Then: []domain.Event{first},
			Adds: []domain.Contribution{
				{Indicator: "relief.households", Occurred: 20240125, Area: "06550", Breakdown: "campaign=tet-2024", Quantity: 13},
				{Indicator: "relief.persons", Occurred: 20240125, Area: "06550", Breakdown: "campaign=tet-2024", Quantity: 40},
				{Indicator: "relief.rice_kg", Occurred: 20240125, Area: "06550", Breakdown: "campaign=tet-2024", Quantity: 600}},
			State: State{StatusReceived, 20240120, 20240125, tet, Need{20, 60}, 900, 900, Share{13, 40, 600}, 600,
				[]string{"QĐ 12/QĐ-UBND", "BBGN 3", "BBCG 1/BB"}}},
		"the last kilogram, from a commune that reports late": {Given: given(need, allocate, receive, distribute), When: second,
			Then: []domain.Event{Distributed{tet, "05977", "1/BB-X", Share{7, 20, 300}}}},
		"not what the law gives: recorded, and the norm beside it": {Given: given(need, allocate, receive), When: on(20240125, Distribute{"06550", "1/BB", 13, 40, 590}),
			Then: []domain.Event{Distributed{tet, "06550", "1/BB", Share{13, 40, 590}}},
			State: State{StatusReceived, 20240120, 20240125, tet, Need{20, 60}, 900, 900, Share{13, 40, 590}, 600,
				[]string{"QĐ 12/QĐ-UBND", "BBGN 3", "BBCG 1/BB"}}},
		"close": {Given: given(need, allocate, receive, distribute), When: on(20240301, Close{}), Then: []domain.Event{Closed{tet}}, AddsNothing: true},
		"a distribution corrected": {Given: given(need, allocate, receive, distribute), When: correct(4, `{"persons":41,"kg":615}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(4, first, 20240125), Now: domain.Act{Event: Distributed{tet, "06550", "1/BB", Share{13, 41, 615}}, Occurred: 20240125}}},
			Adds: append(given40(-1, first), given40(1, Distributed{tet, "06550", "1/BB", Share{13, 41, 615}})...)},
		"a distribution voided": {Given: given(need, allocate, receive, distribute), When: void(4),
			Then: []domain.Event{domain.Voided{Amendment: amendment(4, first, 20240125)}}, Adds: given40(-1, first)},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"distributed before it came":                   {Given: given(need, allocate), When: distribute, Error: "relief.not_allowed_now"},
		"received before it was granted":               {Given: given(need), When: receive, Error: "relief.not_allowed_now"},
		"listed twice":                                 {Given: given(need), When: need, Error: "relief.not_allowed_now"},
		"distributed after the end":                    {Given: given(need, allocate, receive, on(20240121, Close{})), When: distribute, Error: "relief.not_allowed_now"},
		"on a day before it came":                      {Given: given(need, allocate, receive), When: on(20240119, distribute.Do), Error: "relief.too_early"},
		"closed before the last act":                   {Given: given(need, allocate, receive, distribute), When: on(20240124, Close{}), Error: "relief.too_early"},
		"allocated nobody knows for what":              {When: allocate, Error: "relief.round_missing"},
		"the same decision twice":                      {Given: given(need, allocate), When: on(20240116, allocate.Do), Error: "relief.recorded_before"},
		"the same minutes twice":                       {Given: given(need, allocate, receive, distribute), When: on(20240126, Distribute{"05977", "1/BB", 1, 1, 15}), Error: "relief.recorded_before"},
		"more than was received":                       {Given: given(need, allocate, receive, distribute), When: on(20240126, Distribute{"05977", "2/BB", 7, 20, 301}), Error: "relief.more_than_received"},
		"households and persons mixed up":              {Given: given(need, allocate, receive), When: on(20240125, Distribute{"06550", "1/BB", 40, 13, 600}), Error: "relief.fewer_persons_than_households"},
		"a need mixed up":                              {When: on(20240102, ListNeed{"20", "tet-2024", "tet", 1, 60, 20}), Error: "relief.fewer_persons_than_households"},
		"a receipt corrected below what was given out": {Given: given(need, allocate, receive, distribute), When: correct(3, `{"kg":599}`), Error: "amend.breaks_history"},
		"a voided receipt of what was given out":       {Given: given(need, allocate, receive, distribute), When: void(3), Error: "amend.breaks_history"},
		"another campaign under it":                    {Given: given(need, allocate), When: correct(1, `{"campaign":"tet-2025"}`), Error: "amend.breaks_history"},
		"a campaign that would break the figures":      {Given: given(need), When: correct(1, `{"campaign":"a;b=c"}`), Error: "data.ill_typed", Field: "campaign"},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

// What is given out never exceeds what came, and the case knows both, whatever is asked of it.
func TestNeverMoreThanReceived(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := evolve(law.Shipped(), State{}, domain.Act{Event: Allocated{tet, "1", 1000}, Occurred: 20240101})
		var came, gone int64
		for i := range rapid.IntRange(1, 30).Draw(t, "acts") {
			kg := rapid.Int64Range(1, 400).Draw(t, "kg")
			number := string(rune('a' + i))
			var e domain.Event = Received{tet, number, kg}
			if rapid.Bool().Draw(t, "distribute") {
				e = Distributed{tet, "06550", number, Share{1, 1, kg}}
			}
			act := domain.Act{Event: e, Occurred: 20240102}
			if allow(s, act) != nil {
				continue
			}
			s = evolve(law.Shipped(), s, act)
			if _, ok := e.(Received); ok {
				came += kg
			} else {
				gone += kg
			}
			if gone > came || s.Received != came || s.Distributed.Kg != gone {
				t.Fatalf("%d came, %d went; the case says %+v", came, gone, s)
			}
		}
	})
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(law.Shipped()), "testdata/wire",
		NeedListed{tet, 20, 60},
		Allocated{tet, "12/QĐ-UBND", 900},
		Received{tet, "3", 900},
		Distributed{tet, "06550", "1/BB", Share{13, 40, 600}},
		Closed{tet},
	)
}
