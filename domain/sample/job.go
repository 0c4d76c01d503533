package sample

import (
	"hoso/domain"
	"hoso/domain/job"
)

const jobsCreated = "employment.jobs_created"

var jobLife = Life{
	Prefix: "vieclam",
	Moves: []Move{
		{Name: "record", From: []string{""}, To: "recorded",
			Sums:   []Sum{{Indicator: jobsCreated, Typical: 12}},
			Prefer: map[string][]string{"channel": {"loan", "loan", "exchange", "abroad", "other", "other"}},
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				source := map[string]string{"loan": "Danh sách của Ngân hàng Chính sách xã hội", "exchange": "Danh sách của Trung tâm Dịch vụ việc làm"}[a.By["channel"]]
				if source == "" {
					source = "Báo cáo của xã"
				}
				return job.Record{Channel: a.By["channel"], Area: c.Person.Commune, Persons: int(a.Sums[jobsCreated]), Source: source}
			}},
	},
	Open: openPlace,
}

// openPlace settles where a case lies that is about nobody.
func openPlace(w *World, c *Case) error {
	c.Person.Commune = w.commune(c.First())
	return nil
}
