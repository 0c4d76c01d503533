package register

import (
	"testing"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

var (
	review   = Document{"plan", "Rà soát hộ nghèo, hộ cận nghèo năm 2024", "poverty", "UBND tỉnh Lạng Sơn", "20"}
	draft    = on(20240325, Draft(review))
	submit   = on(20240327, Submit{"Phó Chủ tịch UBND tỉnh"})
	returned = on(20240328, Return{"Bổ sung kinh phí"})
	approve  = on(20240405, Approve{})
	issue    = on(20240408, Issue{Number: "85/KH-UBND"})
	cancel   = on(20240406, Cancel{"Ghép vào kế hoạch khác"})

	april = calendar.Month{Year: 2024, Month: time.April}
	may   = calendar.Month{Year: 2024, Month: time.May}
	june  = calendar.Month{Year: 2024, Month: time.June}
	work  = Work{"Tổ chức điều dưỡng tập trung người có công", may, "convalescence", "20", "convalescence.batches", 2}
	plan  = on(20240425, Plan(work))
	move  = on(20240510, Move{june, "Trung tâm sửa chữa"})
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func one(kind string, day calendar.Date, n int64) domain.Contribution {
	return domain.Contribution{Indicator: "register.documents_issued", Occurred: day, Area: "20", Breakdown: "kind=" + kind, Quantity: n}
}

func plans(day calendar.Date, n int64) domain.Contribution {
	return domain.Contribution{Indicator: "register.plans_issued", Occurred: day, Area: "20", Quantity: n}
}

func correct(version uint64, data string) domaintest.Step {
	return on(20240602, domain.Correct{Type: "register", Version: version, Data: []byte(data), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
}

func amendment(version uint64, e domain.Event, day calendar.Date) domain.Amendment {
	return domain.Amendment{Type: "register", Version: version, Was: domain.Act{Event: e, Occurred: day}, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	loans := Document{"decision", "Đề án cho vay giải quyết việc làm", "employment", "UBND tỉnh Lạng Sơn", "20"}
	issued := Issued{review, "85/KH-UBND"}
	decision := issued
	decision.Kind = "decision"
	for name, s := range map[string]domaintest.Spec{
		"drafted": {When: draft, AddsNothing: true, Then: []domain.Event{Drafted{review}}, State: State{Status: StatusDrafted, Since: 20240325, Document: review}},
		"submitted": {Given: given(draft), When: submit, AddsNothing: true, Then: []domain.Event{Submitted{"Phó Chủ tịch UBND tỉnh"}},
			State: State{Status: StatusSubmitted, Since: 20240327, Document: review}},
		"returned":                             {Given: given(draft, submit), When: returned, AddsNothing: true, Then: []domain.Event{Returned{"Bổ sung kinh phí"}}},
		"submitted again":                      {Given: given(draft, submit, returned), When: on(20240329, Submit{}), Then: []domain.Event{Submitted{}}},
		"approved":                             {Given: given(draft, submit), When: approve, AddsNothing: true, Then: []domain.Event{Approved{}}},
		"returned by those who check the form": {Given: given(draft, submit, approve), When: on(20240406, Return{}), Then: []domain.Event{Returned{}}},
		"cancelled": {Given: given(draft, submit, approve), When: cancel, AddsNothing: true, Then: []domain.Event{Cancelled{"Ghép vào kế hoạch khác"}},
			State: State{Status: StatusCancelled, Since: 20240406, Document: review}},
		"a plan counts in both figures": {Given: given(draft, submit, approve), When: issue, Then: []domain.Event{issued},
			Adds:  []domain.Contribution{one("plan", 20240408, 1), plans(20240408, 1)},
			State: State{Status: StatusIssued, Since: 20240408, Document: review, Number: "85/KH-UBND"}},
		"with the subject that was signed": {Given: given(draft, submit, approve), When: on(20240408, Issue{Subject: "Rà soát hộ nghèo năm 2024", Number: "85/KH-UBND"}),
			Then: []domain.Event{Issued{Document{"plan", "Rà soát hộ nghèo năm 2024", "poverty", "UBND tỉnh Lạng Sơn", "20"}, "85/KH-UBND"}}},
		"drafted elsewhere": {When: on(20210309, Issue{"decision", loans.Subject, "employment", loans.Issuer, "20", "589/QĐ-UBND"}),
			Then: []domain.Event{Issued{loans, "589/QĐ-UBND"}}, Adds: []domain.Contribution{one("decision", 20210309, 1)}},
		"a decision after all": {Given: given(draft, submit, approve, issue), When: correct(4, `{"kind":"decision"}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(4, issued, 20240408), Now: domain.Act{Event: decision, Occurred: 20240408}}},
			Adds: []domain.Contribution{one("plan", 20240408, -1), plans(20240408, -1), one("decision", 20240408, 1)}},
		"never issued": {Given: given(draft, submit, approve, issue),
			When: on(20240602, domain.Void{Type: "register", Version: 4, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment(4, issued, 20240408)}},
			Adds: []domain.Contribution{one("plan", 20240408, -1), plans(20240408, -1)}, State: State{Status: StatusApproved, Since: 20240405, Document: review}},

		"issued and not approved":    {Given: given(draft, submit), When: issue, Error: "register.not_allowed_now"},
		"cancelled after it is out":  {Given: given(draft, submit, approve, issue), When: on(20240501, Cancel{}), Error: "register.not_allowed_now"},
		"approved and not submitted": {Given: given(draft), When: approve, Error: "register.not_allowed_now"},
		"before it was drafted":      {Given: given(draft), When: on(20240324, Submit{}), Error: "register.too_early"},
		"without saying what":        {When: issue, Error: "register.document_missing"},
		"a number without a symbol":  {Given: given(draft, submit, approve, issue), When: correct(4, `{"number":"85"}`), Error: "data.ill_typed", Field: "number"},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestPlannedWork(t *testing.T) {
	t.Parallel()
	moved, july := work, work
	moved.Month, july.Month = june, june.Add(1)
	for name, s := range map[string]domaintest.Spec{
		"planned":                    {When: plan, AddsNothing: true, Then: []domain.Event{Planned{work}}, State: State{Status: StatusPlanned, Since: 20240425, Work: work}},
		"planned for the same month": {When: on(20240531, Plan(work)), Then: []domain.Event{Planned{work}}},
		"moved": {Given: given(plan), When: move, AddsNothing: true, Then: []domain.Event{Moved{june, "Trung tâm sửa chữa"}},
			State: State{Status: StatusPlanned, Since: 20240510, Work: moved}},
		"done": {Given: given(plan, move), When: on(20240620, Complete{"62 đại biểu mỗi đợt"}), AddsNothing: true, Then: []domain.Event{Completed{"62 đại biểu mỗi đợt"}},
			State: State{Status: StatusDone, Since: 20240620, Work: moved}},
		"dropped": {Given: given(plan), When: on(20240520, Drop{"Không bố trí được kinh phí"}), AddsNothing: true, Then: []domain.Event{Dropped{"Không bố trí được kinh phí"}},
			State: State{Status: StatusDropped, Since: 20240520, Work: work}},
		"planned for another month after all": {Given: given(plan), When: correct(1, `{"month":"2024-07"}`),
			Then: []domain.Event{domain.Corrected{Amendment: amendment(1, Planned{work}, 20240425), Now: domain.Act{Event: Planned{july}, Occurred: 20240425}}}},

		"planned for a month that is over": {When: on(20240601, Plan(work)), Error: "register.month_past"},
		"moved back":                       {Given: given(plan), When: on(20240510, Move{april, ""}), Error: "register.month_past"},
		"moved nowhere":                    {Given: given(plan), When: on(20240510, Move{may, ""}), Error: "register.same_month"},
		"a quantity of nothing":            {When: on(20240425, Plan{"Kiểm tra", may, "other", "20", "", 3}), Error: "register.quantity_of_nothing"},
		"done twice":                       {Given: given(plan, on(20240520, Complete{})), When: on(20240521, Complete{}), Error: "register.not_allowed_now"},
		"issued as if it were a document":  {Given: given(plan), When: issue, Error: "register.not_allowed_now"},
		"a document moved":                 {Given: given(draft), When: on(20240510, Move{june, ""}), Error: "register.not_allowed_now"},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		"85/KH-UBND": true, "589/QĐ-UBND": true, "12/2024/QĐ-UBND": true, "640/SLĐTBXH-VLATLĐ": true, "1a/BC-SNV": true, "16/CĐ-TTg": true,
		"": false, "85": false, "KH-UBND": false, "85/": false, "85 / KH-UBND": false, "85/kh-ubnd": false, "Nguyễn Văn A": false, "85/KH-UBND của ông A": false,
	} {
		var n Number
		if err := n.UnmarshalText([]byte(text)); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire",
		Drafted{review},
		Submitted{"Phó Chủ tịch UBND tỉnh"},
		Approved{},
		Returned{"Bổ sung kinh phí"},
		Issued{review, "85/KH-UBND"},
		Cancelled{"Ghép vào kế hoạch khác"},
		Planned{work},
		Moved{june, "Trung tâm sửa chữa"},
		Completed{"62 đại biểu mỗi đợt"},
		Dropped{"Không bố trí được kinh phí"},
	)
}
