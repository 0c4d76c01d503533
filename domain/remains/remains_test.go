package remains

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

// An invented martyr, to be brought home from another province to Hữu Khánh.
var (
	relative = domain.PersonID{UUID: uuid.MustParse("7a1b2c3d-4e5f-4061-8273-94a5b6c7d8e9")}
	home     = Journey{relative, "45", "06550"}
	unknown  = Journey{To: "06550"}
	martyr   = domain.Hide("Lộc Văn Thử")
	request  = on(20240301, RequestTransfer{relative, martyr, "cemetery", "45", "06550"})
	referral = on(20240304, IssueReferral{"44/GGT"})
	handOver = on(20240320, HandOver{Number: "9/BB"})
	receive  = on(20240322, Receive{Number: "10/BB"})
	rebury   = on(20240323, Rebury{"Nghĩa trang Lộc Bình", "cemetery"})
	notice   = on(20240325, IssueGraveNotice{"103/GB"})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

// moved is a case of the way home from a cemetery.
func moved(s State) State {
	s.Journey, s.Origin = home, "cemetery"
	return s
}

func one(indicator string, day calendar.Date, in area.Code, n int64, who domain.PersonID) domain.Contribution {
	return domain.Contribution{Indicator: "remains." + indicator, Occurred: day, Area: in, Quantity: n, Person: who}
}

func TestWayHome(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"request": {When: request, AddsNothing: true,
			Then: []domain.Event{TransferRequested{home, martyr, "cemetery"}}, State: moved(State{Status: StatusRequested, Since: 20240301, Due: 20240306})},
		"referral": {Given: given(request), When: referral, AddsNothing: true,
			Then: []domain.Event{ReferralIssued{home, "44/GGT"}}, State: moved(State{Status: StatusReferred, Since: 20240304, Due: 20240306})},
		"hand over counts where the grave was": {Given: given(request, referral), When: handOver,
			Then: []domain.Event{HandedOver{home, domain.Private[string]{}, "9/BB"}},
			Adds: []domain.Contribution{one("moved_out", 20240320, "45", 1, relative)}},
		"hand over by a referral of another province": {When: on(20240320, HandOver{relative, martyr, "06550", "45", "9/BB"}),
			Then: []domain.Event{HandedOver{Journey{relative, "06550", "45"}, martyr, "9/BB"}},
			Adds: []domain.Contribution{one("moved_out", 20240320, "06550", 1, relative)}},
		"receive counts at home": {Given: given(request, referral, handOver), When: receive,
			Then: []domain.Event{Received{home, domain.Private[string]{}, "10/BB"}},
			Adds: []domain.Contribution{one("received", 20240322, "06550", 1, relative)}},
		"receive what another province handed over": {Given: given(request, referral), When: receive,
			Then: []domain.Event{Received{home, domain.Private[string]{}, "10/BB"}}},
		"receive from a recovery team, not known yet": {When: on(20240410, Receive{To: "06550"}),
			Then: []domain.Event{Received{Journey: unknown}},
			Adds: []domain.Contribution{one("received", 20240410, "06550", 1, domain.PersonID{})}},
		"receive from a recovery team": {When: on(20240410, Receive{relative, martyr, "45", "06550", ""}),
			Then: []domain.Event{Received{home, martyr, ""}}},
		"rebury": {Given: given(request, referral, receive), When: rebury, AddsNothing: true,
			Then: []domain.Event{Reburied{home, "Nghĩa trang Lộc Bình", "cemetery"}}, State: moved(State{Status: StatusReburied, Since: 20240323, Due: 20240325, SupportDue: 20240325})},
		"grave notice": {Given: given(request, referral, receive, rebury), When: notice, AddsNothing: true,
			Then: []domain.Event{GraveNoticeIssued{home, "103/GB"}}, State: moved(State{Status: StatusNoticed, Since: 20240325, Due: 20240326, SupportDue: 20240325})},
		"corrected place of a reception": {Given: given(on(20240410, Receive{To: "06550"})),
			When: on(20240501, domain.Correct{Type: "remains", Version: 1, Data: []byte(`{"to":"05977"}`), Reason: domain.Hide("nhầm xã"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{
				Amendment: domain.Amendment{Type: "remains", Version: 1, Was: domain.Act{Event: Received{Journey: unknown}, Occurred: 20240410},
					Reason: domain.Hide("nhầm xã"), Requester: "lan", Approver: "minh"},
				Now: domain.Act{Event: Received{Journey: Journey{To: "05977"}}, Occurred: 20240410}}},
			Adds: []domain.Contribution{one("received", 20240410, "06550", -1, domain.PersonID{}), one("received", 20240410, "05977", 1, domain.PersonID{})}},
		"voided reception": {Given: given(request, referral, receive),
			When: on(20240501, domain.Void{Type: "remains", Version: 3, Reason: domain.Hide("chưa về"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: domain.Amendment{Type: "remains", Version: 3,
				Was:    domain.Act{Event: Received{Journey: home, Number: "10/BB"}, Occurred: 20240322},
				Reason: domain.Hide("chưa về"), Requester: "lan", Approver: "minh"}}},
			Adds:  []domain.Contribution{one("received", 20240322, "06550", -1, relative)},
			State: moved(State{Status: StatusReferred, Since: 20240304, Due: 20240306})},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"referral without a request":     {When: referral, Error: "remains.not_allowed_now"},
		"requested twice":                {Given: given(request), When: request, Error: "remains.not_allowed_now"},
		"handed over without referral":   {Given: given(request), When: handOver, Error: "remains.not_allowed_now"},
		"reburied before reception":      {Given: given(request, referral, handOver), When: rebury, Error: "remains.not_allowed_now"},
		"noticed before the burial":      {Given: given(request, referral, receive), When: notice, Error: "remains.not_allowed_now"},
		"before the request":             {Given: given(request), When: on(20240229, IssueReferral{}), Error: "remains.too_early"},
		"hand over of nobody knows what": {When: handOver, Error: "remains.journey_missing"},
		"received nobody knows where":    {When: receive, Error: "remains.place_missing"},
		"a name and nobody to keep it":   {When: on(20240410, Receive{Martyr: martyr, To: "06550"}), Error: "remains.name_without_relative"},
		"other place than requested": {Given: given(request, referral, receive), Error: "amend.breaks_history",
			When: on(20240501, domain.Correct{Type: "remains", Version: 3, Data: []byte(`{"to":"05977"}`), Reason: domain.Hide("nhầm xã"), Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestEventsAgreeWithTheCase(t *testing.T) {
	t.Parallel()
	err := allow(law.Shipped(), State{Status: StatusReferred, Journey: home, Since: 20240304}, domain.Act{Event: Received{Journey: unknown}, Occurred: 20240322})
	if domain.CodeOf(err) != "remains.other_journey" {
		t.Errorf("got %v", err)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(law.Shipped()), "testdata/wire",
		TransferRequested{home, martyr, "cemetery"},
		ReferralIssued{home, "44/GGT"},
		HandedOver{home, martyr, "9/BB"},
		Received{home, martyr, "10/BB"},
		Reburied{home, "Nghĩa trang Lộc Bình", ""},
		GraveNoticeIssued{home, "103/GB"},
		SupportPaid{home, 4_000_000, 10_200_000, 10_000_000, 1700, 2},
		DatabaseUpdated{home},
		Filed{home, "LS/12"},
		IdentificationRequested{grave, martyr, "dna"},
		SampleTaken{grave, "M-1"},
		ResultReceived{grave, "match", "5/KQ"},
		Identified{grave, martyr, "dna", "6/KL"},
		NotIdentified{grave, "7/CV"},
	)
}
