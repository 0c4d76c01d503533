package sample

import (
	"fmt"

	"hoso/domain"
	"hoso/domain/jobseeker"
)

var jobseekerLife = Life{
	Prefix: "timviec",
	Moves: []Move{
		{Name: "register", From: []string{""}, To: "registered", Count: "employment.seekers_registered",
			Do: func(_ *World, c *Case, _ *Act) domain.Command {
				return jobseeker.Register{Commune: c.Person.Commune}
			}},
		{Name: "refer", From: []string{"registered", "referred"}, To: "referred", Count: "employment.referred", Lead: 10,
			Do: func(w *World, c *Case, a *Act) domain.Command {
				return jobseeker.Refer{Slip: slip(nth(c, a)), Employer: w.firm()}
			}},
		{Name: "place", From: []string{"referred"}, To: "placed", Count: "employment.placed", Gap: 2, Lead: 20, Wait: 60, Via: "refer",
			Prefer: map[string][]string{"where": {"in_province", "in_province", "in_province", "other_province", "other_province", "other_province", "abroad"}},
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				return jobseeker.Confirm{Slip: slip(count(c, "refer")), Where: a.By["where"]}
			}},
		{Name: "decline", From: []string{"referred"}, To: "declined", Gap: 2,
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return jobseeker.Decline{Slip: slip(count(c, "refer")), By: w.pick([]string{"seeker", "employer"})}
			}},
	},
	Open: openWorker,
	Live: func(t *Teller, c *Case) {
		if c.Status == "registered" && t.Chance(50) {
			t.Try(c, "refer", c.Last.AddDays(1+t.rand.IntN(10)), nil)
		}
		if c.Status == "referred" && t.Chance(30) {
			t.Try(c, "decline", c.Last.AddDays(2+t.rand.IntN(10)), nil)
		}
	},
}

// slip is the number of a seeker's n-th referral slip.
func slip(n int) string { return fmt.Sprintf("%d/GT", n) }
