package web

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/right"
	"hoso/projections/desk"
)

var signInFirst = &domain.Error{Kind: domain.Unauthenticated, Code: "web.not_signed_in",
	Msg: "cần đăng nhập để xem trang này; hãy đăng nhập bằng tài khoản của cơ quan", En: "sign in with your office account to see this page"}

// may tells whether the caller may do something at all, somewhere. What a page then asks of the desk is asked about again there,
// with its unit and its case type.
func (a *Ask) may(action right.Action) error {
	switch {
	case a.page.name == "" && action == "":
		return nil // how pages look is everybody's own
	case a.Who == nil:
		return signInFirst
	case action == "" || action == anybody:
		return nil
	case action == byCommand:
		return desk.MaySomewhere(a.Context(), a.PathValue("command"))
	}
	_, err := a.Who.Where(action, "")
	return err
}

// May tells whether the caller may do something in a unit.
func (a *Ask) May(action right.Action, caseType string, unit area.Code) error {
	if a.Who == nil {
		return signInFirst
	}
	return a.Who.May(action, right.Target{CaseType: caseType, Unit: unit})
}

// somewhere returns the units in which the caller may do something; none where nobody is signed in.
func (a *Ask) somewhere(action right.Action) []area.Code {
	if a.Who == nil {
		return nil
	}
	units, _ := a.Who.Where(action, "")
	return units
}
