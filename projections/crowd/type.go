package crowd

import "hoso/domain"

// Done is the only event: the act of a number, from which everything follows.
type Done struct {
	N int `json:"n"`
}

// EventType implements [domain.Event].
func (Done) EventType() string { return "crowd.done" }

// catalog has one case type, whose events add to all the indicators of another catalogue.
func catalog(of *domain.Catalog, acts *acts) *domain.Catalog {
	t := domain.CaseType{
		Name: "crowd", Label: domain.Text{Vi: "Thử tải", En: "Load"},
		Events: []domain.EventType{domain.EventOf[Done]("Đã làm", "Done")},
		Contribute: func(a domain.Act) []domain.Contribution {
			n := a.Event.(Done).N
			made := acts.of(n)
			where := acts.place(n, a.Occurred)
			for k := range made {
				made[k].Occurred, made[k].Area = a.Occurred, where
			}
			return made
		},
	}
	for _, real := range of.Types {
		t.Indicators = append(t.Indicators, real.Indicators...)
	}
	return domain.NewCatalog(domain.With(t, domain.Decider[struct{}]{
		Decide: func(struct{}, domain.Request) ([]domain.Event, error) { return nil, nil },
		Allow:  func(struct{}, domain.Act) error { return nil },
		Evolve: func(s struct{}, _ domain.Act) struct{} { return s },
	}))
}
