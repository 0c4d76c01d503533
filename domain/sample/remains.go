package sample

import (
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/remains"
)

var remainsLife = Life{
	Prefix: "hcls",
	Moves: []Move{
		{Name: "request", From: []string{""}, To: "requested",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				// Remains move away from here where the case ends with handing over, and come home otherwise.
				from, to := area.Code(w.pick([]string{"45", "46", "74", "79"})), c.Person.Commune
				if c.Status == "handed_over" {
					from, to = to, from
				}
				return remains.RequestTransfer{Martyr: domain.Hide(w.pick(families) + " Văn " + w.pick(givens["male"])), Origin: "cemetery", From: from, To: to}
			}},
		{Name: "refer", From: []string{"requested"}, To: "referred",
			Do: func(*World, *Case, *Act) domain.Command { return remains.IssueReferral{} }},
		{Name: "receive", From: []string{"referred"}, To: "received", Count: "remains.received", Gap: 6, Lead: 20,
			Do: func(*World, *Case, *Act) domain.Command { return remains.Receive{} }},
		{Name: "hand_over", From: []string{"referred"}, To: "handed_over", Count: "remains.moved_out", Gap: 3, Lead: 10,
			Do: func(*World, *Case, *Act) domain.Command { return remains.HandOver{} }},
		{Name: "rebury", From: []string{"received"}, To: "reburied",
			Do: func(*World, *Case, *Act) domain.Command {
				return remains.Rebury{Place: "Nghĩa trang liệt sĩ của xã"}
			}},
		{Name: "notice", From: []string{"reburied"}, To: "noticed",
			Do: func(*World, *Case, *Act) domain.Command { return remains.IssueGraveNotice{} }},
	},
	Open: openElder,
	Live: func(t *Teller, c *Case) {
		if c.Status == "received" && t.Try(c, "rebury", c.Last, nil) {
			t.Try(c, "notice", c.Last.AddDays(1), nil)
		}
	},
}

var identificationLife = Life{
	Prefix: "xdht",
	Binds:  []string{"method"},
	Moves: []Move{
		{Name: "ask", From: []string{""}, To: "asked",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return remains.RequestIdentification{Martyr: domain.Hide(w.pick(families) + " Văn " + w.pick(givens["male"])), Area: c.Person.Commune, Method: c.By["method"]}
			}},
		{Name: "identify", From: []string{"asked"}, To: "identified", Count: "remains.identified", Gap: 40, Lead: 60,
			Prefer: map[string][]string{"method": {"evidence", "evidence", "dna"}},
			Do: func(_ *World, c *Case, _ *Act) domain.Command {
				return remains.Identify{Method: c.By["method"]}
			}},
	},
	Open: func(w *World, c *Case) error {
		if c.By["method"] == "dna" {
			c.Acts = w.sampled(c.Acts)
		}
		return openElder(w, c)
	},
}

var (
	takeSample = Move{Name: "take_sample", Do: func(*World, *Case, *Act) domain.Command { return remains.TakeSample{Number: "M-01"} }}
	getResult  = Move{Name: "get_result", Do: func(*World, *Case, *Act) domain.Command { return remains.RecordResult{Result: "match"} }}
)

// sampled puts a sample and its result between the request and the identification. The figures say nothing of them.
func (w *World) sampled(acts []*Act) []*Act {
	asked := acts[0].On
	between := []*Act{{Move: &takeSample, On: asked.AddDays(5 + w.rand.IntN(5))}, {Move: &getResult, On: asked.AddDays(25 + w.rand.IntN(10))}}
	return slices.Insert(slices.Clone(acts), 1, between...)
}
