package period

import (
	"testing"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

var (
	series = Series{"so-ldtbxh-2024", "20", calendar.Civil}
	april  = calendar.Month{Year: 2024, Month: time.April}
	lan    = domain.Actor{ID: "lan"}
	minh   = domain.Actor{ID: "minh"}
	value  = int64(451)
	open   = step(20240401, lan, Open{series.Spec, series.Area, series.Calendar, april})
	draft  = step(20240502, lan, Draft{"đã rà soát"})
	submit = step(20240502, lan, Submit{})
	accept = step(20240503, minh, Approve{})
	signed = step(20240503, minh, Publish{issue("123/BC-SLĐTBXH", 900)})
)

func step(on calendar.Date, by domain.Actor, do domain.Command) domaintest.Step {
	return domaintest.Step{On: on, Do: do, By: by}
}

func issue(number string, at domain.Ordinal) Publication {
	content := `{"spec":"so-ldtbxh-2024","annex":["<451>"]}`
	return Publication{Number: number, Signer: "Giám đốc", Position: at, Spec: "ab", Areas: "cd",
		Figures: []Figure{{"unemployment.claims", &value, nil}}, Adjustments: []Adjustment{{april.Add(-1), "unemployment.claims", 1}},
		Content: content, Digest: DigestOf(content)}
}

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func TestTheWayOfAReport(t *testing.T) {
	t.Parallel()
	first := Issue{"123/BC-SLĐTBXH", 20240503, "Giám đốc", 900, issue("", 1).Digest, ""}
	forged := issue("124/BC-SLĐTBXH", 901)
	forged.Content += " "
	unsigned := issue("124/BC-SLĐTBXH", 901)
	unsigned.Signer = ""
	reason := domain.Hide("nhầm")
	for name, s := range map[string]domaintest.Spec{
		"open": {When: open, Then: []domain.Event{Opened{series, april}}, AddsNothing: true,
			State: State{Status: StatusOpened, Since: 20240401, Series: series, Month: april}},
		"draft":                    {Given: given(open), When: draft, Then: []domain.Event{Drafted{"đã rà soát"}}},
		"submit":                   {Given: given(open, draft), When: submit, Then: []domain.Event{Submitted{"lan"}}},
		"return":                   {Given: given(open, draft, submit), When: step(20240503, minh, Return{"thiếu phụ lục"}), Then: []domain.Event{Returned{"thiếu phụ lục"}}},
		"draft after a return":     {Given: given(open, draft, submit, step(20240503, minh, Return{"x"})), When: step(20240504, lan, Draft{}), Then: []domain.Event{Drafted{}}},
		"return what was approved": {Given: given(open, draft, submit, accept), When: step(20240503, minh, Return{"x"}), Then: []domain.Event{Returned{"x"}}},
		"approve":                  {Given: given(open, draft, submit), When: accept, Then: []domain.Event{Approved{By: "minh"}}},
		"publish": {Given: given(open, draft, submit, accept), When: signed, Then: []domain.Event{Published{issue("123/BC-SLĐTBXH", 900)}}, AddsNothing: true,
			State: State{StatusPublished, 20240503, series, april, "lan", []Issue{first}}},
		"publish before the month's end": {Given: given(open, step(20240425, lan, Draft{}), step(20240425, lan, Submit{}), step(20240425, minh, Approve{})),
			When: step(20240425, minh, Publish{issue("1/BC", 9)}), Then: []domain.Event{Published{issue("1/BC", 9)}}},
		"reissue": {Given: given(open, draft, submit, accept, signed), When: step(20240610, minh, Reissue{issue("140/BC-SLĐTBXH", 950), "thiếu số liệu một huyện"}),
			Then: []domain.Event{Reissued{issue("140/BC-SLĐTBXH", 950), "thiếu số liệu một huyện"}},
			State: State{StatusPublished, 20240610, series, april, "lan",
				[]Issue{first, {"140/BC-SLĐTBXH", 20240610, "Giám đốc", 950, first.Digest, "thiếu số liệu một huyện"}}}},

		"draft again":       {Given: given(open, draft), When: draft, Error: "period.not_allowed_now"},
		"open twice":        {Given: given(open), When: open, Error: "period.not_allowed_now"},
		"approve one's own": {Given: given(open, draft, submit), When: step(20240503, lan, Approve{}), Error: "period.own_approval"},
		"approve one's own with the right to": {Given: given(open, draft, submit), When: step(20240503, lan, Approve{}.BySelf()),
			Then: []domain.Event{Approved{"lan", true}}},
		"approve another one's with the right to approve one's own": {Given: given(open, draft, submit), When: step(20240503, minh, Approve{}.BySelf()),
			Then: []domain.Event{Approved{By: "minh"}}},
		"publish unapproved":       {Given: given(open, draft, submit), When: signed, Error: "period.not_allowed_now"},
		"publish twice":            {Given: given(open, draft, submit, accept, signed), When: signed, Error: "period.not_allowed_now"},
		"draft what is published":  {Given: given(open, draft, submit, accept, signed), When: step(20240601, lan, Draft{}), Error: "period.not_allowed_now"},
		"reissue before the first": {Given: given(open, draft, submit, accept), When: step(20240610, minh, Reissue{issue("140/BC", 950), "x"}), Error: "period.not_allowed_now"},
		"publish before the month": {Given: given(step(20240301, lan, Open{series.Spec, "20", calendar.Civil, april}), step(20240301, lan, Draft{}), step(20240301, lan, Submit{}), step(20240301, minh, Approve{})),
			When: step(20240331, minh, Publish{issue("1/BC", 9)}), Error: "period.too_soon"},
		"an earlier day":    {Given: given(open, draft), When: step(20240501, lan, Submit{}), Error: "period.too_early"},
		"a forged content":  {Given: given(open, draft, submit, accept), When: step(20240503, minh, Publish{forged}), Error: "period.wrong_digest"},
		"nobody signed":     {Given: given(open, draft, submit, accept), When: step(20240503, minh, Publish{unsigned}), Error: "period.incomplete"},
		"an older position": {Given: given(open, draft, submit, accept, signed), When: step(20240610, minh, Reissue{issue("140/BC", 899), "x"}), Error: "period.older"},
		"the same number":   {Given: given(open, draft, submit, accept, signed), When: step(20240610, minh, Reissue{issue("123/BC-SLĐTBXH", 950), "x"}), Error: "period.same_number"},
		"void what is published": {Given: given(open, draft, submit, accept, signed), Error: "amend.final",
			When: step(20240610, minh, domain.Void{Type: "period", Version: 5, Reason: reason, Requester: "lan", Approver: "minh"})},
		"correct what is published": {Given: given(open, draft, submit, accept, signed), Error: "amend.final",
			When: step(20240610, minh, domain.Correct{Type: "period", Version: 5, Data: []byte(`{"number":"9/BC"}`), Reason: reason, Requester: "lan", Approver: "minh"})},
		"void what led to it": {Given: given(open, draft, submit, accept, signed), Error: "amend.breaks_history",
			When: step(20240610, minh, domain.Void{Type: "period", Version: 4, Reason: reason, Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire",
		Opened{series, april}, Drafted{"đã rà soát"}, Submitted{"lan"}, Returned{"thiếu phụ lục"}, Approved{By: "minh", Own: true},
		Published{issue("123/BC-SLĐTBXH", 900)}, Reissued{issue("140/BC-SLĐTBXH", 950), "thiếu số liệu một huyện"})
}
