package sample

import (
	"hoso/domain"
	"hoso/domain/counselling"
)

var counsellingLife = Life{
	Prefix: "tuvan",
	Moves: []Move{
		{Name: "person", From: []string{""}, To: "given", Count: "employment.counselled",
			Prefer: map[string][]string{"purpose": {"policy", "policy", "vocational", "placement", "placement", "unemployment", "unemployment", "unemployment"}},
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				return counselling.Give{Commune: c.Person.Commune, Purpose: a.By["purpose"]}
			}},
		{Name: "employer", From: []string{""}, To: "given", Count: "employment.employers_counselled",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return counselling.Give{Employer: w.firm(), Commune: c.Person.Commune, Purpose: w.pick([]string{"policy", "placement"})}
			}},
	},
	Open: func(w *World, c *Case) error {
		if _, ok := c.Find("employer"); ok {
			c.Person.Commune = w.commune(c.First())
			return nil
		}
		return openWorker(w, c)
	},
}

// openWorker invents a person of working age.
func openWorker(w *World, c *Case) error {
	var err error
	c.Person, err = w.resident(w.pick([]string{"female", "male"}), c.First().Year()-18-w.rand.IntN(37), c.First())
	return err
}

// firm invents the name of an employer.
func (w *World) firm() string {
	return "Công ty " + w.pick([]string{"TNHH", "cổ phần"}) + " " + w.pick([]string{"May", "Gỗ", "Điện tử", "Xây dựng", "Nông sản", "Vận tải"}) +
		" " + w.pick([]string{"Hoa Hồi", "Núi Mẫu", "Sông Kỳ", "Ải Bắc", "Đồng Tâm"})
}
