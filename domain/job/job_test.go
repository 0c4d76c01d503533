package job

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

var loans = Recorded{"loan", "06550", 45, "BC 17/BC-NHCSXH"}

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func one(channel string, n int64) domain.Contribution {
	return domain.Contribution{Indicator: "employment.jobs_created", Occurred: 20240425, Area: "06550", Breakdown: "channel=" + channel, Quantity: n}
}

func TestJobs(t *testing.T) {
	t.Parallel()
	amendment := domain.Amendment{Type: "job", Version: 1, Was: domain.Act{Event: loans, Occurred: 20240425},
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
	right := loans
	right.Persons = 54
	record := []domaintest.Step{on(20240425, Record(loans))}
	for name, s := range map[string]domaintest.Spec{
		"a list": {When: record[0], Then: []domain.Event{loans}, Adds: []domain.Contribution{one("loan", 45)}, State: State{StatusRecorded, 20240425, loans}},
		"corrected": {Given: record,
			When: on(20240502, domain.Correct{Type: "job", Version: 1, Data: []byte(`{"persons":54}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment, Now: domain.Act{Event: right, Occurred: 20240425}}},
			Adds: []domain.Contribution{one("loan", -45), one("loan", 54)}},
		"voided": {Given: record,
			When: on(20240502, domain.Void{Type: "job", Version: 1, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment}}, Adds: []domain.Contribution{one("loan", -45)}, State: State{}},

		"twice in a case": {Given: record, When: on(20240502, Record{"abroad", "06550", 3, "BC 18/BC-NHCSXH"}), Error: "job.already_recorded"},
		"of nobody": {Given: record, Error: "data.too_small", Field: "persons",
			When: on(20240502, domain.Correct{Type: "job", Version: 1, Data: []byte(`{"persons":0}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire", loans)
}
