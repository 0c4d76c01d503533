package gift

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
	"hoso/domain/money"
)

var (
	ours   = Round{"20", "27-7-2024", "province"}
	decree = on(20240701, Decide{"20", "27-7-2024", "province", "30/QĐ-UBND", 60})
	hand   = on(20240720, HandOver{"06550", "1", 40, 12_000_000})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func amendment(version uint64, was domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "gift", Version: version, Was: domain.Act{Event: was, Occurred: day},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func correct(version uint64, data string) domaintest.Step {
	return on(20240801, domain.Correct{Type: "gift", Version: version, Data: []byte(data), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func void(version uint64) domaintest.Step {
	return on(20240801, domain.Void{Type: "gift", Version: version, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func TestCampaign(t *testing.T) {
	t.Parallel()
	first := HandedOver{ours, "06550", "1", 40, 12_000_000}
	adds := func(persons, amount int64) []domain.Contribution {
		return []domain.Contribution{first.adds("gifts_persons", 20240720, persons), first.adds("gifts_amount", 20240720, amount)}
	}
	for name, s := range map[string]domaintest.Spec{
		"decide": {When: decree, Then: []domain.Event{Decided{ours, "30/QĐ-UBND", 60}}, AddsNothing: true,
			State: State{Status: StatusDecided, Since: 20240701, Last: 20240701, Round: ours, Planned: 60}},
		"hand over counts at the commune, under the campaign": {Given: given(decree), When: hand, Then: []domain.Event{first},
			Adds: []domain.Contribution{
				{Indicator: "merit.gifts_persons", Occurred: 20240720, Area: "06550", Breakdown: "campaign=27-7-2024", Quantity: 40},
				{Indicator: "merit.gifts_amount", Occurred: 20240720, Area: "06550", Breakdown: "campaign=27-7-2024", Quantity: 12_000_000}},
			State: State{StatusDecided, 20240701, 20240720, ours, 60, 40, 12_000_000, []string{"1"}}},
		"another list of the same commune": {Given: given(decree, hand), When: on(20240715, HandOver{"06550", "2", 1, 300_000}),
			Then: []domain.Event{HandedOver{ours, "06550", "2", 1, 300_000}}},
		"close": {Given: given(decree, hand), When: on(20240801, Close{}), Then: []domain.Event{Closed{ours}}, AddsNothing: true},
		"a list corrected": {Given: given(decree, hand), When: correct(2, `{"persons":41}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(2, first, 20240720), Now: domain.Act{Event: HandedOver{ours, "06550", "1", 41, 12_000_000}, Occurred: 20240720}}},
			Adds: append(adds(-40, -12_000_000), adds(41, 12_000_000)...)},
		"a list voided": {Given: given(decree, hand), When: void(2), Then: []domain.Event{domain.Voided{Amendment: amendment(2, first, 20240720)}}, Adds: adds(-40, -12_000_000)},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"handed over before it is decided": {When: hand, Error: "gift.not_allowed_now"},
		"decided twice":                    {Given: given(decree), When: decree, Error: "gift.not_allowed_now"},
		"handed over after the end":        {Given: given(decree, on(20240719, Close{})), When: hand, Error: "gift.not_allowed_now"},
		"on a day before the decision":     {Given: given(decree), When: on(20240630, hand.Do), Error: "gift.too_early"},
		"closed before the last list":      {Given: given(decree, hand), When: on(20240719, Close{}), Error: "gift.too_early"},
		"the same list twice":              {Given: given(decree, hand), When: on(20240721, HandOver{"05977", "1", 2, 2}), Error: "gift.recorded_before"},
		"another giver under it":           {Given: given(decree, hand), When: correct(1, `{"giver":"other"}`), Error: "amend.breaks_history"},
		"voided decision of what was done": {Given: given(decree, hand), When: void(1), Error: "amend.breaks_history"},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

// The levels are those of the files. 2 and 5 đồng stand for them here: the shipped ones were not read in their source.
func TestTheLevelsOfThePresidentsGift(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	names, _ := fs.Glob(law.Files(), "*.csv")
	for _, name := range names {
		b, err := fs.ReadFile(law.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	files["amounts.csv"].Data = []byte("name,key,from,to,vnd,source,verified\npresident_gift,high,2024-01-01,2024-12-31,5,x,no\npresident_gift,low,2024-01-01,2024-12-31,2,x,no\n")
	l, err := law.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		persons, amount := rapid.Int64Range(1, 12).Draw(t, "persons"), rapid.Int64Range(1, 70).Draw(t, "amount")
		possible := false
		for high := range persons + 1 {
			possible = possible || 5*high+2*(persons-high) == amount
		}
		e := HandedOver{Round: Round{Giver: "president"}, Persons: persons, Amount: money.VND(amount)}
		if err := allowLevels(l, e, 20240101); (err == nil) != possible || err != nil && domain.CodeOf(err) != "gift.not_the_levels" {
			t.Fatalf("%d đồng for %d persons: %v", amount, persons, err)
		}
		if allowLevels(l, e, 20230101) != nil {
			t.Fatal("the files say nothing of 2023")
		}
		e.Giver = "province"
		if allowLevels(l, e, 20240101) != nil {
			t.Fatal("the levels are the President's")
		}
	})
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(law.Shipped()), "testdata/wire",
		Decided{ours, "30/QĐ-UBND", 60},
		HandedOver{ours, "06550", "1", 40, 12_000_000},
		Closed{ours},
	)
}
