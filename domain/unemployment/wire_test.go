package unemployment

import (
	"testing"

	"hoso/domain"
	"hoso/domain/domaintest"
)

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(tested), "testdata/wire",
		Filed{who, 1990, "direct", "own", 14, Facts{}},
		SupplementRequested{who, reason},
		Completed{who},
		Withdrawn{who, reason},
		Refused{who, reason, "21/CV", ""},
		decided(3_000_000, true),
		Collected{who},
		Cancelled{Claimant: who, Number: "22/QĐ"},
		NoticeReceived{Claimant: who, Month: 2},
		Suspended{who, 2},
		Resumed{Claimant: who},
		Terminated{Claimant: who, Reason: "job", Effective: 20240508},
		Expired{Claimant: who},
		TransferredOut{who, "04"},
		TransferredIn{Claimant: who, BirthYear: 1990, From: "04", Level: 3_000_000, Months: 2},
		Paid{who, 1, 3_000_000},
		NoticeExempted{who, "maternity", 2, 3},
		NoticeMissed{who, 2},
		TransferWithdrawn{who, 20240601},
		UnclaimedNotified{who, 3},
		MonthsReserved{who, 12, "", domain.Private[string]{}},
		RecoveryOrdered{who, 3_000_000, "", domain.Private[string]{}},
		Recovered{who, 1_000_000},
		VocationalAsked{who, 1990, 0, 0},
		VocationalDecided{who, "31_40", false, "", 3, 4_500_000},
		VocationalCancelled{who, ""},
	)
}

// The same with every optional field, which old events do not have.
func TestFullWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(tested), "testdata/full",
		Filed{who, 1990, "direct", "own", 40, recorded},
		SupplementRequested{who, reason},
		Completed{who},
		Withdrawn{who, reason},
		Refused{who, reason, "21/CV", "months"},
		Decided{who, "31_40", "20/QĐ", 3_000_000, 3, 20240416, true, 4, reason},
		Collected{who},
		Cancelled{who, "22/QĐ", reason, 40},
		NoticeReceived{who, 2, reason},
		Suspended{who, 2},
		Resumed{who, 3},
		Terminated{who, "job", 20240508, "job", 20240509, true, 28},
		Expired{who, 4},
		TransferredOut{who, "04"},
		TransferredIn{who, 1990, "04", 3_000_000, 2, 40, 20240516, 20240510},
		Paid{who, 1, 3_000_000},
		NoticeExempted{who, "maternity", 2, 3},
		NoticeMissed{who, 2},
		TransferWithdrawn{who, 20240601},
		UnclaimedNotified{who, 3},
		MonthsReserved{who, 12, "30/QĐ", reason},
		RecoveryOrdered{who, 3_000_000, "31/QĐ", reason},
		Recovered{who, 1_000_000},
		VocationalAsked{who, 1990, 20, 20240331},
		VocationalDecided{who, "31_40", true, "32/QĐ", 3, 4_500_000},
		VocationalCancelled{who, "33/QĐ"},
	)
}
