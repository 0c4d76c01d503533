package web

import (
	"errors"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
)

// asked is a request to amend an act that waits for approval, as pages show it.
type asked struct {
	desk.Requested
	Kind domain.CaseType
	Of   domain.Text   // what people call the act
	Says []pair        // what it would change
	Why  *domain.Error // why the caller may not approve it; nil where he may
}

func (a *Ask) asked(r desk.Requested) asked {
	t, _ := a.Catalog.Type(r.Case.Type)
	one := asked{Requested: r, Kind: t, Of: a.Catalog.EventLabel(r.Type), Says: labelsOf(t, r.Occurred, a.Lang).changes(r.Changes)}
	if err := desk.May(a.Context(), t.Name+".approve_amendment", r.Unit); !errors.As(err, &one.Why) &&
		r.By.ID == a.Who.Account && desk.MayApproveOwn(a.Context(), t.Name, r.Unit) != nil {
		one.Why = domain.OwnApproval.Refuse()
	}
	return one
}

// askedOf is what waits in a case.
func (a *Ask) askedOf(id domain.StreamID) (all []asked, err error) {
	of, err := a.Desk.RequestsOf(a.Context(), id)
	for _, r := range of {
		all = append(all, a.asked(r))
	}
	return all, err
}

// askedHere is what waits for the caller's approval, in all cases.
func (a *Ask) askedHere() (all []asked, err error) {
	if len(a.somewhere(right.Approve)) == 0 {
		return nil, nil
	}
	of, err := a.Desk.Requests(a.Context(), 0)
	for _, r := range of {
		all = append(all, a.asked(r))
	}
	return all, err
}

// filled are the fields of a form that an address may fill in: numbers of acts, nobody's data.
var filled = []string{"version", "request", "amendment"}
