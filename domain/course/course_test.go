package course

import (
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// An invented institution that teaches in Hữu Khánh.
var (
	class    = Class{"Trung tâm GDNN Thử", "06550", "so_cap"}
	opening  = on(20240108, Open{"Trung tâm GDNN Thử", "06550", "so_cap", "Trồng rau an toàn", 30})
	enlarge  = on(20240122, Enlarge{5})
	drop     = on(20240226, Drop{2})
	graduate = on(20240410, Graduate{31, "12/QĐ-TTGDNN"})
	some     = on(20240410, Graduate{20, ""})
	end      = on(20240415, Close{})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func counts(indicator string, day calendar.Date, n int64) []domain.Contribution {
	return []domain.Contribution{{Indicator: "training." + indicator, Occurred: day, Area: "06550", Breakdown: "level=so_cap", Quantity: n}}
}

func correct(version uint64, day calendar.Date, data string) domaintest.Step {
	c := domain.Correct{Type: "course", Version: version, Occurred: day, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
	if data != "" {
		c.Data = []byte(data)
	}
	return on(20240502, c)
}

func void(version uint64) domaintest.Step {
	return on(20240502, domain.Void{Type: "course", Version: version, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func TestClass(t *testing.T) {
	t.Parallel()
	amendment := domain.Amendment{Type: "course", Version: 3, Was: domain.Act{Event: Dropped{class, 2}, Occurred: 20240226},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
	for name, s := range map[string]domaintest.Spec{
		"opened": {When: opening, Then: []domain.Event{Opened{class, "Trồng rau an toàn", 30}}, Adds: counts("enrolled", 20240108, 30),
			State: State{StatusRunning, class, 20240108, Roll{{20240108, 30}}}},
		"enlarged counts in its month": {Given: given(opening), When: enlarge, Repeatable: true, Then: []domain.Event{Enlarged{class, 5}},
			Adds: counts("enrolled", 20240122, 5)},
		"dropped": {Given: given(opening, enlarge), When: drop, Repeatable: true, Then: []domain.Event{Dropped{class, 2}}, Adds: counts("dropped", 20240226, 2)},
		"graduated": {Given: given(opening, enlarge, drop), When: graduate, Then: []domain.Event{Graduated{class, 31, "12/QĐ-TTGDNN"}},
			Adds:  counts("graduated", 20240410, 31),
			State: State{StatusRunning, class, 20240108, Roll{{20240108, 30}, {20240122, 5}, {20240226, -2}, {20240410, -31}}}},
		"the rest pass the second time": {Given: given(opening, enlarge, drop, graduate), When: on(20240412, Graduate{2, ""}), Then: []domain.Event{Graduated{class, 2, ""}}},
		"drop-outs of February recorded in April": {Given: given(opening, enlarge, graduate), When: drop, Repeatable: true, Then: []domain.Event{Dropped{class, 2}},
			State: State{StatusRunning, class, 20240108, Roll{{20240108, 30}, {20240122, 5}, {20240226, -2}, {20240410, -31}}}},
		"closed": {Given: given(opening, some), When: end, AddsNothing: true, Then: []domain.Event{Closed{class}},
			State: State{StatusClosed, class, 20240108, Roll{{20240108, 30}, {20240410, -20}}}},
		"more had left": {Given: given(opening, enlarge, drop), When: correct(3, 0, `{"trainees":3}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment, Now: domain.Act{Event: Dropped{class, 3}, Occurred: 20240226}}},
			Adds: append(counts("dropped", 20240226, -2), counts("dropped", 20240226, 3)...)},
		"nobody had left": {Given: given(opening, enlarge, drop), When: void(3), Then: []domain.Event{domain.Voided{Amendment: amendment}},
			Adds: counts("dropped", 20240226, -2), State: State{StatusRunning, class, 20240108, Roll{{20240108, 30}, {20240122, 5}}}},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"opened twice":                  {Given: given(opening), When: opening, Error: "course.not_allowed_now"},
		"enlarged and not open":         {When: enlarge, Error: "course.not_allowed_now"},
		"dropped after the end":         {Given: given(opening, end), When: on(20240420, Drop{1}), Error: "course.not_allowed_now"},
		"before the opening":            {Given: given(opening), When: on(20240107, Drop{1}), Error: "course.too_early"},
		"closed before its graduation":  {Given: given(opening, some), When: on(20240409, Close{}), Error: "course.closed_too_early"},
		"more graduates than trainees":  {Given: given(opening), When: graduate, Error: "course.more_than_enrolled"},
		"graduates and drop-outs":       {Given: given(opening, drop), When: on(20240410, Graduate{29, ""}), Error: "course.more_than_enrolled"},
		"left before the others came":   {Given: given(opening, enlarge), When: on(20240115, Drop{31}), Error: "course.more_than_enrolled"},
		"fewer had enrolled":            {Given: given(opening, some), When: correct(1, 0, `{"trainees":19}`), Error: "amend.breaks_history"},
		"had enrolled later":            {Given: given(opening, enlarge, graduate), When: correct(2, 20240411, ""), Error: "amend.breaks_history"},
		"another level after enrolling": {Given: given(opening, enlarge), When: correct(1, 0, `{"level":"trung_cap"}`), Error: "amend.breaks_history"},
		"a class of none":               {Given: given(opening), When: correct(1, 0, `{"trainees":0}`), Error: "data.too_small", Field: "trainees"},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

// The roll does not depend on the order in which its changes were recorded.
func TestRollKeepsTheOrderOfDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		acts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) domain.Act {
			n := rapid.IntRange(1, 5).Draw(t, "trainees")
			e := rapid.SampledFrom([]domain.Event{Opened{Trainees: n}, Enlarged{Trainees: n}, Dropped{Trainees: n}, Graduated{Trainees: n}, Closed{}}).Draw(t, "event")
			return domain.Act{Event: e, Occurred: calendar.Date(20240101).AddDays(rapid.IntRange(0, 3).Draw(t, "day"))}
		}), 0, 12).Draw(t, "acts")
		var one, other Roll
		for _, a := range acts {
			one = one.after(a)
		}
		for _, a := range rapid.Permutation(acts).Draw(t, "otherwise") {
			other = other.after(a)
		}
		if (one.check() == nil) != (other.check() == nil) {
			t.Fatalf("%v is right and %v is wrong, or the other way round", one, other)
		}
		for i := 1; i < len(one); i++ {
			a, b := one[i-1], one[i]
			if a.On > b.On || a.On == b.On && a.Trainees < 0 && b.Trainees > 0 {
				t.Fatalf("out of order: %v", one)
			}
		}
	})
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire",
		Opened{class, "Trồng rau an toàn", 30},
		Enlarged{class, 5},
		Dropped{class, 2},
		Graduated{class, 31, "12/QĐ-TTGDNN"},
		Closed{class},
	)
}
