package remains

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/law"
)

var (
	outside = on(20240323, Rebury{"Vườn nhà", "outside"})
	pay     = on(20240325, PaySupport{Exhumation: 4_000_000, Travel: 10_200_000, Kilometres: 1700, Travellers: 2})
)

func TestSupport(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"what the law gives at most": {Given: given(request, referral, receive, rebury), When: pay, AddsNothing: true,
			Then:  []domain.Event{SupportPaid{home, 4_000_000, 10_200_000, 0, 1700, 2}},
			State: moved(State{Status: StatusReburied, Since: 20240323, Due: 20240325, Supported: true})},
		"three travellers are paid, the fourth is not": {Given: given(request, referral, receive, rebury), When: on(20240325, PaySupport{Travel: 900_000, Kilometres: 100, Travellers: 4}),
			Then: []domain.Event{SupportPaid{home, 0, 900_000, 0, 100, 4}}},
		"a grave outside a cemetery": {Given: given(request, referral, receive, outside), When: on(20240325, PaySupport{Grave: 10_000_000}),
			Then: []domain.Event{SupportPaid{home, 0, 0, 10_000_000, 0, 0}}},
		"the database is told twice, of the reception and of the grave": {Given: given(request, referral, handOver, on(20240320, UpdateDatabase{}), receive, rebury), When: on(20240324, UpdateDatabase{}),
			Then: []domain.Event{DatabaseUpdated{home}}, AddsNothing: true},
		"filed":                                {Given: given(request, referral, receive, rebury, notice), When: on(20240326, File{"LS/12"}), Then: []domain.Event{Filed{home, "LS/12"}}, AddsNothing: true},
		"filed where only the dossier is kept": {Given: given(request, referral), When: on(20240326, File{}), Then: []domain.Event{Filed{home, ""}}},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

func TestSupportRefusals(t *testing.T) {
	t.Parallel()
	buried := given(request, referral, receive, rebury)
	for name, s := range map[string]domaintest.Spec{
		"before the reception":        {Given: given(request, referral), When: pay, Error: "remains.not_allowed_now"},
		"twice":                       {Given: append(buried, pay), When: pay, Error: "remains.support_paid_before"},
		"nothing":                     {Given: buried, When: on(20240325, PaySupport{Kilometres: 10}), Error: "remains.nothing_paid"},
		"nobody":                      {Given: given(nobody), When: on(20240411, PaySupport{Exhumation: 1}), Error: "remains.nobody_to_pay"},
		"too much for the exhumation": {Given: buried, When: on(20240325, PaySupport{Exhumation: 4_000_001}), Error: "remains.support_above_law"},
		"too much for the journey":    {Given: buried, When: on(20240325, PaySupport{Travel: 900_001, Kilometres: 100, Travellers: 4}), Error: "remains.support_above_law"},
		"too much for the grave":      {Given: given(request, referral, receive, outside), When: on(20240325, PaySupport{Grave: 10_000_001}), Error: "remains.support_above_law"},
		"a grave in a cemetery":       {Given: buried, When: on(20240325, PaySupport{Grave: 1}), Error: "remains.grave_in_cemetery"},
		"the database knows":          {Given: append(buried, on(20240324, UpdateDatabase{})), When: on(20240325, UpdateDatabase{}), Error: "remains.database_knows"},
		"filed before the notice":     {Given: buried, When: on(20240326, File{}), Error: "remains.not_allowed_now"},
	} {
		s.Type = Type(law.Shipped())
		t.Run(name, s.Run)
	}
}

// Steps have their days from the files of the law: until 30/6/2025 the district pays the support, and the commune after.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	l := law.Shipped()
	for name, c := range map[string]struct {
		state  State
		status Status
		on     calendar.Date
		due    calendar.Date
	}{
		"referral, over a weekend": {moved(State{}), StatusRequested, 20240301, 20240306},
		"hand-over":                {moved(State{}), StatusReferred, 20240304, 20240306},
		"burial, over a holiday":   {moved(State{}), StatusHandedOver, 20240417, 20240419},
		"grave notice":             {moved(State{}), StatusReburied, 20240401, 20240402},
		"filing":                   {moved(State{}), StatusNoticed, 20240401, 20240402},
		"nothing to wait for":      {moved(State{}), StatusFiled, 20240401, 0},
		"from outside a cemetery":  {State{Journey: home, Origin: "outside"}, StatusRequested, 20240401, 20240402},
		"of nobody":                {State{Journey: unknown}, StatusReceived, 20240401, 0},
	} {
		if got := due(l, c.state, c.status, c.on); got != c.due {
			t.Errorf("%s: %s", name, got)
		}
	}
	for on, want := range map[calendar.Date]calendar.Date{20240401: 20240402, 20250701: 20250702} {
		if got := supportDue(l, moved(State{}), on); got != want {
			t.Errorf("support after a burial on %d: %s", on, got)
		}
	}
}
