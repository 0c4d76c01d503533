package jobseeker

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// An invented seeker in Hữu Khánh.
var (
	seeker   = Seeker{domain.PersonID{UUID: uuid.MustParse("4a5b6c7d-8e9f-4a0b-9c2d-3e4f5a6b7c8d")}, "06550"}
	wish     = domain.Hide("May công nghiệp")
	register = on(20240402, Register{seeker.Person, "06550", wish})
	refer    = on(20240404, Refer{"15/GT", "Công ty may Thử"})
	again    = on(20240408, Refer{"16/GT", "Công ty gỗ Thử"})
	confirm  = on(20240412, Confirm{"15/GT", "other_province"})
	decline  = on(20240415, Decline{"16/GT", "employer", domain.Hide("Đã đủ người")})
	end      = on(20240420, Close{"placed"})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func one(indicator, by string, day calendar.Date, n int64) []domain.Contribution {
	return []domain.Contribution{{Indicator: "employment." + indicator, Occurred: day, Area: "06550", Breakdown: by, Quantity: n, Person: seeker.Person}}
}

func correct(version uint64, data string) domaintest.Step {
	return on(20240502, domain.Correct{Type: "jobseeker", Version: version, Data: []byte(data), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func void(version uint64) domaintest.Step {
	return on(20240502, domain.Void{Type: "jobseeker", Version: version, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func amendment(version uint64, e domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "jobseeker", Version: version, Was: domain.Act{Event: e, Occurred: day}, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func TestFromRegistrationToWork(t *testing.T) {
	t.Parallel()
	placed := Placed{seeker, "15/GT", "other_province"}
	home := placed
	home.Where = "in_province"
	for name, s := range map[string]domaintest.Spec{
		"registered": {When: register, Then: []domain.Event{Registered{seeker, wish}}, Adds: one("seekers_registered", "", 20240402, 1),
			State: State{Status: StatusOpen, Seeker: seeker, Opened: 20240402, Latest: 20240402}},
		"a referral is no placement": {Given: given(register), When: refer, Then: []domain.Event{Referred{seeker, "15/GT", "Công ty may Thử"}},
			Adds: one("referred", "", 20240404, 1)},
		"a second referral": {Given: given(register, refer), When: again, Then: []domain.Event{Referred{seeker, "16/GT", "Công ty gỗ Thử"}},
			State: State{StatusOpen, seeker, 20240402, 20240408, []Referral{{"15/GT", 20240404, ""}, {"16/GT", 20240408, ""}}}},
		"placed": {Given: given(register, refer, again), When: confirm, Then: []domain.Event{placed},
			Adds:  one("placed", "where=other_province", 20240412, 1),
			State: State{StatusOpen, seeker, 20240402, 20240412, []Referral{{"15/GT", 20240404, ResultPlaced}, {"16/GT", 20240408, ""}}}},
		"declined": {Given: given(register, refer, again, confirm), When: decline, AddsNothing: true,
			Then: []domain.Event{Declined{seeker, "16/GT", "employer", domain.Hide("Đã đủ người")}}},
		"a result that is recorded after the next referral": {Given: given(register, refer, again), When: on(20240405, Confirm{"15/GT", "in_province"}),
			Then: []domain.Event{home}},
		"placed by each referral": {Given: given(register, refer, again, confirm), When: on(20240430, Confirm{"16/GT", "abroad"}),
			Then: []domain.Event{Placed{seeker, "16/GT", "abroad"}}, Adds: one("placed", "where=abroad", 20240430, 1)},
		"closed": {Given: given(register, refer, confirm), When: end, AddsNothing: true, Then: []domain.Event{Closed{seeker, "placed"}},
			State: State{StatusClosed, seeker, 20240402, 20240420, []Referral{{"15/GT", 20240404, ResultPlaced}}}},
		"closed without a referral": {Given: given(register), When: on(20240420, Close{"found_own"}), Then: []domain.Event{Closed{seeker, "found_own"}}},
		"corrected place of work": {Given: given(register, refer, confirm), When: correct(3, `{"where":"in_province"}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(3, placed, 20240412), Now: domain.Act{Event: home, Occurred: 20240412}}},
			Adds: append(one("placed", "where=other_province", 20240412, -1), one("placed", "where=in_province", 20240412, 1)...)},
		"voided placement": {Given: given(register, refer, confirm), When: void(3), Then: []domain.Event{domain.Voided{Amendment: amendment(3, placed, 20240412)}},
			Adds:  one("placed", "where=other_province", 20240412, -1),
			State: State{StatusOpen, seeker, 20240402, 20240404, []Referral{{"15/GT", 20240404, ""}}}},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"registered twice":             {Given: given(register), When: register, Error: "jobseeker.not_allowed_now"},
		"referred and not registered":  {When: refer, Error: "jobseeker.not_allowed_now"},
		"referred after the end":       {Given: given(register, refer, confirm, end), When: on(20240425, Refer{"17/GT", "Công ty Thử"}), Error: "jobseeker.not_allowed_now"},
		"before the registration":      {Given: given(register), When: on(20240401, Refer{"15/GT", "Công ty Thử"}), Error: "jobseeker.too_early"},
		"one slip for two":             {Given: given(register, refer), When: on(20240408, Refer{"15/GT", "Công ty gỗ Thử"}), Error: "jobseeker.slip_used"},
		"placed without a referral":    {Given: given(register), When: confirm, Error: "jobseeker.no_such_referral"},
		"placed twice by one referral": {Given: given(register, refer, confirm), When: on(20240425, Confirm{"15/GT", "abroad"}), Error: "jobseeker.result_recorded"},
		"declined after it was placed": {Given: given(register, refer, confirm), When: on(20240425, Decline{Slip: "15/GT", By: "seeker"}), Error: "jobseeker.result_recorded"},
		"placed before the referral":   {Given: given(register, refer), When: on(20240403, Confirm{"15/GT", "abroad"}), Error: "jobseeker.before_referral"},
		"closed without the result":    {Given: given(register, refer), When: end, Error: "jobseeker.result_missing"},
		"closed before the result":     {Given: given(register, refer, confirm), When: on(20240411, Close{"placed"}), Error: "jobseeker.closed_too_early"},
		"voided referral with result":  {Given: given(register, refer, confirm), When: void(2), Error: "amend.breaks_history"},
		"moved away after all":         {Given: given(register, refer), When: correct(1, `{"commune":"05977"}`), Error: "amend.breaks_history"},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

// A refusal says on which article it rests, in both languages.
func TestTheResultIsOwedByLaw(t *testing.T) {
	t.Parallel()
	err := allowClosing(State{Referrals: []Referral{{"15/GT", 20240404, ""}}})
	var refusal *domain.Error
	if !errors.As(err, &refusal) || refusal.Law != "NĐ 374/2025 Đ10.5" || refusal.En == "" || refusal.Msg == "" {
		t.Errorf("got %#v", err)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire",
		Registered{seeker, wish},
		Referred{seeker, "15/GT", "Công ty may Thử"},
		Placed{seeker, "15/GT", "other_province"},
		Declined{seeker, "16/GT", "employer", domain.Hide("Đã đủ người")},
		Closed{seeker, "placed"},
	)
}
