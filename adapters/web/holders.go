package web

import (
	"cmp"
	"net/url"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/access"
)

// held is who could do what on a day.
type held struct {
	On       calendar.Date
	Unit     area.Code
	Type     string
	Action   right.Action
	Accounts []holding
	Units    []unit
	Types    []domain.CaseType
	Today    calendar.Date
}

// holding is an account with its rights on that day, and all that they let it do.
type holding struct {
	access.Holder
	Name string
	May  []right.Action
}

// holders answers from what was recorded by the end of the day: what was granted or taken later counts for nothing.
func holders(a *Ask) (any, error) {
	if err := access.Oversees(a.Context()); err != nil {
		return nil, err
	}
	h, err := readHeld(a.URL.Query(), a.today())
	if err != nil {
		return nil, err
	}
	h.Units = a.units()
	h.Types = slices.DeleteFunc(slices.Clone(a.Catalog.Types), func(t domain.CaseType) bool { return t.Name == access.CaseType })
	if _, known := a.Catalog.Type(h.Type); h.Type != "" && !known {
		return nil, domain.Malformed("data.not_allowed", "type", "không có loại hồ sơ này")
	}
	q := access.Query{Action: h.Action, Target: right.Target{CaseType: h.Type, Unit: h.Unit}, Any: true, On: h.On}
	if h.On < h.Today {
		from, err := a.Desk.Reading()
		if err != nil {
			return nil, err
		}
		q.AsOf, err = projections.AsOf(a.Context(), from.DB, h.On.String())
		if domain.CodeOf(err) == "asof.before_first" { // nobody could do anything
			return h, nil
		}
		if err != nil {
			return nil, err
		}
	}
	directory, err := a.Directory()
	if err != nil {
		return nil, err
	}
	found, err := directory.Who(a.Context(), q)
	if err != nil {
		return nil, err
	}
	for _, one := range found {
		known, err := a.Accounts.Find(a.Context(), one.Login)
		if err != nil {
			return nil, err
		}
		h.Accounts = append(h.Accounts, holding{one, known.Name, h.lets(one)})
	}
	slices.SortFunc(h.Accounts, func(x, y holding) int { return cmp.Compare(x.Login, y.Login) })
	return h, nil
}

func readHeld(v url.Values, today calendar.Date) (h held, err error) {
	h = held{On: today, Unit: area.Code(v.Get("area")), Type: v.Get("type"), Action: right.Action(v.Get("viec")), Today: today}
	if said := v.Get("on"); said != "" {
		if h.On, err = calendar.ParseDate(said); err != nil {
			return h, domain.Malformed("data.ill_typed", "on", "cần ngày có thật dạng YYYY-MM-DD")
		}
	}
	if h.Unit != "" && !area.Known(h.Unit) {
		return h, domain.Malformed("figures.no_such_area", "area", "không có đơn vị hành chính với mã này")
	}
	if h.Action != "" && !h.Action.Known() {
		return h, domain.Malformed("data.not_allowed", "viec", "không có việc này; hãy chọn một việc trong danh sách")
	}
	return h, nil
}

// lets returns what an account's rights let it do of what is asked about.
func (h held) lets(one access.Holder) (all []right.Action) {
	for _, action := range right.Actions() {
		q := access.Query{Action: action, Target: right.Target{CaseType: h.Type, Unit: h.Unit}, Any: true}
		if slices.ContainsFunc(one.Grants, func(g right.Grant) bool { return q.Fits(one.Login, g) }) {
			all = append(all, action)
		}
	}
	return all
}

// Actions lists all that one may be asked about.
func (held) Actions() []right.Action { return right.Actions() }
