package sample

import (
	"hoso/domain"
	"hoso/domain/course"
	"hoso/domain/jointtraining"
)

const (
	enrolled  = "training.enrolled"
	dropped   = "training.dropped"
	graduated = "training.graduated"
)

var jointTrainingLife = Life{
	Prefix: "lienket",
	Binds:  []string{"level"},
	Moves: []Move{
		{Name: "request", From: []string{""}, To: "requested",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return jointtraining.Request{School: school(w, c.By["level"]), Area: w.seat(c.First()), Level: c.By["level"],
					Trades: w.pick([]string{"Điện công nghiệp", "Công nghệ ô tô", "Thú y", "Kế toán doanh nghiệp"})}
			}},
		{Name: "approve", From: []string{"requested"}, To: "approved", Count: "training.joint_schools", Gap: 5, Lead: 20,
			Do: func(*World, *Case, *Act) domain.Command { return jointtraining.Approve{} }},
	},
	Open: openPlace,
}

func school(w *World, level string) string {
	kind := "Trường Trung cấp "
	if level == "cao_dang" {
		kind = "Trường Cao đẳng "
	}
	return kind + w.pick([]string{"Kỹ thuật", "Nghề", "Công nghệ", "Kinh tế"}) + " " + w.pick([]string{"Núi Mẫu", "Sông Kỳ", "Ải Bắc", "Hoa Hồi"})
}

var courseLife = Life{
	Prefix: "lop",
	Binds:  []string{"level"},
	Moves: []Move{
		{Name: "open", From: []string{""}, To: "running",
			Sums:   []Sum{{Indicator: enrolled, Typical: 30}},
			Prefer: map[string][]string{"level": {"under_3_months", "under_3_months", "so_cap", "so_cap", "trung_cap", "cao_dang"}},
			Do: func(w *World, c *Case, a *Act) domain.Command {
				return course.Open{Institution: "Trung tâm Giáo dục nghề nghiệp " + w.pick([]string{"số 1", "số 2", "số 3"}), Area: c.Person.Commune,
					Level: c.By["level"], Trade: w.pick([]string{"Trồng rau an toàn", "Chăn nuôi thú y", "May công nghiệp", "Sửa chữa máy nông nghiệp"}),
					Trainees: int(a.Sums[enrolled])}
			}},
		// Each of these is led up to by a class of its own that nothing is stated about, so that it is large enough.
		{Name: "drop", From: []string{"running"}, Own: true, Gap: 10, Lead: 60,
			Sums: []Sum{{Indicator: dropped, Typical: 2}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return course.Drop{Trainees: int(a.Sums[dropped])}
			}},
		{Name: "graduate", From: []string{"running"}, To: "graduated", Own: true, Gap: 60, Lead: 60,
			Sums: []Sum{{Indicator: graduated, Typical: 28}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return course.Graduate{Trainees: int(a.Sums[graduated])}
			}},
		{Name: "close", From: []string{"graduated"}, To: "closed",
			Do: func(*World, *Case, *Act) domain.Command { return course.Close{} }},
	},
	Open: openPlace,
	Live: study,
}

// study lets a class go on: some leave, most of the others get their certificates.
func study(t *Teller, c *Case) {
	opened := c.Acts[0]
	t.choose(c, opened)
	left := opened.Sums[enrolled]
	for _, a := range c.Acts[1:] {
		t.choose(c, a)
		left -= a.Sums[dropped] + a.Sums[graduated]
	}
	if left < 0 { // led up to: nothing is stated about how many began
		opened.Sums[enrolled] -= left
		left = 0
	}
	if c.Status == "running" && left > 5 && t.Chance(30) && t.Try(c, "drop", c.Last.AddDays(10+t.rand.IntN(30)), nil) {
		n := 1 + t.rand.Int64N(3)
		c.Acts[len(c.Acts)-1].Sums[dropped] = n
		left -= n
	}
	days := map[string]int{"under_3_months": 60, "so_cap": 120, "trung_cap": 540, "cao_dang": 900}[c.By["level"]]
	if left > 0 && t.Try(c, "graduate", c.First().AddDays(days+t.rand.IntN(20)), nil) {
		c.Acts[len(c.Acts)-1].Sums[graduated] = left
		t.Try(c, "close", c.Last, nil)
	}
}
