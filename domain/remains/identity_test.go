package remains

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

// A relative asks whose remains lie in a grave of Hữu Khánh.
var (
	grave  = Journey{Person: relative, From: "06550"}
	ask    = on(20240301, RequestIdentification{relative, martyr, "06550", "dna"})
	sample = on(20240310, TakeSample{"M-1"})
	match  = on(20240601, RecordResult{"match", "5/KQ"})
	differ = on(20240601, RecordResult{"no_match", "5/KQ"})
	found  = on(20240610, Identify{Method: "dna", Number: "6/KL"})
	nobody = on(20240410, Receive{To: "06550"})
)

func identified(day calendar.Date, in Journey, method string, n int64) domain.Contribution {
	return domain.Contribution{Indicator: "remains.identified", Occurred: day, Area: in.rest(), Breakdown: "method=" + method, Quantity: n, Person: in.Person}
}

func TestIdentification(t *testing.T) {
	t.Parallel()
	homeless := Journey{Person: relative, To: "06550"}
	none := domain.Private[string]{}
	for name, s := range map[string]domaintest.Spec{
		"ask": {When: ask, Then: []domain.Event{IdentificationRequested{grave, martyr, "dna"}}, AddsNothing: true,
			State: State{Status: StatusAsked, Journey: grave, Since: 20240301, Due: 20240308, Identity: Identity{Since: 20240301}}},
		"a sample": {Given: given(ask), When: sample, Then: []domain.Event{SampleTaken{grave, "M-1"}}, AddsNothing: true},
		"a result": {Given: given(ask, sample), When: match, Then: []domain.Event{ResultReceived{grave, "match", "5/KQ"}}, AddsNothing: true},
		"another sample after one that did not match": {Given: given(ask, sample, differ), When: on(20240602, TakeSample{"M-2"}), Then: []domain.Event{SampleTaken{grave, "M-2"}}},
		"identified from the sample": {Given: given(ask, sample, match), When: found, Then: []domain.Event{Identified{grave, none, "dna", "6/KL"}},
			Adds:  []domain.Contribution{identified(20240610, grave, "dna", 1)},
			State: State{Status: StatusIdentified, Journey: grave, Since: 20240610, Identity: Identity{"M-1", "match", 20240610, true}}},
		"identified by evidence": {Given: given(ask), When: on(20240401, Identify{Method: "evidence"}), Then: []domain.Event{Identified{grave, none, "evidence", ""}},
			Adds: []domain.Contribution{identified(20240401, grave, "evidence", 1)}},
		"identified elsewhere": {When: on(20240401, Identify{relative, martyr, "06550", "dna", "6/KL"}), Then: []domain.Event{Identified{grave, martyr, "dna", "6/KL"}},
			Adds: []domain.Contribution{identified(20240401, grave, "dna", 1)}},
		"not identified": {Given: given(ask, sample, differ), When: on(20240610, DeclareUnidentified{"7/CV"}), Then: []domain.Event{NotIdentified{grave, "7/CV"}}, AddsNothing: true},
		"received unknown and identified where they are": {Given: given(nobody, on(20240411, TakeSample{"M-1"}), on(20240412, Rebury{}), match),
			When: on(20240610, Identify{Person: relative, Martyr: martyr, Method: "dna"}), Then: []domain.Event{Identified{homeless, martyr, "dna", ""}},
			Adds:  []domain.Contribution{identified(20240610, homeless, "dna", 1)},
			State: State{Status: StatusReburied, Journey: homeless, Since: 20240412, Identity: Identity{"M-1", "match", 20240610, true}}},
		"and the relatives are told": {Given: given(nobody, on(20240412, Rebury{}), on(20240501, Identify{Person: relative, Martyr: martyr, Method: "evidence"})),
			When: on(20240502, IssueGraveNotice{"103/GB"}), Then: []domain.Event{GraveNoticeIssued{homeless, "103/GB"}}},
		"an identification voided": {Given: given(ask, sample, match, found), When: on(20240701, domain.Void{Type: "remains", Version: 4, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: domain.Amendment{Type: "remains", Version: 4, Was: domain.Act{Event: Identified{grave, none, "dna", "6/KL"}, Occurred: 20240610},
				Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}}},
			Adds:  []domain.Contribution{identified(20240610, grave, "dna", -1)},
			State: State{Status: StatusAsked, Journey: grave, Since: 20240301, Due: 20240308, Identity: Identity{Sample: "M-1", Result: "match", Since: 20240601}}},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestIdentificationRefusals(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"a sample of the known":         {Given: given(request, referral, receive), When: sample2(20240323), Error: "remains.identity_known"},
		"a second sample too soon":      {Given: given(ask, sample), When: sample2(20240311), Error: "remains.sample_pending"},
		"a sample after a match":        {Given: given(ask, sample, match), When: sample2(20240611), Error: "remains.sample_pending"},
		"a result of nothing":           {Given: given(ask), When: match, Error: "remains.no_sample"},
		"two results of one sample":     {Given: given(ask, sample, match), When: differ, Error: "remains.no_sample"},
		"a result before the sample":    {Given: given(ask, sample), When: on(20240309, match.Do), Error: "remains.too_early"},
		"DNA without a sample":          {Given: given(ask), When: found, Error: "remains.no_match"},
		"DNA that differs":              {Given: given(ask, sample, differ), When: found, Error: "remains.no_match"},
		"DNA of unknown remains":        {Given: given(nobody), When: on(20240610, Identify{Person: relative, Martyr: martyr, Method: "dna"}), Error: "remains.no_match"},
		"identified twice":              {Given: given(ask, sample, match, found), When: found, Error: "remains.not_allowed_now"},
		"known remains identified":      {Given: given(request, referral, receive), When: on(20240401, Identify{Method: "evidence"}), Error: "remains.identity_known"},
		"as nobody":                     {Given: given(nobody), When: on(20240610, Identify{Method: "evidence"}), Error: "remains.name_missing"},
		"nobody knows where":            {When: on(20240401, Identify{Person: relative, Martyr: martyr, Method: "evidence"}), Error: "remains.place_missing"},
		"given up before the result":    {Given: given(ask, sample), When: on(20240401, DeclareUnidentified{}), Error: "remains.sample_pending"},
		"given up against the result":   {Given: given(ask, sample, match), When: on(20240610, DeclareUnidentified{}), Error: "remains.sample_pending"},
		"somebody else's result voided": {Given: given(ask, sample, match, found), When: on(20240701, domain.Void{Type: "remains", Version: 3, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}), Error: "amend.breaks_history"},
		"the grave of somebody else":    {Given: given(ask), When: on(20240302, RequestIdentification{domain.PersonID{UUID: uuid.Max}, martyr, "06550", "dna"}), Error: "remains.not_allowed_now"},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func sample2(day calendar.Date) domaintest.Step { return on(day, TakeSample{"M-2"}) }
