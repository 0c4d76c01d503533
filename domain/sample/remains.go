package sample

import (
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
