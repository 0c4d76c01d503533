package unemployment

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// benefit is a claim with facts, of 60 months, that starts on 24/4/2024: five months until 23/9.
func benefit(more ...domaintest.Step) []domaintest.Step {
	return append(given(claim(20240401, 60, same), on(20240426, Decide{}), on(20240502, Collect{})), more...)
}

// now is the same under the law of 2025: it starts on 27/01/2026 and lasts until 26/6.
func now(more ...domaintest.Step) []domaintest.Step {
	return append(given(claim(20260112, 60, ended(20260102)), on(20260202, Decide{}), on(20260204, Collect{})), more...)
}

func TestNotices(t *testing.T) {
	t.Parallel()
	told := func(month int, late domain.Private[string]) []domain.Event {
		return []domain.Event{NoticeReceived{who, month, late}}
	}
	none := domain.Private[string]{}
	old := func(sex string, born int) []domaintest.Step {
		f := claim(20240401, 60, same)
		c := f.Do.(File)
		c.Sex, c.BirthYear = sex, born
		return given(on(20240401, c), on(20240426, Decide{}), on(20240502, Collect{}))
	}
	elder := who
	for name, s := range map[string]domaintest.Spec{
		"with the collection":                  {Given: benefit(), When: on(20240502, Notify{Month: 1}), Then: told(1, none)},
		"on the first day of the month":        {Given: benefit(), When: on(20240524, Notify{Month: 2}), Then: told(2, none)},
		"on the third working day":             {Given: benefit(), When: on(20240529, Notify{Month: 2}), Then: told(2, none)},
		"on the fourth":                        {Given: benefit(), When: on(20240530, Notify{Month: 2}), Error: "unemployment.notice_out_of_window"},
		"on the fourth, with a reason":         {Given: benefit(), When: on(20240530, Notify{Month: 2, Late: reason}), Then: told(2, reason)},
		"too early":                            {Given: benefit(), When: on(20240523, Notify{Month: 2}), Error: "unemployment.notice_out_of_window"},
		"missed, while it can still be given":  {Given: benefit(), When: on(20240529, Miss{2}), Error: "unemployment.notice_window_open"},
		"missed":                               {Given: benefit(), When: on(20240530, Miss{2}), Then: []domain.Event{NoticeMissed{who, 2}}, AddsNothing: true},
		"missed though given":                  {Given: benefit(on(20240529, Notify{Month: 2})), When: on(20240530, Miss{2}), Error: "unemployment.month_done"},
		"suspended too early":                  {Given: benefit(), When: on(20240529, Suspend{2}), Error: "unemployment.notice_window_open"},
		"suspended":                            {Given: benefit(on(20240530, Miss{2})), When: on(20240531, Suspend{2}), Then: []domain.Event{Suspended{who, 2}}},
		"exempt in pregnancy":                  {Given: benefit(), When: on(20240510, Exempt{"maternity", 2, 4}), Then: []domain.Event{NoticeExempted{who, "maternity", 2, 4}}},
		"exempt to the end":                    {Given: benefit(), When: on(20240510, Exempt{Ground: "illness", Month: 3}), Then: []domain.Event{NoticeExempted{who, "illness", 3, 5}}},
		"exempt backwards":                     {Given: benefit(), When: on(20240510, Exempt{"illness", 3, 2}), Error: "unemployment.exemption_backwards"},
		"exempt, not missed":                   {Given: benefit(on(20240510, Exempt{"maternity", 2, 4})), When: on(20240530, Miss{2}), Error: "unemployment.notice_exempt"},
		"exempt, not suspended":                {Given: benefit(on(20240510, Exempt{"maternity", 2, 4})), When: on(20240830, Suspend{4}), Error: "unemployment.notice_exempt"},
		"a woman of 54 is not exempt":          {Given: old("female", 1970), When: on(20240510, Exempt{Ground: "age", Month: 2}), Error: "unemployment.too_young_for_exemption"},
		"a woman of 55 is":                     {Given: old("female", 1969), When: on(20240510, Exempt{Ground: "age", Month: 2}), Then: []domain.Event{NoticeExempted{elder, "age", 2, 5}}},
		"a man of 59 is not":                   {Given: old("male", 1965), When: on(20240510, Exempt{Ground: "age", Month: 2}), Error: "unemployment.too_young_for_exemption"},
		"since 2026 nobody is":                 {Given: now(), When: on(20260210, Exempt{"maternity", 2, 4}), Error: "unemployment.no_exemption"},
		"since 2026 the same three days":       {Given: now(), When: on(20260304, Notify{Month: 2}), Then: told(2, none)},
		"since 2026 on the fourth":             {Given: now(), When: on(20260305, Notify{Month: 2}), Error: "unemployment.notice_out_of_window"},
		"since 2026 moved by a flood":          {Given: now(), When: on(20260305, Notify{Month: 2, Late: reason}), Then: told(2, reason)},
		"since 2026 first with the collection": {Given: now(), When: on(20260209, Notify{Month: 1}), Then: told(1, none)},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

func TestSuspensionAndResumption(t *testing.T) {
	t.Parallel()
	stopped := benefit(on(20240531, Suspend{2}))
	back := benefit(on(20240531, Suspend{2}), on(20240628, Miss{3}), on(20240725, Notify{Month: 4}), on(20240725, Resume{}))
	over := append(back[:len(back):len(back)], on(20240924, Expire{}))
	for name, s := range map[string]domaintest.Spec{
		"not without a notice":      {Given: stopped, When: on(20240625, Resume{}), Error: "unemployment.no_notice"},
		"with the next notice":      {Given: append(stopped[:len(stopped):len(stopped)], on(20240625, Notify{Month: 3})), When: on(20240625, Resume{}), Then: []domain.Event{Resumed{who, 3}}},
		"two months later":          {Given: back[:len(back)-1], When: on(20240725, Resume{}), Then: []domain.Event{Resumed{who, 4}}},
		"the first month is paid":   {Given: back, When: on(20240726, Pay{1, 3_000_000}), Then: []domain.Event{Paid{who, 1, 3_000_000}}},
		"the missed one is not":     {Given: back, When: on(20240726, Pay{2, 3_000_000}), Error: "unemployment.month_suspended"},
		"nor the one after":         {Given: back, When: on(20240726, Pay{3, 3_000_000}), Error: "unemployment.month_suspended"},
		"the next is":               {Given: back, When: on(20240726, Pay{4, 3_000_000}), Then: []domain.Event{Paid{who, 4, 3_000_000}}},
		"not unclaimed either":      {Given: over, When: on(20241230, NotifyUnclaimed{3}), Error: "unemployment.month_suspended"},
		"suspended to the end":      {Given: append(stopped[:len(stopped):len(stopped)], on(20240924, Expire{})), When: on(20240926, Pay{5, 3_000_000}), Error: "unemployment.month_suspended"},
		"not reserved: 60 - 5 x 12": {Given: back, When: on(20240924, Expire{}), Then: []domain.Event{Expired{Claimant: who}}},
		"ended while suspended: 60 - 3 x 12": {Given: stopped, When: on(20240703, Terminate{Reason: "job", Effective: 20240701}),
			Then: []domain.Event{Terminated{Claimant: who, Reason: "job", Effective: 20240701, Keeps: true, Reserved: 24}}},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

func TestGrounds(t *testing.T) {
	t.Parallel()
	ends := func(reason, ground string, effective, reported calendar.Date) domaintest.Step {
		return on(20260510, Terminate{reason, effective, ground, reported})
	}
	then := func(reason, ground string, effective, reported calendar.Date, keeps bool, left int) []domain.Event {
		return []domain.Event{Terminated{who, reason, effective, ground, reported, keeps, left}}
	}
	// 60 months of contributions, five of benefit; on 04/5/2026 the fourth month runs: twelve are left where they are kept.
	const day, third, fourth = 20260504, 20260507, 20260508
	missed := now(on(20260306, Miss{2}), on(20260406, Suspend{3}), on(20260505, Miss{4}))
	for name, s := range map[string]domaintest.Spec{
		"a job, reported":                      {Given: now(), When: ends("job", "job", day, third), Then: then("job", "job", day, third, true, 12)},
		"a job, reported late":                 {Given: now(), When: ends("job", "job", day, fourth), Then: then("job", "job", day, fourth, false, 0)},
		"a job, not reported":                  {Given: now(), When: ends("job", "", day, 0), Then: then("job", "", day, 0, false, 0)},
		"own request is its report":            {Given: now(), When: ends("own_request", "own_request", day, 0), Then: then("own_request", "own_request", day, 0, true, 12)},
		"a pension keeps nothing":              {Given: now(), When: ends("other", "pension", day, day), Then: then("other", "pension", day, day, false, 0)},
		"another part of the form":             {Given: now(), When: ends("job", "service", day, day), Error: "unemployment.ground_mismatch"},
		"without a day":                        {Given: now(), When: ends("job", "job", 0, 0), Error: "unemployment.effective_missing"},
		"three missed":                         {Given: missed, When: ends("three_missed", "three_missed", 0, 0), Then: then("three_missed", "three_missed", 20260430, 0, false, 0)},
		"two missed":                           {Given: missed[:len(missed)-1], When: ends("three_missed", "", 0, 0), Error: "unemployment.not_three_missed"},
		"own request before 2026":              {Given: benefit(), When: on(20240703, Terminate{"own_request", 20240701, "own_request", 0}), Error: "unemployment.ground_not_in_law"},
		"before 2026 no report needed":         {Given: benefit(), When: on(20240703, Terminate{"other", 20240701, "service", 0}), Then: then("other", "service", 20240701, 0, true, 24)},
		"the law of the day on which it arose": {Given: now(), When: ends("other", "study", day, day), Then: then("other", "study", day, day, true, 12)},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
	for _, g := range Grounds {
		if g.Letter[2025] == "" || g.Day.Vi == "" || g.Day.En == "" || g.Letter[2013] == "" && g.Code != "own_request" {
			t.Errorf("%+v", g)
		}
	}
}

func TestEndsOnTime(t *testing.T) {
	t.Parallel()
	asked := given(claim(20240401, 60, same))
	decided := benefit()[:2]
	for name, s := range map[string]domaintest.Spec{
		"declined on the fifteenth working day":    {Given: asked, When: on(20240423, Withdraw{}), Then: []domain.Event{Withdrawn{Claimant: who}}},
		"declined on the sixteenth":                {Given: asked, When: on(20240424, Withdraw{}), Error: "unemployment.withdrawn_late"},
		"cancelled while it can be collected":      {Given: decided, When: on(20240503, Cancel{}), Error: "unemployment.collection_open"},
		"cancelled while it can be, with a reason": {Given: decided, When: on(20240503, Cancel{Reason: reason}), Then: []domain.Event{Cancelled{who, "", reason, 60}}},
		"cancelled after":                          {Given: decided, When: on(20240506, Cancel{}), Then: []domain.Event{Cancelled{Claimant: who, Reserved: 60}}},
		"over on the last day":                     {Given: benefit(), When: on(20240923, Expire{}), Error: "unemployment.not_over"},
		"over":                                     {Given: benefit(), When: on(20240924, Expire{}), Then: []domain.Event{Expired{Claimant: who}}},
		"transferred in the first month":           {Given: benefit(), When: on(20240523, TransferOut{"04"}), Error: "unemployment.transfer_early"},
		"transferred after it":                     {Given: benefit(), When: on(20240524, TransferOut{"04"}), Then: []domain.Event{TransferredOut{who, "04"}}},
		"the transfer is withdrawn": {Given: benefit(on(20240524, TransferOut{"04"})), When: on(20240527, WithdrawTransfer{}),
			Then: []domain.Event{TransferWithdrawn{who, 20240524}}, Adds: both(add("transferred_out", 20240524, -1), add("receiving", 20240524, 1))},
		"and the claimant receives on": {Given: benefit(on(20240524, TransferOut{"04"}), on(20240527, WithdrawTransfer{})), When: on(20240527, Notify{Month: 2}),
			Then: []domain.Event{NoticeReceived{Claimant: who, Month: 2}}},
		"a transfer that was withdrawn keeps its day": {Given: benefit(on(20240524, TransferOut{"04"}), on(20240527, WithdrawTransfer{})), Error: "amend.breaks_history",
			When: on(20240601, domain.Correct{Type: "unemployment", Version: 4, Occurred: 20240525, Reason: reason, Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

func TestUnclaimedAndReserved(t *testing.T) {
	t.Parallel()
	over := benefit(on(20240507, Pay{1, 3_000_000}), on(20240924, Expire{}))
	left := append(over[:len(over):len(over)], on(20241224, NotifyUnclaimed{5}))
	done := append(left[:len(left):len(left)], on(20241227, Reserve{}))
	vague := receiving(on(20240512, Terminate{Reason: "other", Effective: 20240508}))
	for name, s := range map[string]domaintest.Spec{
		"in the third month after the end": {Given: over, When: on(20241223, NotifyUnclaimed{5}), Error: "unemployment.unclaimed_early"},
		"three months after the end":       {Given: over, When: on(20241224, NotifyUnclaimed{5}), Then: []domain.Event{UnclaimedNotified{who, 5}}},
		"what was paid":                    {Given: over, When: on(20241224, NotifyUnclaimed{1}), Error: "unemployment.month_done"},
		"paid after all":                   {Given: left, When: on(20241226, Pay{5, 3_000_000}), Error: "unemployment.month_unclaimed"},
		"reserved":                         {Given: left, When: on(20241227, Reserve{Number: "5/QĐ"}), Then: []domain.Event{MonthsReserved{Claimant: who, Months: 12, Number: "5/QĐ"}}, AddsNothing: true},
		"another number":                   {Given: left, When: on(20241227, Reserve{Months: 24}), Error: "unemployment.other_reservation"},
		"another number with a reason":     {Given: left, When: on(20241227, Reserve{Months: 24, Deviation: reason}), Then: []domain.Event{MonthsReserved{who, 24, "", reason}}},
		"reserved twice":                   {Given: done, When: on(20241228, Reserve{Months: 12, Deviation: reason}), Error: "unemployment.already_reserved"},
		"one more month is left":           {Given: append(done[:len(done):len(done)], on(20241228, NotifyUnclaimed{4})), When: on(20241230, Reserve{}), Then: []domain.Event{MonthsReserved{Claimant: who, Months: 24}}},
		"on a ground that nobody knows":    {Given: vague, When: on(20240601, Reserve{}), Error: "unemployment.reservation_unknown"},
		"on such a ground as stated":       {Given: vague, When: on(20240601, Reserve{Months: 2}), Then: []domain.Event{MonthsReserved{Claimant: who, Months: 2}}},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

func TestRecovery(t *testing.T) {
	t.Parallel()
	paid := benefit(on(20240507, Pay{1, 3_000_000}), on(20240531, Pay{2, 3_000_000}))
	owed := append(paid[:len(paid):len(paid)], on(20240610, OrderRecovery{Amount: 4_000_000}))
	for name, s := range map[string]domaintest.Spec{
		"ordered": {Given: paid, When: on(20240610, OrderRecovery{4_000_000, "9/QĐ", reason}), Then: []domain.Event{RecoveryOrdered{who, 4_000_000, "9/QĐ", reason}},
			Adds: both(add("recoveries", 20240610, 1), add("recovery_amount", 20240610, 4_000_000))},
		"more than was paid":      {Given: paid, When: on(20240610, OrderRecovery{Amount: 6_000_001}), Error: "unemployment.recovery_exceeds_paid"},
		"more than is left":       {Given: owed, When: on(20240611, OrderRecovery{Amount: 2_000_001}), Error: "unemployment.recovery_exceeds_paid"},
		"before anything is paid": {Given: benefit(), When: on(20240610, OrderRecovery{Amount: 1}), Error: "unemployment.recovery_exceeds_paid"},
		"comes in":                {Given: owed, When: on(20240620, Recover{3_000_000}), Then: []domain.Event{Recovered{who, 3_000_000}}, AddsNothing: true},
		"more than was ordered":   {Given: owed, When: on(20240620, Recover{4_000_001}), Error: "unemployment.recovered_too_much"},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}

func TestVocationalSupport(t *testing.T) {
	t.Parallel()
	ask := func(on calendar.Date, paid int) []domaintest.Step {
		return given(domaintest.Step{On: on, Do: AskVocational{who.Person, "06550", "female", 1990, paid, 20260102}})
	}
	support := SupportVocational{"7/QĐ", 3, 4_500_000}
	then := func(receives bool) []domain.Event {
		return []domain.Event{VocationalDecided{who, "31_40", receives, "7/QĐ", 3, 4_500_000}}
	}
	given := append(now(), on(20260210, support))
	for name, s := range map[string]domaintest.Spec{
		"for who receives benefit": {Given: now(), When: on(20260210, support), Then: then(true), Adds: []domain.Contribution{
			add("vocational_decisions", 20260210, 1, "sex", "female"), add("vocational_persons", 20260210, 1, "age", "31_40"), add("vocational_amount", 20260210, 4_500_000),
			add("vocational_female", 20260210, 1, "age", "31_40"), add("vocational_amount_receiving", 20260210, 4_500_000)}},
		"for who does not": {Given: ask(20260201, 9), When: on(20260210, support), Then: then(false), Adds: []domain.Contribution{
			add("vocational_decisions", 20260210, 1, "sex", "female"), add("vocational_persons", 20260210, 1, "age", "31_40"), add("vocational_amount", 20260210, 4_500_000),
			add("vocational_female", 20260210, 1, "age", "31_40")}},
		"asked":                    {When: ask(20260201, 9)[0], Then: []domain.Event{VocationalAsked{who, 1990, 9, 20260102}}, AddsNothing: true},
		"eight months":             {Given: ask(20260201, 8), When: on(20260210, support), Error: "unemployment.vocational_few_months"},
		"asked after a year":       {Given: ask(20270103, 9), When: on(20270110, support), Error: "unemployment.vocational_late"},
		"asked on the last day":    {Given: ask(20270102, 9), When: on(20270110, support), Then: then(false)},
		"seven months":             {Given: now(), When: on(20260210, SupportVocational{"", 7, 1}), Error: "unemployment.vocational_long"},
		"twice":                    {Given: given, When: on(20260211, support), Error: "unemployment.vocational_twice"},
		"cancelled":                {Given: given, When: on(20260211, CancelVocational{"8/QĐ"}), Then: []domain.Event{VocationalCancelled{who, "8/QĐ"}}, Adds: []domain.Contribution{add("vocational_cancelled", 20260211, 1)}},
		"cancelled before decided": {Given: now(), When: on(20260211, CancelVocational{}), Error: "unemployment.vocational_none"},
	} {
		s.Type = Type(tested)
		t.Run(name, s.Run)
	}
}
